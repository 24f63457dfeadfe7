"""The first step of signing in: the password. It changes nothing but a pending row that its own token opens."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from safeconduct.desk.keyring.models import MemberKeys
from safeconduct.desk.members.limits import count
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.naming import lookup_of
from safeconduct.desk.members.pending import Step, begin
from safeconduct.desk.members.roles import State
from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.values.secret import Secret
from safeconduct.vault.envelope import new_key
from safeconduct.vault.errors import CannotOpenError
from safeconduct.vault.members import open_password_slot
from safeconduct.vault.passwords import PasswordRecord, check_password
from safeconduct.vault.site import tag

WINDOW = timedelta(minutes=15)
MOST_TRIES = 10
MINUTE = timedelta(minutes=1)
# A flood from browsers that nobody knows must not take the time of those who are known.
MOST_STRANGERS_A_MINUTE = 60
_NOBODY = UUID(int=0)
_NONCE_BYTES = 32


def begin_sign_in(*, login: str, password: Secret[str], now: datetime, browser: str = "") -> Secret[str]:
    """Check a password.

    Args:
        login: What was typed as a name.
        password: What was typed as a password.
        now: The moment, in UTC.
        browser: What this browser was given at an earlier sign-in, or "".
    Returns:
        The token of the second step.
    Raises:
        RefusedError: WRONG for an unknown name, a locked member and a wrong password alike, each with one run of
            Argon2id; TOO_OFTEN.
    """
    row = Member.objects.filter(login=lookup_of(login), state=State.ACTIVE.value).first()
    member = _NOBODY if row is None else row.pk
    keys = MemberKeys.objects.filter(pk=member).first()
    _throttle(login, member=member, browser=browser, now=now)
    cost = in_use().member_cost
    record = None if keys is None else PasswordRecord.from_bytes(keys.password)
    key = None
    with suppress(CannotOpenError):
        key = check_password(record, password, cost=cost, floor=cost)
    if key is None or keys is None:
        raise RefusedError(Reason.WRONG)
    private = open_password_slot(keys.password_slot, key=key, member=member)
    return begin(Step.SIGN_IN, owner=member, content=Secret({"seed": private.seed.reveal().hex()}), now=now)


def _throttle(login: str, *, member: UUID, browser: str, now: datetime) -> None:
    known = browser if is_known(browser, member=member) else ""
    if not known and count("strangers", window=MINUTE, now=now) > MOST_STRANGERS_A_MINUTE:
        raise RefusedError(Reason.TOO_OFTEN)
    tries = count("sign-in", lookup_of(login).encode(), known.encode(), window=WINDOW, now=now)
    if tries > MOST_TRIES:
        raise RefusedError(Reason.TOO_OFTEN)


def known_browser(member: UUID) -> str:
    """What a browser may keep: it proves an earlier sign-in of this member and opens nothing."""
    nonce = new_key().reveal()
    return urlsafe_b64encode(nonce + _proof(member, nonce)).decode()


def is_known(browser: str, *, member: UUID) -> bool:
    """Whether a browser was given this after a sign-in of this member."""
    try:
        raw = urlsafe_b64decode(browser)
    except ValueError:
        raw = b""
    return hmac.compare_digest(_proof(member, raw[:_NONCE_BYTES]), raw[_NONCE_BYTES:])


def _proof(member: UUID, nonce: bytes) -> bytes:
    return tag(in_use().keys.rate, "browser", member.bytes, nonce)
