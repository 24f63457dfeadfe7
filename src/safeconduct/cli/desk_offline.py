"""`safeconduct desk channel | bundle | open`: a way in that is sealed to an offline key, and the two ends of it."""

from base64 import b64decode, b64encode
from pathlib import Path

import click

from safeconduct.cli.desk_folder import FOLDER, opened
from safeconduct.values.secret import Secret

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_NEW_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("name")
@click.option("--retention-days", type=click.IntRange(1, 3650), default=90, show_default=True, help="After closing.")
@click.option("--offline", type=_FILE, help="Public half of an offline key: desk open --new-key.")
@FOLDER
def channel(*, name: str, retention_days: int, offline: Path | None, folder: Path | None) -> None:
    """Open a way in, with or without an offline key.

    An administrator then names its members on the members' site: until
    somebody reads it, it takes nothing in.

    \b
    Example:
      safeconduct desk channel "Legal advice" --offline offline.pub
    """  # noqa: D301 -- the backspace is click's sign for lines that are not joined
    opened(folder)
    from safeconduct.desk.cases.actions.channels import make_channel
    from safeconduct.desk.members.actor import Operator
    from safeconduct.desk.project.clock import now

    public = b"" if offline is None else _public(offline)
    made = make_channel(Operator(), name=name, retention_days=retention_days, offline_public=public, now=now())
    click.echo(f"Channel {made} is open; name its members on the members' site.")


def _public(path: Path) -> bytes:
    from safeconduct.vault.errors import KeyFormatError

    try:
        return b64decode(path.read_text(encoding="ascii"), validate=False)
    except (OSError, ValueError):
        raise KeyFormatError from None


@click.command()
@click.argument("target", metavar="FOLDER", type=_FOLDER)
@FOLDER
def bundle(*, target: Path, folder: Path | None) -> None:
    """Write what was sealed to the offline keys of channels into FOLDER.

    One file for each such channel, of ciphertext alone: carry it to the
    machine that has the key, and open it there: safeconduct desk open.

    \b
    Example:
      safeconduct desk bundle /media/stick
    """  # noqa: D301 -- as above
    opened(folder)
    from safeconduct.desk.operating.bundle import offline_channels, write_bundle
    from safeconduct.desk.project.clock import today

    found = offline_channels()
    for one in found:
        click.echo(write_bundle(one, folder=target, today=today()).name)
    if not found:
        click.echo("No channel has an offline key.", err=True)


@click.command("open")
@click.argument("source", metavar="BUNDLE", type=_FILE, required=False)
@click.option("--key", "key_file", type=_FILE, help="The offline key.")
@click.option(
    "--files", type=_NEW_FOLDER, help="Write files of the threads into this new or empty folder, under numbers."
)
@click.option("--new-key", type=click.Path(dir_okay=False, path_type=Path), help="Make an offline key here.")
def open_bundle(*, source: Path | None, key_file: Path | None, files: Path | None, new_key: Path | None) -> None:
    """Read a bundle with an offline key, on a machine that is never on line.

    It opens threads, not internal notes. A key is made there, too; only its
    public half, in a file with .pub behind the name, goes to the server.

    \b
    Examples:
      safeconduct desk open --new-key offline
      safeconduct desk open bundle-1a2b3c4d-2026-11-22.gz --key offline
    """  # noqa: D301 -- as above
    from safeconduct.desk.operating.hardening import harden

    harden()
    if new_key is not None:
        _make(new_key)
        return
    if source is None or key_file is None:
        raise click.UsageError("Name a BUNDLE and --key, or make a key: --new-key")
    from safeconduct.desk.operating.offline import open_offline_key, read_bundle
    from safeconduct.desk.operating.writing import empty_folder, write_new

    if files is not None:
        empty_folder(files)
    passphrase = Secret(click.prompt("Passphrase of the key", hide_input=True, err=True))
    number = 0
    for case in read_bundle(source, open_offline_key(key_file.read_bytes(), passphrase)):
        click.echo(f"--- {case.case}")
        for message in case.messages:
            click.echo(f"{message.at:%Y-%m-%d %H:%M} UTC, {'contact' if message.by_contact else 'desk'}:")
            click.echo("\n".join(f"    {_printable(line)}" for line in message.text.splitlines()))
        for file in case.files:
            number += 1
            click.echo(f"{file.at:%Y-%m-%d %H:%M} UTC, file {number}: {_printable(file.name)}")
            if files is not None:
                write_new(files / f"file-{number:04d}", file.pieces)


def _printable(text: str) -> str:
    """The text without what could steer a terminal."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)


def _make(path: Path) -> None:
    from safeconduct.desk.operating.offline import new_offline_key
    from safeconduct.desk.operating.writing import write_new

    passphrase = Secret(click.prompt("Passphrase for the key", hide_input=True, confirmation_prompt=True, err=True))
    sealed, public = new_offline_key(passphrase)
    write_new(path, (sealed,))
    write_new(path.with_name(f"{path.name}.pub"), (b64encode(public), b"\n"))
    click.echo("Two files: the key, which stays on this machine, and its public half (.pub), for the server.")
