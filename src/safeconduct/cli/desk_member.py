"""`safeconduct desk member invite | list | lock | reset`: members, from the terminal of the server."""

from pathlib import Path
from uuid import UUID

import click

from safeconduct.cli.desk_folder import FOLDER, HELP, opened

ROLES = ("intake", "caseworker", "lawyer", "custodian", "administrator")


@click.group(context_settings=HELP)
def member() -> None:
    """Members: invite, list, lock, reset. Each change stands in the trail that
    all members see.
    """  # noqa: D205 -- click shows the first paragraph


@member.command()
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(ROLES), help="Repeat it for more.")
@FOLDER
def invite(*, name: str, roles: tuple[str, ...], folder: Path | None) -> None:
    """A one-time link with which somebody joins; good for seven days.

    \b
    Example:
      safeconduct desk member invite Anna --role intake --role caseworker
    """  # noqa: D301 -- the backspace is click's sign for lines that are not joined
    opened(folder)
    from safeconduct.desk.members.actions.invite_member import invite_member
    from safeconduct.desk.members.roles import Role
    from safeconduct.desk.operating.terminal import at_the_terminal
    from safeconduct.desk.project.clock import now

    link = invite_member(at_the_terminal(), name=name, roles=frozenset(map(Role, roles)), now=now())
    click.echo(f"One-time link, on the members' site: /join/{link.reveal()}/")


@member.command("list")
@FOLDER
def list_them(*, folder: Path | None) -> None:
    """Who is a member: id, state, day last seen, roles, name."""
    opened(folder)
    from safeconduct.desk.members.actions.list_members import list_members
    from safeconduct.desk.operating.terminal import at_the_terminal

    for one in list_members(at_the_terminal()):
        roles = ",".join(sorted(role.value for role in one.roles))
        seen = "never" if one.seen is None else one.seen.isoformat()
        name = "".join(sign if sign.isprintable() else "?" for sign in one.name)
        click.echo(f"{one.id}  {one.state.value:<6}  {seen:<10}  {roles}  {name}")


LOSING = click.option(
    "--losing",
    type=click.IntRange(min=0),
    default=0,
    help="How many cases that only they hold may be lost, with --yes.",
)


def _told_of(who: UUID, *, losing: int, yes: bool) -> int:
    """Say how many cases go with a member; how many of them may be lost."""
    from safeconduct.desk.members.actions.lock_member import cases_lost_with
    from safeconduct.desk.operating.terminal import at_the_terminal

    alone = cases_lost_with(at_the_terminal(), member=who)
    if alone:
        click.echo(f"Cases that nobody else holds, and nobody could ever open again: {alone}.", err=True)
    return losing if yes else alone


@member.command()
@click.argument("who", metavar="ID", type=click.UUID)
@click.option("--yes", is_flag=True, help="Do not ask.")
@LOSING
@FOLDER
def lock(*, who: UUID, yes: bool, losing: int, folder: Path | None) -> None:
    """Lock a member at once: a lost device, a seizure, a departure.

    Ends their sessions, deletes every slot of their key and every grant of a
    case, and marks the cases so that the next holder who signs in renews
    their keys. Nothing brings it back but a new link, and colleagues who give
    them cases again.
    """
    opened(folder)
    from safeconduct.desk.members.actions.lock_member import lock_member
    from safeconduct.desk.operating.terminal import at_the_terminal
    from safeconduct.desk.project.clock import now

    lost = _told_of(who, losing=losing, yes=yes)
    if not yes:
        click.confirm("Their key is deleted, and cannot be brought back. Lock them?", abort=True, err=True)
    lock_member(at_the_terminal(), member=who, now=now(), losing=lost)
    click.echo("Locked. Let somebody who holds the same cases sign in now: that renews the keys.")


@member.command()
@click.argument("who", metavar="ID", type=click.UUID)
@click.option("--yes", is_flag=True, help="Do not ask.")
@LOSING
@FOLDER
def reset(*, who: UUID, yes: bool, losing: int, folder: Path | None) -> None:
    """A new link for a member who lost password, printed code and custodians.

    They get a new key: the cases they held stay closed to them until somebody
    who holds them grants them again.
    """
    opened(folder)
    from safeconduct.desk.members.actions.invite_member import reset_member
    from safeconduct.desk.operating.terminal import at_the_terminal
    from safeconduct.desk.project.clock import now

    lost = _told_of(who, losing=losing, yes=yes)
    if not yes:
        click.confirm("Their old key is deleted, with every case they held. Go on?", abort=True, err=True)
    link = reset_member(at_the_terminal(), member=who, now=now(), losing=lost)
    click.echo(f"One-time link, on the members' site: /join/{link.reveal()}/")
