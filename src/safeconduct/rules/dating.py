"""Days of the tree become days of the formula: constants, variables, the day asked, or several of which one counts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from safeconduct.rules.facts import ENDS
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
from safeconduct.values.days import LAST_DAY, Rounding

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

    @property
    def place(self) -> str:
        """A name for the place together with its event: what is untold there may differ from event to event."""
        return f"{self.use} {self.bound.label}" if self.bound is not None else self.use

    def is_own(self, one: Instance) -> bool:
        """Whether this is the event that the provision is applied to."""
        return self.bound is not None and (self.bound.kind, self.bound.label) == (one.kind, one.label)

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
            if node.field in ENDS:
                return Dates("latest", ground.people.ends_of_fact(node.fact, node.field))
            return Dates("some", ground.people.days_of_fact(node.fact, node.field, ground.asked))
        case BoundDay():
            one = at.event(node.event)
            if node.field:
                return Dates("some", (ground.people.field_day(one, node.field),))
            return Dates("some", ((HOLDS, ground.people.own_day(one)),))
        case EventDay():
            return _event_days(ground, node, at)
        case Shifted():
            inner = days_of(ground, node.day, at)
            fixed = ground.people.pinned if node.months else _as_it_is
            return Dates(inner.which, tuple((guard, moved(fixed(day), node)) for guard, day in inner.options))
        case First() | Latest():
            options = [option for part in node.days for option in one_day(days_of(ground, part, at))]
            possible = tuple(option for option in options if option[0] != FAILS)
            return Dates("first" if isinstance(node, First) else "latest", possible)
        case Told():
            return _told(ground, node, at)
        case LastLawfulDay():
            return Dates("some", last_lawful_days(ground, node.country, at.place))
        case _:
            assert_never(node)


def between(ground: "Ground", node: Between, at: At) -> Formula:
    """A day lies between two others; fails where it does not exist."""
    found = days_of(ground, node.day, at)
    limits = node.first, node.last
    if found.which == "some" or len(found.options) == 1:
        own = at.bound if isinstance(node.day, BoundDay) and not node.day.field else None
        met = [(guard, lies_between(ground, day, limits, at, own)) for guard, day in found.options]
        return _of_all(met, every=False)
    exists = disjunction([guard for guard, _ in found.options])
    low = [(guard, lies_between(ground, day, (node.first, None), at)) for guard, day in found.options]
    high = [(guard, lies_between(ground, day, (None, node.last), at)) for guard, day in found.options]
    return conjunction(
        [exists, _of_all(low, every=found.which == "first"), _of_all(high, every=found.which == "latest")]
    )


def _of_all(met: list[tuple[Formula, Formula]], *, every: bool) -> Formula:
    """The first of some days is not before a limit if none that exists is; it is not after one if some day is not."""
    if every:
        return conjunction([disjunction([inverse(guard), one]) for guard, one in met])
    return disjunction([conjunction([guard, one]) for guard, one in met])


_Limits = tuple[Day | None, Day | None]


def lies_between(ground: "Ground", day: Moved, limits: _Limits, at: At, own: Instance | None = None) -> Formula:
    """One day lies between two terms.

    Args:
        ground: The person.
        day: The day.
        limits: The first and the last term, both included; None for no bound.
        at: Where it stands.
        own: The event whose day it is; on one day two events may have come in either order.
    """
    first, last = (_event_beside(limit, step) for limit, step in zip(limits, (1, -1), strict=True))
    if own is None or (first is None and last is None):
        return _lies_between(ground, day, limits, at)
    if limits[0] is not None and limits[1] is not None:
        return conjunction([lies_between(ground, day, one, at, own) for one in ((limits[0], None), (None, limits[1]))])
    orders = [_order(ground, other, own, at, later=other is first) for other in (first, last) if other is not None]
    loose = _lies_between(ground, day, (first, last), at)
    return disjunction([_lies_between(ground, day, limits, at), conjunction([*orders, loose])])


def _event_beside(limit: Day | None, step: int) -> EventDay | BoundDay | None:
    """The event of a limit "after" it or "before" it; None for any other limit."""
    if isinstance(limit, Shifted) and not limit.months and limit.days == step:
        return limit.day if isinstance(limit.day, EventDay | BoundDay) and not limit.day.field else None
    return None


def _order(ground: "Ground", other: EventDay | BoundDay, own: Instance, at: At, *, later: bool) -> Formula:
    """Whether an event comes after the other, or before it, where both happened on one day."""
    if isinstance(other, EventDay):
        return ground.people.unknown(("order", at.place, id(other), own.label), other.pattern.event)
    bound = at.event(other.event)
    pair = (bound, own) if later else (own, bound)
    if ground.people.is_before(*pair):
        return HOLDS
    if at.is_own(own) or ground.people.is_before(pair[1], pair[0]):
        return FAILS
    return ground.people.unknown(("order", at.place, id(other), own.label), other.event)


def _lies_between(ground: "Ground", day: Moved, limits: _Limits, at: At) -> Formula:
    lows, highs = (_limits(ground, limit, at) for limit in limits)
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
    place = f"{at.place} {id(node)}"
    for one in ground.people.instances(node.pattern, place):
        if node.field:
            exists, day = ground.people.field_day(one, node.field)
        else:
            exists, day = HOLDS, ground.people.own_day(one)
        guard = [one.exists, exists]
        if node.after is not None:
            later = Shifted(node.after, 0, 1, Rounding.CLIP)
            guard.append(lies_between(ground, day, (later, None), at, None if node.field else one))
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
    """The day moved by a step of the tree; by months only if it was not moved before."""
    if day.variable is None:
        return Moved(None, Moved(None, day.low(0), step.months, step.days, step.rounding).low(0))
    if not step.months:
        return Moved(day.variable, day.base, day.months, day.days + step.days, day.rounding)
    return Moved(day.variable, 0, step.months, step.days, step.rounding)


def _as_it_is(day: Moved) -> Moved:
    return day
