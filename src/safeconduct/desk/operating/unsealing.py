"""From a file of a backup back to its rows: the manifest is compared, the age file opened, each row handed on."""

import hashlib
import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DatabaseError

from safeconduct.desk.operating.archive import ArchiveError, Unpacking
from safeconduct.values.secret import Secret
from safeconduct.vault.age_key import open_with_age_key


def check_manifest(path: Path) -> None:
    """Compare a backup with its manifest, if that lies beside it.

    Raises:
        ArchiveError: If they differ, or there is no such backup.
    """
    manifest = path.with_suffix(".json")
    try:
        told = json.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else None
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        raise ArchiveError("the backup or its manifest cannot be read", remedy="check names and permissions") from None
    if told is not None and (not isinstance(told, dict) or told.get("sha256") != digest):
        raise ArchiveError("the backup is not the one that its manifest names")


def must_be(part: str, expected: str) -> None:
    """Refuse a file of another part."""
    if part != expected:
        raise ArchiveError(f"this is a backup of the part {expected}: no", remedy=f"name the file {expected}-*.age")


def open_into(path: Path, unpacking: Unpacking, private: Secret[str]) -> None:
    """Open an age file into an unpacking, whose own errors would be lost in those of the library."""
    refusing = _Refusing(unpacking)
    with path.open("rb") as file:
        open_with_age_key(file, refusing, private)
    if refusing.error is not None:
        raise refusing.error


class _Refusing:
    """An unpacking that keeps its error until the file was read."""

    def __init__(self, unpacking: Unpacking) -> None:
        self._unpacking = unpacking
        self.error: ArchiveError | None = None

    def write(self, content: bytes, /) -> int:
        if self.error is None:
            try:
                self._unpacking.write(content)
            except ArchiveError as error:
                self.error = error
            except (DatabaseError, ValidationError, LookupError, ValueError):
                self.error = ArchiveError("the backup holds rows that no desk has")
        return len(content)

    def flush(self) -> None:
        """Nothing waits outside."""
