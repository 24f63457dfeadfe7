"""What is written by hand, as it goes into a record: checked for length, and for names that could do harm."""

import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath, PureWindowsPath

from safeconduct.desk.cases.keeping import Upload
from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.refusals import Reason, RefusedError

LONGEST_TEXT = 50_000
LONGEST_LINE = 200
_LONGEST_NAME = 120
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def text_of(written: str, *, longest: int = LONGEST_TEXT, may_be_empty: bool = False) -> str:
    """A text, without space around it.

    Raises:
        RefusedError: NOTHING_SAID or TOO_LONG.
    """
    text = written.strip()
    if not text and not may_be_empty:
        raise RefusedError(Reason.NOTHING_SAID)
    if len(text) > longest:
        raise RefusedError(Reason.TOO_LONG)
    return text


def line_of(written: str, *, may_be_empty: bool = False) -> str:
    """A short text on one line."""
    return text_of(" ".join(written.split()), longest=LONGEST_LINE, may_be_empty=may_be_empty)


def files_of(files: Sequence[Upload]) -> Sequence[Upload]:
    """The files of one message.

    Raises:
        RefusedError: TOO_MANY, if there are more than the desk takes.
    """
    if len(files) > in_use().most_files:
        raise RefusedError(Reason.TOO_MANY)
    return files


def name_of(upload: Upload) -> str:
    """The name of a file as it may be shown: no folders, no signs that are not seen or that turn the line around."""
    last = PurePosixPath(PureWindowsPath(upload.name or "").name).name
    seen = "".join(sign for sign in last if unicodedata.category(sign) not in _UNSEEN)
    return seen.strip(" .")[:_LONGEST_NAME] or "file"
