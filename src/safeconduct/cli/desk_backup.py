"""`safeconduct desk backup | restore | shred`: what is kept, what comes back, what goes."""

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from safeconduct.cli.desk_folder import FOLDER, opened, usual
from safeconduct.cli.desk_postgres import address_of, postgres_options
from safeconduct.values.secret import Secret

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_TARGET = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("data", type=_TARGET)
@click.argument("keyring", type=_TARGET)
@click.option("--to", "recipient", required=True, metavar="AGE_KEY", help="The public key, age1..., or a file with it.")
@click.option("--secrets", type=_TARGET, help="Write the site's own secrets into this folder, too. Take it away.")
@FOLDER
def backup(*, data: Path, keyring: Path, recipient: str, secrets: Path | None, folder: Path | None) -> None:
    """Back up: the bulk into the folder DATA, the wraps of keys into KEYRING.

    Both are sealed to an offline age key before a byte leaves this process;
    the desk goes on meanwhile. Old backups of the bulk open only with a
    keyring, and keyrings are kept for `keyring_days` of desk.toml: what was
    shredded is then gone from every backup. `age-keygen` makes a key, or: safeconduct desk restore
    --new-key.

    \b
    Example:
      safeconduct desk backup /mnt/bulk /media/wraps --to age1...
    """  # noqa: D301 -- the backspace is click's sign for lines that are not joined
    opened(folder)
    from safeconduct.desk.operating.backing_up import back_up, back_up_secrets
    from safeconduct.desk.project.clock import today
    from safeconduct.desk.project.configuration import in_use

    key = _public(recipient)
    kept = [*back_up(data=data, keyring=keyring, recipient=key, today=today(), keep_keyring=in_use().keyring_days)]
    if secrets is not None:
        kept.append(back_up_secrets(secrets, recipient=key, today=today()))
    for one in kept:
        click.echo(f"{one.path.name}  {one.length:,} bytes  sha256 {one.sha256}")
    if secrets is None:
        click.echo("Not in it: the site's own secrets. Keep them once, apart: --secrets FOLDER", err=True)


def _public(told: str) -> str:
    if told.startswith("age1"):
        return told
    try:
        lines = Path(told).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise click.UsageError("--to takes a public age key (age1...) or a file with one.") from None
    return next((line.strip() for line in lines if line.strip().startswith("age1")), "")


@click.command()
@click.option("--data", type=_FILE, help="Backup of the bulk.")
@click.option("--keyring", type=_FILE, help="Backup of the keyring, of the same day or later.")
@click.option("--secrets", type=_FILE, help="Backup of the site's own secrets.")
@click.option(
    "--key", "key_file", type=_FILE, help="File with the private age key; one under a passphrase asks for it."
)
@postgres_options
@click.option("--rehearse", is_flag=True, help="Into a folder that goes at once: says what would come back.")
@click.option("--new-key", type=click.Path(dir_okay=False, path_type=Path), help="Make a key pair for backups here.")
@FOLDER
def restore(  # noqa: PLR0913 -- one argument for each option
    *,
    data: Path | None,
    keyring: Path | None,
    secrets: Path | None,
    key_file: Path | None,
    postgres: str | None,
    postgres_file: Path | None,
    rehearse: bool,
    new_key: Path | None,
    folder: Path | None,
) -> None:
    """Restore a backup into a new folder, or rehearse it.

    What was shredded between the backup of the bulk and that of the keyring
    does not come back, and who was locked between them stays locked.

    \b
    Examples:
      safeconduct desk restore --new-key backup-key
      safeconduct desk restore --data data-2026-11-22-1a2b3c4d.age \\
        --keyring keyring-2026-11-22-5e6f7a8b.age --key backup-key --rehearse
      safeconduct desk restore --data ... --keyring ... --secrets ... \\
        --key backup-key --folder /srv/desk
    """  # noqa: D301 -- as above
    if new_key is not None:
        _make_key(new_key)
        return
    if data is None or keyring is None or key_file is None:
        raise click.UsageError("Name --data, --keyring and --key.")
    private = _private(key_file)
    if rehearse:
        with TemporaryDirectory(prefix="rehearsal-") as made:
            _restore(Path(made), data=data, keyring=keyring, secrets=secrets, private=private, postgres=None, own=False)
        click.echo("That was a rehearsal: nothing of it is left.")
        return
    home = folder or usual()
    address = address_of(postgres=postgres, postgres_file=postgres_file)
    _restore(home, data=data, keyring=keyring, secrets=secrets, private=private, postgres=address, own=True)


def _restore(  # noqa: PLR0913 -- one argument for each option
    home: Path,
    *,
    data: Path,
    keyring: Path,
    secrets: Path | None,
    private: Secret[str],
    postgres: Secret[str] | None,
    own: bool,
) -> None:
    from safeconduct.desk.operating import starting
    from safeconduct.desk.operating.restoring_secrets import restore_secrets

    is_known = (home / "site.key").exists()
    if secrets is not None:
        restore_secrets(home, archive=secrets, private=private)
    elif own and not is_known:
        raise click.UsageError("The new folder needs the site's own secrets: --secrets, or put them there by hand.")
    starting.make(home, postgres=postgres)
    starting.begin(home)
    starting.bring_up_to_date()
    # What knows the tables is imported when Django is set up.
    from safeconduct.desk.operating.restoring import restore as bring_back
    from safeconduct.desk.project.clock import now

    came = bring_back(data=data, keyring=keyring, private=private, now=now(), is_own=own or secrets is not None)
    click.echo(f"{came.cases} cases; {sum(came.rows.values())} rows of {len(came.rows)} tables, each as it was written")
    for number, says in (
        (came.gone, "cases were shredded since, and stay so"),
        (came.newer, "cases came in after the bulk was backed up, and are lost"),
        (came.locked, "members were locked since, and stay so"),
    ):
        if number:
            click.echo(f"{number} {says}")


def _make_key(path: Path) -> None:
    from safeconduct.desk.operating.writing import write_new
    from safeconduct.vault.age_file import seal_age_file
    from safeconduct.vault.age_key import new_age_key

    private, public = new_age_key()
    passphrase = Secret(click.prompt("Passphrase for the key", hide_input=True, confirmation_prompt=True, err=True))
    write_new(path, (seal_age_file(private.reveal().encode(), passphrase),))
    click.echo(f"The private half is in the file you named: keep it off line. Seal backups to:\n{public}")


def _private(path: Path) -> Secret[str]:
    from safeconduct.vault.age_file import open_age_file
    from safeconduct.vault.errors import CannotOpenError

    content = Secret(path.read_bytes())
    if content.reveal().startswith((b"age-encryption.org/", b"-----BEGIN AGE")):
        passphrase = Secret(click.prompt("Passphrase of the key", hide_input=True, err=True))
        content = Secret(open_age_file(content.reveal(), passphrase))
    try:
        return Secret(content.reveal().decode())
    except UnicodeDecodeError:
        raise CannotOpenError from None


@click.command()
@click.option("--clock-is-right", is_flag=True, help="Somebody looked: the clock did not jump by mistake.")
@FOLDER
def shred(*, clock_is_right: bool, folder: Path | None) -> None:
    """Shred every closed case whose day has come, and sweep.

    `desk serve` does it every day. It refuses after a jump of the clock of
    more than two days, because a wrong clock would shred in one night what
    should stay for months.

    \b
    Example:
      safeconduct desk shred
    """  # noqa: D301 -- as above
    opened(folder)
    from safeconduct.desk.cases.actions.retention import retention
    from safeconduct.desk.members.actor import Operator
    from safeconduct.desk.project.clock import now

    click.echo(f"{retention(Operator(), now=now(), confirmed=clock_is_right)} cases shredded")
