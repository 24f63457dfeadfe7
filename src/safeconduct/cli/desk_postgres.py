"""The address of a database in PostgreSQL: from a file or the environment; as an argument it shows to others."""

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from safeconduct.values.secret import Secret

VARIABLES = ["SAFECONDUCT_DESK_POSTGRES", "SAFECONDUCT_POSTGRES"]
_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO
Command = TypeVar("Command", bound=Callable[..., Any])


def postgres_options(command: Command) -> Command:
    """`--postgres-file` and `--postgres`; `address_of` makes one address of them."""
    named = click.Path(exists=True, dir_okay=False, path_type=Path)
    from_file = click.option("--postgres-file", type=named, help="A file with the address of PostgreSQL, mode 600.")
    from_words = click.option(
        "--postgres", metavar="URL", envvar=VARIABLES, help=f"Its address; better in {VARIABLES[0]}, where ps is blind."
    )
    return from_file(from_words(command))


def address_of(*, postgres: str | None, postgres_file: Path | None) -> Secret[str] | None:
    """The address that was given, if any. One that was typed as an argument is taken, with a warning.

    Args:
        postgres: From the command line or the environment.
        postgres_file: A file with the address on its only line.
    Raises:
        click.UsageError: If two were given, or the file can be read by others or holds no address.
    """
    if postgres_file is not None:
        if postgres is not None:
            raise click.UsageError(
                f"Give one address of PostgreSQL: --postgres-file, or a variable ({' or '.join(VARIABLES)})."
            )
        return _read(postgres_file)
    if postgres is None:
        return None
    if click.get_current_context().get_parameter_source("postgres") is ParameterSource.COMMANDLINE:
        click.echo(
            "--postgres shows the password to everybody here who lists processes, and in the shell's history.\n"
            f"  to fix: change the password, then use --postgres-file or {VARIABLES[0]}",
            err=True,
        )
    return Secret(postgres)


def _read(path: Path) -> Secret[str]:
    if path.stat().st_mode & _FOR_OTHERS:
        raise click.UsageError("The file with the address of PostgreSQL can be read by others: chmod 600.")
    try:
        lines = path.read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError):
        lines = []
    if len(lines) != 1:
        raise click.UsageError("The file with the address of PostgreSQL holds one line, the address, and nothing else.")
    return Secret(lines[0])
