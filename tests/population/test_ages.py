"""Ages as groups: told from limits of birth dates, left open where the date leaves them open."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.population.ages import AGE, can_tell_ages, with_ages
from safeconduct.population.engines import frame_of, rows_of

ON = date(2024, 6, 15)

#   born from            born to              age
BORN = [
    (date(1997, 6, 15),  date(1997, 6, 15),   "27"),
    (date(1997, 6, 16),  date(1997, 6, 16),   "26"),
    (date(1997, 1, 1),   date(1997, 12, 31),  "unknown"),
    (date(1997, 1, 1),   date(1997, 5, 31),   "27"),
    (date(1997, 6, 1),   date(1997, 6, 30),   "unknown"),
    (date(2008, 6, 15),  date(2008, 6, 15),   "16"),
    (date(2008, 6, 16),  date(2009, 1, 1),    "under 16"),
    (date(1958, 6, 16),  date(1958, 6, 16),   "65"),
    (date(1940, 1, 1),   date(1958, 6, 15),   "over 65"),
    (None,               date(1997, 1, 1),    "unknown"),
    (None,               None,                "unknown"),
]  # fmt: skip


def ages(frame, on=ON):
    return [age for (age,) in rows_of(with_ages(frame_of(frame), on.toordinal()).select(AGE))]


def test_an_age_is_told_where_the_whole_range_has_it(engine):
    frame = pl.DataFrame(
        {
            "row": range(len(BORN)),
            "birth_date_from": pl.Series([first for first, _, _ in BORN], dtype=pl.Date),
            "birth_date_to": pl.Series([last for _, last, _ in BORN], dtype=pl.Date),
        }
    )
    found = rows_of(with_ages(frame_of(engine(frame)), ON.toordinal()).select("row", AGE))
    assert [age for _, age in sorted(found)] == [age for _, _, age in BORN]


@given(st.dates(date(1959, 1, 1), date(2008, 1, 1)))
def test_an_exact_day_of_birth_gives_completed_years(born):
    years = ON.year - born.year - ((ON.month, ON.day) < (born.month, born.day))
    assert ages(pl.DataFrame({"birth_date": [born]})) == [str(years)]


#   columns                                    ages
COLUMNS = [
    (["birth_date"],                             True),
    (["birth_date_from", "birth_date_to"],       True),
    (["birth_date_from"],                        False),
    (["sex"],                                    False),
]  # fmt: skip


@pytest.mark.parametrize(("names", "can"), COLUMNS)
def test_ages_need_dates_of_birth(names, can):
    assert can_tell_ages(names) is can
