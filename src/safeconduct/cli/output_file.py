"""Where an answer goes: the terminal, or a file that is either the old one or the whole new one."""

import os
import secrets
import sys
from pathlib import Path

import click

from safeconduct.values.errors import QuestionError


def write_output(content: str | bytes, output: Path | None) -> None:
    """Write an answer.

    Args:
        content: Text, or the bytes of a picture.
        output: The file; None for standard output.
    Raises:
        QuestionError: If a picture would be written to a terminal, or the file cannot be written.
    """
    if output is None:
        if isinstance(content, bytes) and sys.stdout.isatty():
            raise QuestionError(
                "a picture cannot be shown in a terminal", remedy="name a file: --output picture.png", code="OUT01"
            )
        click.echo(content, nl=False)
        return
    written = content.encode() if isinstance(content, str) else content
    beside = output.with_name(f".{output.name}.{secrets.token_hex(4)}")
    try:
        beside.write_bytes(written)
        # Whoever kills us here finds the old file or the whole new one.
        os.replace(beside, output)  # noqa: PTH105 -- one system call, named for what it is
    except OSError:
        beside.unlink(missing_ok=True)
        raise QuestionError(
            "the file cannot be written", remedy="check the folder and its permissions", code="OUT02"
        ) from None
