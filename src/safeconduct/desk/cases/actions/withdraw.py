"""Take a case from a member: the grant goes at once, and the keys are renewed so that an old copy opens nothing new."""

from datetime import datetime
from uuid import UUID

from safeconduct.desk.cases.block_pairs import renew_block_pairs
from safeconduct.desk.cases.holders import take_grants
from safeconduct.desk.cases.holding import changing, renew_keys
from safeconduct.desk.cases.models import Case
from safeconduct.desk.cases.ring import fill_ring
from safeconduct.desk.keyring.models import Grant, RenewalDue
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.members.roles import Role
from safeconduct.desk.members.system_trail import Happened, note
from safeconduct.desk.project.stores import both_stores
from safeconduct.desk.refusals import Reason, RefusedError


def withdraw(actor: Actor, *, case: UUID, member: UUID, now: datetime) -> None:
    """Withdraw a member from a case. What they read stays read, what they wrote stays written.

    Args:
        actor: One who holds it (also withdrawing themselves), or an administrator, who cannot renew its keys: then the
            next holder who signs in or changes something does.
        case: The case.
        member: Who is withdrawn.
        now: The moment, in UTC.
    Raises:
        RefusedError: NOT_HERE, LAST_HOLDER, or ROLE where who is there for intake alone withdraws somebody else.
    """
    if Role.ADMINISTRATOR in actor.roles:
        _by_administrator(actor, case=case, member=member, now=now)
        return
    with changing(actor, case, verb="withdrawn", now=now, about=member) as held:
        take_grants(held.case, member)
        renew_keys(held)


def _by_administrator(actor: Actor, *, case: UUID, member: UUID, now: datetime) -> None:
    with both_stores():
        row = Case.objects.select_for_update().filter(pk=case).first()
        if row is None:
            raise RefusedError(Reason.NOT_HERE)
        take_grants(row, member)
        RenewalDue.objects.get_or_create(case=case)
        note(Happened.WITHDRAWN, by=actor.member, about=member, now=now)


def renew_due(actor: Actor, *, now: datetime) -> int:
    """Renew the keys of every case the actor holds that waits for it, and gather their keys; called at a sign-in.

    Returns:
        How many were renewed.
    """
    due = set(RenewalDue.objects.values_list("pk", flat=True))
    mine = Grant.objects.filter(holder=actor.member, case__in=due).values_list("case", flat=True)
    cases = sorted(set(mine))
    for case in cases:
        # The change renews what is due before anything else.
        with changing(actor, case, verb="renewed", now=now):
            pass
    renew_block_pairs(actor)
    fill_ring(actor)
    return len(cases)
