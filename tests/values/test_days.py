"""Days and ranges of days: months end as the law that is applied says, and nothing leaves the days that are known."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.values.days import (
    ANY_DAY,
    FIRST_DAY,
    LAST_DAY,
    Days,
    Rounding,
    add_months,
    is_leap_birthday,
    iso,
    latest_not_after,
    one_day,
    shift,
)

CLIP, ROLL = Rounding.CLIP, Rounding.ROLL
DAYS = st.integers(FIRST_DAY, LAST_DAY)
MONTHS = st.integers(-1300, 1300)
ROUNDINGS = st.sampled_from(Rounding)


def day(text):
    return date.fromisoformat(text).toordinal()


#    from          months  clipped       rolled
CASES = [
    ("2023-01-15", 1,      "2023-02-15", "2023-02-15"),
    ("2023-01-31", 1,      "2023-02-28", "2023-03-01"),
    ("2024-01-31", 1,      "2024-02-29", "2024-03-01"),
    ("2024-01-29", 1,      "2024-02-29", "2024-02-29"),
    ("2023-01-29", 1,      "2023-02-28", "2023-03-01"),
    ("2023-03-31", 1,      "2023-04-30", "2023-05-01"),
    ("2023-03-31", -1,     "2023-02-28", "2023-03-01"),
    ("2023-12-31", 2,      "2024-02-29", "2024-03-01"),
    ("2023-12-31", -10,    "2023-02-28", "2023-03-01"),
    ("2004-02-29", 216,    "2022-02-28", "2022-03-01"),
    ("2004-02-29", 240,    "2024-02-29", "2024-02-29"),
    ("1896-02-29", 48,     "1900-02-28", "1900-03-01"),
    ("2023-11-30", 1,      "2023-12-30", "2023-12-30"),
    ("2023-10-31", 2,      "2023-12-31", "2023-12-31"),
    ("2023-12-01", 1,      "2024-01-01", "2024-01-01"),
    ("2024-01-01", -1,     "2023-12-01", "2023-12-01"),
    ("2023-06-15", 0,      "2023-06-15", "2023-06-15"),
    ("2199-12-31", 1,      "2199-12-31", "2199-12-31"),
    ("2190-01-01", 600,    "2199-12-31", "2199-12-31"),
    ("1850-01-31", -1,     "1850-01-01", "1850-01-01"),
    ("1900-01-01", -1200,  "1850-01-01", "1850-01-01"),
]  # fmt: skip


@pytest.mark.parametrize(("start", "months", "clipped", "rolled"), CASES)
def test_a_month_ends_as_the_rounding_says(start, months, clipped, rolled):
    assert iso(add_months(day(start), months, CLIP)) == clipped
    assert iso(add_months(day(start), months, ROLL)) == rolled


@given(DAYS, MONTHS, ROUNDINGS)
def test_a_day_that_the_month_has_keeps_its_number(start, months, rounding):
    here = date.fromordinal(start)
    count = here.year * 12 + here.month - 1 + months
    year, month = count // 12, count % 12 + 1
    found = date.fromordinal(add_months(start, months, rounding))
    if not 1850 <= year <= 2199:
        assert found.toordinal() == (FIRST_DAY if year < 1850 else LAST_DAY)
    elif here.day <= monthrange(year, month)[1]:
        assert found == date(year, month, here.day)
    else:
        assert found == date(year, month, monthrange(year, month)[1]) + timedelta(days=rounding is ROLL)


@given(DAYS, MONTHS, st.integers(-400, 400), ROUNDINGS)
def test_days_that_are_moved_keep_their_order(start, months, days, rounding):
    here, after = shift(start, months, days, rounding), shift(min(start + 1, LAST_DAY), months, days, rounding)
    assert FIRST_DAY <= here <= after <= LAST_DAY


#    from          months days  moved
SHIFTS = [
    ("2023-01-31", 1,     1,    "2023-03-01"),
    ("2023-01-31", 1,     -28,  "2023-01-31"),
    ("2023-01-31", 0,     20,   "2023-02-20"),
    ("2024-02-28", 0,     2,    "2024-03-01"),
    ("2199-12-30", 0,     5,    "2199-12-31"),
    ("1850-01-03", 0,     -5,   "1850-01-01"),
    ("1850-01-15", -2,    10,   "1850-01-11"),
]  # fmt: skip


@pytest.mark.parametrize(("start", "months", "days", "moved"), SHIFTS)
def test_months_are_added_before_days(start, months, days, moved):
    assert iso(shift(day(start), months, days, CLIP)) == moved


#    limit         months rounding latest
LIMITS = [
    ("2023-12-12", 216,   ROLL,    "2005-12-12"),
    ("2022-02-28", 216,   ROLL,    "2004-02-28"),
    ("2022-03-01", 216,   ROLL,    "2004-03-01"),
    ("2022-02-28", 216,   CLIP,    "2004-02-29"),
    ("2023-02-28", 1,     CLIP,    "2023-01-31"),
    ("2023-02-28", 1,     ROLL,    "2023-01-28"),
    ("2023-02-27", 1,     CLIP,    "2023-01-27"),
    ("2199-12-31", 216,   ROLL,    "2199-12-31"),
    ("1850-01-01", -24,   CLIP,    "1852-01-01"),
]  # fmt: skip


@pytest.mark.parametrize(("limit", "months", "rounding", "latest"), LIMITS)
def test_a_limit_is_carried_back_to_the_day_counted_from(limit, months, rounding, latest):
    assert iso(latest_not_after(day(limit), months, 0, rounding)) == latest


def test_where_no_day_keeps_the_limit_the_day_before_all_days_is_returned():
    assert latest_not_after(day("1850-06-30"), 12, 0, CLIP) == FIRST_DAY - 1


@given(DAYS, MONTHS, st.integers(-400, 400), ROUNDINGS)
def test_the_latest_day_keeps_the_limit_and_the_next_one_does_not(limit, months, days, rounding):
    latest = latest_not_after(limit, months, days, rounding)
    assert latest < FIRST_DAY or shift(latest, months, days, rounding) <= limit
    assert latest == LAST_DAY or shift(latest + 1, months, days, rounding) > limit


#    earliest      latest        written
WRITTEN = [
    ("2022-09-21", "2022-10-15", "2022-09-21..2022-10-15"),
    ("2022-09-21", "2022-09-21", "2022-09-21"),
    ("1850-01-01", "2023-12-12", "..2023-12-12"),
    ("2022-09-21", "2199-12-31", "2022-09-21.."),
    ("1850-01-01", "2199-12-31", ".."),
]  # fmt: skip


@pytest.mark.parametrize(("earliest", "latest", "written"), WRITTEN)
def test_an_open_end_is_left_out(earliest, latest, written):
    found = Days(earliest=day(earliest), latest=day(latest))
    assert str(found) == written
    assert found.is_one_day is (earliest == latest)


def test_any_day_is_open_at_both_ends():
    assert str(ANY_DAY) == ".."


REFUSED = [
    (day("2022-10-15"), day("2022-10-14")),
    (FIRST_DAY - 1, FIRST_DAY),
    (LAST_DAY, LAST_DAY + 1),
]


@pytest.mark.parametrize(("earliest", "latest"), REFUSED)
def test_a_range_without_a_day_or_beyond_all_days_is_refused(earliest, latest):
    with pytest.raises(ValueError, match=r"1850\.\.2199"):
        Days(earliest=earliest, latest=latest)


#    first         last          left
CUTS = [
    (None,         None,         "2022-09-21..2022-10-15"),
    ("2022-10-01", None,         "2022-10-01..2022-10-15"),
    (None,         "2022-10-01", "2022-09-21..2022-10-01"),
    ("2022-10-15", "2022-12-31", "2022-10-15"),
    ("2022-01-01", "2022-12-31", "2022-09-21..2022-10-15"),
    ("2022-10-16", None,         None),
    (None,         "2022-09-20", None),
    ("2022-10-02", "2022-10-01", None),
]  # fmt: skip


@pytest.mark.parametrize(("first", "last", "left"), CUTS)
def test_a_cut_keeps_both_its_ends(first, last, left):
    found = Days(earliest=day("2022-09-21"), latest=day("2022-10-15")).cut(
        first=None if first is None else day(first), last=None if last is None else day(last)
    )
    assert (found and str(found)) == left


def test_a_single_day_is_a_range_of_one():
    assert one_day(date(2023, 12, 12)) == Days(earliest=day("2023-12-12"), latest=day("2023-12-12"))


@pytest.mark.parametrize(("text", "expected"), [("2004-02-29", True), ("2004-02-28", False), ("2004-03-29", False)])
def test_a_leap_birthday_is_seen(text, expected):
    assert is_leap_birthday(day(text)) is expected
