"""Small formulas made at random, and what is so of them by looking at every world one by one."""

from datetime import date
from itertools import product
from math import prod

from safeconduct.rules.formula import (
    ASKED,
    FAILS,
    HOLDS,
    And,
    AtLeast,
    Choice,
    Formula,
    In,
    Inverse,
    Moved,
    Or,
    Whole,
    Within,
)
from safeconduct.rules.kleene import NO, UNKNOWN, YES, Variable
from safeconduct.values.days import FIRST_DAY, LAST_DAY, Rounding

# Days around which months end in different ways: leap day, 31st, new year, a century without a leap day.
ENDS = [date(2024, 2, 29), date(2023, 2, 28), date(2024, 1, 31), date(2023, 12, 31), date(1900, 2, 28)]
NEAR = [day.toordinal() for day in ENDS]
WORLDS_AT_MOST = 600
MONTHS = [0, 0, 0, 1, -1, 12, 11]
DAYS = [0, 0, 1, -1, 30, -28]


def a_choice(rng, name):
    words = rng.randint(2, 5)
    possible = rng.randint(1, (1 << words) - 1)
    return Choice(name, tuple(f"w{index}" for index in range(words)), possible)


def a_whole(rng, name):
    low = min(max(rng.choice(NEAR[:4]) - rng.randint(0, 5), FIRST_DAY), LAST_DAY)
    return Whole(name, low, low + rng.randint(0, 5))


def some_variables(rng, *, wholes=True):
    found = []
    for index in range(rng.randint(1, 8)):
        kind = a_whole if wholes and rng.random() < 0.5 else a_choice
        one = kind(rng, f"v{index}")
        if prod(len(values(other)) for other in [*found, one]) > WORLDS_AT_MOST:
            break
        found.append(one)
    return found


def a_moved(rng, wholes, on):
    kind = rng.random()
    months, days = rng.choice(MONTHS), rng.choice(DAYS)
    rounding = rng.choice(list(Rounding))
    if kind < 0.2:
        return Moved(ASKED, 0, months, days, rounding)
    if kind < 0.45 or not wholes:
        return Moved(None, on + rng.randint(-6, 6), months, days, rounding)
    return Moved(rng.choice(wholes), 0, months, days, rounding)


def an_atom(rng, found, on):
    choices = [one for one in found if isinstance(one, Choice)]
    wholes = [one for one in found if isinstance(one, Whole)]
    if choices and (not wholes or rng.random() < 0.5):
        choice = rng.choice(choices)
        return In(choice, rng.randint(0, (1 << len(choice.words)) - 1))
    if not wholes and rng.random() < 0.5:
        return rng.choice([HOLDS, FAILS])
    middle, first, last = (a_moved(rng, wholes, on) for _ in range(3))
    if rng.random() < 0.3:  # an age: two bounds that move with one birth date
        first = Moved(first.variable, first.base, first.months, first.days, Rounding.ROLL)
        last = Moved(first.variable, first.base, first.months + 1, -1, Rounding.ROLL)
    return Within(middle, first if rng.random() < 0.7 else None, last if rng.random() < 0.7 else None)


def a_formula(rng, found, on, depth=3):
    kind = rng.random()
    if depth == 0 or kind < 0.25:
        return an_atom(rng, found, on)
    if kind < 0.4:
        return Inverse(a_formula(rng, found, on, depth - 1))
    parts = tuple(a_formula(rng, found, on, depth - 1) for _ in range(rng.randint(1, 3)))
    if kind < 0.65:
        return And(parts)
    if kind < 0.9:
        return Or(parts)
    return AtLeast(rng.randint(0, len(parts) + 1), parts)


def a_case(rng, *, constrained):
    """A day, variables, a formula, and constraints that leave a world."""
    on = rng.choice(NEAR[:4]) + rng.randint(-8, 8)
    while True:
        found = some_variables(rng)
        constraints = tuple(a_formula(rng, found, on, depth=2) for _ in range(rng.randint(1, 3) if constrained else 0))
        if next(allowed(found, constraints, on), None) is not None:
            return on, found, a_formula(rng, found, on), constraints


def a_dated_case(rng):
    """A day, variables that are days near it, a formula that compares them with the day asked, and constraints."""
    on = rng.choice(NEAR[:4])
    months = rng.choice([0, 0, 1, -1, 12])
    moves = [(0, 0), (0, rng.randint(-3, 3)), (months, 0), (months, rng.randint(-2, 2))][: rng.randint(1, 4)]
    found = [Whole(f"v{index}", low, low + rng.randint(0, 5)) for index, low in enumerate(days_near(rng, on, 3))]
    found.append(a_choice(rng, "word"))
    return on, found, a_formula_of_days(rng, found, moves, on, 3), tuple(
        a_formula_of_days(rng, found, moves[:2], on, 1) for _ in range(rng.choice([0, 0, 1, 2]))
    )


def days_near(rng, on, at_most):
    return [on + rng.randint(-9, 4) for _ in range(rng.randint(1, at_most))]


def a_formula_of_days(rng, found, moves, on, depth):
    kind = rng.random()
    if depth and kind < 0.7:
        parts = tuple(a_formula_of_days(rng, found, moves, on, depth - 1) for _ in range(rng.randint(2, 3)))
        return rng.choice([And, Or, lambda all_of: AtLeast(2, all_of)])(parts)
    if kind < 0.8:
        return Inverse(a_formula_of_days(rng, found, moves, on, 0))
    if kind < 0.85:
        return In(found[-1], rng.randint(1, 7))
    wholes = [*found[:-1], ASKED, ASKED, None]
    move = rng.choice(moves)
    sides = []
    for _ in range(3):
        variable = rng.choice(wholes)
        months, days = rng.choice([move, move, rng.choice(moves)])
        base = on + rng.randint(-9, 9) if variable is None else 0
        sides.append(Moved(variable, base, months, days, rng.choice(list(Rounding))))
    middle, first, last = sides
    return Within(middle, first if rng.random() < 0.6 else None, last if rng.random() < 0.6 else None)


# --- by definition, without any of the engine ------------------------------------------------------------------


def values(variable: Variable) -> list[int]:
    if isinstance(variable, Choice):
        return [1 << index for index in range(len(variable.words)) if variable.possible >> index & 1]
    return list(range(variable.low, variable.high + 1))


def true_in(formula: Formula, world, on) -> bool:
    match formula:
        case And(parts):
            return all([true_in(part, world, on) for part in parts])
        case Or(parts):
            return any([true_in(part, world, on) for part in parts])
        case Inverse(part):
            return not true_in(part, world, on)
        case AtLeast(least, parts):
            return [true_in(part, world, on) for part in parts].count(True) >= least
        case In(choice, mask):
            return world[choice] & mask != 0
        case Within(middle, first, last):
            days = [
                None if moved is None
                else moved.at(moved.base if moved.variable is None else on if moved.variable is ASKED
                              else world[moved.variable])
                for moved in (first, middle, last)
            ]  # fmt: skip
            known = [day for day in days if day is not None]
            return known == sorted(known)
        case _:
            return formula.holds


def allowed(found, constraints, on):
    for combination in product(*map(values, found)):
        world = dict(zip(found, combination, strict=True))
        if all(true_in(constraint, world, on) for constraint in constraints):
            yield world


def truth(found, formula, constraints, on) -> int:
    """NO, UNKNOWN or YES, by every world."""
    answers = {true_in(formula, world, on) for world in allowed(found, constraints, on)}
    return UNKNOWN if len(answers) == 2 else YES if True in answers else NO


def that_matter(found, formula, constraints, on) -> set[str]:
    """Names of variables that make the difference between two worlds, by every pair of worlds."""
    names = set()
    for index, variable in enumerate(found):
        answers = {}
        for world in allowed(found, constraints, on):
            rest = tuple(value for place, value in enumerate(world.values()) if place != index)
            answers.setdefault(rest, set()).add(true_in(formula, world, on))
        if any(len(both) == 2 for both in answers.values()):
            names.add(variable.name)
    return names
