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


def empty_folder(path: Path) -> None:
    """A folder for this account alone, with nothing in it; made if it is not there.

    Args:
        path: The folder; the one above it must be there.
    Raises:
        ArchiveError: If something lies in it already, or it cannot be made.
    """
    try:
        path.mkdir(mode=0o700, exist_ok=True)
        is_empty = next(path.iterdir(), None) is None
    except OSError:
        raise ArchiveError("the folder cannot be made", remedy="check the path and its permissions") from None
    if not is_empty:
        raise ArchiveError("there is something in the folder already", remedy="name a new or an empty folder")
    path.chmod(0o700)
