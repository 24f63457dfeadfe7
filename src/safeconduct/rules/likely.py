"""A few worlds that are likely to show that a formula can hold, or that it can fail.

Most unknown answers are unknown indeed, and two worlds show it. These are guesses: what they show is certain, and where
they show nothing the question is still open.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from safeconduct.rules.cells import range_of
from safeconduct.rules.formula import And, AtLeast, Choice, Formula, In, Inverse, Or, Within
from safeconduct.rules.kleene import Variable, variables
from safeconduct.rules.world import World

_Set = int | tuple[int, int]
"""Values of a variable: the mask of a Choice, both ends of a Whole."""

_Opinion = tuple[_Set, bool]
"""Some values, and whether the variable had better have one of them or none of them."""


_Weights = dict[_Opinion, float]
"""Opinions about one variable, and how much each counts."""


@dataclass(slots=True)
class _Opinions:
    """What the atoms about one variable alone would like it to be, and how much that counts.

    Args:
        speaking: Opinions of the formula.
        allowing: Opinions of the constraints.
    """

    speaking: _Weights
    allowing: _Weights


def likely(left: Formula, bound: tuple[Formula, ...]) -> Iterator[World]:
    """Four worlds: for each goal, the value that suits best; in doubt the least, then the greatest.

    Args:
        left: The formula, as `residual` leaves it.
        bound: The constraints on its variables, likewise.
    Returns:
        Worlds of all their variables; whether they keep the constraints is not looked at.
    """
    allowing: dict[Variable, _Weights] = {}
    for constraint in bound:
        _add(allowing, constraint, goal=True)
    of_goals = [_opinions(left, allowing, goal=goal) for goal in (True, False)]
    for greatest in (False, True):
        for opinions in of_goals:
            yield {variable: _best(variable, found, greatest=greatest) for variable, found in opinions.items()}


def _opinions(left: Formula, allowing: dict[Variable, _Weights], *, goal: bool) -> dict[Variable, _Opinions]:
    speaking: dict[Variable, _Weights] = {}
    _add(speaking, left, goal=goal)
    return {
        variable: _Opinions(speaking=speaking.get(variable, {}), allowing=allowing.get(variable, {}))
        for variable in {**speaking, **allowing}
    }


def _add(found: dict[Variable, _Weights], formula: Formula, *, goal: bool) -> None:
    """Note the opinions of a formula that is to reach a goal; every variable of it gets its place."""
    for variable in variables(formula):
        found.setdefault(variable, {})
    for variable, opinion, weight in _about_one(formula, goal=goal):
        weights = found[variable]
        weights[opinion] = weights.get(opinion, 0.0) + weight


def _about_one(formula: Formula, *, goal: bool) -> Iterator[tuple[Variable, _Opinion, float]]:
    """Opinions of a formula that is to reach a goal: full weight where all parts must, a share where some must."""
    pending = [(formula, goal, 1.0)]
    while pending:
        current, wanted, weight = pending.pop()
        match current:
            case And(parts) | Or(parts) | AtLeast(_, parts):
                share = weight * _share(current, wanted=wanted)
                pending.extend((part, wanted, share) for part in parts)
            case Inverse(part):
                pending.append((part, not wanted, weight))
            case In(choice, mask):
                yield choice, (mask, wanted), weight
            case Within():
                span = range_of(current)
                if span is not None:
                    yield span[0], (span[1:], wanted), weight
            case _:
                pass


def _share(formula: And | Or | AtLeast, *, wanted: bool) -> float:
    """How many of the parts must do what is wanted, as a share of all."""
    number = len(formula.parts)
    least = number if isinstance(formula, And) else formula.least if isinstance(formula, AtLeast) else 1
    return (least if wanted else number - least + 1) / number


def _best(variable: Variable, opinions: _Opinions, *, greatest: bool) -> int:
    values = _values(variable, opinions)
    if len(values) > 1 and (opinions.speaking or opinions.allowing):
        # The formula comes first; the constraints choose among what is left.
        scores = {value: (_score(value, opinions.speaking), _score(value, opinions.allowing)) for value in values}
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


def _score(value: int, opinions: _Weights) -> float:
    return sum(weight for (of, wanted), weight in opinions.items() if _is_so(value, of) == wanted)


def _is_so(value: int, of: _Set) -> bool:
    return bool(value & of) if isinstance(of, int) else of[0] <= value <= of[1]
