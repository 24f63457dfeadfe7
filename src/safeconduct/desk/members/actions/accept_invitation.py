"""Join by a one-time link: choose a name and a password, get a second factor and a printed code."""

import json
from datetime import datetime, timedelta
from uuid import uuid4

from safeconduct.desk.members.actions.invite_member import USE
from safeconduct.desk.members.enrolment import Enrolment, Joining, begin_enrolment
from safeconduct.desk.members.models import Invitation, Member
from safeconduct.desk.members.naming import lookup_of, named
from safeconduct.desk.members.password_rule import may_be_password
from safeconduct.desk.members.pending import token_keys
from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.refusals import Reason, RefusedError, enforce
from safeconduct.values.secret import Secret
from safeconduct.vault.sealing import PrivateKey
from safeconduct.vault.site import decrypt_field

LASTS = timedelta(days=7)


def accept_invitation(*, link: Secret[str], login: str, password: Secret[str], now: datetime) -> Enrolment:
    """Begin to join; `confirm_enrolment` ends it. Until then the link stays good, and nothing else changes.

    Args:
        link: The end of the link.
        login: What they want to sign in with.
        password: What they chose.
        now: The moment, in UTC.
    Raises:
        RefusedError: WRONG, WEAK_PASSWORD, NAME_TAKEN or NOTHING_SAID.
    """
    row = valid_invitation(link, now=now)
    if not login.strip():
        raise RefusedError(Reason.NOTHING_SAID)
    enforce(may_be_password(password, login=login))
    member = row.member or uuid4()
    lookup = lookup_of(login)
    if Member.objects.filter(login=lookup).exclude(pk=member).exists():
        raise RefusedError(Reason.NAME_TAKEN)
    told = decrypt_field(in_use().keys, row.told, table=USE, column="told", row=row.id)
    joining = Joining(
        member=member,
        invitation=row.pk,
        login=lookup,
        name=named(member, json.loads(told) or login.strip()[:200]),
        roles=row.roles,
    )
    return begin_enrolment(joining, private=PrivateKey.new(), password=password, now=now)


def valid_invitation(link: Secret[str], *, now: datetime) -> Invitation:
    """The invitation of a link.

    Raises:
        RefusedError: WRONG, if there is none, or it is older than a week.
    """
    row = Invitation.objects.filter(pk=token_keys(link, use=USE).lookup.hex()).first()
    if row is None or not timedelta(0) <= now.date() - row.day <= LASTS:
        raise RefusedError(Reason.WRONG)
    return row
