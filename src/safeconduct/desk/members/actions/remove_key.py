"""Take a security key away: it signs in no more."""

from datetime import datetime
from uuid import UUID

from safeconduct.desk.keyring.models import MemberKeys
from safeconduct.desk.members import webauthn_keys
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.members.permissions import must_be_fresh
from safeconduct.desk.members.system_trail import Happened, note
from safeconduct.desk.project.stores import both_stores
from safeconduct.desk.refusals import Reason, RefusedError, enforce


def remove_key(actor: Actor, *, key: UUID, now: datetime) -> None:
    """Take one of the actor's own keys away. What was begun with it is not finished any more.

    Args:
        actor: Who acts, with a fresh password.
        key: Which one.
        now: The moment, in UTC.
    Raises:
        RefusedError: FRESH_PASSWORD, NOT_HERE; RENEWED if the keys were changed in this very moment.
    """
    enforce(must_be_fresh(actor))
    row = MemberKeys.objects.get(pk=actor.member)
    keys = webauthn_keys.opened(row)
    left = tuple(one for one in keys if one.id != key)
    if len(left) == len(keys):
        raise RefusedError(Reason.NOT_HERE)
    with both_stores():
        if not webauthn_keys.written(row, left):
            raise RefusedError(Reason.RENEWED)
        note(Happened.SECURITY_KEY_REMOVED, by=actor.member, about=actor.member, now=now)
