"""Kleene's tables over formulas, and what is left of a formula when what is decided is taken out."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.rules.formula import (
    ASKED,
    FAILS,
    HOLDS,
    And,
    AtLeast,
    Choice,
    In,
    Inverse,
    Moved,
    Or,
    Settled,
    Whole,
    Within,
)
from safeconduct.rules.kleene import NO, UNKNOWN, YES, asks_the_day, mapped, residual, value, variables
from safeconduct.rules.world import holds
from safeconduct.values.days import FIRST_DAY, LAST_DAY, Rounding
from safeconduct.values.truth import Truth
from tests.rules.small import a_case, allowed, narrowed, replaced, true_in, truth

SEEDS = st.integers(min_value=0, max_value=2**32)


def day(text):
    return date.fromisoformat(text).toordinal()


def days(name, first, last):
    return Whole(name, day(first), day(last))


def on(text):
    return Moved(None, day(text))


ON = day("2023-12-12")
U = In(Choice("u", ("a", "b"), 0b11), 0b01)
V = In(Choice("v", ("a", "b"), 0b11), 0b10)
Y, N = HOLDS, FAILS


def test_values_are_those_of_truth():
    assert [Truth(number) for number in (NO, UNKNOWN, YES)] == [Truth.NO, Truth.UNKNOWN, Truth.YES]


#  a  b  and      or
PAIRS = [
    (Y, Y, YES,     YES),
    (Y, U, UNKNOWN, YES),
    (Y, N, NO,      YES),
    (U, V, UNKNOWN, UNKNOWN),
    (U, N, NO,      UNKNOWN),
    (N, N, NO,      NO),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "both", "either"), PAIRS)
def test_connectives_follow_the_strong_tables(a, b, both, either):
    assert (value(And((a, b)), ON), value(And((b, a)), ON)) == (both, both)
    assert (value(Or((a, b)), ON), value(Or((b, a)), ON)) == (either, either)


@pytest.mark.parametrize(("part", "opposite"), [(Y, NO), (U, UNKNOWN), (N, YES)])
def test_the_inverse_of_unknown_is_unknown(part, opposite):
    assert value(Inverse(part), ON) == opposite


def test_all_of_nothing_holds_and_some_of_nothing_fails():
    assert (value(And(()), ON), value(Or(()), ON)) == (YES, NO)


#  least  parts            value
COUNTS = [
    (0,  (),               YES),
    (1,  (),               NO),
    (-1, (N,),             YES),
    (1,  (N, Y, N),        YES),
    (2,  (N, Y, N),        NO),
    (2,  (Y, U, N),        UNKNOWN),
    (2,  (Y, N, Y, U),     YES),
    (2,  (U, N, N, Y),     UNKNOWN),
    (3,  (U, V, N),        NO),
    (3,  (U, V, Y),        UNKNOWN),
    (4,  (U, V, Y),        NO),
    (2,  (N, N, U),        NO),
]  # fmt: skip


@pytest.mark.parametrize(("least", "parts", "expected"), COUNTS)
def test_counting_knows_what_is_certain_and_what_is_possible(least, parts, expected):
    assert value(AtLeast(least, parts), ON) == expected


#  possible  mask   value
MASKS = [
    (0b111,  0b111, YES),
    (0b111,  0b001, UNKNOWN),
    (0b110,  0b001, NO),
    (0b010,  0b011, YES),
    (0b111,  0b000, NO),
]  # fmt: skip


@pytest.mark.parametrize(("possible", "mask", "expected"), MASKS)
def test_a_word_is_unknown_only_while_words_of_both_kinds_are_possible(possible, mask, expected):
    assert value(In(Choice("c", ("a", "b", "c"), possible), mask), ON) == expected


BORN_1993 = days("birth", "1993-01-01", "1993-12-31")
BORN = days("birth", "1993-12-12", "1993-12-12")
LEAP = days("birth", "2004-02-29", "2004-02-29")
EVENT = days("event", "2022-09-21", "2022-10-15")
JANUARY = days("event", "2023-01-28", "2023-01-31")


def years(variable, number, less=0):
    return Moved(variable, 0, 12 * number, -less, Rounding.ROLL)


def aged(variable, least, under, asked=None):
    return Within(asked or Moved(ASKED), years(variable, least), years(variable, under, less=1))


#    what is asked                                                                        value
RANGES = [
    (Within(Moved(EVENT), on("2022-09-21"), on("2022-10-15")),                            YES),
    (Within(Moved(EVENT), on("2022-09-22"), on("2022-10-15")),                            UNKNOWN),
    (Within(Moved(EVENT), on("2022-09-21"), on("2022-10-14")),                            UNKNOWN),
    (Within(Moved(EVENT), on("2022-10-16"), None),                                        NO),
    (Within(Moved(EVENT), None, on("2022-09-20")),                                        NO),
    (Within(Moved(EVENT), None, None),                                                    YES),
    (Within(Moved(EVENT), None, Moved(ASKED)),                                            YES),
    (Within(Moved(ASKED), None, Moved(EVENT)),                                            NO),
    (Within(Moved(ASKED), Moved(EVENT), Moved(EVENT, 0, 15, -2)),                         YES),
    (Within(Moved(EVENT), on("2022-10-02"), on("2022-10-01")),                            NO),
    (aged(BORN_1993, 18, 30),                                                             UNKNOWN),
    (aged(BORN_1993, 18, 31),                                                             YES),
    (aged(BORN, 18, 30),                                                                  NO),
    (aged(BORN, 30, 31),                                                                  YES),
    (aged(BORN_1993, 31, 40),                                                             NO),
    (aged(LEAP, 18, 19, asked=on("2022-02-28")),                                          NO),
    (aged(LEAP, 18, 19, asked=on("2022-03-01")),                                          YES),
    # No birth date gives both: the bounds move with one variable.
    (Within(Moved(ASKED), years(BORN_1993, 30), years(BORN_1993, 30, less=1)),            NO),
    # Nor does any day of January lead to these two by one month.
    (Within(Moved(JANUARY, 0, 1, 0, Rounding.CLIP), on("2023-03-01"), on("2023-03-02")),  NO),
    (Within(Moved(JANUARY, 0, 1, 0, Rounding.ROLL), on("2023-03-01"), on("2023-03-02")),  UNKNOWN),
    (Within(Moved(JANUARY, 0, 1, -1, Rounding.ROLL), on("2023-02-25"), on("2023-02-26")), NO),
    # One variable on both sides: sound, and left to the solver.
    (Within(Moved(JANUARY, 0, 1, 0), on("2000-01-01"), Moved(JANUARY, 0, 0, 30)),         UNKNOWN),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "expected"), RANGES)
def test_a_range_of_days_is_unknown_only_where_it_straddles_a_bound(formula, expected):
    assert value(formula, ON) == expected


def test_the_day_asked_decides():
    reached = Within(Moved(ASKED), years(BORN, 30), None)
    assert [value(reached, day(text)) for text in ("2023-12-11", "2023-12-12")] == [NO, YES]


def test_a_range_open_to_the_future_is_kept_within_the_days_that_are_known():
    ever = Whole("ever", FIRST_DAY, LAST_DAY)
    assert value(Within(Moved(ever, 0, 1200, 0), None, Moved(None, LAST_DAY)), ON) == YES


#  formula                                                        what is left
LEFT = [
    (And((Y, U)),                                                 U),
    (And((Y, Y)),                                                 HOLDS),
    (And((U, N)),                                                 FAILS),
    (And((Y, U, V)),                                              And((U, V))),
    (And((U, And((V, Y)))),                                       And((U, V))),
    (Or((U, Or((V, N)))),                                         Or((U, V))),
    (Or((N, U)),                                                  U),
    (Or((U, Y)),                                                  HOLDS),
    (Inverse(Inverse(U)),                                         U),
    (Inverse(N),                                                  HOLDS),
    (AtLeast(2, (Y, U, V)),                                       Or((U, V))),
    (AtLeast(3, (Y, U, V)),                                       And((U, V))),
    (AtLeast(1, (Y, U)),                                          HOLDS),
    (AtLeast(3, (N, U, V)),                                       FAILS),
    (AtLeast(2, (N, U, V, Inverse(U))),                           AtLeast(2, (U, V, Inverse(U)))),
    (Settled(holds=True),                                         HOLDS),
    (In(Choice("one", ("a", "b"), 0b01), 0b01),                   HOLDS),
    # Written as a range of the only variable.
    (Within(on("2022-10-01"), None, Moved(EVENT, 0, 0, 5)),       Within(Moved(EVENT), on("2022-09-26"), None)),
    (Within(on("2022-10-01"), Moved(EVENT, 0, 0, 5), None),       Within(Moved(EVENT), None, on("2022-09-26"))),
    (Within(Moved(EVENT, 0, 1), on("2022-11-01"), None),          Within(Moved(EVENT), on("2022-10-01"), None)),
    (Within(Moved(EVENT), on("2000-01-01"), on("2022-10-01")),    Within(Moved(EVENT), None, on("2022-10-01"))),
    (Within(Moved(EVENT), Moved(BORN), on("2022-10-01")),         Within(Moved(EVENT), None, on("2022-10-01"))),
    (aged(BORN_1993, 18, 30),                                     Within(Moved(BORN_1993), on("1993-12-13"), None)),
    # Two variables stay as they are, but for what is decided.
    (aged(BORN_1993, 18, 29, asked=Moved(EVENT)),
     Within(Moved(EVENT), None, years(BORN_1993, 29, less=1))),
    (Within(Moved(EVENT, 0, 1), Moved(EVENT, 0, 0, 30), on("2023-12-31")),
     Within(Moved(EVENT, 0, 1), Moved(EVENT, 0, 0, 30), None)),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "left"), LEFT)
def test_what_is_left_holds_nothing_that_is_decided(formula, left):
    assert residual(formula, ON) == left


#  formula                                    where u is settled to hold
CHANGED = [
    (U,                                       HOLDS),
    (V,                                       V),
    (HOLDS,                                   HOLDS),
    (And((U, V, Inverse(V))),                 And((V, Inverse(V)))),
    (And((Inverse(U), V)),                    FAILS),
    (And((And((V, U, Inverse(V))), V)),       And((V, Inverse(V), V))),
    (And((U, U)),                             HOLDS),
    (Or((Inverse(U), V)),                     V),
    (Or((V, U)),                              HOLDS),
    (Or((Inverse(U), Or((V, Inverse(V))))),   Or((V, Inverse(V)))),
    (Or((Inverse(U), Inverse(U))),            FAILS),
    (Inverse(And((U, Inverse(V)))),           V),
    (AtLeast(2, (U, V, Inverse(V))),          Or((V, Inverse(V)))),
    (AtLeast(3, (U, V, V, Inverse(V))),       AtLeast(2, (V, V, Inverse(V)))),
    (AtLeast(2, (Inverse(U), V)),             FAILS),
    (AtLeast(1, (U, V)),                      HOLDS),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "left"), CHANGED)
def test_an_atom_that_is_changed_changes_what_stands_around_it(formula, left):
    assert mapped(formula, lambda atom: HOLDS if atom == U else atom) == left


def test_variables_stand_in_order_of_appearance_each_once_without_the_day_asked():
    formula = Or((V, Inverse(And((U, V))), AtLeast(1, (aged(BORN_1993, 18, 30), Y))))
    assert [variable.name for variable in variables(formula)] == ["v", "u", "birth"]


@pytest.mark.parametrize(
    ("formula", "asks"),
    [(U, False), (Y, False), (And((U, Inverse(aged(BORN, 1, 2)))), True), (AtLeast(1, (Or((U, V)),)), False)],
)
def test_whether_the_day_asked_stands_in_a_formula_is_seen(formula, asks):
    assert asks_the_day(formula) is asks


@given(SEEDS)
def test_what_the_tables_decide_is_so_in_every_world(seed):
    day_asked, found, formula, _ = a_case(Random(seed), constrained=False)
    told = value(formula, day_asked)
    assert told in {UNKNOWN, truth(found, formula, (), day_asked)}


@given(SEEDS)
def test_what_is_left_has_the_same_value_in_every_world(seed):
    day_asked, found, formula, _ = a_case(Random(seed), constrained=False)
    left = residual(formula, day_asked)
    assert (left in {HOLDS, FAILS}) is (value(formula, day_asked) != UNKNOWN)
    for world in allowed(found, (), day_asked):
        assert true_in(left, world, 0) is true_in(formula, world, day_asked)


@given(SEEDS)
def test_a_formula_is_the_same_in_a_world_by_both_evaluations(seed):
    day_asked, found, formula, _ = a_case(Random(seed), constrained=False)
    for world in allowed(found, (), day_asked):
        assert holds(formula, world, day_asked) is true_in(formula, world, day_asked)


@given(SEEDS)
def test_learning_more_never_turns_what_is_decided(seed):
    rng = Random(seed)
    day_asked, found, formula, _ = a_case(rng, constrained=False)
    before, after = value(formula, day_asked), value(replaced(formula, narrowed(rng, found)), day_asked)
    assert before in {after, UNKNOWN}
