"""Days, ages, numbers and lengths as they are written."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.rules.situation import Range
from safeconduct.rules.telling.days_text import read_age, read_days, read_length, read_number
from safeconduct.values.days import FIRST_DAY, LAST_DAY, Days, Rounding, add_months, iso
from safeconduct.values.errors import Place, SituationError

HERE = Place(name="", line=3, column=5)

#    text                        first day     last day
DAYS = [
    ("1993", "1993-01-01", "1993-12-31"),
    ("1993-05", "1993-05-01", "1993-05-31"),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("2023-02", "2023-02-01", "2023-02-28"),
    ("1993-05-14", "1993-05-14", "1993-05-14"),
    ("2024-02-29", "2024-02-29", "2024-02-29"),
    ("1992-12-13..1993-12-12", "1992-12-13", "1993-12-12"),
    ("1997..1999", "1997-01-01", "1999-12-31"),
    ("1997-03..1999", "1997-03-01", "1999-12-31"),
    ("1993-05..1993-05-14", "1993-05-01", "1993-05-14"),
    ("1993-05-14..1993-05", "1993-05-14", "1993-05-31"),
    ("1993-05-14..1993-05-14", "1993-05-14", "1993-05-14"),
    ("1993 .. 1994-01", "1993-01-01", "1994-01-31"),
    ("..1996-12-31", "1850-01-01", "1996-12-31"),
    ("2020-02..", "2020-02-01", "2199-12-31"),
    ("1850-01-01", "1850-01-01", "1850-01-01"),
    ("2199-12-31", "2199-12-31", "2199-12-31"),
]


@pytest.mark.parametrize(("text", "first", "last"), DAYS)
def test_a_day_may_be_coarse_a_range_or_open_at_one_end(text, first, last):
    assert read_days(text, HERE) == Days(
        earliest=date.fromisoformat(first).toordinal(), latest=date.fromisoformat(last).toordinal()
    )


#    text                      code      the form that was probably meant
BAD_DAYS = [
    ("12.12.2023", "SIT030", "2023-12-12"),
    ("31.1.2023", "SIT030", "2023-01-31"),
    ("12/12/2023", "SIT030", "2023-12-12"),
    ("12/31/2023", "SIT030", "2023-12-31"),
    ("31/12/2023", "SIT030", "2023-12-31"),
    ("01/02/2023", "SIT030", ""),
    ("31.02.2023", "SIT030", ""),
    ("2023/1/5", "SIT030", "2023-01-05"),
    ("2023-1-5", "SIT030", "2023-01-05"),
    ("2023-01-05T10:00", "SIT030", "2023-01-05"),
    ("Dec 12", "SIT030", ""),
    ("soon", "SIT030", ""),
    ("20231212", "SIT030", ""),
    ("93", "SIT030", ""),
    ("+1993", "SIT030", ""),
    ("١٩٩٣", "SIT030", ""),
    ("..", "SIT030", ""),
    ("", "SIT030", ""),
    ("1993..1994..1995", "SIT030", ""),
    ("1993...1994", "SIT030", ""),
    ("1993-05-14 - 1993-05-16", "SIT030", ""),
    ("2023-02-30", "SIT031", ""),
    ("2023-02-29", "SIT031", ""),
    ("1900-02-29", "SIT031", ""),
    ("2023-13", "SIT031", ""),
    ("2023-00", "SIT031", ""),
    ("2023-00-10", "SIT031", ""),
    ("2023-04-31", "SIT031", ""),
    ("2023-04-00", "SIT031", ""),
    ("2023-01-01..2023-02-30", "SIT031", ""),
    ("1849-12-31", "SIT032", ""),
    ("2200", "SIT032", ""),
    ("0000", "SIT032", ""),
    ("0203-05-01", "SIT032", ""),
    ("2023..2022", "SIT033", ""),
    ("2023-05-02..2023-05-01", "SIT033", ""),
    ("1994..1993-12", "SIT033", ""),
]


@pytest.mark.parametrize(("text", "code", "meant"), BAD_DAYS)
def test_a_day_that_is_no_day_is_refused_and_not_repeated(text, code, meant):
    with pytest.raises(SituationError) as caught:
        read_days(text, HERE)
    error = caught.value
    assert (error.code, error.place, error.nearest, error.offending) == (code, HERE, meant, text)
    # Two dots stand in every remedy.
    if text.strip("."):
        assert text not in str(error)
        assert text not in repr(error)


@given(st.integers(FIRST_DAY, LAST_DAY), st.integers(FIRST_DAY, LAST_DAY))
def test_a_range_of_days_reads_back_as_it_was_written(one, other):
    days = Days(earliest=min(one, other), latest=max(one, other))
    text = f"{iso(days.earliest)}..{iso(days.latest)}"
    assert read_days(text, HERE) == days
    if (days.earliest, days.latest) != (FIRST_DAY, LAST_DAY):
        assert read_days(str(days), HERE) == days


@given(st.integers(FIRST_DAY, LAST_DAY))
def test_a_blurred_day_holds_the_exact_one(day):
    text = iso(day)
    for blurred in (text[:4], text[:7], f"..{text}", f"{text}..", f"{text[:7]}..{text[:4]}"):
        days = read_days(blurred, HERE)
        assert days.earliest <= day <= days.latest


def _reached(birth: int, years: int, day: int) -> bool:
    """Whether so many years are complete at the start of the day, birthdays of 29 February falling on 1 March."""
    return add_months(birth, 12 * years, Rounding.ROLL) <= day


def _ages(birth: int, day: int) -> int:
    return next(years for years in range(140) if not _reached(birth, years + 1, day))


AGES = [
    "30 on 2023-12-12",
    "0 on 2024-02-29",
    "1 on 2024-02-29",
    "4 on 2024-02-29",
    "23 on 2023-02-28",
    "23 on 2023-03-01",
]
AGES += ["24 on 2024-02-28", "24 on 2024-02-29", "24 on 2024-03-01", "28..32 on 2023-12-12", "28..32 on 2024-02-29"]
AGES += ["..3 on 2023-03-01", "3..4 on 2024-02", "23 on 2023-02-27", "127.. on 2000-03-01", "123 on 2023-02-28"]


@pytest.mark.parametrize("text", AGES)
def test_an_age_gives_exactly_the_days_of_birth_that_have_it(text):
    years, _, day = text.partition(" on ")
    on, span = read_days(day, HERE), read_number(years, HERE)
    least, most = span.least or 0, 130 if span.most is None else span.most
    found = read_age(text, HERE)
    # Day by day, over all days of birth that could come near.
    for birth in range(found.earliest - 800, found.latest + 800):
        wanted = any(birth <= day and least <= _ages(birth, day) <= most for day in range(on.earliest, on.latest + 1))
        assert wanted == (found.earliest <= birth <= found.latest), iso(birth)


@given(st.dates(date(1900, 1, 1), date(2060, 1, 1)), st.integers(0, 45_000))
def test_whoever_tells_an_age_is_found_among_the_days_of_birth(birth, days):
    day = birth + timedelta(days=days)
    age = _ages(birth.toordinal(), day.toordinal())
    found = read_age(f"{age} on {day.isoformat()}", HERE)
    assert found.earliest <= birth.toordinal() <= found.latest


def test_an_age_at_the_edge_of_the_calendar_is_cut_to_it():
    assert read_age("60 on 1910-06-15", HERE).earliest == FIRST_DAY


BAD_AGES = [
    ("30", "SIT034"),
    ("30 at 2023-12-12", "SIT034"),
    ("thirty on 2023-12-12", "SIT025"),
    ("30 on 12.12.2023", "SIT030"),
    ("30 on 2023-02-30", "SIT031"),
    ("32..28 on 2023-12-12", "SIT033"),
    ("131 on 2023-12-12", "SIT034"),
    ("131.. on 2023-12-12", "SIT034"),
    ("60 on 1900-01-01", "SIT034"),
    ("-1 on 2023-12-12", "SIT025"),
]


@pytest.mark.parametrize(("text", "code"), BAD_AGES)
def test_an_age_without_its_day_or_out_of_reach_is_refused(text, code):
    with pytest.raises(SituationError) as caught:
        read_age(text, HERE)
    assert caught.value.code == code
    assert f": {text}" not in str(caught.value)


NUMBERS = [
    ("0", 0, 0),
    ("22", 22, 22),
    ("20..24", 20, 24),
    ("20 .. 24", 20, 24),
    ("..24", None, 24),
    ("20..", 20, None),
]


@pytest.mark.parametrize(("text", "least", "most"), NUMBERS)
def test_a_number_may_be_a_range(text, least, most):
    assert read_number(text, HERE) == Range(least=least, most=most)
    assert read_length(text + " days", HERE) == Range(least=least, most=most)


BAD_NUMBERS = [("", "SIT025"), ("..", "SIT025"), ("1.5", "SIT025"), ("-3", "SIT025"), ("1..2..3", "SIT025")]
BAD_NUMBERS += [("1234567", "SIT025"), ("٣", "SIT025"), ("3-10", "SIT025"), ("10..3", "SIT033"), ("1e3", "SIT025")]


@pytest.mark.parametrize(("text", "code"), BAD_NUMBERS)
def test_what_is_no_whole_number_is_refused(text, code):
    with pytest.raises(SituationError) as caught:
        read_number(text, HERE)
    assert caught.value.code == code


def test_one_day_is_a_length_too():
    assert read_length("1 day", HERE) == Range(least=1, most=1)


@pytest.mark.parametrize(
    ("text", "code"), [("3", "SIT026"), ("2 weeks", "SIT026"), ("1 month", "SIT026"), ("few days", "SIT025")]
)
def test_a_length_is_counted_in_days_only(text, code):
    with pytest.raises(SituationError) as caught:
        read_length(text, HERE)
    assert caught.value.code == code
