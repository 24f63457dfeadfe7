from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial")]

    operations = [
        migrations.AddField(model_name="member", name="door_replaced", field=models.PositiveIntegerField(default=0)),
    ]
