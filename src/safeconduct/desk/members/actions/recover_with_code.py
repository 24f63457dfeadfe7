"""A lost password: the printed code and the telephone open the key, and a new password closes it again."""

from datetime import datetime, timedelta
from uuid import UUID

from safeconduct.desk.keyring.models import MemberKeys
from safeconduct.desk.members.actions.begin_sign_in import MINUTE, MOST_STRANGERS_A_MINUTE, MOST_TRIES, WINDOW
from safeconduct.desk.members.actions.finish_sign_in import MOST_WRONG_A_DAY, used_once
from safeconduct.desk.members.credentials import end_sessions, hashed
from safeconduct.desk.members.limits import Budget, count, counted, refuse_spent, spend
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.naming import lookup_of
from safeconduct.desk.members.password_rule import may_be_password
from safeconduct.desk.members.roles import State
from safeconduct.desk.members.system_trail import Happened, note
from safeconduct.desk.members.waiting import a_turn
from safeconduct.desk.project.stores import both_stores
from safeconduct.desk.refusals import Reason, RefusedError, enforce
from safeconduct.values.secret import Secret
from safeconduct.vault.errors import CannotOpenError
from safeconduct.vault.members import RecoveryCode, close_password_slot, open_recovery_slot
from safeconduct.vault.sealing import PrivateKey

_NOBODY = UUID(int=0)
_DAY = timedelta(days=1)


def recover_with_code(*, login: str, typed: Secret[str], new_password: Secret[str], code: str, now: datetime) -> None:
    """Set a new password by the printed code. All sessions end; then sign in, and print a new code.

    Args:
        login: What they sign in with.
        typed: The printed code.
        new_password: The password from now on.
        code: The code of the telephone.
        now: The moment, in UTC.
    Raises:
        CodeError: If it cannot be a printed code of ours; then nothing was tried.
        RefusedError: WEAK_PASSWORD, BUSY, WRONG for whichever of the three does not fit; TOO_OFTEN also after twenty
            wrong codes of the telephone in a day beside the right printed code.
    """
    recovery = RecoveryCode.read(typed)
    enforce(may_be_password(new_password, login=login))
    # Names cost nothing, a run of Argon2id does: who invents names must not take the time of those who sign in.
    of_name = Budget(kind="recover", parts=(lookup_of(login).encode(),), most=MOST_TRIES, window=WINDOW)
    budgets = (Budget(kind="recoveries", most=MOST_STRANGERS_A_MINUTE, window=MINUTE), of_name)
    refuse_spent(*budgets, now=now)
    with a_turn(is_known=False):
        spend(*budgets, now=now)
        record, key = hashed(new_password)
    row = Member.objects.filter(login=lookup_of(login), state=State.ACTIVE.value).first()
    keys = MemberKeys.objects.filter(pk=_NOBODY if row is None else row.pk).first()
    private = None if keys is None else _opened(keys, recovery)
    if keys is None or private is None:
        raise RefusedError(Reason.WRONG)
    _check_telephone(keys, code, now=now)
    slot = close_password_slot(private, key=key, member=keys.pk)
    with both_stores():
        MemberKeys.objects.filter(pk=keys.pk).update(password=record.to_bytes(), password_slot=slot)
        end_sessions(keys.pk)
        note(Happened.RECOVERED_BY_CODE, by=keys.pk, about=keys.pk, now=now)


def _check_telephone(keys: MemberKeys, code: str, *, now: datetime) -> None:
    """Refuse a wrong code of the telephone; where somebody goes on guessing, all members can see it in the trail."""
    if counted("codes by paper", keys.pk.bytes, window=_DAY, now=now) >= MOST_WRONG_A_DAY:
        raise RefusedError(Reason.TOO_OFTEN)
    if used_once(keys, code, now=now):
        return
    if count("codes by paper", keys.pk.bytes, window=_DAY, now=now) == MOST_WRONG_A_DAY:
        note(Happened.PRINTED_CODE_GUESSED_WITH, by=None, about=keys.pk, now=now)
    raise RefusedError(Reason.WRONG)


def _opened(keys: MemberKeys, recovery: RecoveryCode) -> PrivateKey | None:
    try:
        return open_recovery_slot(keys.recovery_slot, code=recovery, member=keys.pk)
    except CannotOpenError:
        return None
