"""Bytes in a table, given back as bytes by every database."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    _Bytes = models.BinaryField[bytes, bytes]
else:
    _Bytes = models.BinaryField


class BytesField(_Bytes):
    """A column of bytes; PostgreSQL's driver would give a view into memory."""

    def from_db_value(
        self,
        value: Any,  # noqa: ANN401 -- bytes or a view, as the driver likes
        _expression: object,
        _connection: object,
    ) -> bytes | None:
        """The bytes; None where the column is empty."""
        return None if value is None else bytes(value)
