"""A lost password and no printed code: ask two of three custodians, and take over what they restored.

The member makes a fresh key; its token stays in their browser, its fingerprint is told to the custodians by telephone.
What the second custodian restores is sealed to that key: neither they nor the server can take the member's place.
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from safeconduct.desk.keyring.models import CustodianSeal, RecoveryRequest
from safeconduct.desk.members.actions.begin_sign_in import MINUTE, MOST_STRANGERS_A_MINUTE, MOST_TRIES, WINDOW
from safeconduct.desk.members.enrolment import Enrolment, Joining, begin_enrolment
from safeconduct.desk.members.limits import Budget, count, spend
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.naming import lookup_of
from safeconduct.desk.members.password_rule import may_be_password
from safeconduct.desk.members.roles import State
from safeconduct.desk.members.system_trail import Happened, note
from safeconduct.desk.project.stores import both_stores
from safeconduct.desk.refusals import Reason, RefusedError, enforce
from safeconduct.values.secret import Secret
from safeconduct.vault.custodians import take_over
from safeconduct.vault.sealing import SEED_BYTES, PrivateKey

LASTS = timedelta(days=14)
_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Asked:
    """What the member keeps until two custodians have helped.

    Args:
        token: To come back with; shown once, like a code.
        fingerprint: To tell two custodians, who compare it with what their page shows.
    """

    token: Secret[str]
    fingerprint: str


def ask_custodians(*, login: str, now: datetime) -> Asked:
    """Ask for one's key. The answer is the same whether there is such a member or not.

    Args:
        login: What they sign in with.
        now: The moment, in UTC.
    Raises:
        RefusedError: TOO_OFTEN.
    """
    of_name = Budget(kind="ask", parts=(lookup_of(login).encode(),), most=MOST_TRIES, window=WINDOW)
    spend(Budget(kind="asks", most=MOST_STRANGERS_A_MINUTE, window=MINUTE), of_name, now=now)
    private = PrivateKey.new()
    row = Member.objects.filter(login=lookup_of(login), state=State.ACTIVE.value).first()
    member = row.pk if row is not None else _NOBODY
    is_kept = CustodianSeal.objects.filter(member=member).exists()
    # The same is written for a name that nobody has, so that the time it takes tells nothing: a request of nobody.
    with both_stores():
        RecoveryRequest.objects.filter(member=_NOBODY).delete()
        public = private.public.raw
        RecoveryRequest.objects.create(member=member if is_kept else _NOBODY, public=public, day=now.date())
        if is_kept:
            note(Happened.CUSTODIANS_ASKED, by=None, about=member, now=now)
        else:
            count("asked-nobody", window=MINUTE, now=now)
    token = Secret(urlsafe_b64encode(private.seed.reveal()).decode().rstrip("="))
    return Asked(token=token, fingerprint=private.public.fingerprint())


def finish_recovery(*, token: Secret[str], new_password: Secret[str], now: datetime) -> Enrolment:
    """Take over the old key under a new password; a new second factor and a new printed code come with it.

    Args:
        token: What `ask_custodians` gave.
        new_password: The password from now on.
        now: The moment, in UTC.
    Returns:
        The enrolment, to be finished by `confirm_enrolment`; until then everything stays as it was.
    Raises:
        RefusedError: WRONG, if it can be no token of ours; WEAK_PASSWORD; NO_CUSTODIANS if two have not helped, or not
            within fourteen days.
    """
    enforce(may_be_password(new_password, login=""))
    private = _private(token)
    row = RecoveryRequest.objects.filter(public=private.public.raw).first()
    # The same for a token that was given out for a name that nobody has: else it would tell who is a member.
    if row is None or not row.handed or not timedelta(0) <= now.date() - row.day <= LASTS:
        raise RefusedError(Reason.NO_CUSTODIANS)
    restored = take_over(row.handed, member=row.member, request=row.pk, private=private)
    joining = Joining(member=row.member, request=row.pk)
    return begin_enrolment(joining, private=restored, password=new_password, now=now)


def _private(token: Secret[str]) -> PrivateKey:
    try:
        raw = Secret(urlsafe_b64decode(f"{token.reveal()}="))
    except (binascii.Error, ValueError):
        raw = Secret(b"")
    if len(raw.reveal()) != SEED_BYTES:
        raise RefusedError(Reason.WRONG)
    return PrivateKey(raw)
