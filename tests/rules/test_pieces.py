"""The calendar in pieces: where days go that are moved by months, told in runs."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.rules.formula import Moved, Whole
from safeconduct.rules.pieces import offsets, piece_at, pieces, stops
from safeconduct.values.days import FIRST_DAY, LAST_DAY, Rounding
from tests.rules.small import NEAR

SEEDS = st.integers(min_value=0, max_value=2**32)
EDGES = [FIRST_DAY + 15, LAST_DAY - 15, FIRST_DAY + 400, LAST_DAY - 400]


def a_move(rng):
    """A variable anywhere among the days that are known, and a move of it."""
    near = rng.choice([*NEAR, *EDGES, rng.randint(FIRST_DAY, LAST_DAY)])
    low = min(max(near - rng.randint(0, 60), FIRST_DAY), LAST_DAY)
    variable = Whole("day", low, min(low + rng.randint(0, 500), LAST_DAY))
    months = rng.choice([1, -1, 2, 11, 12, -12, 216, -216, 4199, -4199, 5000, -5000])
    return variable, Moved(variable, 0, months, rng.choice([0, 0, 5, -5, 100]), rng.choice(list(Rounding)))


def day_in(piece, number):
    return piece.day if piece.offset is None else number + piece.offset


@given(SEEDS)
def test_pieces_tell_every_day_and_follow_one_another(seed):
    variable, moved = a_move(Random(seed))
    found = pieces(moved, variable, 10_000)
    assert (found[0].first, found[-1].last) == (variable.low, variable.high)
    assert all(two.first <= one.last + 1 <= two.last for one, two in pairwise(found))
    for piece in found:
        for number in range(piece.first, piece.last + 1):
            assert day_in(piece, number) == moved.at(number)


@given(SEEDS)
def test_a_piece_holds_the_day_that_was_asked_for(seed):
    rng = Random(seed)
    variable, moved = a_move(rng)
    number = rng.randint(variable.low, variable.high)
    piece = piece_at(moved, variable, number)
    assert variable.low <= piece.first <= number <= piece.last <= variable.high
    assert day_in(piece, number) == moved.at(number)


def test_a_month_is_told_in_one_piece_but_for_days_that_the_next_one_lacks():
    january = Whole("day", NEAR[2] - 30, NEAR[2])  # January 2024; its 29th is in both pieces
    found = pieces(Moved(january, 0, 1, 0, Rounding.CLIP), january, 10)
    assert [(piece.last - piece.first + 1, piece.offset) for piece in found] == [(29, 31), (3, None)]


def test_a_day_before_a_leap_forward_ends_its_piece():
    spring = Whole("day", NEAR[1] - 10, NEAR[1] + 10)  # 28 February 2023 goes to 28 March, the next day to 1 April
    piece = piece_at(Moved(spring, 0, 1, 0, Rounding.CLIP), spring, NEAR[1])
    assert (piece.first, piece.last, piece.offset) == (NEAR[1] - 10, NEAR[1], 28)


def test_too_many_pieces_are_not_told():
    year = Whole("day", NEAR[3] - 364, NEAR[3])
    assert pieces(Moved(year, 0, 1), year, 6) is None


@given(SEEDS)
def test_no_day_is_moved_farther_than_its_bounds_unless_it_is_stopped(seed):
    variable, moved = a_move(Random(seed))
    (least, most), (first_stop, last_stop) = offsets(moved), stops(moved)
    for number in range(variable.low, variable.high + 1):
        day = moved.at(number)
        assert least <= day - number <= most or day <= first_stop or day >= last_stop


#  months  days  rounding        least  most
BOUNDS = [
    (0,    20,   Rounding.CLIP,  20,    20),
    (1,    0,    Rounding.CLIP,  28,    31),
    (1,    0,    Rounding.ROLL,  28,    31),
    (-1,   0,    Rounding.CLIP,  -31,   -28),
    (-1,   0,    Rounding.ROLL,  -31,   -28),
    (1,    -1,   Rounding.CLIP,  27,    30),
    (12,   0,    Rounding.CLIP,  365,   366),
    (12,   0,    Rounding.ROLL,  365,   366),
    (6,    0,    Rounding.CLIP,  181,   184),
]  # fmt: skip


@pytest.mark.parametrize(("months", "days", "rounding", "least", "most"), BOUNDS)
def test_bounds_are_those_of_the_calendar(months, days, rounding, least, most):
    assert offsets(Moved(None, NEAR[0], months, days, rounding)) == (least, most)


def test_a_move_beyond_all_days_is_always_stopped():
    assert offsets(Moved(None, NEAR[0], 4200, 3)) == (3, 3)
