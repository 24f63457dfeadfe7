"""Events that were not told, or not exactly: each answer here was wrong once, or could easily be."""

import pytest

from safeconduct.rules.position import Assessor
from tests.rules.pages import NO, UNKNOWN, YES, answer, corpus_of, day, finding, history, situation_of

STATUS = 'XX-1 status "a status" source\n'

# --- which events can have happened that were not told ----------------------------------------------------------------

NO_EXIT = "not_happened: [{event: left_country, country: KZ}]"
#    condition                                 what was told                                                    answer
UNTOLD = [
    # Whoever only tried to enter can have entered later.
    ("entered KZ", history("entered, country: KZ, on: 2024-01-01, attempted: yes", more=NO_EXIT), UNKNOWN),
    ("entered KZ", history("entered, country: KZ, on: 2024-01-01, attempted: [yes, no]", more=NO_EXIT), UNKNOWN),
    ("entered KZ by 2024-02-01", history("entered, country: KZ, on: 2024-02-10", more=NO_EXIT), NO),
    # An entry into one of two countries, or into one that was not told, leaves room for an entry into the other.
    ("entered KZ by 2024-02-01", history("entered, country: [RU, KZ], on: 2024-02-10", more=NO_EXIT), UNKNOWN),
    ("entered KZ by 2024-02-01", history("entered, on: 2024-02-10", more=NO_EXIT), UNKNOWN),
    ("entered by 2024-02-01", history("entered, country: KZ, on: 2024-02-10", more=NO_EXIT), UNKNOWN),
    # An exit that may have been another country's may have made room.
    (
        "entered KZ by 2024-02-01",
        history(
            "entered, country: KZ, on: 2024-02-10", "left_country, country: [RU, KZ]", more="complete: [left_country]"
        ),
        UNKNOWN,
    ),
    # Who says that something did not happen says nothing of a try, or of the same with other fields.
    ("entered KZ with attempted is yes", "not_happened: [{event: entered, country: KZ}]", UNKNOWN),
    ("entered KZ with attempted is yes or no", "not_happened: [{event: entered, country: KZ}]", UNKNOWN),
    ("entered KZ with attempted is yes", "not_happened: [{event: entered, country: KZ, attempted: yes}]", NO),
    ("left_unit", "not_happened: [{event: left_unit, permission: no}]", UNKNOWN),
    ("left_unit with permission is no", "not_happened: [{event: left_unit, permission: no}]", NO),
    ("entered KZ with means is air or land", "not_happened: [{event: entered, country: KZ, means: air}]", UNKNOWN),
    # A whole list without events; an event that lies ahead.
    ("joined", "complete: [joined]", NO),
    ("joined", history("joined, on: 2024-03-02", more="complete: [joined]"), NO),
    ("joined", history("joined, on: 2024-03-01", more="complete: [joined]"), YES),
    ("joined", history("joined, on: 2024-02-28..2024-03-02", more="complete: [joined]"), UNKNOWN),
    # A day of an event that lies ahead says nothing of an event that happened.
    (
        "summons placed from 2025-01-01",
        history("summons, on: 2025-06-01, placed: 2025-06-01", more="complete: [summons]"),
        NO,
    ),
    ("summons appear_by from 2024-03-10", history("summons, on: 2024-02-01, appear_by: 2024-03-20"), YES),
]


@pytest.mark.parametrize(("condition", "situation", "expected"), UNTOLD)
def test_what_may_have_happened_is_not_denied(condition: str, situation: str, expected: str) -> None:
    assert answer(f"{STATUS}    if {condition}", situation).value == expected


# --- two events on one day, or on days that are not known -------------------------------------------------------------

WHOLE = "complete: [left_unit, returned, released, joined, entered, left_country]"
LEFT = "left_unit, on: 2024-01-10"
#    condition                      what was told                                                              answer
SAME_DAY = [
    ("entered KZ after left_unit", history(LEFT, "entered, country: KZ, on: 2024-01-09", more=WHOLE), NO),
    ("entered KZ after left_unit", history(LEFT, "entered, country: KZ, on: 2024-01-10", more=WHOLE), UNKNOWN),
    ("entered KZ after left_unit", history(LEFT, "entered, country: KZ, on: 2024-01-11", more=WHOLE), YES),
    ("entered KZ before left_unit", history(LEFT, "entered, country: KZ, on: 2024-01-10", more=WHOLE), UNKNOWN),
    ("entered KZ before left_unit", history(LEFT, "entered, country: KZ, on: 2024-01-11", more=WHOLE), NO),
    ("entered KZ from left_unit", history(LEFT, "entered, country: KZ, on: 2024-01-10", more=WHOLE), YES),
    ("entered KZ by left_unit", history(LEFT, "entered, country: KZ, on: 2024-01-10", more=WHOLE), YES),
    ("entered KZ after 2024-01-10", history("entered, country: KZ, on: 2024-01-10", more=WHOLE), NO),
    (
        "entered KZ after left_unit",
        history(LEFT, "entered, country: KZ, on: 2024-01-10..2024-01-12", more=WHOLE),
        UNKNOWN,
    ),
]


@pytest.mark.parametrize(("condition", "situation", "expected"), SAME_DAY)
def test_two_events_on_one_day_may_have_come_in_either_order(condition: str, situation: str, expected: str) -> None:
    assert answer(f"{STATUS}    if {condition}", situation).value == expected


#    condition                                       joined       answer
OF_ITS_EVENT = [
    ("left_unit after joined", "2024-01-09", YES),
    ("left_unit after joined", "2024-01-10", UNKNOWN),
    ("left_unit before joined", "2024-01-10", UNKNOWN),
    ("joined after left_unit", "2024-01-10", NO),  # the vocabulary says that nobody joins after that
    ("joined before left_unit", "2024-01-10", YES),
    ("joined after left_unit before left_unit", "2024-01-10", NO),
    ("left_unit after left_unit", "2024-01-01", NO),
    ("left_unit with permission is no after left_unit", "2024-01-01", NO),
]


@pytest.mark.parametrize(("condition", "joined", "expected"), OF_ITS_EVENT)
def test_the_vocabulary_decides_the_order_of_two_events_on_one_day(condition: str, joined: str, expected: str) -> None:
    law = f"{STATUS}    about left_unit\n    governed by left_unit\n    if {condition}"
    text = history("left_unit, on: 2024-01-10, permission: no", f"joined, on: {joined}", more=WHOLE)
    assert answer(law, text).value == expected


ABSENCE = """
day end about left_unit
    first of returned after left_unit, released after left_unit, told left_unit absent_for, day asked
XX-1 exposure "absence" source
    about left_unit
    governed by end
    if more than 1 month from left_unit to end
"""
#    events                                                                                                   answer
ABSENCES = [
    (("left_unit, on: 2023-01-01", "returned, on: 2023-01-01"), UNKNOWN),  # back the same evening, or the day before
    (("left_unit, on: 2023-01-01", "returned, on: 2023-01-02"), NO),
    (("left_unit, on: 2023-01-01", "returned, on: 2022-12-31"), YES),
    (
        (
            "left_unit, on: 2023-01-01",
            "returned, on: 2023-01-10",
            "left_unit, on: 2023-06-01",
            "returned, on: 2023-06-05",
        ),
        NO,
    ),
    (("left_unit, on: 2023-01-01", "returned, on: 2023-01-10", "left_unit, on: 2023-06-01"), YES),
    (("left_unit, on: 2023-01-01", "returned, on: 2023-03-01", "left_unit, on: 2024-02-15"), YES),
    (("left_unit, on: 2023-01-01..2023-05-01", "returned, on: 2023-01-10", "returned, on: 2023-05-10"), UNKNOWN),
    (("left_unit, on: 2023-01-01, absent_for: 3..10 days",), NO),
    (("left_unit, on: 2023-01-01..2023-02-01, absent_for: 20..40 days",), UNKNOWN),
    (("left_unit, on: 2023-01-01..2024-01-01, absent_for: 40..50 days",), YES),
    (("left_unit, on: 2024-03-02",), NO),
    (("left_unit, on: 2024-01-31..2024-03-02",), UNKNOWN),
    (("left_unit, on: 2024-02-01..2024-03-02",), NO),
]


@pytest.mark.parametrize(("events", "expected"), ABSENCES)
def test_an_absence_ends_with_its_own_return(events: tuple[str, ...], expected: str) -> None:
    assert answer(ABSENCE, history(*events, more=WHOLE)).value == expected


def test_what_is_untold_may_differ_from_event_to_event() -> None:
    law = """
term soon_back about left_unit
    if returned within 5 days after left_unit
XX-A status "a" source
    about left_unit
    if left_unit permission is yes
    if soon_back
XX-B status "b" source
    about left_unit
    if left_unit permission is no
    if soon_back
XX-1 status "both" source
    if XX-A
    if XX-B
"""
    text = history("left_unit, on: 2023-01-01, permission: yes", "left_unit, on: 2023-06-01, permission: no")
    assert answer(law, text + "complete: [left_unit]").value == UNKNOWN


KEYED = """
fact resident  yes/no    ask "Do you live here?"
event opened   key country; country any code    precedes closed    ask "Was a case opened?"
event closed   key country; country any code    ask "Was it closed?"
"""


@pytest.mark.parametrize(("country", "expected"), [("KZ", YES), ("RU", UNKNOWN), ("[KZ, RU]", UNKNOWN)])
def test_what_precedes_in_one_country_does_not_in_another(country: str, expected: str) -> None:
    corpus = corpus_of(f"{STATUS}    if opened KZ by 2024-01-15", KEYED)
    events = ("opened, country: KZ, on: 2024-01-01..2024-02-01", f"closed, country: {country}, on: 2024-01-10")
    situation = situation_of(corpus, history(*events, more="complete: [opened, closed]"))
    assert Assessor(corpus, situation).answer("XX-1", day("2024-03-01").toordinal()).value == expected


def test_an_assumed_event_is_used_and_said() -> None:
    text = history("left_unit, on: 2023-01-01, assumed: he told a friend", more=WHOLE)
    found = finding(ABSENCE, text, "2024-03-01")
    assert found.answer.value == YES
    assert any("he told a friend" in reason.assumed for reason in found.because)
