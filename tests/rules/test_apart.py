"""Worlds that are read off show what they are said to show, and nothing is read off where variables hang together."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.rules.apart import apart
from safeconduct.rules.formula import And, AtLeast, Choice, In, Inverse, Moved, Or, Settled, Whole, Within
from safeconduct.rules.kleene import residual, variables
from safeconduct.rules.world import holds
from tests.rules.small import a_case

WORD, OTHER = Choice("word", ("a", "b", "c"), 0b110), Choice("other", ("yes", "no"), 0b11)
NUMBER, MORE = Whole("number", 1, 9), Whole("more", 0, 5)
B, YES = In(WORD, 0b011), In(OTHER, 0b01)
FROM_4 = Within(Moved(NUMBER), Moved(None, 4), None)
UNTIL_3 = Within(Moved(MORE), None, Moved(None, 3))
BETWEEN = Within(Moved(NUMBER), Moved(None, 2), Moved(None, 8))

#   each variable once
ONCE = [
    B, FROM_4, UNTIL_3, BETWEEN, Inverse(B), Inverse(FROM_4), And((B, FROM_4)), Or((B, Inverse(UNTIL_3))),
    AtLeast(2, (B, FROM_4, Inverse(YES))), Inverse(And((Or((B, YES)), Inverse(BETWEEN)))),
]  # fmt: skip
#   a variable twice, or two in one atom
TIED = [
    And((B, In(WORD, 0b010))),
    Or((FROM_4, Inverse(FROM_4))),
    Within(Moved(NUMBER), Moved(MORE), None),
    And((FROM_4, BETWEEN)),
]


@pytest.mark.parametrize("formula", ONCE, ids=str)
def test_two_worlds_show_that_a_formula_can_hold_and_can_fail(formula):
    worlds = apart(formula)
    assert worlds is not None
    for wanted, world in worlds.items():
        assert set(world) == set(variables(formula))
        assert holds(formula, world, 0) == wanted
        assert all(one.possible & value if isinstance(one, Choice) else one.low <= value <= one.high
                   for one, value in world.items())  # fmt: skip
    assert set(worlds) == {True, False}


@pytest.mark.parametrize("formula", TIED, ids=str)
def test_nothing_is_read_off_where_a_variable_stands_twice_or_two_stand_together(formula):
    assert apart(formula) is None


@settings(max_examples=150)
@given(st.integers(0, 10**9))
def test_what_is_read_off_is_so(seed):
    on, _, formula, _ = a_case(Random(seed), constrained=False)
    left = residual(formula, on)
    if isinstance(left, Settled):
        return
    worlds = apart(left)
    if worlds is not None:
        assert {wanted: holds(left, world, on) for wanted, world in worlds.items()} == {True: True, False: False}
