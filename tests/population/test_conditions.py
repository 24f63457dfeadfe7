"""Conditions: joined without repeating themselves, and the same whether their comparisons are shared or not."""

import random
from collections import Counter
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.population.conditions import (
    Compared,
    How,
    all_of,
    any_of,
    at_least,
    comparisons,
    expression,
    marked,
)
from safeconduct.population.counting import counted
from safeconduct.population.engines import frame_of, rows_of

A, B, C = (Compared(column=name, how=How.IS, value=True) for name in "abc")

#    made                          is
JOINED = [
    (all_of([]),                   True),
    (any_of([]),                   False),
    (all_of([A, True]),            A),
    (all_of([A, False]),           False),
    (any_of([A, True]),            True),
    (any_of([A, False, A]),        A),
    (all_of([A, all_of([B, C])]),  all_of([A, B, C])),
    (at_least(1, [A, B]),          any_of([A, B])),
    (at_least(2, [A, B]),          all_of([A, B])),
    (at_least(0, [A]),             True),
    (at_least(3, [A, B]),          False),
]  # fmt: skip


@pytest.mark.parametrize(("made", "expected"), JOINED)
def test_what_is_constant_or_twice_is_left_out(made, expected):
    assert made == expected


COMPARED = [
    Compared(column="word", how=How.IS, value="x"),
    Compared(column="word", how=How.IS_NOT, value="x"),
    Compared(column="day", how=How.AT_LEAST, value=date(2000, 1, 1)),
    Compared(column="day", how=How.AT_MOST, value=date(2000, 1, 1)),
    Compared(column="flag", how=How.IS, value=True),
    Compared(column="flag", how=How.IS, value=False),
]
CONDITIONS = st.recursive(
    st.sampled_from(COMPARED), lambda inner: st.lists(inner, min_size=2, max_size=3).flatmap(
        lambda parts: st.sampled_from([all_of(parts), any_of(parts)])
    ), max_leaves=12,
)  # fmt: skip
PEOPLE = pl.DataFrame(
    [(word, day, flag) for word in ("x", "y", None) for day in (date(1999, 1, 1), date(2001, 1, 1), None)
     for flag in (True, False, None)],
    schema={"word": pl.String, "day": pl.Date, "flag": pl.Boolean}, orient="row",
)  # fmt: skip


def holds(condition, row):
    """The meaning, person by person: None is not certain."""
    if isinstance(condition, bool):
        return condition
    if isinstance(condition, Compared):
        value = row[condition.column]
        if value is None:
            return False
        return {
            How.IS: value == condition.value, How.IS_NOT: value != condition.value,
            How.AT_LEAST: not isinstance(value, (str, bool)) and value >= condition.value,
            How.AT_MOST: not isinstance(value, (str, bool)) and value <= condition.value,
        }[condition.how]  # fmt: skip
    return (all if condition.every else any)(holds(part, row) for part in condition.parts)


@given(st.lists(CONDITIONS, min_size=1, max_size=8))
def test_shared_or_not_a_condition_means_the_same(conditions):
    frame = frame_of(PEOPLE)
    asked = {f"c{at}": one for at, one in enumerate(conditions)}
    plain = rows_of(frame.select(**{name: expression(one) for name, one in asked.items()}))
    shared = rows_of(marked(frame, asked))
    for row, first, second in zip(PEOPLE.iter_rows(named=True), plain, shared, strict=True):
        expected = [holds(one, row) for one in conditions]
        assert [one is True for one in first] == expected
        assert [one is True for one in second] == expected


def test_counts_are_the_same_on_every_engine(engine):
    """Comparisons that stand in many places get a column of their own: the counts must not move."""
    chance = random.Random(4)
    conditions = [any_of([COMPARED[0], all_of(chance.sample(COMPARED, 3))]) for _ in range(12)] + [True, False]
    assert max(Counter(one for each in conditions for one in comparisons(each)).values()) > 2
    everybody = pl.concat([PEOPLE] * 5)
    rows = list(everybody.iter_rows(named=True))
    found = counted((frame_of(engine(everybody)),), conditions, ("word",))
    assert [group.values for group in found] == [("",), ("x",), ("y",)]
    for group in found:
        mine = [row for row in rows if (row["word"] or "") == group.values[0]]
        assert group.people == len(mine)
        assert list(group.counts) == [sum(holds(one, row) for row in mine) for one in conditions]


def test_nobody_is_counted_in_an_empty_frame():
    (found,) = counted((frame_of(PEOPLE.clear()),), [COMPARED[0], True], ())
    assert (found.people, found.counts) == (0, (0, 0))
    assert counted((frame_of(PEOPLE.clear()),), [COMPARED[0]], ("word",)) == []
