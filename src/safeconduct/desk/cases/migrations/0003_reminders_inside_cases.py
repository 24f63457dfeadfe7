"""Reminders moved into the summaries of cases, where no migration can write: nothing of the old table is carried over.

A row of it held a member and a day, and not of which case; nobody had a desk with such rows when this was written.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_dummylist")]

    operations = [migrations.DeleteModel(name="Due")]
