"""Days of change: no day is missed on which the answer differs, and not many are named in vain."""

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.rules.breakpoints import days_of_change
from safeconduct.rules.certainty import decide
from safeconduct.rules.formula import ASKED, HOLDS, And, Choice, In, Inverse, Moved, Or, Whole, Within
from safeconduct.values.days import LAST_DAY, Rounding
from tests.rules.small import a_dated_case, allowed, true_in

SEEDS = st.integers(min_value=0, max_value=2**32)


def day(text):
    return date.fromisoformat(text).toordinal()


def on(text):
    return Moved(None, day(text))


def days(name, first, last):
    return Whole(name, day(first), day(last))


BORN = days("birth", "1993-05-14", "1993-05-14")
BORN_1993 = days("birth", "1993-01-01", "1993-12-31")
LEAP = days("birth", "2004-02-29", "2004-02-29")
LEFT = days("left", "2022-09-24", "2022-10-31")
ENLISTED = days("enlisted", "2022-09-21", "2022-10-20")
OPEN = Whole("open", day("2023-01-10"), LAST_DAY)
STUDENT = In(Choice("student", ("yes", "no"), 0b11), 1)
TODAY = Moved(ASKED)


def aged(variable, least, under):
    year = Rounding.ROLL
    return Within(TODAY, Moved(variable, 0, 12 * least, 0, year), Moved(variable, 0, 12 * under, -1, year))


#    formula                                                           from          to            days of change
CASES = [
    (HOLDS,                                                            "2022-01-01", "2024-01-01", []),
    (STUDENT,                                                          "2022-01-01", "2024-01-01", []),
    (Within(Moved(LEFT), on("2022-10-01"), None),                      "2022-01-01", "2024-01-01", []),
    (Within(TODAY, on("2022-10-01"), on("2023-03-31")),                "2022-01-01", "2024-01-01",
     ["2022-10-01", "2023-04-01"]),
    (Within(TODAY, on("2022-10-01"), on("2023-03-31")),                "2022-10-01", "2023-03-31", []),
    (Inverse(Within(on("2022-10-01"), None, Moved(ASKED, 0, -1, 0))),  "2022-01-01", "2024-01-01", ["2022-11-01"]),
    (aged(BORN, 30, 31),                                               "2022-01-01", "2024-12-31",
     ["2023-05-14", "2024-05-14"]),
    (aged(LEAP, 18, 19),                                               "2022-01-01", "2024-12-31",
     ["2022-03-01", "2023-03-01"]),
    (aged(BORN_1993, 30, 31),                                          "2022-01-01", "2024-12-31",
     ["2023-01-01", "2023-12-31", "2024-01-01", "2024-12-31"]),
    (Within(Moved(LEFT), None, TODAY),                                 "2022-01-01", "2024-01-01",
     ["2022-09-24", "2022-10-31"]),
    (Within(TODAY, Moved(LEFT), Moved(LEFT, 0, 0, 10)),                "2022-01-01", "2024-01-01",
     ["2022-09-24", "2022-10-05", "2022-10-31", "2022-11-11"]),
    (Within(Moved(OPEN), None, TODAY),                                 "2022-01-01", "2024-01-01", ["2023-01-10"]),
    # A range cut by a constant: certain once the day asked has passed the cut.
    (Or((Within(TODAY, Moved(LEFT), None), Within(Moved(LEFT), on("2022-10-05"), None))),
     "2022-01-01", "2024-01-01", ["2022-09-24", "2022-10-04", "2022-10-05", "2022-10-31"]),
    # The day asked compared with itself: a month has 28 days from 31 January until the end of February.
    (Within(Moved(ASKED, 0, 1, 0, Rounding.CLIP), None, Moved(ASKED, 0, 0, 28)), "2023-01-20", "2023-03-10",
     ["2023-01-31", "2023-03-01"]),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "first", "last", "expected"), CASES)
def test_days_of_change_are_these(formula, first, last, expected):
    assert [date.fromordinal(found).isoformat() for found in days_of_change(formula, day(first), day(last))] == expected


IN_ORDER = (Within(Moved(ENLISTED), None, Moved(LEFT)),)


def test_a_constraint_moves_the_day_on_which_it_is_certain():
    gone = Within(Moved(ENLISTED), None, TODAY)
    late = (Within(Moved(LEFT), None, on("2022-10-10")), *IN_ORDER)
    assert decide(gone, day("2022-10-09"), late) != decide(gone, day("2022-10-10"), late)
    assert day("2022-10-10") in days_of_change(gone, day("2022-01-01"), day("2024-01-01"), late)


def test_between_ordered_events_few_days_are_named():
    formula = And((Within(Moved(ENLISTED), None, TODAY), Within(TODAY, None, Moved(LEFT, 0, 0, 10)), STUDENT))
    assert len(days_of_change(formula, day("2022-01-01"), day("2024-01-01"), IN_ORDER)) <= 30


def test_a_month_between_events_makes_a_few_days_more():
    within_a_month = Within(Moved(LEFT), None, Moved(ENLISTED, 0, 1, 0))
    formula = And((within_a_month, Within(TODAY, None, Moved(LEFT))))
    found = days_of_change(formula, day("2022-01-01"), day("2024-01-01"))
    assert 2 <= len(found) <= 20
    assert set(found) <= set(range(day("2022-09-25"), day("2022-11-01") + 1))


def test_over_a_month_and_a_month_and_a_day_are_one_place():
    over_a_month = Within(TODAY, Moved(LEFT, 0, 1, 1), None)
    not_yet = Within(TODAY, None, Moved(LEFT, 0, 1, 0))
    found = days_of_change(Or((And((over_a_month, STUDENT)), not_yet)), day("2022-01-01"), day("2024-01-01"))
    assert found == (day("2022-10-25"), day("2022-12-01"))


def test_where_months_lead_in_a_circle_every_day_in_the_range_counts():
    after_a_month = Within(Moved(LEFT), Moved(ENLISTED, 0, 1, 0), None)
    within_30_days = Within(Moved(LEFT), None, Moved(ENLISTED, 0, 0, 30))
    formula = And((after_a_month, within_30_days, Within(TODAY, None, Moved(LEFT))))
    found = days_of_change(formula, day("2022-01-01"), day("2024-01-01"))
    assert found == tuple(range(day("2022-09-25"), day("2022-11-01") + 1))
    itself = Within(Moved(LEFT, 0, 1, 0), None, Moved(LEFT, 0, 0, 30))
    found = days_of_change(And((itself, Within(TODAY, None, Moved(LEFT)))), day("2022-01-01"), day("2024-01-01"))
    assert found == tuple(range(day("2022-09-25"), day("2022-11-01") + 1))


def test_days_between_events_open_to_the_future_make_a_few_days():
    since, until = Whole("since", day("2022-09-24"), LAST_DAY), Whole("until", day("2022-09-24"), LAST_DAY)
    late = Within(Moved(until), Moved(since, 0, 0, 31), None)
    known = Within(Moved(since), None, on("2023-05-01"))
    formula = And((late, known, Within(Moved(until), None, TODAY)))
    found = days_of_change(formula, day("2022-01-01"), day("2025-01-01"))
    assert {day("2022-10-25")} <= set(found)
    assert len(found) <= 20


def test_where_chains_are_too_many_they_add_no_more_than_all_of_them():
    many = [Whole(f"e{index}", day("2022-09-24"), LAST_DAY) for index in range(8)]
    pairs = [
        Within(Moved(one), Moved(other, 0, 0, index), None) for index, one in enumerate(many) for other in many[:index]
    ]
    formula = And((*pairs, Within(Moved(many[0]), None, TODAY)))
    found = days_of_change(formula, day("2022-01-01"), day("2022-12-31"))
    assert day("2022-09-24") in found
    assert len(found) < 60


def test_at_the_end_of_all_days_places_may_meet():
    late = Whole("late", LAST_DAY - 60, LAST_DAY)
    month, week = Moved(late, 0, 1, 0), Moved(late, 0, 0, 7)
    formula = And((Within(TODAY, month, None), Within(TODAY, None, week)))
    found = days_of_change(formula, LAST_DAY - 40, LAST_DAY)
    assert found == tuple(range(LAST_DAY - 39, LAST_DAY + 1))


def test_places_that_can_meet_are_watched_every_day():
    formula = And((Within(TODAY, Moved(LEFT, 0, 1, 0), None), Within(TODAY, None, Moved(LEFT, 0, 0, 30))))
    found = days_of_change(formula, day("2022-01-01"), day("2024-01-01"))
    assert found == tuple(range(day("2022-10-24"), day("2022-12-01") + 1))


@settings(max_examples=100)
@given(SEEDS)
def test_no_day_is_missed(seed):
    near, found, formula, constraints = a_dated_case(Random(seed))
    first, last = near - 12, near + 12
    named = set(days_of_change(formula, first, last, constraints))
    assert all(first < one <= last for one in named)

    def answers(asked):
        return {true_in(formula, world, asked) for world in allowed(found, constraints, asked)}

    for asked in set(range(first + 1, last + 1)) - named:
        assert answers(asked) == answers(asked - 1)
