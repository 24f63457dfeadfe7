"""Days of the tree become days of the formula: constants, variables, the day asked, or several of which one counts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from safeconduct.rules.formula import FAILS, HOLDS, Formula, Moved, Within, conjunction, disjunction, inverse
from safeconduct.rules.nodes import (
    Asked,
    Between,
    BoundDay,
    Day,
    EventDay,
    FactDay,
    First,
    LastLawfulDay,
    Latest,
    On,
    Shifted,
    Told,
)
from safeconduct.rules.people import Instance
from safeconduct.rules.stay import last_lawful_days
from safeconduct.values.days import LAST_DAY

if TYPE_CHECKING:
    from safeconduct.rules.ground import Ground

_NO_LIMIT = Moved(None, -1)


@dataclass(frozen=True, slots=True)
class At:
    """Where a condition stands.

    Args:
        use: Id of the provision or name of the term; keeps untold events of different places apart.
        bound: The event that the provision is applied to; None if it is about the person.
    """

    use: str
    bound: Instance | None = None

    def event(self, kind: str) -> Instance:
        """The event, of this kind; that there is one is checked when pages are loaded."""
        if self.bound is None or self.bound.kind != kind:
            message = f"{self.use} names a field of {kind} but is not about one"
            raise TypeError(message)
        return self.bound


@dataclass(frozen=True, slots=True)
class Dates:
    """The days that a term may mean: each with the condition under which it exists.

    Args:
        which: "some" (any of them will do), "first" or "latest" of those that exist.
        options: Pairs of condition and day.
    """

    which: str
    options: tuple[tuple[Formula, Moved], ...]


def days_of(ground: "Ground", node: Day, at: At) -> Dates:  # noqa: C901, PLR0911 -- every case, to the end
    """The days that a term may mean.

    Args:
        ground: The person.
        node: The term.
        at: Where it stands.
    """
    match node:
        case Asked():
            return Dates("some", ((HOLDS, ground.asked),))
        case On():
            return Dates("some", ((HOLDS, Moved(None, node.day.toordinal())),))
        case FactDay():
            return Dates("some", (ground.people.day_of_fact(node.fact, node.field),))
        case BoundDay():
            one = at.event(node.event)
            if node.field:
                return Dates("some", (ground.people.field_day(one, node.field),))
            return Dates("some", ((HOLDS, ground.people.own_day(one)),))
        case EventDay():
            return _event_days(ground, node, at)
        case Shifted():
            inner = days_of(ground, node.day, at)
            return Dates(inner.which, tuple((guard, moved(day, node)) for guard, day in inner.options))
        case First() | Latest():
            options = [option for part in node.days for option in days_of(ground, part, at).options]
            possible = tuple(option for option in options if option[0] != FAILS)
            return Dates("first" if isinstance(node, First) else "latest", possible)
        case Told():
            return _told(ground, node, at)
        case LastLawfulDay():
            return Dates("some", last_lawful_days(ground, node.country, at.use))
        case _:
            assert_never(node)


def between(ground: "Ground", node: Between, at: At) -> Formula:
    """A day lies between two others; fails where it does not exist."""
    found = days_of(ground, node.day, at)
    if found.which == "some" or len(found.options) == 1:
        return disjunction(
            [conjunction([guard, lies_between(ground, day, node.first, node.last, at)]) for guard, day in found.options]
        )
    exists = disjunction([guard for guard, _ in found.options])
    low = [(guard, lies_between(ground, day, node.first, None, at)) for guard, day in found.options]
    high = [(guard, lies_between(ground, day, None, node.last, at)) for guard, day in found.options]
    return conjunction(
        [exists, _of_all(low, every=found.which == "first"), _of_all(high, every=found.which == "latest")]
    )


def _of_all(met: list[tuple[Formula, Formula]], *, every: bool) -> Formula:
    """The first of some days is not before a limit if none that exists is; it is not after one if some day is not."""
    if every:
        return conjunction([disjunction([inverse(guard), one]) for guard, one in met])
    return disjunction([conjunction([guard, one]) for guard, one in met])


def lies_between(ground: "Ground", day: Moved, first: Day | None, last: Day | None, at: At) -> Formula:
    """One day lies between two terms, both included; None for no bound."""
    lows, highs = (_limits(ground, limit, at) for limit in (first, last))
    if len(lows.options) == 1 and len(highs.options) == 1:
        (low_guard, low), (high_guard, high) = lows.options[0], highs.options[0]
        return conjunction([low_guard, high_guard, _within(day, low, high)])
    return conjunction([not_before(day, lows), _not_after(day, highs)])


def _limits(ground: "Ground", limit: Day | None, at: At) -> Dates:
    return days_of(ground, limit, at) if limit is not None else Dates("some", ((HOLDS, _NO_LIMIT),))


def not_before(day: Moved, limits: Dates) -> Formula:
    """The day is not before the limit; where several days make up the limit, not before the one that counts."""
    met = [(guard, _within(day, limit, _NO_LIMIT)) for guard, limit in limits.options]
    return _against(met, every=limits.which == "latest")


def _not_after(day: Moved, limits: Dates) -> Formula:
    met = [(guard, _within(day, _NO_LIMIT, limit)) for guard, limit in limits.options]
    return _against(met, every=limits.which == "first")


def _against(met: list[tuple[Formula, Formula]], *, every: bool) -> Formula:
    exists = disjunction([guard for guard, _ in met])
    return conjunction([exists, _of_all(met, every=every)])


def _within(day: Moved, low: Moved, high: Moved) -> Formula:
    first = None if low is _NO_LIMIT else low
    last = None if high is _NO_LIMIT else high
    return Within(day, first, last) if first is not None or last is not None else HOLDS


def _event_days(ground: "Ground", node: EventDay, at: At) -> Dates:
    options = []
    for one in ground.people.instances(node.pattern, f"{at.use} {id(node)}"):
        if node.field:
            exists, day = ground.people.field_day(one, node.field)
        else:
            exists, day = HOLDS, ground.people.own_day(one)
        guard = [one.exists, exists]
        if node.after is not None:
            limits = days_of(ground, node.after, at)
            later = Dates(limits.which, tuple((known, after(limit)) for known, limit in limits.options))
            guard.append(not_before(day, later))
        options.append((conjunction(guard), day))
    return Dates("some", tuple(options))


def _told(ground: "Ground", node: Told, at: At) -> Dates:
    """A day computed from a length: its own variable, held to the start by a constraint."""
    one = at.event(node.event)
    length = ground.people.length(one, node.field)
    if length is None:
        return Dates("some", ())
    (_, start), *_rest = days_of(ground, node.day, at).options
    least, most = length
    low, high = start.low(0) + least, min(start.high(0) + most, LAST_DAY)
    key = ("told", one.kind, one.label, node.field)
    end = Moved(ground.people.whole(key, f"{one.kind}.{node.field}", low, high))
    if start.variable is not None:
        bounds = Within(end, Moved(start.variable, 0, 0, least), Moved(start.variable, 0, 0, most))
        if bounds not in ground.people.constraints:
            ground.people.constraints.append(bounds)
    return Dates("some", ((HOLDS, end),))


def one_day(dates: Dates) -> tuple[tuple[Formula, Moved], ...]:
    """The options of a term, each held to be the one that counts, where the first or the latest of several does."""
    if dates.which == "some" or len(dates.options) == 1:
        return dates.options
    found = []
    for guard, day in dates.options:
        others = [(known, other) for known, other in dates.options if other is not day]
        if dates.which == "first":
            counts = [disjunction([inverse(known), Within(other, day, None)]) for known, other in others]
        else:
            counts = [disjunction([inverse(known), Within(other, None, day)]) for known, other in others]
        found.append((conjunction([guard, *counts]), day))
    return tuple(found)


def after(day: Moved) -> Moved:
    """The day after."""
    return Moved(day.variable, day.base, day.months, day.days + 1, day.rounding)


def moved(day: Moved, step: Shifted) -> Moved:
    """The day moved by a step of the tree."""
    if day.variable is None:
        return Moved(None, Moved(None, day.low(0), step.months, step.days, step.rounding).low(0))
    if not step.months:
        return Moved(day.variable, day.base, day.months, day.days + step.days, day.rounding)
    if day.days or (day.months and day.rounding is not step.rounding):
        message = "months cannot be added to a day that was moved by days"
        raise TypeError(message)
    return Moved(day.variable, 0, day.months + step.months, step.days, step.rounding)
