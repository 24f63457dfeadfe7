"""The first step of signing in: the password. It changes nothing but a pending row that its own token opens."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from safeconduct.desk.keyring.models import MemberKeys
from safeconduct.desk.members.door import fits
from safeconduct.desk.members.limits import Budget, refuse_spent, spend
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.naming import lookup_of
from safeconduct.desk.members.pending import Step, begin
from safeconduct.desk.members.roles import State
from safeconduct.desk.members.waiting import a_turn
from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.values.secret import Secret
from safeconduct.vault.envelope import new_key
from safeconduct.vault.errors import CannotOpenError
from safeconduct.vault.members import open_password_slot
from safeconduct.vault.passwords import PasswordRecord, check_password
from safeconduct.vault.sealing import PrivateKey
from safeconduct.vault.site import tag

WINDOW = timedelta(minutes=15)
MOST_TRIES = 10
MINUTE = timedelta(minutes=1)
# A flood from browsers that nobody knows must not take the time of those who are known.
MOST_STRANGERS_A_MINUTE = 60
BY_DOOR = "door"
"""How tries are counted of whoever brings the right door code: apart from strangers, and from each known browser."""
_NOBODY = UUID(int=0)
_NO_CODE = Secret("")
_NONCE_BYTES = 32


def begin_sign_in(
    *, login: str, password: Secret[str], now: datetime, browser: str = "", door: Secret[str] = _NO_CODE
) -> Secret[str]:
    """Check a password.

    Args:
        login: What was typed as a name.
        password: What was typed as a password.
        now: The moment, in UTC.
        browser: What this browser was given at an earlier sign-in, or "".
        door: What was typed as a door code, if anything.
    Returns:
        The token of the second step.
    Raises:
        RefusedError: WRONG for an unknown name, a locked member and a wrong password alike, each with one run of
            Argon2id; TOO_OFTEN and BUSY with none.
    """
    lookup = lookup_of(login)
    row = Member.objects.filter(login=lookup).first()
    member = row.pk if row is not None and row.state == State.ACTIVE.value else _NOBODY
    # Whether the name exists, or the member is locked, does not matter to a door code: it would tell.
    has_code = fits(door, login=lookup, replaced=0 if row is None else row.door_replaced)
    way = browser if is_known(browser, member=member) else BY_DOOR if has_code else ""
    budgets = _budgets(lookup, way)
    refuse_spent(*budgets, now=now)
    with a_turn(is_known=bool(way)):
        spend(*budgets, now=now)
        private = _opened(member, password)
    if private is None:
        raise RefusedError(Reason.WRONG)
    kept = {"seed": private.seed.reveal().hex(), "by_door": way == BY_DOOR}
    return begin(Step.SIGN_IN, owner=member, content=Secret(kept), now=now)


def _budgets(lookup: str, way: str) -> tuple[Budget, ...]:
    of_name = Budget(kind="sign-in", parts=(lookup.encode(), way.encode()), most=MOST_TRIES, window=WINDOW)
    return (of_name,) if way else (of_name, Budget(kind="strangers", most=MOST_STRANGERS_A_MINUTE, window=MINUTE))


def _opened(member: UUID, password: Secret[str]) -> PrivateKey | None:
    """The member's private key, or None; one run of Argon2id in either case."""
    keys = MemberKeys.objects.filter(pk=member).first()
    record = None if keys is None else PasswordRecord.from_bytes(keys.password)
    cost, key = in_use().member_cost, None
    with suppress(CannotOpenError):
        key = check_password(record, password, cost=cost, floor=cost)
    return None if key is None or keys is None else open_password_slot(keys.password_slot, key=key, member=member)


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
    # One proof in one spelling: tries are counted by it, and decoding would read many as the same.
    if urlsafe_b64encode(raw).decode() != browser:
        return False
    return hmac.compare_digest(_proof(member, raw[:_NONCE_BYTES]), raw[_NONCE_BYTES:])


def _proof(member: UUID, nonce: bytes) -> bytes:
    return tag(in_use().keys.rate, "browser", member.bytes, nonce)
