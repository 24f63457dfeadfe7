"""Tables that do not remember in which order their rows came.

SQLite numbers the rows of a table in the order in which they are written, whatever their key is. So a thief of the
store would see which cases came after which, and which rows were written together. A table without such numbers keeps
its rows in the order of their keys, which here are drawn by lot or are hashes.
"""

from typing import Any

from django.db.backends.sqlite3 import schema
from django.db.models import AutoField, Model


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    """Makes tables as Django does, without row numbers wherever a table has a key of its own."""

    def table_sql(self, model: type[Model]) -> tuple[str, list[Any]]:
        """What makes the table of a model, with its values.

        Args:
            model: The model.
        """
        sql, values = super().table_sql(model)
        has_own_key = not isinstance(model._meta.pk, AutoField)  # noqa: SLF001 -- as Django's own editor does
        return (f"{sql} WITHOUT ROWID" if has_own_key else sql), values
