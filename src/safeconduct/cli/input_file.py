"""The file of a situation: read once, never named in what we print, opened with a passphrase if it is an age file."""

import os
import stat
import sys
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

import click

from safeconduct.rules.telling.text import MAX_BYTES
from safeconduct.values.errors import Place, SituationError
from safeconduct.values.secret import Secret

STANDARD_INPUT = "-"
_AGE_MARKS = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----")
_AGE_ADDS = 2
"""An age file in letters is a third longer than its content; nothing that is longer than this is read to its end."""
Form = Literal["yaml", "json"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """What was read.

    Args:
        content: The bytes of the situation, decrypted.
        form: How they are written.
        warnings: What the person at the terminal must be told about the file itself.
    """

    content: bytes
    form: Form
    warnings: tuple[str, ...] = ()


def read_input(name: str) -> Input:
    """A situation from a file or from standard input.

    Args:
        name: Path of the file, or "-".
    Raises:
        SituationError: If it cannot be read; the message does not name it.
        CannotOpenError: If the passphrase is another or the file was changed.
    """
    content, warnings = _standard_input() if name == STANDARD_INPUT else _file(name)
    if not content.strip():
        raise SituationError(
            "there is nothing in the input", remedy="begin with person: or history:", place=_NOWHERE, code="FILE01"
        )
    if content.startswith(_AGE_MARKS):
        content = _opened(content)
        warnings = ()  # it does not matter who else can read it
    return Input(content=content, form=_form(name, content), warnings=warnings)


_NOWHERE = Place(name="")
_READABLE = (
    "Warning: other people on this machine can read the file of this person.\n"
    "  to fix: chmod 600 on the file, or keep it as an age file"
)


def _standard_input() -> tuple[bytes, tuple[str, ...]]:
    try:
        return sys.stdin.buffer.read(MAX_BYTES * _AGE_ADDS), ()
    except (OSError, ValueError, AttributeError) as error:
        # Standard input may be closed, a folder, or not there at all.
        raise _cannot_read(error) from None


def _file(name: str) -> tuple[bytes, tuple[str, ...]]:
    try:
        with open(name, "rb") as file:  # noqa: PTH123 -- a name with a zero byte is a ValueError here, as below
            mode = os.fstat(file.fileno()).st_mode
            content = file.read(MAX_BYTES * _AGE_ADDS)
    except (OSError, ValueError) as error:
        raise _cannot_read(error) from None
    shared = stat.S_ISREG(mode) and mode & (stat.S_IRGRP | stat.S_IROTH)
    return content, ((_READABLE,) if shared else ())


def _cannot_read(error: Exception) -> SituationError:
    """The error without the path that the system's own error holds."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            message, remedy, code = "there is no such file", "check the name and the folder", "FILE02"
        case IsADirectoryError():
            message, remedy, code = "this is a folder, not a file", "name one file, or - for standard input", "FILE03"
        case PermissionError():
            message, remedy, code = "the file may not be read", "ask its owner, or check its permissions", "FILE04"
        case _:
            message, remedy, code = "the file cannot be read", "check the name, and that the disk is there", "FILE05"
    return SituationError(message, remedy=remedy, place=_NOWHERE, code=code)


def _form(name: str, content: bytes) -> Form:
    """JSON by the end of the name, or, where that says nothing, by the first sign."""
    ending = PurePath(name.removesuffix(".age")).suffix.casefold()
    if ending in {".yaml", ".yml"}:
        return "yaml"
    if ending == ".json":
        return "json"
    return "json" if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"[")) else "yaml"


def _opened(content: bytes) -> bytes:
    from safeconduct.vault.age_file import open_age_file

    try:
        passphrase = Secret(click.prompt("Passphrase of the file", hide_input=True, err=True))
    except click.Abort:
        raise SituationError(
            "the file is encrypted and no passphrase was given",
            remedy="start the command at a terminal and type the passphrase",
            place=_NOWHERE,
            code="FILE06",
        ) from None
    return open_age_file(content, passphrase)
