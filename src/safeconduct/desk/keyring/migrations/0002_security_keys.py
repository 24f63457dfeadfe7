from django.db import migrations

import safeconduct.desk.keyring.fields


class Migration(migrations.Migration):
    dependencies = [("keyring", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="memberkeys",
            name="security_keys",
            field=safeconduct.desk.keyring.fields.BytesField(default=b""),
        ),
    ]
