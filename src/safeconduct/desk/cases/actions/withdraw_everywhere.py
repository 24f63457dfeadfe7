"""Take every case from a member that somebody else holds too: an administrator does it, who can open none of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from safeconduct.desk.cases.decisions import may_be_withdrawn
from safeconduct.desk.cases.holders import holders_of_case, how_many, take_grants
from safeconduct.desk.cases.models import Case
from safeconduct.desk.keyring.models import Grant, RenewalDue
from safeconduct.desk.members.actor import Actor, require
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.permissions import must_be
from safeconduct.desk.members.roles import Role
from safeconduct.desk.members.system_trail import Happened, note
from safeconduct.desk.project.stores import both_stores
from safeconduct.desk.refusals import Allow, Reason, RefusedError, enforce
from safeconduct.vault.cases import Domain


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """What a member holds. Empty cases that were made against counting are among them: no key here tells them apart.

    Args:
        shared: Cases that somebody else holds too.
        alone: Cases that nobody else holds: taken away they would be lost, so they stay.
    """

    shared: int
    alone: int


def holdings_of(actor: Actor, *, member: UUID) -> Holdings:
    """How many cases a member holds.

    Args:
        actor: An administrator.
        member: Who.
    Raises:
        RefusedError: ROLE or NOT_HERE.
    """
    cases = _held_by(actor, member)
    holders = how_many(cases)
    alone = sum(holders[case.pk] < 2 for case in cases)  # noqa: PLR2004 -- the member and nobody else
    return Holdings(shared=len(cases) - alone, alone=alone)


def renewals_due(actor: Actor) -> int:
    """How many cases wait for a holder to renew their keys, after a member was withdrawn or locked."""
    require(actor, Actor)
    return RenewalDue.objects.count()


def withdraw_everywhere(actor: Actor, *, member: UUID, now: datetime) -> Holdings:
    """Withdraw a member from every case that somebody else holds too; each next holder at hand renews its keys.

    Args:
        actor: An administrator.
        member: Who is withdrawn.
        now: The moment, in UTC.
    Returns:
        How many cases were taken (`shared`), and how many stay with them (`alone`).
    Raises:
        RefusedError: ROLE or NOT_HERE.
    """
    cases = _held_by(actor, member)
    taken = sum(_is_taken(case.pk, member) for case in cases)
    if taken:
        note(Happened.WITHDRAWN, by=actor.member, about=member, now=now)
    return Holdings(shared=taken, alone=len(cases) - taken)


def _held_by(actor: Actor, member: UUID) -> list[Case]:
    enforce(must_be(Role.ADMINISTRATOR, actor=actor))
    if not Member.objects.filter(pk=member).exists():
        raise RefusedError(Reason.NOT_HERE)
    grants = Grant.objects.filter(holder=member, domain=Domain.INTERNAL.value)
    return list(Case.objects.filter(pk__in=list(grants.values_list("case", flat=True))))


def _is_taken(case: UUID, member: UUID) -> bool:
    """Take one case, in a transaction of its own; False if it went meanwhile, or only they hold it."""
    with both_stores():
        row = Case.objects.select_for_update().filter(pk=case).first()
        holders = () if row is None else holders_of_case(row)
        decision = may_be_withdrawn(holders=len(holders), holds=member in holders)
        if row is None or not isinstance(decision, Allow):
            return False
        take_grants(row, member)
        RenewalDue.objects.get_or_create(case=case)
    return True
