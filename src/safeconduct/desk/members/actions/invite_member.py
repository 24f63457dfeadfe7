"""One-time links: for the first administrator, for a new member, and for one whose key is given up."""

import json
from datetime import datetime
from uuid import UUID, uuid4

from safeconduct.desk.members.actor import Actor, Operator, require
from safeconduct.desk.members.credentials import wipe
from safeconduct.desk.members.models import Invitation, Member
from safeconduct.desk.members.naming import name_of
from safeconduct.desk.members.pending import new_token, token_keys
from safeconduct.desk.members.permissions import must_be
from safeconduct.desk.members.roles import Role, State, from_text, may_have, to_text
from safeconduct.desk.members.sole import refuse_more_lost
from safeconduct.desk.members.system_trail import Happened, note
from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.project.stores import both_stores
from safeconduct.desk.refusals import Reason, RefusedError, enforce
from safeconduct.values.secret import Secret
from safeconduct.vault.site import encrypt_field

USE = "invitation"


def first_administrator(operator: Operator, *, now: datetime) -> Secret[str]:
    """The end of a link with which the first administrator joins.

    Raises:
        RefusedError: ROLES_CLASH, if there is an administrator who can sign in.
    """
    require(operator, Operator)
    active = Member.objects.filter(state=State.ACTIVE.value).values_list("roles", flat=True)
    if any(Role.ADMINISTRATOR in from_text(roles) for roles in active):
        raise RefusedError(Reason.ROLES_CLASH, remedy="ask an administrator to invite another")
    return _link("", frozenset({Role.ADMINISTRATOR}), member=None, now=now)


def invite_member(actor: Actor, *, name: str, roles: frozenset[Role], now: datetime) -> Secret[str]:
    """The end of a link with which somebody joins.

    Args:
        actor: An administrator.
        name: What colleagues call them.
        roles: Their roles.
        now: The moment, in UTC.
    Raises:
        RefusedError: ROLE or ROLES_CLASH.
    """
    enforce(must_be(Role.ADMINISTRATOR, actor=actor))
    enforce(may_have(roles))
    with both_stores():
        link = _link(name.strip()[:200], roles, member=None, now=now)
        note(Happened.INVITED, by=actor.member, about=None, now=now)
    return link


def reset_member(actor: Actor, *, member: UUID, now: datetime, losing: int = 0) -> Secret[str]:
    """The end of a link with which a member gets a new key. The old one is gone, and with it every case they held.

    Args:
        actor: An administrator with a fresh password.
        member: Who lost password, printed code and custodians, or was locked.
        now: The moment, in UTC.
        losing: How many cases that only they hold the actor was told of, and accepts to lose.
    Raises:
        RefusedError: ROLE, FRESH_PASSWORD, NOT_HERE, or CASES_LOST if there are more.
    """
    enforce(must_be(Role.ADMINISTRATOR, actor=actor, fresh=True))
    row = Member.objects.filter(pk=member).first()
    if row is None:
        raise RefusedError(Reason.NOT_HERE)
    with both_stores():
        refuse_more_lost(member, losing=losing)
        wipe(member)
        Member.objects.filter(pk=member).update(state=State.RESET.value, public=b"", custodian_set=None)
        link = _link(name_of(row), from_text(row.roles), member=member, now=now)
        note(Happened.RESET, by=actor.member, about=member, now=now)
    return link


def _link(name: str, roles: frozenset[Role], *, member: UUID | None, now: datetime) -> Secret[str]:
    token = new_token()
    lookup, row = token_keys(token, use=USE).lookup.hex(), uuid4()
    told = encrypt_field(in_use().keys, json.dumps(name).encode(), table=USE, column="told", row=row)
    Invitation.objects.create(lookup=lookup, id=row, told=told, roles=to_text(roles), member=member, day=now.date())
    return token
