"""Who is in the organisation, and what happened to the system: every member may see both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hmac import compare_digest
from uuid import UUID

from safeconduct.desk.members.actor import Actor, require
from safeconduct.desk.members.models import Member, SystemTrail
from safeconduct.desk.members.naming import name_of
from safeconduct.desk.members.roles import Role, State, from_text
from safeconduct.desk.members.system_trail import Happened, pseudonym, seal_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberTold:
    """A member, as colleagues see them.

    Args:
        id: Who.
        name: What they are called.
        roles: Their roles.
        state: Whether they may sign in.
        seen: The day they were last here; None if never.
        has_key: Whether a case can be sealed to them.
        recovery_proven: Whether they typed their printed code once.
    """

    id: UUID
    name: str
    roles: frozenset[Role]
    state: State
    seen: date | None
    has_key: bool
    recovery_proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemLine:
    """A line of the system's trail.

    Args:
        day: When.
        kind: What.
        by: Who did it; None for whoever runs the server, for somebody not signed in, or who is no member any more.
        about: To whom, as above.
        is_whole: Whether it stands as it was written.
    """

    day: date
    kind: Happened
    by: UUID | None
    about: UUID | None
    is_whole: bool


def list_members(actor: Actor) -> tuple[MemberTold, ...]:
    """All members, by name."""
    require(actor, Actor)
    told = (
        MemberTold(
            id=row.pk,
            name=name_of(row),
            roles=from_text(row.roles),
            state=State(row.state),
            seen=row.seen,
            has_key=bool(row.public),
            recovery_proven=row.recovery_proven,
        )
        for row in Member.objects.all()
    )
    return tuple(sorted(told, key=lambda member: (member.name, member.id)))


def read_system_trail(actor: Actor) -> tuple[SystemLine, ...]:
    """The system's trail, newest day first."""
    require(actor, Actor)
    names = {pseudonym(pk): pk for pk in Member.objects.values_list("pk", flat=True)}
    return tuple(_line(row, names) for row in SystemTrail.objects.order_by("-day", "id"))


def _line(row: SystemTrail, names: Mapping[str, UUID]) -> SystemLine:
    return SystemLine(
        day=row.day,
        kind=Happened(row.kind),
        by=names.get(row.by),
        about=names.get(row.about),
        is_whole=compare_digest(row.seal, seal_of(row)),
    )
