"""Change one's password: the first slot is written anew, nothing else is touched, and all other sessions end."""

from datetime import datetime

from safeconduct.desk.keyring.models import MemberKeys
from safeconduct.desk.members.actions.confirm_password import confirm_password
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.members.credentials import end_sessions, password_columns
from safeconduct.desk.members.password_rule import may_be_password
from safeconduct.desk.members.system_trail import Happened, note
from safeconduct.desk.project.stores import both_stores
from safeconduct.desk.refusals import enforce
from safeconduct.values.secret import Secret


def change_password(actor: Actor, *, old: Secret[str], new: Secret[str], now: datetime) -> None:
    """Change the actor's own password.

    Args:
        actor: Who acts.
        old: The password until now.
        new: The password from now on.
        now: The moment, in UTC.
    Raises:
        RefusedError: WEAK_PASSWORD, WRONG or TOO_OFTEN.
    """
    enforce(may_be_password(new, login=""))
    confirm_password(actor, password=old, now=now)
    columns = password_columns(new, private=actor.private, member=actor.member)
    with both_stores():
        MemberKeys.objects.filter(pk=actor.member).update(**columns)
        end_sessions(actor.member, but=actor.session)
        note(Happened.PASSWORD_CHANGED, by=actor.member, about=actor.member, now=now)
