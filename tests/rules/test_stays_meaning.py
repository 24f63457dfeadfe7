"""Days of a stay: what each model says, and when an overstay begins."""

import pytest

from tests.rules.pages import (
    NO,
    UNKNOWN,
    YES,
    answer,
    day,
    finding,
)

STAY = """
XX-OLD status "each entry" source
    stay in KZ, at most 90 days
    entries until 2023-01-26
    if entered KZ not followed by left_country KZ
XX-1 status "90 in 180" source
    governs
    stay in KZ, at most 90 days in each 180 days, models L, F, G, days before 2023-01-27 not counted
    entries from 2023-01-27
    if entered KZ not followed by left_country KZ
XX-OVER exposure "overstay" source
    governed by day asked
    if more than 10 days from last lawful day in KZ to day asked
    unless permit
"""


def stayed(*visits: tuple[str, str]) -> str:
    events = []
    for entry, departure in visits:
        events.append(f"{{event: entered, country: KZ, on: {entry}}}")
        if departure:
            events.append(f"{{event: left_country, country: KZ, on: {departure}}}")
    return f"history: [{', '.join(events)}]\ncomplete: [entered KZ, left_country KZ]"


def test_the_models_of_a_stay_are_reported_with_the_safe_day() -> None:
    found = finding(STAY, stayed(("2023-02-01", "2023-03-02"), ("2023-06-01", "")), "2023-06-10").stay
    assert found is not None
    assert {model: days and days.latest for model, days in found.last_lawful.items()} == {
        "L": day("2023-08-29"),
        "F": day("2023-07-30"),
        "G": day("2023-08-29"),
    }
    assert found.safe == day("2023-07-30")
    assert (found.used["L"], found.left["L"]) == ((40, 40), (50, 50))


def test_an_inexact_entry_gives_a_range_of_last_days() -> None:
    found = finding(STAY, stayed(("2023-09-18..2023-09-20", "")), "2023-12-01").stay
    assert found is not None
    last = found.last_lawful["L"]
    assert last is not None
    assert (last.earliest, last.latest) == (day("2023-12-16"), day("2023-12-18"))
    assert found.safe == day("2023-12-16")


def test_where_visits_may_be_missing_the_count_is_not_told() -> None:
    text = "history: [{event: entered, country: KZ, on: 2023-09-20}]"
    found = finding(STAY, text, "2023-12-01").stay
    assert found is not None
    assert found.last_lawful == {"L": None, "F": None, "G": None}
    assert found.safe is None


def test_too_many_ways_to_place_the_days_are_not_tried() -> None:
    vague = stayed(("2023-02-01..2023-03-30", "2023-04-01..2023-05-30"), ("2023-06-01..2023-07-30", ""))
    found = finding(STAY, vague, "2023-08-01").stay
    assert found is not None
    assert found.safe is None


def test_an_old_entry_counts_by_the_old_text() -> None:
    text = stayed(("2022-09-24..2022-11-01", ""))
    found = finding(STAY, text, "2023-12-12", "XX-OLD").stay
    assert found is not None
    last = found.last_lawful["E"]
    assert last is not None
    assert (last.earliest, last.latest) == (day("2022-12-22"), day("2023-01-29"))
    assert finding(STAY, text, "2023-12-12", "XX-1").stay is None


def test_days_of_a_visit_begun_before_the_change_are_not_counted() -> None:
    found = finding(STAY, stayed(("2022-11-20", "2023-02-10"), ("2023-02-11", "")), "2023-03-01").stay
    assert found is not None
    last = found.last_lawful["L"]
    assert last is not None
    assert last.latest == day("2023-05-11")


def test_somebody_outside_sees_the_first_day_of_entry() -> None:
    found = finding(STAY, stayed(("2023-02-01", "2023-03-12"), ("2023-05-01", "2023-06-19")), "2023-06-20").stay
    assert found is not None
    assert found.safe == day("2023-09-18")
    outside = finding(STAY, stayed(("2022-11-20", "2022-12-10")), "2023-03-01", "XX-OLD").stay
    assert outside is None


def test_somebody_who_has_not_entered_yet_has_no_stay() -> None:
    assert finding(STAY, stayed(("2024-01-01", "")), "2023-03-01", "XX-1").stay is not None
    assert finding(STAY, "not_happened: [entered]", "2023-03-01", "XX-1").stay is None


#     entered                   on            permit     answer
OVERSTAYS = [
    ("2023-09-20", "2023-12-28", "none", NO),
    ("2023-09-20", "2023-12-29", "none", YES),
    ("2023-09-20", "2023-12-29", "{kind: temporary}", NO),
    ("2023-09-18..2023-09-20", "2023-12-28", "none", UNKNOWN),
    ("2022-09-24..2022-11-01", "2023-12-12", "none", YES),
]


@pytest.mark.parametrize(("entered", "on", "permit", "expected"), OVERSTAYS)
def test_overstay_counts_from_the_last_lawful_day(entered: str, on: str, permit: str, expected: str) -> None:
    text = stayed((entered, "")) + f"\nperson: {{permit: {permit}}}"
    assert answer(STAY, text, on, "XX-OVER").value == expected


def test_where_the_models_disagree_an_overstay_is_unknown_between_their_days() -> None:
    text = stayed(("2023-02-01", "2023-03-02"), ("2023-06-01", "")) + "\nperson: {permit: none}"
    assert answer(STAY, text, "2023-08-08", "XX-OVER").value == NO
    assert answer(STAY, text, "2023-08-20", "XX-OVER").value == UNKNOWN
    assert answer(STAY, text, "2023-09-10", "XX-OVER").value == YES
