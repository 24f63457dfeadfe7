"""Counting days of stay: the worked examples of the dossier, and properties against counting day by day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.rules.counting import Visit, count
from safeconduct.values.days import LAST_DAY

MOST, WINDOW = 90, 180


def ordinal(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def visits(*pairs: tuple[str, str | None]) -> tuple[Visit, ...]:
    return tuple(
        Visit(entry=ordinal(first), departure=None if last is None else ordinal(last)) for first, last in pairs
    )


K1 = visits(("2023-09-20", None))
OVERSTAY = visits(("2025-05-27", None))
K2 = visits(("2023-09-05", None))
K3 = visits(("2023-05-01", "2023-07-29"))
K4 = visits(("2023-02-01", "2023-03-12"), ("2023-05-01", "2023-06-19"))
K5 = visits(("2023-02-01", "2023-03-02"), ("2023-06-01", None))
K6 = visits(("2023-02-11", None))
K6_BEFORE = visits(("2022-11-20", "2023-02-10"), ("2023-02-11", None))
#   visits     model on            used left last lawful   next entry
CASES = [
    (K1, "L", "2023-12-12", 84, 6, "2023-12-18", None),
    (K1, "F", "2023-12-12", 84, 6, "2023-12-18", None),
    (K1, "G", "2023-12-12", 84, 6, "2023-12-18", None),
    (K1, "E", "2023-12-12", 84, 6, "2023-12-18", None),
    (K2, "L", "2023-12-12", 99, 0, "2023-12-03", None),
    (K2, "F", "2023-12-12", 99, 0, "2023-12-03", None),
    (K3, "L", "2023-08-10", 90, 0, None, "2023-10-28"),
    (K3, "F", "2023-08-10", 90, 0, None, "2023-10-28"),
    (K3, "G", "2023-08-10", 90, 0, None, "2023-10-28"),
    (K4, "L", "2023-06-20", 90, 0, None, "2023-07-31"),
    (K4, "F", "2023-06-20", 90, 0, None, "2023-07-31"),
    (K4, "G", "2023-06-20", 90, 0, None, "2023-09-18"),
    (K5, "L", "2023-06-10", 40, 50, "2023-08-29", None),
    (K5, "F", "2023-06-10", 40, 50, "2023-07-30", None),
    (K6, "L", "2023-03-01", 19, 71, "2023-05-11", None),
    (K6_BEFORE, "L", "2023-02-11", 84, 6, "2023-02-17", None),
    (K3, "G", "2023-10-27", 0, 90, None, "2023-10-28"),
    (K3, "G", "2023-10-26", 90, 0, None, "2023-10-28"),
    (K3, "L", "2023-10-28", 89, 1, None, "2023-10-28"),
    (K3, "F", "2023-10-28", 0, 90, None, "2023-10-28"),
    (K3, "E", "2023-08-10", 0, 90, None, "2023-08-10"),
    ((), "L", "2023-08-10", 0, 90, None, "2023-08-10"),
    (OVERSTAY, "F", "2026-01-20", 239, 0, "2025-08-24", None),  # over since the end of the period, and no new one
    (OVERSTAY, "F", "2025-11-22", 180, 0, "2025-08-24", None),
    ((), "F", "2023-08-10", 0, 90, None, "2023-08-10"),
    ((), "G", "2023-08-10", 0, 90, None, "2023-08-10"),
]


@pytest.mark.parametrize(("made", "model", "on", "used", "left", "last", "entry"), CASES)
def test_a_model_gives_the_days_of_the_dossier(
    made: tuple[Visit, ...], model: str, on: str, used: int, left: int, last: str | None, entry: str | None
) -> None:
    found = count(made, model, MOST, WINDOW, ordinal(on))
    assert (found.used, found.left) == (used, left)
    assert found.last_lawful == (None if last is None else ordinal(last))
    assert found.next_entry == (None if entry is None else ordinal(entry))


def test_whoever_enters_again_while_old_days_fall_off_has_until_those_run_out() -> None:
    again = (*K4, Visit(entry=ordinal("2023-07-31"), departure=None))
    assert count(again, "L", MOST, WINDOW, ordinal("2023-07-31")).last_lawful == ordinal("2023-09-08")
    again = (*K3, Visit(entry=ordinal("2023-10-28"), departure=None))
    assert count(again, "L", MOST, WINDOW, ordinal("2023-10-28")).last_lawful == ordinal("2024-01-25")


@st.composite
def some_visits(draw: st.DrawFn) -> tuple[Visit, ...]:
    day = ordinal("2023-02-01")
    made = []
    for _ in range(draw(st.integers(1, 4))):
        day += draw(st.integers(1, 40))
        last = day + draw(st.integers(0, 20))
        made.append(Visit(entry=day, departure=last))
        day = last
    return (*made, Visit(entry=day + draw(st.integers(0, 30)), departure=None))


@given(some_visits(), st.integers(8, 60), st.integers(61, 120))
def test_looking_back_the_last_lawful_day_is_the_last_whose_every_window_is_within_the_cap(
    made: tuple[Visit, ...], most: int, window: int
) -> None:
    entry = made[-1].entry
    last = count(made, "L", most, window, entry).last_lawful
    assert last is not None
    before = {day for visit in made[:-1] if visit.departure for day in range(visit.entry, visit.departure + 1)}

    def inside(tested: int) -> int:
        days = before | set(range(entry, tested + 1))
        return sum(1 for day in days if tested - window < day <= tested)

    assert all(inside(day) <= most for day in range(entry, last + 1))
    assert inside(last + 1) > most


@given(some_visits(), st.integers(8, 60), st.integers(61, 120))
def test_no_model_lets_somebody_stay_longer_than_a_fresh_entry_would_without_old_days_falling_off(
    made: tuple[Visit, ...], most: int, window: int
) -> None:
    entry = made[-1].entry
    fresh = entry + most - 1
    for model in ("F", "G"):
        found = count(made, model, most, window, entry).last_lawful
        assert found is not None
        assert found <= fresh


@given(some_visits(), st.integers(8, 60), st.integers(61, 120), st.sampled_from("LFG"))
def test_an_entry_on_the_first_possible_day_is_lawful_on_that_day(
    made: tuple[Visit, ...], most: int, window: int, model: str
) -> None:
    outside = made[:-1]
    on = (outside[-1].departure or 0) + 1
    entry = count(outside, model, most, window, on).next_entry
    assert entry is not None
    assert entry >= on
    again = (*outside, Visit(entry=entry, departure=None))
    last = count(again, model, most, window, entry).last_lawful
    assert last is not None
    assert last >= entry


def test_a_limit_that_no_period_can_reach_leaves_every_day_lawful() -> None:
    assert count(K1, "L", 200, WINDOW, ordinal("2023-12-12")).last_lawful == LAST_DAY


@pytest.mark.parametrize("model", ["L", "F", "G"])
def test_whoever_stayed_too_long_before_has_no_lawful_day_in_the_next_stay(model: str) -> None:
    long = visits(("2023-02-01", "2023-07-01"), ("2023-07-03", None))
    assert count(long, model, MOST, WINDOW, ordinal("2023-07-03")).last_lawful == ordinal("2023-07-02")
