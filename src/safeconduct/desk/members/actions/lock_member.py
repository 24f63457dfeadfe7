"""Lock a member at once: a lost device, a seizure, a departure."""

from datetime import datetime
from uuid import UUID

from safeconduct.desk.members.actor import Actor
from safeconduct.desk.members.credentials import wipe
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.permissions import must_be
from safeconduct.desk.members.roles import Role, State
from safeconduct.desk.members.system_trail import Happened, note
from safeconduct.desk.project.stores import both_stores, cleaned_up
from safeconduct.desk.refusals import Reason, RefusedError, enforce


def lock_member(actor: Actor, *, member: UUID, now: datetime) -> None:
    """End everything a member can open: sessions, slots, seals and grants are deleted, their cases marked for renewal.

    Nothing brings it back but an administrator's new link, and colleagues who grant the cases again.

    Args:
        actor: An administrator, or the member.
        member: Who is locked.
        now: The moment, in UTC.
    Raises:
        RefusedError: ROLE or NOT_HERE.
    """
    if member != actor.member:
        enforce(must_be(Role.ADMINISTRATOR, actor=actor))
    with both_stores():
        if not Member.objects.filter(pk=member).update(state=State.LOCKED.value, public=b"", custodian_set=None):
            raise RefusedError(Reason.NOT_HERE)
        wipe(member)
        note(Happened.LOCKED, by=actor.member, about=member, now=now)
    cleaned_up()
