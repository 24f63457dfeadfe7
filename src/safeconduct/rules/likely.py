"""A few worlds that are likely to show that a formula can hold, or that it can fail.

Most unknown answers are unknown indeed, and two worlds show it. These are guesses: what they show is certain, and where
they show nothing the question is still open.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from safeconduct.rules.cells import literals, range_of
from safeconduct.rules.formula import Choice, Formula, In
from safeconduct.rules.kleene import Variable, variables
from safeconduct.rules.world import World

_Set = int | tuple[int, int]
"""Values of a variable: the mask of a Choice, both ends of a Whole."""


@dataclass(slots=True)
class _Opinions:
    """What the atoms about one variable alone would like it to be, and how many of them.

    Args:
        speaking: Values named by the formula, each with whether it would have one of them.
        allowing: Values named by the constraints, likewise.
    """

    speaking: Counter[tuple[_Set, bool]] = field(default_factory=Counter)
    allowing: Counter[tuple[_Set, bool]] = field(default_factory=Counter)


def likely(left: Formula, bound: tuple[Formula, ...]) -> Iterator[World]:
    """Four worlds: for each goal, the value that suits most atoms; in doubt the least, then the greatest.

    Args:
        left: The formula, as `residual` leaves it.
        bound: The constraints on its variables, likewise.
    Returns:
        Worlds of all their variables; whether they keep the constraints is not looked at.
    """
    opinions = {variable: _Opinions() for formula in (left, *bound) for variable in variables(formula)}
    for variable, opinion in _about_one(left):
        opinions[variable].speaking[opinion] += 1
    for constraint in bound:
        for variable, opinion in _about_one(constraint):
            opinions[variable].allowing[opinion] += 1
    for greatest in (False, True):
        for goal in (True, False):
            yield {
                variable: _best(variable, found, goal=goal, greatest=greatest) for variable, found in opinions.items()
            }


def _about_one(formula: Formula) -> Iterator[tuple[Variable, tuple[_Set, bool]]]:
    for atom, positive in literals(formula):
        if isinstance(atom, In):
            yield atom.choice, (atom.mask, positive)
        elif (found := range_of(atom)) is not None:
            variable, low, high = found
            yield variable, ((low, high), positive)


def _best(variable: Variable, opinions: _Opinions, *, goal: bool, greatest: bool) -> int:
    values = _values(variable, opinions)
    if len(values) > 1 and (opinions.speaking or opinions.allowing):
        # The formula comes first; the constraints choose among what is left.
        scores = {
            value: (
                sum(
                    count
                    for (of, positive), count in opinions.speaking.items()
                    if _is_so(value, of) == (positive == goal)
                ),
                sum(count for (of, positive), count in opinions.allowing.items() if _is_so(value, of) == positive),
            )
            for value in values
        }
        best = max(scores.values())
        values = [value for value in values if scores[value] == best]
    return values[-1 if greatest else 0]


def _values(variable: Variable, opinions: _Opinions) -> list[int]:
    """The values worth a try, ascending: every word; of numbers the ends, and where an opinion turns."""
    if isinstance(variable, Choice):
        return [1 << index for index in range(variable.possible.bit_length()) if variable.possible >> index & 1]
    found = {variable.low, variable.high}
    for of, _ in (*opinions.speaking, *opinions.allowing):
        low, high = of if isinstance(of, tuple) else (of, of)
        found |= {point for point in (low - 1, low, high, high + 1) if variable.low < point < variable.high}
    return sorted(found)


def _is_so(value: int, of: _Set) -> bool:
    return bool(value & of) if isinstance(of, int) else of[0] <= value <= of[1]
