"""The value of a formula on every day of a stretch at once: what is so whichever of its days is asked.

The tables of Kleene once more, with the day asked as a range. A world may be given: its variables have their values.
So one look shows that nothing changes over years, where days are asked one by one only if it does not show.
"""

from collections.abc import Callable

from safeconduct.rules.formula import ASKED, And, AtLeast, Formula, In, Inverse, Moved, Or, Settled, Within
from safeconduct.rules.kleene import NO, UNKNOWN, YES
from safeconduct.rules.world import World

Days = tuple[int, int]


def value_throughout(formula: Formula, days: Days, world: World) -> int:
    """What is so on every day of a stretch, as far as each atom tells for itself.

    Args:
        formula: Any formula.
        days: First and last day of the stretch, both included, as ordinals.
        world: Values of some variables; the others may have any value that is possible.
    Returns:
        YES or NO if it is so on each of the days and for whatever is left open; else UNKNOWN, also where it is one
        thing on some of the days and another on others.
    """
    return _VALUE[type(formula)](formula, days, world)


def _span(moved: Moved, days: Days, world: World) -> tuple[int, int]:
    variable = moved.variable
    if variable is ASKED:
        return moved.at(days[0]), moved.at(days[1])
    if variable is not None and variable in world:
        day = moved.at(world[variable])
        return day, day
    return moved.span or (moved.low(days[0]), moved.high(days[1]))


def _of_settled(formula: Settled, days: Days, world: World) -> int:  # noqa: ARG001 -- all of _VALUE take the same
    return YES if formula.holds else NO


def _of_in(formula: In, days: Days, world: World) -> int:  # noqa: ARG001 -- all of _VALUE take the same
    possible = world.get(formula.choice, formula.choice.possible)
    inside = possible & formula.mask
    return NO if not inside else YES if inside == possible else UNKNOWN


def _of_within(formula: Within, days: Days, world: World) -> int:
    low, high = _span(formula.middle, days, world)
    found = YES
    if formula.first is not None:
        first_low, first_high = _span(formula.first, days, world)
        if first_low > high:
            return NO
        if first_high > low:
            found = UNKNOWN
    if formula.last is not None:
        last_low, last_high = _span(formula.last, days, world)
        if low > last_high:
            return NO
        if high > last_low:
            found = UNKNOWN
    return found


def _of_and(formula: And, days: Days, world: World) -> int:
    found = YES
    for part in formula.parts:
        got = _VALUE[type(part)](part, days, world)
        if got == NO:
            return NO
        if got == UNKNOWN:
            found = UNKNOWN
    return found


def _of_or(formula: Or, days: Days, world: World) -> int:
    found = NO
    for part in formula.parts:
        got = _VALUE[type(part)](part, days, world)
        if got == YES:
            return YES
        if got == UNKNOWN:
            found = UNKNOWN
    return found


def _of_inverse(formula: Inverse, days: Days, world: World) -> int:
    return YES - _VALUE[type(formula.part)](formula.part, days, world)


def _of_at_least(formula: AtLeast, days: Days, world: World) -> int:
    got = [_VALUE[type(part)](part, days, world) for part in formula.parts]
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
