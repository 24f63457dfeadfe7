"""The second step of signing in with a security key, not the telephone. Only a right signature changes anything."""

from dataclasses import dataclass
from datetime import datetime

from safeconduct.desk.keyring.models import MemberKeys
from safeconduct.desk.members import webauthn, webauthn_challenge, webauthn_keys
from safeconduct.desk.members.actions.finish_sign_in import signed_in
from safeconduct.desk.members.actor import SignedIn
from safeconduct.desk.members.pending import Begun, Step, looked, tried
from safeconduct.desk.members.system_trail import Happened, note
from safeconduct.desk.members.webauthn_keys import SecurityKey
from safeconduct.desk.project.stores import both_stores
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.values.secret import Secret

_USE = "sign-in"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Proof:
    """What a key proved in a sign-in: the row as it was read, the key that signed, and its counter."""

    row: MemberKeys
    key: SecurityKey
    counter: int


def ask_key(*, token: Secret[str], host: str, now: datetime) -> str:
    """What a browser is asked for. The answer looks alike for a member with keys and without.

    Args:
        token: The token of the first step. Asking is no try.
        host: Host and port under which the browser reached the site.
        now: The moment, in UTC.
    Returns:
        JSON for the page's script; "" under an address of numbers, where browsers let no key be used.
    Raises:
        RefusedError: WRONG or TOO_OFTEN.
    """
    begun = looked(Step.SIGN_IN, token, now=now)
    party = webauthn.party_of(host)
    if party is None:
        return ""
    row = MemberKeys.objects.filter(pk=begun.owner).first()
    keys = () if row is None else webauthn_keys.at(party, webauthn_keys.opened(row))
    ids = webauthn_keys.ids_to_ask_for(keys, party=party, member=begun.owner)
    challenge = webauthn_challenge.issued(token, use=_USE, owner=begun.owner, now=now)
    return webauthn.to_sign(party, challenge=challenge, ids=ids)


def sign_in_with_key(*, token: Secret[str], answer: str, host: str, now: datetime) -> SignedIn:
    """Check what a key signed.

    Args:
        token: The token of the first step.
        answer: What the browser sent, JSON.
        host: As for `ask_key`.
        now: The moment, in UTC.
    Returns:
        The member with their private key, for `begin_member_session`. Then call `cases.actions.renew_due`.
    Raises:
        RefusedError: WRONG, also for an answer to a challenge that was taken before, is older than two minutes, or
            of another sign-in; TOO_OFTEN after five tries.
    """
    begun = tried(Step.SIGN_IN, token, now=now)
    proof = _proof(begun, token, answer=answer, host=host, now=now)
    if not webauthn.may_follow(proof.counter, before=proof.key.counter):
        note(Happened.SECURITY_KEY_COPIED, by=None, about=begun.owner, now=now)
        raise RefusedError(Reason.WRONG)
    used = webauthn_keys.counted(proof.key, proof.counter)
    keys = tuple(used if one.id == used.id else one for one in webauthn_keys.opened(proof.row))
    with both_stores():
        if not webauthn_keys.written(proof.row, keys):
            raise RefusedError(Reason.WRONG)
        note(Happened.SECURITY_KEY_USED, by=begun.owner, about=begun.owner, now=now)
        return signed_in(begun, now=now)


def _proof(begun: Begun, token: Secret[str], *, answer: str, host: str, now: datetime) -> _Proof:
    challenge = webauthn_challenge.taken(token, use=_USE, owner=begun.owner, now=now)
    party = webauthn.party_of(host)
    row = MemberKeys.objects.filter(pk=begun.owner).first()
    if party is None or row is None:
        raise RefusedError(Reason.WRONG)
    keys = {one.credential: one for one in webauthn_keys.at(party, webauthn_keys.opened(row))}
    try:
        told = webauthn.signed(party, challenge=challenge, known=keys, answer=answer)
    except webauthn.NotThisKeyError:
        raise RefusedError(Reason.WRONG) from None
    return _Proof(row=row, key=keys[told.credential], counter=told.counter)
