"""A new file for this account alone: whole, or not there."""

import os
from collections.abc import Iterable
from pathlib import Path

from safeconduct.desk.operating.archive import ArchiveError


def write_new(path: Path, pieces: Iterable[bytes], *, mode: int = 0o600) -> None:
    """Write a file that is not there yet.

    Args:
        path: The file.
        pieces: What goes into it.
        mode: Who may read it.
    Raises:
        ArchiveError: If there is one of that name, or it cannot be written.
    """
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    except FileExistsError:
        raise ArchiveError("there is a file of that name already", remedy="name another") from None
    except OSError:
        raise ArchiveError("the file cannot be made", remedy="check the folder and its permissions") from None
    done = False
    try:
        with os.fdopen(number, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(number)
        done = True
    finally:
        if not done:
            path.unlink()
