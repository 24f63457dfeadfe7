"""The site's own secrets, back into the folder of a desk. It needs no store and no settings: they come first."""

import os
from pathlib import Path

from safeconduct.desk.operating.archive import ArchiveError, Head, Row, Unpacking, bytes_of
from safeconduct.desk.operating.checking import SECRETS
from safeconduct.desk.operating.unsealing import check_manifest, must_be, open_into
from safeconduct.values.secret import Secret


def restore_secrets(folder: Path, *, archive: Path, private: Secret[str]) -> None:
    """Put the site's own secrets back into a folder that has none.

    Args:
        folder: The folder of the new desk; made if it is missing.
        archive: What `back_up_secrets` wrote.
        private: The private age key.
    Raises:
        ArchiveError: If the folder has secrets, or the file is none.
        CannotOpenError: If the key is another, or the file was changed.
    """
    check_manifest(archive)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any((folder / name).exists() for name in SECRETS):
        raise ArchiveError("the folder has secrets of a desk already", remedy="name a new folder: --folder")
    found: dict[str, Secret[bytes]] = {}

    def begin(head: Head) -> None:
        must_be(head.part, "secrets")

    def row(_table: str, _columns: tuple[str, ...], values: Row) -> None:
        name, content = values
        found[name] = Secret(bytes_of(content))

    unpacking = Unpacking(begin=begin, row=row)
    open_into(archive, unpacking, private)
    unpacking.finished()
    if set(found) != set(SECRETS):
        raise ArchiveError("the file does not hold the secrets of a desk")
    for name, content in found.items():
        number = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o400)
        with os.fdopen(number, "wb") as file:
            file.write(content.reveal())
