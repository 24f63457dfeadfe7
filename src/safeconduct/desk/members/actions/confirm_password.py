"""Type the password again, before something that cannot be undone."""

from datetime import datetime

from safeconduct.desk.keyring.models import MemberKeys
from safeconduct.desk.members.actions.begin_sign_in import MOST_TRIES, WINDOW
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.members.limits import count
from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.values.secret import Secret
from safeconduct.vault.errors import CannotOpenError
from safeconduct.vault.passwords import PasswordRecord, check_password


def confirm_password(actor: Actor, *, password: Secret[str], now: datetime) -> None:
    """Check the actor's own password; then `mark_fresh` the session.

    Args:
        actor: Who acts.
        password: What was typed.
        now: The moment, in UTC.
    Raises:
        RefusedError: WRONG or TOO_OFTEN.
    """
    if count("confirm", actor.member.bytes, window=WINDOW, now=now) > MOST_TRIES:
        raise RefusedError(Reason.TOO_OFTEN)
    keys = MemberKeys.objects.filter(pk=actor.member).first()
    record = None if keys is None else PasswordRecord.from_bytes(keys.password)
    cost = in_use().member_cost
    try:
        check_password(record, password, cost=cost, floor=cost)
    except CannotOpenError:
        right = False
    else:
        right = True
    if not right:
        raise RefusedError(Reason.WRONG)
