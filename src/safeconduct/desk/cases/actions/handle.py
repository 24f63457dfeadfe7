"""Small steps with a case one holds: take it over, name it, mark it as read."""

from datetime import datetime
from uuid import UUID

from safeconduct.desk.cases.holding import changing
from safeconduct.desk.cases.models import Case
from safeconduct.desk.cases.summaries import counted
from safeconduct.desk.cases.texts import line_of
from safeconduct.desk.cases.values import CaseState
from safeconduct.desk.members.actor import Actor


def take_over(actor: Actor, *, case: UUID, now: datetime) -> None:
    """Take a case from the inbox or the queue: it is worked on from now on.

    Raises:
        RefusedError: NOT_HERE.
    """
    with changing(actor, case, verb="taken-over", now=now) as held:
        if held.summary["state"] == CaseState.NEW.value:
            held.summary["state"] = CaseState.OPEN.value
        Case.objects.filter(pk=case).update(in_queue=False)


def name_case(actor: Actor, *, case: UUID, label: str, now: datetime) -> None:
    """Give a case a name that members know it by; never the name of a person.

    Raises:
        RefusedError: NOT_HERE or TOO_LONG.
    """
    name = line_of(label, may_be_empty=True)
    with changing(actor, case, verb="named", now=now) as held:
        held.summary["label"] = name


def mark_read(actor: Actor, *, case: UUID, now: datetime) -> None:
    """Mark everything in the thread as read, for all holders.

    Raises:
        RefusedError: NOT_HERE.
    """
    with changing(actor, case, verb="read", now=now) as held:
        held.summary["read"] = counted([held.case]).told[case]
