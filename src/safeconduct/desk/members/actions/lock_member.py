"""Lock a member at once: a lost device, a seizure, a departure."""

from datetime import datetime
from uuid import UUID

from safeconduct.desk.members.actor import Actor
from safeconduct.desk.members.credentials import wipe
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.permissions import must_be
from safeconduct.desk.members.roles import Role, State
from safeconduct.desk.members.sole import held_alone, refuse_more_lost
from safeconduct.desk.members.system_trail import Happened, note
from safeconduct.desk.project.stores import both_stores, cleaned_up
from safeconduct.desk.refusals import Reason, RefusedError, enforce


def cases_lost_with(actor: Actor, *, member: UUID) -> int:
    """How many cases nobody could open any more if this member were locked or got a new link; no case is named.

    Args:
        actor: An administrator, or the member.
        member: Who.
    Raises:
        RefusedError: ROLE.
    """
    if member != actor.member:
        enforce(must_be(Role.ADMINISTRATOR, actor=actor))
    return held_alone(member)


def lock_member(actor: Actor, *, member: UUID, now: datetime, losing: int = 0) -> None:
    """End everything a member can open: sessions, slots, seals and grants are deleted, their cases marked for renewal.

    Nothing brings it back but an administrator's new link, and colleagues who grant the cases again.

    Args:
        actor: An administrator, or the member.
        member: Who is locked.
        now: The moment, in UTC.
        losing: How many cases that only they hold the actor was told of, and accepts to lose.
    Raises:
        RefusedError: ROLE, NOT_HERE, or CASES_LOST if there are more.
    """
    if member != actor.member:
        enforce(must_be(Role.ADMINISTRATOR, actor=actor))
    with both_stores():
        refuse_more_lost(member, losing=losing)
        if not Member.objects.filter(pk=member).update(state=State.LOCKED.value, public=b"", custodian_set=None):
            raise RefusedError(Reason.NOT_HERE)
        wipe(member)
        note(Happened.LOCKED, by=actor.member, about=member, now=now)
    cleaned_up()
