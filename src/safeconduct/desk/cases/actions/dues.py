"""Days on which something is due in a case: set, done, and taken up again. Each stands in the trail, with its words."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid4

from safeconduct.desk.cases.decisions import may_write
from safeconduct.desk.cases.holding import changing
from safeconduct.desk.cases.reminders import done_in, keep, may_be_set, open_in
from safeconduct.desk.cases.texts import line_of
from safeconduct.desk.cases.values import CaseState, DueTold
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.refusals import Reason, RefusedError, enforce


def set_due(actor: Actor, *, case: UUID, on: date, text: str, now: datetime) -> None:
    """Note that something is due, for whoever holds the case then. Set twice, it stands there once.

    Args:
        actor: One who holds the case.
        case: The case.
        on: The day.
        text: What, at most 200 signs.
        now: The moment, in UTC.
    Raises:
        RefusedError: NOT_HERE, NOTHING_SAID, TOO_LONG, TOO_MANY, PAST or CLOSED.
    """
    due = DueTold(id=uuid4(), on=on, text=line_of(text), done=False)
    with changing(actor, case, verb="due-set", now=now, about=due.id) as held:
        enforce(may_write(CaseState(held.summary["state"])))
        open_ones = open_in(held.summary)
        if (due.on, due.text) in {(one.on, one.text) for one in open_ones}:
            held.is_unchanged = True
            return
        enforce(may_be_set(on, open_ones=len(open_ones), now=now))
        keep(held.summary, open_ones=(*open_ones, due), done=done_in(held.summary))
        held.words = _words(due)


def finish_due(actor: Actor, *, case: UUID, due: UUID, now: datetime) -> None:
    """Note that something was done.

    Raises:
        RefusedError: NOT_HERE or CLOSED.
    """
    with changing(actor, case, verb="due-done", now=now, about=due) as held:
        enforce(may_write(CaseState(held.summary["state"])))
        one, others = _taken(open_in(held.summary), due)
        keep(held.summary, open_ones=others, done=(replace(one, done=True), *done_in(held.summary)))
        held.words = _words(one)


def undo_done(actor: Actor, *, case: UUID, due: UUID, now: datetime) -> None:
    """Note that something was not done after all; its day may have passed meanwhile.

    Raises:
        RefusedError: NOT_HERE, TOO_MANY or CLOSED.
    """
    with changing(actor, case, verb="due-undone", now=now, about=due) as held:
        enforce(may_write(CaseState(held.summary["state"])))
        open_ones = open_in(held.summary)
        one, others = _taken(done_in(held.summary), due)
        enforce(may_be_set(now.date(), open_ones=len(open_ones), now=now))
        keep(held.summary, open_ones=(*open_ones, replace(one, done=False)), done=others)
        held.words = _words(one)


def _taken(dues: tuple[DueTold, ...], due: UUID) -> tuple[DueTold, tuple[DueTold, ...]]:
    one = next((one for one in dues if one.id == due), None)
    if one is None:
        raise RefusedError(Reason.NOT_HERE)
    return one, tuple(other for other in dues if other is not one)


def _words(due: DueTold) -> str:
    return f"{due.on.isoformat()} {due.text}"
