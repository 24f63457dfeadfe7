"""The days on which the value of a formula can change: between two of them it need not be asked again.

Every comparison is looked at alone. One of the day asked with a variable cuts the variable's range in two, at a place
that moves with the day. What is so in some world depends only on the order of these places and of those that stand
still (ends of ranges, comparisons with constants): so a day counts when a moving place passes one that stands still.
Where moving places can pass one another, or where moved variables are compared with each other, every day counts on
which a place is inside its range.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from safeconduct.rules.cells import literals
from safeconduct.rules.formula import ASKED, Formula, Moved, Whole, Within
from safeconduct.rules.kleene import Atom, last_with
from safeconduct.rules.pieces import offsets, stops

_Pair = tuple[Moved, Moved]
"""A comparison: the first is not above the second."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A comparison of the day asked with a variable.

    Args:
        day: The day asked, moved.
        number: The variable, moved.
        late: 0 if a number falls behind on the day that reaches it, 1 if on the day after.
    """

    day: Moved
    number: Moved
    late: int

    def passes(self, number: int) -> int:
        """The first day asked by which this number has fallen behind."""
        return last_with(self.day, self.number.at(number) - 1 + self.late) + 1

    def distance(self) -> tuple[int, int]:
        """By how many days, at least and at most, the place is ahead of the day asked."""
        day, number = offsets(self.day), offsets(self.number)
        return day[0] - number[1] - self.late, day[1] - number[0] - self.late

    def is_stopped(self, first: int, last: int) -> bool:
        """Whether the end of all days may be in the way between two days asked."""
        low, high = self.day.at(first) - 1, self.day.at(last)
        return any(low <= start or high >= end for start, end in (stops(self.day), stops(self.number)))


@dataclass(slots=True)
class _Group:
    """Variables that are compared with each other.

    Args:
        members: The variables.
        still: Numbers just before places that stand still.
        places: Places that move.
        moved: Whether two of them are compared after a move.
    """

    members: set[Whole] = field(default_factory=set)
    still: set[int] = field(default_factory=set)
    places: list[_Place] = field(default_factory=list)
    moved: bool = False

    def days(self, first: int, last: int) -> Iterator[int]:
        """The days on which the order of places can change."""
        steady = not self.moved and all(self._keep_apart(*two, first, last) for two in combinations(self.places, 2))
        for place in self.places:
            variable = place.number.variable
            assert variable is not None  # noqa: S101 -- a place is one of a variable
            if steady:
                for number in self._near(variable):
                    yield place.passes(number)
            else:
                yield from range(max(place.passes(variable.low), first + 1), min(place.passes(variable.high), last) + 1)

    def _near(self, variable: Whole) -> Iterator[int]:
        """Numbers close to places that stand still: between two places fits one variable for each number."""
        size = len(self.members)
        still = self.still | {end for member in self.members for end in (member.low - 1, member.high)}
        for number in still:
            yield from range(max(number - size + 1, variable.low), min(number + size, variable.high) + 1)

    def _keep_apart(self, one: _Place, other: _Place, first: int, last: int) -> bool:
        """Whether two places never come closer, nor farther, than the number of variables."""
        low, high = one.distance()
        other_low, other_high = other.distance()
        if one.is_stopped(first, last) or other.is_stopped(first, last):
            return False
        if low == high and other_low == other_high:
            return True
        return max(low - other_high, other_low - high) > len(self.members)


def days_of_change(formula: Formula, first: int, last: int, constraints: tuple[Formula, ...] = ()) -> tuple[int, ...]:
    """The days on which what is certain can differ from the day before.

    Args:
        formula: Any formula.
        first: The day from which changes are looked for, as ordinal; never among them itself.
        last: The last day looked at, inclusive.
        constraints: As for `decide`.
    Returns:
        Ordinals, ascending. On every other day from first + 1 to last `decide` gives what it gives for the day
        before; on some of these it may do so too.
    """
    atoms = {atom for part in (formula, *constraints) for atom, _ in literals(part)}
    pairs = {pair for atom in atoms for pair in _pairs(atom)}
    found = {day for pair in pairs for day in _of_asked(pair, first, last)}
    for group in _groups(pairs):
        found.update(group.days(first, last))
    return tuple(sorted(day for day in found if first < day <= last))


def _pairs(atom: Atom) -> Iterator[_Pair]:
    if isinstance(atom, Within):
        if atom.first is not None:
            yield atom.first, atom.middle
        if atom.last is not None:
            yield atom.middle, atom.last


def _of_asked(pair: _Pair, first: int, last: int) -> Iterator[int]:
    """Days on which a comparison changes that mentions no variable but the day asked."""
    below, above = pair
    if below.variable is ASKED and above.variable is ASKED:
        for day in range(first + 1, last + 1):
            if (below.at(day) <= above.at(day)) != (below.at(day - 1) <= above.at(day - 1)):
                yield day
    elif below.variable is ASKED and above.variable is None:
        yield last_with(below, above.low(0)) + 1
    elif above.variable is ASKED and below.variable is None:
        yield last_with(above, below.low(0) - 1) + 1


def _whole(moved: Moved) -> Whole | None:
    return None if moved.variable is ASKED else moved.variable


def _groups(pairs: set[_Pair]) -> list[_Group]:
    of: dict[Whole, _Group] = {}
    for below, above in pairs:
        for variable in filter(None, (_whole(below), _whole(above))):
            of.setdefault(variable, _Group(members={variable}))
    for below, above in pairs:
        lower, upper = _whole(below), _whole(above)
        if lower is not None and upper is not None:
            _join(of, lower, upper, moved=bool(below.months or below.days or above.months or above.days))
        elif lower is not None:
            if above.variable is ASKED:
                of[lower].places.append(_Place(above, below, 0))
            else:
                of[lower].still.add(last_with(below, above.low(0)))
        elif upper is not None:
            if below.variable is ASKED:
                of[upper].places.append(_Place(below, above, 1))
            else:
                of[upper].still.add(last_with(above, below.low(0) - 1))
    return list({id(group): group for group in of.values()}.values())


def _join(of: dict[Whole, _Group], one: Whole, other: Whole, *, moved: bool) -> None:
    group, joining = of[one], of[other]
    group.moved |= moved or joining.moved
    if group is joining:
        return
    group.members |= joining.members
    group.still |= joining.still
    group.places += joining.places
    for variable in joining.members:
        of[variable] = group
