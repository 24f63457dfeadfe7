"""One-time links that still open something: which there are, and taking one back before somebody uses it."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from safeconduct.desk.members.actions.accept_invitation import LASTS
from safeconduct.desk.members.actions.invite_member import USE
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.members.models import Invitation
from safeconduct.desk.members.permissions import must_be
from safeconduct.desk.members.roles import Role, from_text
from safeconduct.desk.members.system_trail import Happened, note
from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.project.stores import both_stores, cleaned_up
from safeconduct.desk.refusals import Reason, RefusedError, enforce
from safeconduct.vault.site import decrypt_field


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTold:
    """A link that nobody has used yet; the link itself is told by nothing that is stored.

    Args:
        id: Which.
        name: For whom it was made; "" for the first administrator.
        roles: The roles it gives.
        is_new_key: Whether it gives a new key to somebody who is a member already.
        last: The last day on which it opens something, in UTC (inclusive).
    """

    id: UUID
    name: str
    roles: frozenset[Role]
    is_new_key: bool
    last: date


def open_links(actor: Actor, *, now: datetime) -> tuple[LinkTold, ...]:
    """The links that still open something, the one that ends first before the others.

    Args:
        actor: An administrator.
        now: The moment, in UTC.
    Raises:
        RefusedError: ROLE.
    """
    enforce(must_be(Role.ADMINISTRATOR, actor=actor))
    rows = Invitation.objects.filter(day__gte=now.date() - LASTS, day__lte=now.date())
    return tuple(sorted((_told(row) for row in rows), key=lambda told: (told.last, told.name, told.id)))


def take_link_back(actor: Actor, *, link: UUID, now: datetime) -> None:
    """Let a link open nothing any more, also for somebody who began to join with it and did not end.

    Args:
        actor: An administrator.
        link: Which.
        now: The moment, in UTC.
    Raises:
        RefusedError: ROLE; NOT_HERE if there is none, or it was used meanwhile.
    """
    enforce(must_be(Role.ADMINISTRATOR, actor=actor))
    with both_stores():
        row = Invitation.objects.filter(id=link).first()
        if row is None or not Invitation.objects.filter(id=link).delete()[0]:
            raise RefusedError(Reason.NOT_HERE)
        note(Happened.LINK_TAKEN_BACK, by=actor.member, about=row.member, now=now)
    cleaned_up()


def _told(row: Invitation) -> LinkTold:
    name = decrypt_field(in_use().keys, row.told, table=USE, column="told", row=row.id)
    return LinkTold(
        id=row.id,
        name=json.loads(name),
        roles=from_text(row.roles),
        is_new_key=row.member is not None,
        last=row.day + LASTS,
    )
