"""Which variables can still change the value of a formula, and in what order to name them."""

from collections import defaultdict
from itertools import product

from safeconduct.rules.cells import Cut, count, cut, literals
from safeconduct.rules.formula import And, AtLeast, Formula, Inverse, Or
from safeconduct.rules.kleene import Variable, variables
from safeconduct.rules.world import World, holds


def relevant(left: Formula, bound: tuple[Formula, ...], on: int, *, at_most: int) -> tuple[Variable, ...]:
    """The variables of a formula that can still change its value.

    Args:
        left: The formula, as `residual` leaves it, neither certain to hold nor certain to fail.
        bound: The constraints that touch its variables, likewise.
        on: The day asked, as ordinal.
        at_most: How many combinations of cells may be looked at.
    Returns:
        In order of appearance; at least one. A variable that makes the difference between two worlds is never left
        out. Where the combinations are few, those are left out that have one value in all worlds, or that change
        nothing in any. The other side of a change need not be a world: two facts that imply one another never change
        alone, and still one of them must be asked.
    """
    found = variables(left)
    if not bound and _each_once(left):
        return found
    for constraints in (bound, ()):
        cuts = cut((left, *constraints))
        if cuts is not None and count(cuts) <= at_most:
            return _changing(left, constraints, cuts, on) or found
    return found


def _each_once(formula: Formula) -> bool:
    seen: set[Variable] = set()
    for atom, _ in literals(formula):
        here = variables(atom)
        if not seen.isdisjoint(here):
            return False
        seen.update(here)
    return True


def _changing(left: Formula, bound: tuple[Formula, ...], cuts: tuple[Cut, ...], on: int) -> tuple[Variable, ...]:
    names = [part.variable for part in cuts]
    values: dict[tuple[int, ...], bool] = {}
    allowed: set[tuple[int, ...]] = set()
    for place in product(*(part.values for part in cuts)):
        world: World = dict(zip(names, place, strict=True))
        values[place] = holds(left, world, on)
        if all(holds(constraint, world, on) for constraint in bound):
            allowed.add(place)
    return tuple(
        part.variable
        for index, part in enumerate(cuts)
        if len({place[index] for place in allowed}) > 1
        and any(
            values[place] != values[(*place[:index], other, *place[index + 1 :])]
            for place in allowed
            for other in part.values
        )
    )


def weights(formula: Formula) -> dict[Variable, float]:
    """How near to the root a variable stands: each level shares its weight among its parts, and places add up."""
    found: dict[Variable, float] = defaultdict(float)
    pending: list[tuple[Formula, float]] = [(formula, 1.0)]
    while pending:
        current, weight = pending.pop()
        match current:
            case And(parts) | Or(parts) | AtLeast(_, parts):
                pending.extend((part, weight / len(parts)) for part in parts)
            case Inverse(part):
                pending.append((part, weight))
            case _:
                for variable in variables(current):
                    found[variable] += weight
    return found
