from django.db import migrations, models

import safeconduct.desk.keyring.fields


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="DummyList",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("kept", safeconduct.desk.keyring.fields.BytesField()),
            ],
        ),
    ]
