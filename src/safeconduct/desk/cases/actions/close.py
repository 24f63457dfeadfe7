"""Close a case, open it again, or let it go for good."""

from datetime import date, datetime, timedelta
from enum import Enum
from uuid import UUID

from django.db.models import F

from safeconduct.desk.cases.decisions import Work, may_do, may_write
from safeconduct.desk.cases.holding import changing, hold
from safeconduct.desk.cases.models import Case, Counter
from safeconduct.desk.cases.shredding import shred_case
from safeconduct.desk.cases.values import CaseState
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.members.permissions import must_be_fresh
from safeconduct.desk.members.system_trail import Happened, note
from safeconduct.desk.refusals import enforce


class Outcome(Enum):
    """How a case ended; counted by month and channel, with no way back to the case."""

    HELPED = "helped"
    REFERRED = "referred"
    LOST_CONTACT = "lost-contact"
    NOT_FOR_US = "not-for-us"
    OTHER = "other"


def close(actor: Actor, *, case: UUID, outcome: Outcome, now: datetime) -> date:
    """Close a case: nothing is added any more, and it is shredded when its channel's days are over.

    Args:
        actor: One who holds it.
        case: The case.
        outcome: How it ended.
        now: The moment, in UTC.
    Returns:
        The day on which it is shredded.
    Raises:
        RefusedError: NOT_HERE, ROLE or CLOSED.
    """
    with changing(actor, case, verb="closed", now=now) as held:
        enforce(may_write(CaseState(held.summary["state"])))
        held.summary["state"], held.summary["outcome"] = CaseState.CLOSED.value, outcome.value
        shred_on = now.date() + timedelta(days=held.case.channel.retention_days)
        Case.objects.filter(pk=case).update(shred_on=shred_on)
        _count(held.case.channel_id, outcome, month=now.date().replace(day=1))
    return shred_on


def reopen(actor: Actor, *, case: UUID, now: datetime) -> None:
    """Open a closed case again.

    Raises:
        RefusedError: NOT_HERE or ROLE.
    """
    with changing(actor, case, verb="reopened", now=now) as held:
        held.summary["state"] = CaseState.OPEN.value
        Case.objects.filter(pk=case).update(shred_on=None)


def shred(actor: Actor, *, case: UUID, now: datetime) -> None:
    """Let a case go for good, now.

    Args:
        actor: One who holds it, with a fresh password.
        case: The case.
        now: The moment, in UTC.
    Raises:
        RefusedError: NOT_HERE, ROLE or FRESH_PASSWORD.
    """
    hold(actor, case)
    enforce(may_do(Work.SHRED, actor.roles))
    enforce(must_be_fresh(actor))
    shred_case(case)
    note(Happened.SHREDDED, by=actor.member, about=None, now=now)


def _count(channel: UUID, outcome: Outcome, *, month: date) -> None:
    row, _ = Counter.objects.get_or_create(month=month, channel=channel, name=outcome.value)
    Counter.objects.filter(pk=row.pk).update(count=F("count") + 1)
