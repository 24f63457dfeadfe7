"""What is so on every day of a stretch, against each of its days and each world, by definition."""

from itertools import product
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from safeconduct.rules.breakpoints import days_of_change
from safeconduct.rules.certainty import Worlds
from safeconduct.rules.formula import Whole
from safeconduct.rules.kleene import NO, UNKNOWN, YES
from safeconduct.rules.stretches import value_throughout
from tests.rules.small import a_case, a_dated_case, allowed, true_in, truth, values

SEEDS = st.integers(0, 10**9)


def settled(seed: int, length: int) -> bool:
    """Whether the value of a formula over a stretch is settled; then it is so in every world on each of the days."""
    rng = Random(seed)
    on, found, formula, _ = rng.choice([a_case(rng, constrained=False), a_dated_case(rng)])
    known = {one: rng.choice(values(one)) for one in found if rng.random() < 0.5}
    got = value_throughout(formula, on, on + length, known)
    if got == UNKNOWN:
        return False
    left = [one for one in found if one not in known]
    for day, combination in product(range(on, on + length + 1), product(*map(values, left))):
        world = known | dict(zip(left, combination, strict=True))
        assert true_in(formula, world, day) == (got == YES)
    return True


@settings(max_examples=200)
@given(SEEDS, st.integers(0, 9))
def test_days_that_move_along_with_the_day_asked_are_moved_on_each(seed: int, length: int) -> None:
    rng = Random(seed)
    on, found, formula, _ = a_dated_case(rng)
    world = {one: rng.choice(values(one)) for one in found}
    moving = frozenset(one for one in found if isinstance(one, Whole) and rng.random() < 0.7)
    got = value_throughout(formula, on, on + length, world, moving)
    for later in range(length + 1):
        there = {one: value + later if one in moving else value for one, value in world.items()}
        assert got in (UNKNOWN, YES if true_in(formula, there, on + later) else NO)


@settings(max_examples=200)
@given(SEEDS, st.integers(0, 12))
def test_what_is_said_of_a_stretch_is_so_on_each_day_and_in_every_world(seed: int, length: int) -> None:
    settled(seed, length)


def test_much_is_settled_and_in_a_whole_world_on_one_day_everything() -> None:
    assert sum(settled(seed, 5) for seed in range(300)) > 60
    for seed in range(100):
        on, found, formula, _ = a_case(Random(seed), constrained=False)
        world = {one: values(one)[0] for one in found}
        assert (value_throughout(formula, on, on, world) == YES) == true_in(formula, world, on)


def alike(seed: int) -> int:
    """How many stretches are said to be alike; on all of their days the decision is the same."""
    near, found, formula, constraints = a_dated_case(Random(seed))
    worlds = Worlds(constraints)
    said = 0
    for first in (near, near - 6, near + 3):
        if not any(True for _ in allowed(found, constraints, first)):
            continue
        value = worlds.decided(formula, first).value
        for last in (first + 1, first + 4, first + 9):
            if worlds.alike(formula, first, last):
                said += 1
                for day in range(first, last + 1):
                    if any(True for _ in allowed(found, constraints, day)):
                        assert truth(found, formula, constraints, day) == value
    return said


# At the last day of the calendar "three days later" is the same day.
@example(1705)
@settings(max_examples=100)
@given(SEEDS)
def test_days_that_are_said_to_be_alike_are_answered_alike(seed: int) -> None:
    alike(seed)


def test_stretches_that_stay_unknown_are_among_those_said_to_be_alike() -> None:
    assert sum(alike(seed) for seed in range(60)) > 60


@settings(max_examples=100)
@given(SEEDS)
def test_the_constraints_that_touch_a_formula_are_enough_to_miss_no_day(seed: int) -> None:
    near, found, formula, constraints = a_dated_case(Random(seed))
    first, last = near - 8, near + 8
    named = set(days_of_change(formula, first, last, Worlds(constraints).touching(formula)))
    for asked in set(range(first + 1, last + 1)) - named:
        both = [truth_if_any(found, formula, constraints, day) for day in (asked - 1, asked)]
        assert None in both or both[0] == both[1]


def truth_if_any(found, formula, constraints, day):
    return truth(found, formula, constraints, day) if any(True for _ in allowed(found, constraints, day)) else None
