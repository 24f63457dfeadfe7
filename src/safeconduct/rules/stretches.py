"""The value of a formula on every day of a stretch at once: what is so whichever of its days is asked.

The tables of Kleene once more, with the day asked as a range. A world may be given: its variables have their values.
So one look shows that nothing changes over years, where days are asked one by one only if it does not show.
"""

from collections.abc import Callable

from safeconduct.rules.formula import ASKED, And, AtLeast, Formula, In, Inverse, Moved, Or, Settled, Whole, Within
from safeconduct.rules.kleene import NO, UNKNOWN, YES
from safeconduct.rules.world import World

_Stretch = tuple[int, int, World, frozenset[Whole]]
"""First and last day, what is known, and which days move along with the day asked."""

NOTHING_MOVES: frozenset[Whole] = frozenset()


def value_throughout(
    formula: Formula, first: int, last: int, world: World, moving: frozenset[Whole] = NOTHING_MOVES
) -> int:
    """What is so on every day of a stretch, as far as each atom tells for itself.

    Args:
        formula: Any formula.
        first: First day of the stretch, as ordinal.
        last: Last day, inclusive.
        world: Values of some variables; the others may have any value that is possible.
        moving: Those of them that lie one day later for each later day that is asked; `world` has them on the first.
    Returns:
        YES or NO if it is so on each of the days and for whatever is left open; else UNKNOWN, also where it is one
        thing on some of the days and another on others.
    """
    return _VALUE[type(formula)](formula, (first, last, world, moving))


def _ends(moved: Moved, stretch: _Stretch) -> tuple[int, int, bool]:
    """The least and the greatest that a day can be, and whether it keeps its distance to the day asked."""
    first, last, world, moving = stretch
    variable = moved.variable
    if variable is ASKED:
        return _moving_along(moved, first, last)
    if variable is None or variable not in world:
        low, high = moved.span or (moved.low(first), moved.high(last))
        return low, high, False
    value = world[variable]
    if variable in moving:
        return _moving_along(moved, value, value + last - first)
    return moved.at(value), moved.at(value), False


def _moving_along(moved: Moved, first: int, last: int) -> tuple[int, int, bool]:
    low, high = moved.at(first), moved.at(last)
    # At the ends of the calendar days stand still, and no longer keep their distance.
    return low, high, not moved.months and high - low == last - first


def _in_order(below: Moved, above: Moved, stretch: _Stretch) -> int:
    """Whether one day is not above another. Two that keep their distance to the day asked keep that to each other."""
    low, high, keeps = _ends(below, stretch)
    other_low, other_high, other_keeps = _ends(above, stretch)
    if keeps and other_keeps:
        return YES if low <= other_low else NO
    if low > other_high:
        return NO
    return YES if high <= other_low else UNKNOWN


def _of_settled(formula: Settled, stretch: _Stretch) -> int:  # noqa: ARG001 -- all of _VALUE take the same
    return YES if formula.holds else NO


def _of_in(formula: In, stretch: _Stretch) -> int:
    possible = stretch[2].get(formula.choice, formula.choice.possible)
    inside = possible & formula.mask
    return NO if not inside else YES if inside == possible else UNKNOWN


def _of_within(formula: Within, stretch: _Stretch) -> int:
    after = YES if formula.first is None else _in_order(formula.first, formula.middle, stretch)
    if after == NO or formula.last is None:
        return after
    return min(after, _in_order(formula.middle, formula.last, stretch))


def _of_and(formula: And, stretch: _Stretch) -> int:
    found = YES
    for part in formula.parts:
        got = _VALUE[type(part)](part, stretch)
        if got == NO:
            return NO
        if got == UNKNOWN:
            found = UNKNOWN
    return found


def _of_or(formula: Or, stretch: _Stretch) -> int:
    found = NO
    for part in formula.parts:
        got = _VALUE[type(part)](part, stretch)
        if got == YES:
            return YES
        if got == UNKNOWN:
            found = UNKNOWN
    return found


def _of_inverse(formula: Inverse, stretch: _Stretch) -> int:
    return YES - _VALUE[type(formula.part)](formula.part, stretch)


def _of_at_least(formula: AtLeast, stretch: _Stretch) -> int:
    got = [_VALUE[type(part)](part, stretch) for part in formula.parts]
    if got.count(YES) >= formula.least:
        return YES
    return NO if len(got) - got.count(NO) < formula.least else UNKNOWN


_VALUE: dict[type, Callable[..., int]] = {
    Settled: _of_settled,
    In: _of_in,
    Within: _of_within,
    And: _of_and,
    Or: _of_or,
    Inverse: _of_inverse,
    AtLeast: _of_at_least,
}
