"""Reminders: days on which something is due in a case. They stand in its summary, which every list opens anyway.

So they follow whoever holds the case, and go with it. Their number is bounded, because every list reads them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from safeconduct.desk.cases.keeping import Content
from safeconduct.desk.cases.values import DueTold, Listed
from safeconduct.desk.refusals import Allow, Decision, Reason, Refuse

MOST_OPEN, MOST_DONE = 40, 10
_OPEN, _DONE = "dues", "done"
_BEHIND_UTC = timedelta(hours=12)
"""Of all clocks on earth the last is so far behind: only then a day has passed for everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """A line of what a member is reminded of.

    Args:
        case: The case.
        label: What members call it; "" until somebody named it.
        due: The day, and what.
    """

    case: UUID
    label: str
    due: DueTold


def may_be_set(on: date, *, open_ones: int, now: datetime) -> Decision:
    """Whether one more reminder may be set.

    Args:
        on: The day.
        open_ones: How many of the case are not done.
        now: The moment, in UTC.
    Returns:
        PAST if the day is over everywhere on earth: nearly always its year was mistyped. TOO_MANY at 40.
    """
    if on < (now - _BEHIND_UTC).date():
        return Refuse(Reason.PAST)
    return Refuse(Reason.TOO_MANY) if open_ones >= MOST_OPEN else Allow()


def open_in(summary: Content) -> tuple[DueTold, ...]:
    """What is not done yet, the earliest first."""
    return tuple(sorted(_told(summary, _OPEN, done=False), key=lambda due: (due.on, due.id)))


def done_in(summary: Content) -> tuple[DueTold, ...]:
    """The last that were done, the last first; older ones stand in the trail alone."""
    return tuple(reversed(_told(summary, _DONE, done=True)))


def keep(summary: Content, *, open_ones: Iterable[DueTold], done: Iterable[DueTold]) -> None:
    """Put reminders into a summary; its caller writes it.

    Args:
        summary: What the summary says.
        open_ones: All that are not done.
        done: Those that are, the last first; of them ten are kept.
    """
    summary[_OPEN] = [_kept(due) for due in open_ones]
    summary[_DONE] = [_kept(due) for due in list(done)[:MOST_DONE]][::-1]


def agenda(found: Iterable[Listed], *, until: date | None = None) -> tuple[Reminded, ...]:
    """What a member is reminded of over some cases, the earliest day first.

    Args:
        found: The cases.
        until: The last day that is wanted, included; None for all.
    """
    lines = (Reminded(case=told.case, label=told.label, due=due) for told in found for due in told.dues)
    wanted = (line for line in lines if until is None or line.due.on <= until)
    return tuple(sorted(wanted, key=lambda line: (line.due.on, line.label, line.case, line.due.id)))


def _told(summary: Content, key: str, *, done: bool) -> list[DueTold]:
    # A summary that was written before there were reminders in it has none.
    return [
        DueTold(id=UUID(one["id"]), on=date.fromisoformat(one["on"]), text=one["text"], done=done)
        for one in summary.get(key, ())
    ]


def _kept(due: DueTold) -> Content:
    return {"id": due.id.hex, "on": due.on.isoformat(), "text": due.text}
