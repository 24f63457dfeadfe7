"""Days of a stay: what each model says, and when an overstay begins."""

import pytest

from tests.rules.pages import (
    NO,
    UNKNOWN,
    YES,
    answer,
    day,
    finding,
    history,
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


# --- visits that are not plain ----------------------------------------------------------------------------------------

LISTS = "complete: [entered, left_country]\nperson: {permit: none}"


def crossed(*days: str, more: str = LISTS) -> str:
    """Entry, exit, entry, ... on these days."""
    kinds = ("entered", "left_country")
    return history(*(f"{kinds[index % 2]}, country: KZ, on: {on}" for index, on in enumerate(days)), more=more)


def test_whoever_left_on_the_day_of_entry_is_outside() -> None:
    found = finding(STAY, crossed("2023-06-01", "2023-06-01"), "2023-12-01").stay
    assert found is not None
    assert (found.used["G"], found.last_lawful["L"], found.safe) == ((0, 0), None, day("2023-12-01"))
    on_the_day = finding(STAY, crossed("2023-06-01", "2023-06-01"), "2023-06-01").stay
    assert on_the_day is not None
    assert on_the_day.used["L"] == (1, 1)


def test_visits_whose_days_overlap_are_placed_in_every_order() -> None:
    either = history(
        "entered, country: KZ, on: 2023-06-01..2023-06-20",
        "left_country, country: KZ, on: 2023-06-25",
        "entered, country: KZ, on: 2023-06-02..2023-06-10",
        "left_country, country: KZ, on: 2023-06-12",
        more=LISTS,
    )
    found = finding(STAY, either, "2023-06-26").stay
    assert found is not None
    used = found.used["L"]
    assert used is not None
    assert used == (3 + 6, 24)  # from 10 to 12 and from 20 to 25; from 2 to 12 and from 12 to 25


@pytest.mark.parametrize(
    "text",
    [
        history("entered, country: KZ, on: 2023-06-01", "entered, country: KZ, on: 2023-07-01", more=LISTS),
        history("left_country, country: KZ, on: 2023-05-01", "entered, country: KZ, on: 2023-06-01", more=LISTS),
        history(
            "left_country, country: KZ, on: 2023-05-01",
            "left_country, country: KZ, on: 2023-06-01",
            "entered, country: KZ, on: 2023-07-01",
            more=LISTS,
        ),
        history("entered, country: [KZ, RU], on: 2023-06-01", more=LISTS),
        history("entered, country: KZ, on: 2023-06-01, attempted: [yes, no]", more=LISTS),
    ],
    ids=["two entries", "exit first", "two exits", "another country", "perhaps a try"],
)
def test_visits_that_do_not_fit_together_are_not_counted(text: str) -> None:
    found = finding(STAY, text, "2023-12-01").stay
    assert found is not None
    assert (found.used["L"], found.safe) == (None, None)
    assert finding(STAY, text, "2023-12-01", "XX-OVER").answer.value == UNKNOWN


def test_an_earlier_visit_is_judged_by_its_own_days() -> None:
    visits = crossed("2023-02-01", "2023-06-15", "2023-12-01")
    for on, expected in (("2023-05-11", NO), ("2023-05-12", YES), ("2023-06-14", YES), ("2023-07-01", NO)):
        assert finding(STAY, visits, on, "XX-OVER").answer.value == expected, on


def test_whoever_used_up_all_days_before_has_no_lawful_day() -> None:
    visits = crossed("2023-02-01", "2023-06-15", "2023-06-20")
    found = finding(STAY, visits, "2023-06-20").stay
    assert found is not None
    assert {str(days.latest) for days in found.last_lawful.values() if days is not None} == {"2023-06-19"}
    assert finding(STAY, visits, "2023-06-30", "XX-OVER").answer.value == YES


def test_visits_that_were_not_told_may_have_used_up_the_days() -> None:
    text = crossed("2023-06-20", more="not_happened: [{event: left_country, country: KZ}]")
    assert finding(STAY, text, "2023-06-30", "XX-OVER").answer.value == NO  # nobody enters again without leaving
    assert finding(STAY, crossed("2023-06-20", more=""), "2023-06-30", "XX-OVER").answer.value == UNKNOWN


def test_a_visit_that_ended_is_no_present_stay_although_others_may_follow() -> None:
    text = crossed("2022-06-01", "2022-08-01", more="")
    assert finding(STAY, text, "2022-12-01", "XX-OLD").stay is None
    assert finding(STAY, text, "2022-07-01", "XX-OLD").stay is not None


def test_a_visit_that_does_not_count_gives_no_days() -> None:
    found = finding(STAY, crossed("2023-01-01", "2023-03-01", "2023-05-01"), "2023-02-01").stay
    assert found is not None
    assert (found.used["L"], found.next_entry["L"]) == (None, None)


def test_months_are_counted_from_the_last_lawful_day() -> None:
    law = (
        STAY
        + """
XX-LATE exposure "more than a month over" source
    governed by day asked
    if more than 1 month from last lawful day in KZ to day asked
XX-ACT deadline "leave" source
    within 1 month after last lawful day in KZ, counting from the next day, whole months, rolls not, months end clipped
    met by left_country KZ
"""
    )
    for entered, on, over, runs in (
        ("2022-11-02", "2023-02-28", NO, YES),  # the last lawful day is 30 January
        ("2022-11-02", "2023-03-01", YES, NO),
        ("2022-11-02..2022-11-03", "2023-02-28", NO, YES),
        ("2022-11-02..2022-11-04", "2023-03-01", UNKNOWN, UNKNOWN),
        ("2022-11-02..2022-11-04", "2023-03-02", YES, NO),
    ):
        found = [answer(law, crossed(entered), on, name).value for name in ("XX-LATE", "XX-ACT")]
        assert found == [over, runs], (entered, on)
