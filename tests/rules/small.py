"""Small formulas made at random, and what is so of them by looking at every world one by one."""

from dataclasses import replace
from datetime import date
from itertools import product
from math import prod
from random import Random

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
    Settled,
    Whole,
    Within,
)
from safeconduct.rules.kleene import NO, UNKNOWN, YES, Variable
from safeconduct.values.days import FIRST_DAY, LAST_DAY, Rounding

# Days around which months end in different ways: leap day, no leap day, a 31st before a short month, new year.
NEAR = [day.toordinal() for day in (date(2024, 2, 29), date(2023, 2, 28), date(2024, 1, 31), date(2023, 12, 31))]
WORLDS_AT_MOST = 600
MONTHS = [0, 0, 0, 1, -1, 12, 11]
DAYS = [0, 0, 1, -1, 30, -28]


def a_choice(rng: Random, name: str) -> Choice:
    words = rng.randint(2, 5)
    everything = (1 << words) - 1
    possible = everything if rng.random() < 0.7 else rng.randint(1, everything)
    return Choice(name, tuple(f"w{index}" for index in range(words)), possible)


def a_whole(rng: Random, name: str, near: int) -> Whole:
    low = near + rng.randint(-5, 3)
    return Whole(name, low, low + rng.choice([0, 1, 2, 3, 5]))


def some_variables(rng: Random, near: int) -> list[Variable]:
    found: list[Variable] = []
    for index in range(rng.randint(1, 8)):
        one = a_whole(rng, f"v{index}", near) if rng.random() < 0.5 else a_choice(rng, f"v{index}")
        if prod(len(values(other)) for other in [*found, one]) > WORLDS_AT_MOST:
            break
        found.append(one)
    return found


def a_moved(rng: Random, wholes: list[Whole], near: int) -> Moved:
    kind, months, days, rounding = rng.random(), rng.choice(MONTHS), rng.choice(DAYS), rng.choice(list(Rounding))
    if kind < 0.2:
        return Moved(ASKED, 0, months, days, rounding)
    if kind < 0.45 or not wholes:
        return Moved(None, near + rng.randint(-6, 6), months, days, rounding)
    return Moved(rng.choice(wholes), 0, months, days, rounding)


def an_atom(rng: Random, found: list[Variable], near: int) -> Formula:
    if rng.random() < 0.05:
        return rng.choice([HOLDS, FAILS])
    variable = rng.choice(found)
    if isinstance(variable, Choice):
        return In(variable, rng.randint(0, (1 << len(variable.words)) - 1))
    wholes = [one for one in found if isinstance(one, Whole)]
    first: Moved | None
    last: Moved | None
    if rng.random() < 0.5:  # a variable compared with a day near it
        middle, first = Moved(variable), Moved(None, rng.randint(variable.low, variable.high))
        last = Moved(None, first.base + rng.randint(0, 3))
    else:
        middle, first, last = (a_moved(rng, wholes, near) for _ in range(3))
    if rng.random() < 0.2:  # an age: two bounds that move with one birth date
        first = Moved(first.variable, first.base, first.months, first.days, Rounding.ROLL)
        last = Moved(first.variable, first.base, first.months + 1, -1, Rounding.ROLL)
    return Within(middle, first if rng.random() < 0.7 else None, last if rng.random() < 0.7 else None)


def a_formula(rng: Random, found: list[Variable], near: int, depth: int = 3) -> Formula:
    kind = rng.random()
    if depth == 0 or kind < 0.1:
        return an_atom(rng, found, near)
    if kind < 0.25:
        return Inverse(a_formula(rng, found, near, depth - 1))
    parts = tuple(a_formula(rng, found, near, depth - 1) for _ in range(rng.randint(1, 3)))
    if kind < 0.55:
        return And(parts)
    return Or(parts) if kind < 0.85 else AtLeast(rng.randint(0, len(parts) + 1), parts)


def a_case(rng: Random, *, constrained: bool) -> tuple[int, list[Variable], Formula, tuple[Formula, ...]]:
    """A day, variables, a formula, and constraints that leave a world."""
    near = rng.choice(NEAR)
    on = near + rng.randint(-8, 8)
    while True:
        found = some_variables(rng, near)
        constraints = tuple(a_formula(rng, found, near, 2) for _ in range(rng.randint(1, 3) if constrained else 0))
        if any(True for _ in allowed(found, constraints, on)):
            return on, found, a_formula(rng, found, near), constraints


def a_dated_case(rng: Random) -> tuple[int, list[Variable], Formula, tuple[Formula, ...]]:
    """A day, days near it and a word, a formula that compares them with the day asked, and constraints."""
    near, months = rng.choice([*NEAR, *NEAR, FIRST_DAY + 12, LAST_DAY - 12]), rng.choice([0, 0, 1, -1, 12])
    moves = [(0, 0), (0, rng.randint(-3, 3)), (months, 0), (months, rng.randint(-2, 2))][: rng.randint(1, 4)]
    lows = [near + rng.randint(-9, 4) for _ in range(rng.randint(1, 3))]
    wholes = [Whole(f"v{index}", low, low + rng.randint(0, 5)) for index, low in enumerate(lows)]
    word = a_choice(rng, "word")
    constraints = (_of_days(rng, wholes, word, moves[:2], near, 1) for _ in range(rng.choice([0, 0, 1, 2])))
    return near, [*wholes, word], _of_days(rng, wholes, word, moves, near, 3), tuple(constraints)


def _of_days(
    rng: Random, wholes: list[Whole], word: Choice, moves: list[tuple[int, int]], near: int, depth: int
) -> Formula:
    kind = rng.random()
    if depth and kind < 0.7:
        parts = tuple(_of_days(rng, wholes, word, moves, near, depth - 1) for _ in range(rng.randint(2, 3)))
        return rng.choice([And(parts), Or(parts), AtLeast(2, parts)])
    if kind < 0.8:
        return Inverse(_of_days(rng, wholes, word, moves, near, 0))
    if kind < 0.85:
        return In(word, rng.randint(1, 7))
    move, sides = rng.choice(moves), []
    for _ in range(3):
        variable = rng.choice([*wholes, ASKED, ASKED, None])
        months, days = rng.choice([move, move, rng.choice(moves)])
        base = near + rng.randint(-9, 9) if variable is None else 0
        sides.append(Moved(variable, base, months, days, rng.choice(list(Rounding))))
    middle, first, last = sides
    return Within(middle, first if rng.random() < 0.6 else None, last if rng.random() < 0.6 else None)


def narrowed(rng: Random, found: list[Variable]) -> dict[Variable, Variable]:
    """For each variable one that can be less, as if something more had been told."""
    told: dict[Variable, Variable] = {}
    for one in found:
        if isinstance(one, Choice):
            some = [bit for bit in values(one) if rng.random() < 0.6] or [rng.choice(values(one))]
            told[one] = Choice(one.name, one.words, sum(some))
        else:
            low = rng.randint(one.low, one.high)
            told[one] = Whole(one.name, low, rng.randint(low, one.high))
    return told


def replaced(formula: Formula, told: dict[Variable, Variable]) -> Formula:
    """The same formula over other variables."""
    match formula:
        case And(parts) | Or(parts):
            return type(formula)(tuple(replaced(part, told) for part in parts))
        case AtLeast(least, parts):
            return AtLeast(least, tuple(replaced(part, told) for part in parts))
        case Inverse(part):
            return Inverse(replaced(part, told))
        case In(choice, mask):
            return In(told[choice], mask)
        case Within(middle, first, last):
            return Within(
                *(
                    moved and replace(moved, variable=told.get(moved.variable, moved.variable))
                    for moved in (middle, first, last)
                )
            )
        case _:
            return formula


# --- by definition, without any of the engine ------------------------------------------------------------------


def values(variable: Variable) -> list[int]:
    if isinstance(variable, Choice):
        return [1 << index for index in range(len(variable.words)) if variable.possible >> index & 1]
    return list(range(variable.low, variable.high + 1))


def true_in(formula: Formula, world: dict[Variable, int], on: int) -> bool:
    match formula:
        case And(parts) | Or(parts) | AtLeast(_, parts):
            least = len(parts) if isinstance(formula, And) else 1 if isinstance(formula, Or) else formula.least
            return sum(true_in(part, world, on) for part in parts) >= least
        case Inverse(part):
            return not true_in(part, world, on)
        case In(choice, mask):
            return world[choice] & mask != 0
        case Settled(holds):
            return holds
        case Within(middle, first, last):
            days = [day_of(moved, world, on) for moved in (first, middle, last) if moved is not None]
            return days == sorted(days)


def day_of(moved: Moved, world: dict[Variable, int], on: int) -> int:
    if moved.variable is None:
        return moved.at(moved.base)
    return moved.at(on if moved.variable is ASKED else world[moved.variable])


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
