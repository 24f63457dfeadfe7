"""The second step of signing in: the code of the telephone. Only now does anything change."""

from datetime import datetime, timedelta

from safeconduct.desk.keyring.models import MemberKeys
from safeconduct.desk.members import webauthn_keys
from safeconduct.desk.members.actions.begin_sign_in import BY_DOOR, is_known, known_browser
from safeconduct.desk.members.actor import SignedIn
from safeconduct.desk.members.credentials import opened_totp
from safeconduct.desk.members.limits import count, counted
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.pending import Begun, Step, tried
from safeconduct.desk.members.roles import State
from safeconduct.desk.members.totp import matching_step
from safeconduct.desk.project.stores import both_stores
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.values.secret import Secret
from safeconduct.vault.sealing import PrivateKey

_DAY = timedelta(days=1)
MOST_WRONG_A_DAY = 20
"""Of a million codes, over all first steps: who has the password alone would else find one within months."""


def finish_sign_in(*, token: Secret[str], code: str, now: datetime, browser: str = "") -> SignedIn:
    """Check the second factor.

    Args:
        token: The token of the first step.
        code: What was typed.
        now: The moment, in UTC.
        browser: What this browser was given at an earlier sign-in, or "".
    Returns:
        The member with their private key, for `begin_member_session`. Then call `cases.actions.renew_due`.
    Raises:
        RefusedError: WRONG, also for a code that was used before; TOO_OFTEN after five tries, or twenty wrong ones
            a day from browsers that did not sign in before, and as many by the door code.
    """
    begun = tried(Step.SIGN_IN, token, now=now)
    by_door = BY_DOOR if begun.content.reveal()["by_door"] else ""
    guessed = (begun.owner.bytes, (browser if is_known(browser, member=begun.owner) else by_door).encode())
    if counted("codes", *guessed, window=_DAY, now=now) >= MOST_WRONG_A_DAY:
        raise RefusedError(Reason.TOO_OFTEN)
    keys = MemberKeys.objects.filter(pk=begun.owner).first()
    if keys is None or not used_once(keys, code, now=now):
        count("codes", *guessed, window=_DAY, now=now)
        raise RefusedError(Reason.WRONG)
    with both_stores():
        # Written anew, so that nobody who compares copies of the store sees who has security keys and uses them.
        webauthn_keys.written(keys, webauthn_keys.opened(keys))
        return signed_in(begun, now=now)


def signed_in(begun: Begun, *, now: datetime) -> SignedIn:
    """The member of a sign-in whose second factor was right, which is finished now. Inside a transaction.

    Raises:
        RefusedError: WRONG, if it was finished before, or the member may not sign in any more.
    """
    begun.finish()
    if not Member.objects.filter(pk=begun.owner, state=State.ACTIVE.value).update(seen=now.date()):
        raise RefusedError(Reason.WRONG)
    seed = Secret(bytes.fromhex(begun.content.reveal()["seed"]))
    return SignedIn(member=begun.owner, private=PrivateKey(seed), browser=known_browser(begun.owner))


def used_once(keys: MemberKeys, code: str, *, now: datetime) -> bool:
    """Whether a code is right, and was not used before; it counts as used from now on."""
    step = matching_step(opened_totp(keys), code, now=now, after=keys.totp_counter)
    if step is None:
        return False
    # Of two who send the same code at the same moment, one is first.
    return bool(MemberKeys.objects.filter(pk=keys.pk, totp_counter__lt=step).update(totp_counter=step))
