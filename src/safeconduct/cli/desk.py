"""`safeconduct desk serve | check | member | channel | backup | restore | shred | bundle | open`: running the desk."""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from safeconduct.cli.desk_backup import backup, restore, shred
from safeconduct.cli.desk_folder import BAD_INPUT, FOLDER, HELP, opened, usual
from safeconduct.cli.desk_member import member
from safeconduct.cli.desk_offline import bundle, channel, open_bundle
from safeconduct.cli.desk_postgres import address_of, postgres_options
from safeconduct.values.secret import Secret

if TYPE_CHECKING:
    from safeconduct.desk.project.configuration import Site

FAULTS = 1
CONTACT_PORT, MEMBERS_PORT = 8410, 8411


@click.group(context_settings=HELP)
@click.pass_context
def desk(ctx: click.Context) -> None:
    """The confidential desk: contact without a name, and files that only their
    helpers can open.

    \b
    Examples:
      safeconduct desk serve
      safeconduct desk check
      safeconduct desk member invite Anna --role caseworker
      safeconduct desk backup /mnt/bulk /media/wraps --to age1...
    """  # noqa: D205, D301 -- click shows the first paragraph; the backspace is its sign for lines that are not joined
    from safeconduct.desk.operating.installed import LIBRARIES, OF_THE_VAULT, missing

    if missing(OF_THE_VAULT if ctx.invoked_subcommand == "open" else LIBRARIES) is not None:
        click.echo(
            "safeconduct desk needs what the base install leaves out: desk\n  to fix: pip install 'safeconduct[desk]'",
            err=True,
        )
        ctx.exit(BAD_INPUT)


for _command in (member, channel, backup, restore, shred, bundle, open_bundle):
    desk.add_command(_command)


@desk.command()
@FOLDER
@postgres_options
@click.option("--contact-port", type=click.IntRange(1, 65535), default=CONTACT_PORT, show_default=True, help="Port.")
@click.option("--members-port", type=click.IntRange(1, 65535), default=MEMBERS_PORT, show_default=True, help="Port.")
@click.option(
    "--sockets",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    help="A folder: serve on contact.sock and members.sock in it, and on no port.",
)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes of each site.")
@click.option(
    "--log-level", type=click.Choice(["debug", "info", "warning", "error"]), default="warning", show_default=True,
    help="What is logged; never who asked for what.",
)  # fmt: skip
@click.option("--api", is_flag=True, help="Answer programs of partners under /api/ of the contact site.")
@click.option("--demo", is_flag=True, help="An invented organisation with three invented cases, gone at the end.")
@click.pass_context
def serve(  # noqa: PLR0913 -- one argument for each option
    ctx: click.Context,
    *,
    folder: Path | None,
    postgres: str | None,
    postgres_file: Path | None,
    contact_port: int,
    members_port: int,
    sockets: Path | None,
    workers: int,
    log_level: str,
    api: bool,
    demo: bool,
) -> None:
    """Serve both sites, on this machine only.

    With nothing set up it makes its own folder, stores and keys, and prints a
    one-time link for the first administrator. Whoever is elsewhere comes
    through an onion service: docs/how-to/desk-server.md.

    \b
    Examples:
      safeconduct desk serve
      safeconduct desk serve --demo
      safeconduct desk serve --folder /srv/desk --sockets /run/desk
      safeconduct desk serve --postgres-file address
    """  # noqa: D301 -- as above
    from safeconduct.desk.project.configuration import Site

    addresses = {Site.CONTACT: f"127.0.0.1:{contact_port}", Site.MEMBERS: f"127.0.0.1:{members_port}"}
    if sockets is not None:
        addresses = {site: f"unix:{sockets / f'{site.value}.sock'}" for site in Site}
    if not demo:
        _set_up(ctx, folder or usual(), postgres=address_of(postgres=postgres, postgres_file=postgres_file))
        _serve(addresses, workers=workers, level=log_level, api=api)
        return
    if folder is not None or postgres is not None or postgres_file is not None:
        raise click.UsageError("An invented desk has a folder of its own, which goes when it ends.")
    with TemporaryDirectory(prefix="invented-desk-") as made:
        _set_up(ctx, Path(made), postgres=None)
        _serve(addresses, workers=workers, level=log_level, api=api, each=_demonstrated())


def _set_up(ctx: click.Context, folder: Path, *, postgres: Secret[str] | None) -> None:
    """Make what is missing, look at it, and open the desk in this process."""
    from safeconduct.desk.operating import starting
    from safeconduct.desk.operating.checking import check_folder
    from safeconduct.desk.operating.findings import Code, Weight

    is_known = (folder / "site.key").exists()
    starting.make(folder, postgres=postgres)
    faults = [finding for finding in check_folder(folder) if finding.code.weight is Weight.FAULT]
    if faults:
        click.echo("\n".join(finding.text() for finding in faults), err=True)
    # A desk whose disk is nearly full takes nothing new in; what is there can still be read.
    if {finding.code for finding in faults} - ({Code.DISK_FULL} if is_known else set()):
        ctx.exit(FAULTS)
    starting.begin(folder)
    starting.bring_up_to_date()


def _serve(
    addresses: "Mapping[Site, str]",
    *,
    workers: int,
    level: str,
    api: bool,
    each: Callable[[], None] | None = None,
) -> None:
    """Serve, and say where."""
    from safeconduct.desk.operating.first_link import link_for_first_administrator
    from safeconduct.desk.operating.serving import Serving, serve

    for site, address in addresses.items():
        click.echo(f"{site.value} site: {address if address.startswith('unix:') else f'http://{address}/'}")
    link = link_for_first_administrator()
    if link is not None:
        click.echo(
            "Nobody administers this desk yet. One-time link for the first administrator, good for seven days,\n"
            f"on the members' site: /join/{link.reveal()}/"
        )
    click.echo("Served until you press Ctrl+C.")
    serving = Serving(addresses=addresses, workers=workers, level=level, api=api)
    serve(serving, say=lambda text: click.echo(text, err=True), each=each)


def _demonstrated() -> Callable[[], None]:
    from base64 import b32decode

    from safeconduct.desk.members.totp import code_at, step_of
    from safeconduct.desk.operating.demonstration import invent
    from safeconduct.desk.project.clock import now

    invented = invent(now=now())
    click.echo("\nEVERYTHING HERE IS INVENTED, and is deleted when you end it. Sign in on the members' site:")
    for one in invented.members:
        click.echo(f"  {one.login}   password: {one.password.reveal()}   for a telephone: {one.totp.reveal()}")
    click.echo("Codes of the three contacts, for the contact site:")
    for code in invented.codes:
        click.echo(f"  {code.digits().reveal()}")
    click.echo()
    shown: list[int] = []

    def each() -> None:
        """Show the codes of telephones that nobody has."""
        step = step_of(now())
        if shown == [step] or not sys.stdout.isatty():
            return
        shown[:] = [step]
        codes = (f"{one.login}: {code_at(Secret(b32decode(one.totp.reveal())), step)}" for one in invented.members)
        click.echo("Codes of this half minute: " + "   ".join(codes))

    return each


@desk.command()
@FOLDER
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to answer."
)
@click.pass_context
def check(ctx: click.Context, *, folder: Path | None, form: str) -> None:
    """Everything that is wrong with an installation, with what to do.

    Ends with 1 if something must be mended. The codes are explained in
    docs/reference/desk-check.md.

    \b
    Examples:
      safeconduct desk check
      safeconduct desk check --folder /srv/desk --format json
    """  # noqa: D301 -- as above
    from safeconduct.desk.operating.checking import (
        check_backup,
        check_crisis,
        check_folder,
        check_keyring_days,
        this_machine,
    )
    from safeconduct.desk.operating.findings import Code, Weight
    from safeconduct.desk.project.clock import today
    from safeconduct.desk.project.configuration import in_use

    home = folder or usual()
    if not home.is_dir():
        raise click.UsageError("There is no desk in this folder. Start one: safeconduct desk serve")
    found = [*check_folder(home), *this_machine()]
    if not {finding.code for finding in found} & {Code.SECRET, Code.SETTINGS}:
        opened(home)
        from safeconduct.desk.operating.checking_stores import check_stores

        day = today()
        found += [*check_backup(home, today=day), *check_crisis(in_use(), today=day), *check_stores(today=day)]
        found += check_keyring_days(in_use().keyring_days)
    found.sort(key=lambda finding: (finding.code.weight is not Weight.FAULT, finding.code.number))
    faults = sum(finding.code.weight is Weight.FAULT for finding in found)
    if form == "json":
        told = [
            {
                "code": one.code.number,
                "weight": one.code.weight.value,
                "place": one.place,
                "says": one.says,
                "hint": one.code.hint,
            }
            for one in found
        ]
        click.echo(json.dumps(told, indent=2))
    else:
        click.echo(
            "\n".join([*(finding.text() for finding in found), f"{faults} faults, {len(found) - faults} advice"])
        )
    ctx.exit(FAULTS if faults else 0)
