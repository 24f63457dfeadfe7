"""Deadlines: when they begin and end, and where they stand on the day asked."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from safeconduct.rules.dating import At, after, days_of, moved, one_day
from safeconduct.rules.formula import HOLDS, Formula, Moved, Within, conjunction, disjunction, inverse
from safeconduct.rules.tree import Asked, BoundDay, Deadline, EventDay, FirstCounted, Rolls, Shifted, Unit, Window
from safeconduct.values.days import FIRST_DAY, LAST_DAY, Rounding

if TYPE_CHECKING:
    from safeconduct.rules.ground import Ground

_SATURDAY = 5


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """One way in which the deadline may run for this person.

    Args:
        window: The window of the page.
        set_off: Whether it has been set off at all, also in the future.
        applies: Whether moreover its condition holds.
        start: The day that sets it off.
        since: The day from which an act may answer it: that of the event, where the start is one of its fields.
        first: First day counted, if it is counted early, and if it is counted late.
        end: Last day to act, if counted early, and if counted late; the same day where the page leaves no doubt.
        told: Whether anything is known of that day.
    """

    window: Window
    set_off: Formula
    applies: Formula
    start: Moved
    since: Moved
    first: tuple[Moved, Moved]
    end: tuple[Moved, Moved]
    told: bool


@dataclass(frozen=True, slots=True, eq=False)
class Clock:
    """A deadline as formulas about the day asked; exactly one of the four holds in every world."""

    runs: tuple[Run, ...]
    running: Formula
    met: Formula
    missed: Formula
    not_started: Formula


def clock(ground: "Ground", deadline: Deadline, holds: Formula, at: At) -> Clock:
    """The deadline for one person or one event.

    Args:
        ground: The person.
        deadline: The page's windows and what meets them.
        holds: Whether the provision applies at all.
        at: Where it stands.
    """
    runs = [run for window in deadline.windows for run in _runs(ground, window, holds, at)]
    # What was done after one summons does not answer the next: each start is looked at alone, with every new start.
    starts = dict.fromkeys(run.start for run in runs if not run.window.restart)
    groups = [[run for run in runs if run.window.restart or run.start == start] for start in starts]
    clocks = tuple(_clock_of(ground, deadline, group, at, number) for number, group in enumerate(groups or [runs]))
    return clocks[0] if len(clocks) == 1 else together(clocks)


def _clock_of(ground: "Ground", deadline: Deadline, runs: list[Run], at: At, number: int) -> Clock:
    """The deadline from one start, and from all grounds to start anew."""
    asked = ground.asked
    started, still_open, acted, in_time = [], [], [], []
    for index, run in enumerate(runs):
        begun = conjunction([run.applies, Within(run.start, None, asked)])
        window = deadline.windows.index(run.window)
        late = HOLDS if run.end[0] == run.end[1] else ground.people.unknown(("counted", at.use, window), "")
        started.append(begun)
        still_open.append(conjunction([begun, _by_count(asked, run, late)]))
        for pattern in deadline.met_by:
            for one in ground.people.instances(pattern, f"{at.place} met {number} {index}"):
                day = ground.people.own_day(one)
                since = conjunction([one.exists, run.set_off, Within(day, run.since, asked)])
                acted.append(since)
                in_time.append(conjunction([since, begun, _by_count(day, run, late)]))
    any_open, done, met = disjunction(still_open), disjunction(acted), disjunction(in_time)
    return Clock(
        runs=tuple(runs),
        running=conjunction([any_open, inverse(done)]),
        met=disjunction([met, conjunction([any_open, done])]),
        missed=conjunction([disjunction(started), inverse(any_open), inverse(met)]),
        not_started=inverse(disjunction(started)),
    )


def together(clocks: tuple[Clock, ...]) -> Clock:
    """One deadline for several events: it runs if it runs for one; else it is missed if it is missed for one."""
    running = disjunction([one.running for one in clocks])
    missed = conjunction([disjunction([one.missed for one in clocks]), inverse(running)])
    met = conjunction([disjunction([one.met for one in clocks]), inverse(running), inverse(missed)])
    return Clock(
        runs=tuple(dict.fromkeys(run for one in clocks for run in one.runs)),
        running=running,
        met=met,
        missed=missed,
        not_started=conjunction([one.not_started for one in clocks]),
    )


def _by_count(day: Moved, run: Run, late: Formula) -> Formula:
    """A day is not after the end; where the page leaves two ways to count, `late` says which is right."""
    if run.end[0] == run.end[1]:
        return Within(day, None, run.end[0])
    early = Within(day, None, run.end[0])
    return disjunction([early, conjunction([late, Within(day, None, run.end[1])])])


def _runs(ground: "Ground", window: Window, holds: Formula, at: At) -> list[Run]:
    condition = ground.condition(window.condition, at)
    found = []
    starts = one_day(days_of(ground, window.start, at))
    for (guard, start), since in zip(starts, _since(ground, window, starts, at), strict=True):
        told = start.variable is None or (start.variable.low, start.variable.high) != (FIRST_DAY, LAST_DAY)
        first = (start, after(start))
        if window.first_counted is FirstCounted.SAME:
            first = (start, start)
        elif window.first_counted is FirstCounted.NEXT:
            first = (first[1], first[1])
        set_off = conjunction([holds, guard])
        applies = conjunction([set_off, condition])
        found.append(
            Run(window, set_off, applies, start, since, first, _ends(ground, window, start, first, at.use), told)
        )
    return found


def _since(ground: "Ground", window: Window, starts: tuple[tuple[Formula, Moved], ...], at: At) -> tuple[Moved, ...]:
    """For each start the day from which an act may answer it: whoever comes before the day set has come."""
    start = window.start
    if isinstance(start, BoundDay) and start.field:
        return (ground.people.own_day(at.event(start.event)),) * len(starts)
    if isinstance(start, EventDay) and start.field:
        return tuple(day for _, day in days_of(ground, EventDay(start.pattern, "", start.after), at).options)
    return tuple(day for _, day in starts)


def _ends(ground: "Ground", window: Window, start: Moved, first: tuple[Moved, Moved], use: str) -> tuple[Moved, Moved]:
    if window.unit is Unit.MONTHS:
        last = _months(ground, start, window.count, window.rounding)
        ends = {
            FirstCounted.SAME: (_plus(last, -1), _plus(last, -1)),
            FirstCounted.NEXT: (last, last),
            FirstCounted.EITHER: (_plus(last, -1), last),
        }[window.first_counted]
    elif window.unit is Unit.WORKING_DAYS:
        ends = (_worked(ground, first[0], window.count, use), _worked(ground, first[1], window.count, use))
    else:
        ends = (_plus(first[0], window.count - 1), _plus(first[1], window.count - 1))
    if window.rolls is Rolls.NOT:
        return ends
    rolled = _rolled(ground, ends[1], use)
    return (ends[0], rolled) if window.rolls is Rolls.UNKNOWN else (_rolled(ground, ends[0], use), rolled)


def _plus(day: Moved, days: int) -> Moved:
    return Moved(day.variable, day.base, day.months, day.days + days, day.rounding)


def _months(ground: "Ground", day: Moved, months: int, rounding: Rounding) -> Moved:
    return moved(ground.people.pinned(day), Shifted(Asked(), months, 0, rounding))


def working_end(first: int, days: int) -> int:
    """The last of so many working days, the first of them on or after `first`; Monday to Friday, holidays not known."""
    day = date.fromordinal(first)
    while True:
        if day.weekday() < _SATURDAY:
            days -= 1
            if days == 0:
                return day.toordinal()
        day += timedelta(days=1)


def rolled_on(last: int) -> int:
    """The day itself, or the Monday after it if it is a Saturday or Sunday."""
    return (
        last + max(0, 7 - date.fromordinal(last).weekday()) if date.fromordinal(last).weekday() >= _SATURDAY else last
    )


def _worked(ground: "Ground", first: Moved, days: int, use: str) -> Moved:
    if first.variable is None:
        return Moved(None, working_end(first.low(0), days))
    return _between(ground, first, working_end(first.low(0), days), _latest(first, 2 * days + 7), f"{use} worked")


def _rolled(ground: "Ground", last: Moved, use: str) -> Moved:
    if last.variable is None:
        return Moved(None, rolled_on(last.low(0)))
    return _between(ground, last, last.low(0), _latest(last, 2), f"{use} rolled")


def _latest(day: Moved, more: int) -> int:
    return min(day.high(0) + more, LAST_DAY)


def _between(ground: "Ground", day: Moved, low: int, high: int, key: str) -> Moved:
    """A day of which only the bounds are known, because the start is not exact."""
    name = day.variable.name if day.variable is not None else ""
    return Moved(ground.people.whole((key, day, low, high), name, low, high))
