"""Print a new recovery code, and prove that the one that was printed can be read."""

from datetime import datetime

from django.db.models import F

from safeconduct.desk.keyring.models import MemberKeys
from safeconduct.desk.members import door
from safeconduct.desk.members.actor import Actor, require
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.permissions import must_be_fresh
from safeconduct.desk.members.system_trail import Happened, note
from safeconduct.desk.project.stores import both_stores
from safeconduct.desk.refusals import Reason, RefusedError, enforce
from safeconduct.values.secret import Secret
from safeconduct.vault.errors import CannotOpenError
from safeconduct.vault.members import RecoveryCode, close_recovery_slot, open_recovery_slot


def print_code(actor: Actor, *, now: datetime) -> Secret[str]:
    """A new code for the actor; the one before opens nothing any more. The door code is replaced with it.

    Args:
        actor: Who acts, with a fresh password.
        now: The moment, in UTC.
    Returns:
        The code, to be shown once.
    Raises:
        RefusedError: FRESH_PASSWORD.
    """
    enforce(must_be_fresh(actor))
    code = RecoveryCode.new()
    slot = close_recovery_slot(actor.private, code=code, member=actor.member)
    with both_stores():
        MemberKeys.objects.filter(pk=actor.member).update(recovery_slot=slot)
        Member.objects.filter(pk=actor.member).update(recovery_proven=False, door_replaced=F("door_replaced") + 1)
        note(Happened.CODE_PRINTED, by=actor.member, about=actor.member, now=now)
    return code.digits()


def door_code(actor: Actor) -> Secret[str]:
    """The actor's door code: it opens nothing, and may be shown at any time.

    Args:
        actor: Who acts.
    """
    require(actor, Actor)
    row = Member.objects.get(pk=actor.member)
    return door.door_code(row.login, replaced=row.door_replaced)


def prove_code(actor: Actor, *, typed: Secret[str]) -> None:
    """The recovery drill: type the printed code once while it is not needed.

    Args:
        actor: Who acts.
        typed: What was typed.
    Raises:
        CodeError: If it cannot be a code of ours.
        RefusedError: WRONG, if it is not the actor's.
    """
    code = RecoveryCode.read(typed)
    keys = MemberKeys.objects.get(pk=actor.member)
    try:
        open_recovery_slot(keys.recovery_slot, code=code, member=actor.member)
    except CannotOpenError:
        opened = False
    else:
        opened = True
    if not opened:
        raise RefusedError(Reason.WRONG)
    Member.objects.filter(pk=actor.member).update(recovery_proven=True)
