"""Prime implicants: exactly the largest boxes, so that what is possible needs one comparison for each."""

from datetime import date
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.rules.cells import literals, range_of
from safeconduct.rules.formula import ASKED, FAILS, HOLDS, And, AtLeast, Choice, In, Inverse, Moved, Or, Whole, Within
from safeconduct.rules.implicants import AT_MOST, Implicants, Literal, implicants
from safeconduct.rules.kleene import NO, UNKNOWN, YES, residual
from safeconduct.values.days import Rounding
from tests.rules.small import a_case, allowed, true_in, values

SEEDS = st.integers(min_value=0, max_value=2**32)
A, B, C = (Choice(name, ("yes", "no"), 0b11) for name in "abc")
FITNESS = Choice("fitness", ("A", "B", "V"), 0b111)
NUMBER = Whole("number", 0, 9)


def is_yes(choice):
    return In(choice, 0b01)


def yes(choice):
    return Literal(variable=choice, mask=0b01)


def no(choice):
    return Literal(variable=choice, mask=0b10)


def words(mask):
    return Literal(variable=FITNESS, mask=mask)


def numbers(*spans):
    return Literal(variable=NUMBER, spans=spans)


def between(low, high):
    return Within(Moved(NUMBER), Moved(None, low), Moved(None, high))


#    formula                                              yes                                  no
CASES = [
    (HOLDS,                                               [()],                                []),
    (FAILS,                                               [],                                  [()]),
    (is_yes(A),                                           [(yes(A),)],                         [(no(A),)]),
    (And((is_yes(A), is_yes(B))),                         [(yes(A), yes(B))],                  [(no(A),), (no(B),)]),
    (Or((is_yes(A), Inverse(is_yes(A)))),                 [()],                                []),
    # "a and b, or not a and c" also holds where b and c do, whatever a is.
    (Or((And((is_yes(A), is_yes(B))), And((Inverse(is_yes(A)), is_yes(C))))),
     [(yes(A), yes(B)), (no(A), yes(C)), (yes(B), yes(C))],
     [(yes(A), no(B)), (no(A), no(C)), (no(B), no(C))]),
    (AtLeast(2, (is_yes(A), is_yes(B), is_yes(C))),
     [(yes(A), yes(B)), (yes(A), yes(C)), (yes(B), yes(C))],
     [(no(A), no(B)), (no(A), no(C)), (no(B), no(C))]),
    (Or((In(FITNESS, 0b011), And((In(FITNESS, 0b100), is_yes(A))))),
     [(words(0b011),), (yes(A),)],
     [(words(0b100), no(A))]),
    (And((Or((between(2, 3), between(6, 9))), Inverse(between(7, 7)))),
     [(numbers((2, 3), (6, 6), (8, 9)),)],
     [(numbers((0, 1), (4, 5), (7, 7)),)]),
    (Or((between(2, 4), between(5, 6))),
     [(numbers((2, 6)),)],
     [(numbers((0, 1), (7, 9)),)]),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "on_yes", "on_no"), CASES)
def test_the_largest_boxes_are_found(formula, on_yes, on_no):
    found = implicants(formula, 0)
    assert (set(found.yes), set(found.no)) == (set(on_yes), set(on_no))
    assert (len(found.yes), len(found.no)) == (len(on_yes), len(on_no))


def test_an_age_on_a_day_becomes_two_birth_dates():
    on = date(2023, 12, 12).toordinal()
    birth = Whole("birth", date(1900, 1, 1).toordinal(), date(2023, 12, 31).toordinal())
    aged = Within(Moved(ASKED), Moved(birth, 0, 216, 0, Rounding.ROLL), Moved(birth, 0, 360, -1, Rounding.ROLL))
    (((literal),),) = implicants(aged, on).yes
    assert literal.spans == ((date(1993, 12, 13).toordinal(), date(2005, 12, 12).toordinal()),)


#    what is possible                          value
SITUATIONS = [
    ({A: 0b01, NUMBER: (3, 3)},                YES),
    ({A: 0b11, NUMBER: (2, 5)},                YES),
    ({A: 0b01, NUMBER: (2, 6)},                UNKNOWN),
    ({A: 0b10, NUMBER: (6, 9)},                NO),
    ({A: 0b10},                                UNKNOWN),
    ({NUMBER: (7, 9)},                         UNKNOWN),
    ({A: 0b01, NUMBER: (8, 9)},                NO),
    ({A: 0b01, NUMBER: (7, 7)},                YES),
    ({},                                       UNKNOWN),
]  # fmt: skip


@pytest.mark.parametrize(("possible", "expected"), SITUATIONS)
def test_what_is_possible_is_compared_with_each_box(possible, expected):
    formula = Or((between(2, 5), And((is_yes(A), between(7, 7)))))
    assert implicants(formula, 0).value(possible) == expected


def test_a_box_with_no_gap_between_its_spans_is_one_span():
    (box,) = implicants(Or((between(0, 2), between(3, 5), between(8, 9))), 0).yes
    assert box == (numbers((0, 5), (8, 9)),)


def test_an_atom_about_two_variables_is_not_for_boxes():
    other = Whole("other", 3, 12)
    assert implicants(And((is_yes(A), Within(Moved(NUMBER), None, Moved(other)))), 0) is None


def pairs(number):
    """One of each of so many pairs: two to that power of prime implicants."""
    facts = [Choice(f"c{index}", ("yes", "no"), 0b11) for index in range(2 * number)]
    return And(tuple(Or((is_yes(one), is_yes(two))) for one, two in zip(facts[::2], facts[1::2], strict=True)))


#    pairs  found
LIMITS = [
    (6,     True),   # 64
    (7,     False),  # 128
    (12,    False),  # 4096
]  # fmt: skip


#    of 8   found
COUNTS = [
    (2,     True),   # 28 on the one side, 8 on the other
    (3,     True),   # 56 and 28
    (4,     False),  # 70 and 56
    (5,     False),  # 56 and 70
    (6,     True),   # 28 and 56
]  # fmt: skip


@pytest.mark.parametrize(("least", "found"), COUNTS)
def test_both_sides_count_towards_the_limit(least, found):
    facts = [is_yes(Choice(f"c{index}", ("yes", "no"), 0b11)) for index in range(8)]
    assert (implicants(AtLeast(least, tuple(facts)), 0) is not None) is found


@pytest.mark.parametrize(("number", "found"), LIMITS)
@pytest.mark.parametrize("turn", [lambda formula: formula, Inverse])
def test_beyond_64_there_is_no_list(number, found, turn):
    result = implicants(turn(pairs(number)), 0)
    assert (result is not None) is found
    assert result is None or max(len(result.yes), len(result.no)) == AT_MOST


def boxes(variables):
    """Every box of words and of numbers there is."""
    sides = []
    for variable in variables:
        all_values = values(variable)
        chosen = range(1, 1 << len(all_values))
        sides.append([frozenset(v for i, v in enumerate(all_values) if some >> i & 1) for some in chosen])
    return list(product(*sides))


def as_box(box, variables):
    """A box of literals as the sets of values that it allows."""
    by_variable = {literal.variable: literal for literal in box}

    def allows(variable, number):
        literal = by_variable.get(variable)
        if literal is None:
            return True
        if isinstance(variable, Choice):
            return bool(literal.mask & number)
        return any(first <= number <= last for first, last in literal.spans)

    return tuple(frozenset(v for v in values(variable) if allows(variable, v)) for variable in variables)


def a_case_with_few_boxes(rng):
    while True:
        on, found, formula, _ = a_case(rng, constrained=False)
        if sum(len(values(one)) for one in found) <= 9:
            return on, found, formula


@settings(max_examples=150)
@given(SEEDS)
def test_they_are_all_of_the_largest_boxes_and_nothing_else(seed):
    on, found, formula = a_case_with_few_boxes(Random(seed))
    everything = boxes(found)
    result = implicants(formula, on)
    if result is None:
        left = literals(residual(formula, on))
        assert any(isinstance(atom, Within) and range_of(atom) is None for atom, _ in left)
        return
    table = {tuple(world.values()): true_in(formula, world, on) for world in allowed(found, (), on)}
    for goal, told in ((True, result.yes), (False, result.no)):
        inside = [box for box in everything if all(table[place] is goal for place in product(*box))]
        largest = {
            box
            for box in inside
            if not any(box != other and all(a <= b for a, b in zip(box, other, strict=True)) for other in inside)
        }
        assert {as_box(box, found) for box in told} == largest
        assert len(told) == len(largest)


@settings(max_examples=150)
@given(SEEDS)
def test_somebody_of_whom_more_is_known_gets_the_exact_answer(seed):
    rng = Random(seed)
    on, found, formula, _ = a_case(rng, constrained=False)
    result = implicants(formula, on)
    for _ in range(10 if result is not None else 0):
        possible = {one: some_of(rng, one) for one in found if rng.random() < 0.8}
        answers = {true_in(formula, world, on) for world in allowed(found, (), on) if fits(world, possible)}
        assert result.value(possible) == (UNKNOWN if len(answers) == 2 else YES if True in answers else NO)


def some_of(rng, variable):
    if isinstance(variable, Choice):
        return sum(rng.sample(values(variable), rng.randint(1, len(values(variable)))))
    low = rng.randint(variable.low, variable.high)
    return low, rng.randint(low, variable.high)


def fits(world, possible):
    return all(
        bool(world[variable] & told) if isinstance(told, int) else told[0] <= world[variable] <= told[1]
        for variable, told in possible.items()
    )


def test_a_list_of_nothing_is_unknown():
    assert Implicants(yes=(), no=()).value({}) == UNKNOWN
