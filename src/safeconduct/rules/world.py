"""A world: one value for every variable. In a world a formula holds or fails."""

from collections.abc import Callable, Iterable

from safeconduct.rules.formula import ASKED, And, AtLeast, Choice, Formula, In, Inverse, Moved, Or, Settled, Within
from safeconduct.rules.kleene import Variable

World = dict[Variable, int]
"""For a Choice the bit of its word, for a Whole its number."""


def holds(formula: Formula, world: World, on: int) -> bool:
    """Whether a formula holds in a world.

    Args:
        formula: Any formula.
        world: A value for each of its variables, within what is possible.
        on: The day asked, as ordinal.
    Returns:
        True or False; nothing is unknown in a world.
    """
    return _HOLDS[type(formula)](formula, world, on)


def in_words(world: World) -> dict[Variable, str | int]:
    """The same world as people read it: the word of a Choice, the number of a Whole."""
    return {
        variable: variable.words[found.bit_length() - 1] if isinstance(variable, Choice) else found
        for variable, found in world.items()
    }


def completed(world: World, variables: Iterable[Variable]) -> World:
    """The world with the least value for each of the variables that it leaves open."""
    return {variable: lowest(variable) for variable in variables} | world


def lowest(variable: Variable) -> int:
    """The first word that is possible, as a bit, or the least number."""
    return variable.possible & -variable.possible if isinstance(variable, Choice) else variable.low


def _moved(moved: Moved, world: World, on: int) -> int:
    if moved.variable is None:
        return moved.at(moved.base)
    return moved.at(on if moved.variable is ASKED else world[moved.variable])


def _of_settled(formula: Settled, world: World, on: int) -> bool:  # noqa: ARG001 -- all of _HOLDS take the same
    return formula.holds


def _of_in(formula: In, world: World, on: int) -> bool:  # noqa: ARG001 -- all of _HOLDS take the same
    return bool(world[formula.choice] & formula.mask)


def _of_within(formula: Within, world: World, on: int) -> bool:
    middle = _moved(formula.middle, world, on)
    if formula.first is not None and _moved(formula.first, world, on) > middle:
        return False
    return formula.last is None or middle <= _moved(formula.last, world, on)


def _of_and(formula: And, world: World, on: int) -> bool:
    return all(_HOLDS[type(part)](part, world, on) for part in formula.parts)


def _of_or(formula: Or, world: World, on: int) -> bool:
    return any(_HOLDS[type(part)](part, world, on) for part in formula.parts)


def _of_inverse(formula: Inverse, world: World, on: int) -> bool:
    return not _HOLDS[type(formula.part)](formula.part, world, on)


def _of_at_least(formula: AtLeast, world: World, on: int) -> bool:
    return sum(_HOLDS[type(part)](part, world, on) for part in formula.parts) >= formula.least


_HOLDS: dict[type, Callable[..., bool]] = {
    Settled: _of_settled,
    In: _of_in,
    Within: _of_within,
    And: _of_and,
    Or: _of_or,
    Inverse: _of_inverse,
    AtLeast: _of_at_least,
}
