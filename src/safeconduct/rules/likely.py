"""A few worlds that are likely to show that a formula can hold, or that it can fail.

Most unknown answers are unknown indeed, and two worlds show it. These are guesses: what they show is certain, and where
they show nothing the question is still open.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from safeconduct.rules.cells import literals, range_of
from safeconduct.rules.formula import Choice, Formula, In
from safeconduct.rules.kleene import Atom, Variable, variables
from safeconduct.rules.world import World, holds


@dataclass(slots=True)
class _Opinions:
    """What the atoms about one variable alone would like it to be.

    Args:
        speaking: Atoms of the formula, each with the side it takes.
        allowing: Atoms of the constraints, likewise.
        points: Numbers at which one of them turns.
    """

    speaking: list[tuple[Atom, bool]] = field(default_factory=list)
    allowing: list[tuple[Atom, bool]] = field(default_factory=list)
    points: set[int] = field(default_factory=set)


def likely(left: Formula, bound: tuple[Formula, ...]) -> Iterator[World]:
    """Four worlds: for each goal, the value that suits most atoms; in doubt the least, then the greatest.

    Args:
        left: The formula, as `residual` leaves it.
        bound: The constraints on its variables, likewise.
    Returns:
        Worlds of all their variables; whether they keep the constraints is not looked at.
    """
    opinions = {variable: _Opinions() for formula in (left, *bound) for variable in variables(formula)}
    for variable, literal in _about_one(left, opinions):
        opinions[variable].speaking.append(literal)
    for constraint in bound:
        for variable, literal in _about_one(constraint, opinions):
            opinions[variable].allowing.append(literal)
    for greatest in (False, True):
        for goal in (True, False):
            yield {
                variable: _best(variable, found, goal=goal, greatest=greatest) for variable, found in opinions.items()
            }


def _about_one(formula: Formula, opinions: dict[Variable, _Opinions]) -> Iterator[tuple[Variable, tuple[Atom, bool]]]:
    for atom, positive in literals(formula):
        if isinstance(atom, In):
            yield atom.choice, (atom, positive)
        elif (found := range_of(atom)) is not None:
            variable, low, high = found
            opinions[variable].points |= {low, high, low - 1, high + 1}
            yield variable, (atom, positive)


def _best(variable: Variable, opinions: _Opinions, *, goal: bool, greatest: bool) -> int:
    if isinstance(variable, Choice):
        values = [1 << index for index in range(variable.possible.bit_length()) if variable.possible >> index & 1]
    else:
        points = {point for point in opinions.points if variable.low < point < variable.high}
        values = sorted(points | {variable.low, variable.high})
    if greatest:
        values.reverse()
    return max(values, key=lambda one: _score(variable, one, opinions, goal=goal))


def _score(variable: Variable, one: int, opinions: _Opinions, *, goal: bool) -> tuple[int, int]:
    """The formula comes first; the constraints choose among what is left."""
    world = {variable: one}
    return (
        sum(holds(atom, world, 0) == (positive == goal) for atom, positive in opinions.speaking),
        sum(holds(atom, world, 0) == positive for atom, positive in opinions.allowing),
    )
