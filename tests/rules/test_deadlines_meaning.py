"""Where a deadline stands, when it ends, and what meets it."""

from datetime import date

import pytest

from safeconduct.rules.finding import Answer, State
from tests.rules.pages import (
    NO,
    UNKNOWN,
    YES,
    answer,
    day,
    finding,
    history,
)

APPLY = """
XX-1 deadline "apply" source
    within 5 days after entered KZ, counting from either day, calendar days, rolls not
    again within 5 days after learnt, counting from either day, calendar days, rolls not
    met by applied KZ
    late "late is not barred"
    tells "see a lawyer first"
    missed means "a later application may be refused"
"""
ARRIVED = "history: [{event: entered, country: KZ, on: 2024-02-20}]\n"
#     further facts                                     on            answer  state
DEADLINES = [
    ("not_happened: [applied, learnt]", "2024-02-19", NO, State.NOT_STARTED),
    ("not_happened: [applied, learnt]", "2024-02-20", YES, State.RUNNING),
    ("not_happened: [applied, learnt]", "2024-02-24", YES, State.RUNNING),
    ("not_happened: [applied, learnt]", "2024-02-25", UNKNOWN, State.UNKNOWN),  # counted from the same day or the next
    ("not_happened: [applied, learnt]", "2024-02-26", NO, State.MISSED),
    ("not_happened: [learnt]", "2024-02-26", UNKNOWN, State.UNKNOWN),  # met or missed, but not running
    ("not_happened: [applied]", "2024-02-26", UNKNOWN, State.UNKNOWN),
    ("", "2024-02-22", UNKNOWN, State.UNKNOWN),
]


@pytest.mark.parametrize(("further", "on", "expected", "state"), DEADLINES)
def test_a_deadline_stands_where_the_days_put_it(further: str, on: str, expected: str, state: State) -> None:
    text = ARRIVED + further + ("\n" if further else "") + "complete: [entered KZ]"
    found = finding(APPLY, text, on)
    assert found.deadline is not None
    assert (found.answer.value, found.deadline.state) == (expected, state)
    assert (found.deadline.starts.earliest, found.deadline.starts.latest) == (day("2024-02-20"), day("2024-02-21"))
    assert (found.deadline.ends.earliest, found.deadline.ends.latest) == (day("2024-02-24"), day("2024-02-25"))
    assert found.deadline.act_by == day("2024-02-24")


def test_learning_of_the_risk_starts_new_days() -> None:
    text = (
        "history: [{event: entered, country: KZ, on: 2024-01-01}, {event: learnt, on: 2024-02-20}]\n"
        "not_happened: [applied]\ncomplete: [entered KZ, learnt]"
    )
    found = finding(APPLY, text, "2024-02-22")
    assert found.deadline is not None
    assert (found.answer.value, found.deadline.state) == (YES, State.RUNNING)
    assert found.deadline.ends.earliest == day("2024-02-24")


def test_an_application_in_time_meets_the_deadline_and_a_late_one_does_not() -> None:
    for applied, state in (("2024-02-24", State.MET), ("2024-02-27", State.MISSED)):
        events = f"{{event: entered, country: KZ, on: 2024-02-20}}, {{event: applied, country: KZ, on: {applied}}}"
        text = f"history: [{events}]\nnot_happened: [learnt]\ncomplete: [entered KZ, applied KZ]"
        found = finding(APPLY, text, "2024-03-01")
        assert found.deadline is not None
        assert found.deadline.state is state
        assert found.answer is Answer.NO


def test_a_deadline_that_nothing_told_has_no_days_and_names_what_could_settle_it() -> None:
    found = finding(APPLY, "", "2024-03-01")
    assert found.deadline is not None
    assert (found.deadline.starts.earliest, found.deadline.ends.latest, found.deadline.act_by) == (None, None, None)
    assert set(found.missing) == {"entered", "learnt", "applied"}


#     window                                                                             start         ends
WINDOWS = [
    ("within 5 days after served_on, counting from the next day, calendar days, rolls not", "2024-03-01", "2024-03-06"),
    ("within 5 days after served_on, counting from the same day, calendar days, rolls not", "2024-03-01", "2024-03-05"),
    ("within 5 days after served_on, counting from the next day, working days, rolls not", "2024-03-01", "2024-03-08"),
    ("within 1 day after served_on, counting from the next day, working days, rolls not", "2024-03-01", "2024-03-04"),
    (
        "within 1 day after served_on, counting from the next day, calendar days, rolls to the next working day",
        "2024-03-01",
        "2024-03-04",
    ),
    (
        "within 3 days after served_on, counting from the next day, calendar days, rolls to the next working day",
        "2024-03-01",
        "2024-03-04",
    ),
    (
        "within 4 days after served_on, counting from the next day, calendar days, rolls to the next working day",
        "2024-03-01",
        "2024-03-05",
    ),
    (
        "within 1 month after served_on, counting from the next day, whole months, rolls not, months end clipped",
        "2024-01-31",
        "2024-02-29",
    ),
    (
        "within 1 month after served_on, counting from the next day, whole months, rolls not, months end rolled",
        "2024-01-31",
        "2024-03-01",
    ),
    (
        "within 1 month after served_on, counting from the same day, whole months, rolls not, months end clipped",
        "2024-01-15",
        "2024-02-14",
    ),
]


@pytest.mark.parametrize(("window", "start", "ends"), WINDOWS)
def test_each_way_of_counting_ends_on_its_day(window: str, start: str, ends: str) -> None:
    law = f'XX-1 deadline "act" source\n    {window}\n    met by appeared\n'
    text = f"person: {{served_on: {start}}}\nnot_happened: [appeared]"
    found = finding(law, text, ends).deadline
    assert found is not None
    assert (found.ends.earliest, found.ends.latest, found.state) == (day(ends), day(ends), State.RUNNING)
    after = date.fromordinal(day(ends).toordinal() + 1)
    assert answer(law, text, after.isoformat()).value == NO


@pytest.mark.parametrize(
    ("window", "earliest", "latest"),
    [
        (
            "within 1 day after served_on, counting from the next day, calendar days, rolls unknown",
            "2024-03-02",
            "2024-03-04",
        ),
        (
            "within 1 month after served_on, counting from either day, whole months, rolls not, months end clipped",
            "2024-03-31",
            "2024-04-01",
        ),
    ],
)
def test_where_the_page_leaves_two_days_both_are_reported_and_the_earlier_is_the_safe_one(
    window: str, earliest: str, latest: str
) -> None:
    law = f'XX-1 deadline "act" source\n    {window}\n    met by appeared\n'
    found = finding(law, "person: {served_on: 2024-03-01}\nnot_happened: [appeared]", "2024-03-01").deadline
    assert found is not None
    assert (found.ends.earliest, found.ends.latest, found.act_by) == (day(earliest), day(latest), day(earliest))


@pytest.mark.parametrize("counting", ["working days, rolls not", "calendar days, rolls to the next working day"])
def test_an_inexact_start_gives_the_earliest_and_a_latest_end(counting: str) -> None:
    window = f"within 3 days after served_on, counting from the next day, {counting}"
    law = f'XX-1 deadline "act" source\n    {window}\n    met by appeared\n'
    text = "person: {served_on: 2024-03-01..2024-03-03}\nnot_happened: [appeared]"
    found = finding(law, text, "2024-03-04").deadline
    assert found is not None
    assert found.ends.earliest is not None
    assert found.ends.latest is not None
    exact = [finding(law, f"person: {{served_on: 2024-03-0{one}}}", "2024-03-04").deadline for one in (1, 2, 3)]
    ends = [one.ends.earliest for one in exact if one is not None and one.ends.earliest is not None]
    assert found.ends.earliest <= min(ends)
    assert found.ends.latest >= max(ends)


# --- several starts ---------------------------------------------------------------------------------------------------

COME = """
XX-1 deadline "come" source
    within 20 days after summons appear_by, counting from the next day, calendar days, rolls not
    met by appeared
"""
FIRST = "summons, on: 2024-01-01, appear_by: 2024-01-05"
SECOND = "summons, on: 2024-02-10, appear_by: 2024-02-20"
#    events                                           on            answer state              ends
SUMMONSES = [
    ((FIRST, "appeared, on: 2024-01-03"), "2024-01-10", NO, State.MET, "2024-01-25"),  # before the day set
    ((FIRST, "appeared, on: 2023-12-31"), "2024-01-10", YES, State.RUNNING, "2024-01-25"),  # before the summons
    ((FIRST, "appeared, on: 2024-01-26"), "2024-01-26", NO, State.MISSED, "2024-01-25"),
    ((FIRST, SECOND, "appeared, on: 2024-01-06"), "2024-03-01", YES, State.RUNNING, "2024-03-11"),
    ((FIRST, SECOND, "appeared, on: 2024-01-06"), "2024-03-12", NO, State.MISSED, "2024-03-11"),
    (
        (FIRST, SECOND, "appeared, on: 2024-01-06", "appeared, on: 2024-03-01"),
        "2024-03-12",
        NO,
        State.MET,
        "2024-03-11",
    ),
    ((FIRST, SECOND, "appeared, on: 2024-02-15"), "2024-03-12", NO, State.MISSED, "2024-03-11"),
    ((SECOND,), "2024-02-15", NO, State.NOT_STARTED, "2024-03-11"),
    ((SECOND, "appeared, on: 2024-02-12"), "2024-02-15", NO, State.NOT_STARTED, "2024-03-11"),
    ((), "2024-02-15", NO, State.NOT_STARTED, None),
]


@pytest.mark.parametrize(("events", "on", "expected", "state", "ends"), SUMMONSES)
def test_what_was_done_after_one_summons_does_not_answer_the_next(
    events: tuple[str, ...], on: str, expected: str, state: State, ends: str | None
) -> None:
    found = finding(COME, history(*events, more="complete: [summons, appeared]"), on)
    assert found.deadline is not None
    assert (found.answer.value, found.deadline.state) == (expected, state)
    assert found.deadline.ends.latest == (day(ends) if ends else None)


def test_another_summons_that_was_not_told_may_run() -> None:
    found = finding(COME, history(FIRST, "appeared, on: 2024-01-06", more="complete: [appeared]"), "2024-03-01")
    assert found.answer.value == UNKNOWN
    assert "summons" in found.missing


def test_a_new_start_that_lies_ahead_does_not_hide_the_days_that_run() -> None:
    law = """
XX-1 deadline "apply" source
    within 5 days after entered KZ, counting from the next day, calendar days, rolls not
    again within 5 days after learnt, counting from the next day, calendar days, rolls not
    met by applied KZ
"""
    text = history(
        "entered, country: KZ, on: 2024-03-01", "learnt, on: 2024-06-01", more="complete: [entered, learnt, applied]"
    )
    for on, ends in (("2024-02-01", "2024-03-06"), ("2024-03-03", "2024-03-06"), ("2024-06-02", "2024-06-06")):
        found = finding(law, text, on).deadline
        assert found is not None
        assert found.act_by == day(ends)
    found = finding(law, history("learnt, on: 2024-06-01", more="not_happened: [entered, applied]"), "2024-06-02")
    assert found.answer.value == YES


WORKING = """
XX-1 deadline "act" source
    within 2 days after served_on, counting from the next day, working days, rolls not if resident
    within 30 days after served_on, counting from the next day, working days, rolls not if not resident
    met by appeared
"""


@pytest.mark.parametrize(("resident", "expected"), [("no", YES), ("yes", NO), ("unknown", UNKNOWN)])
def test_two_windows_from_one_inexact_day_keep_their_own_ends(resident: str, expected: str) -> None:
    text = f"person: {{served_on: 2024-03-01..2024-03-02, resident: {resident}}}\nnot_happened: [appeared]"
    assert answer(WORKING, text, "2024-04-02").value == expected


OF_EACH = """
XX-1 deadline "come" source
    about summons
    governed by summons
    within 20 days after summons appear_by, counting from the next day, calendar days, rolls not
    met by appeared
"""


@pytest.mark.parametrize(("came", "state"), [("2024-01-03", State.MET), ("2023-12-31", State.RUNNING)])
def test_whoever_comes_after_the_summons_and_before_its_day_has_come(came: str, state: State) -> None:
    text = history(FIRST, f"appeared, on: {came}", more="complete: [summons, appeared]")
    found = finding(OF_EACH, text, "2024-01-10").deadline
    assert found is not None
    assert found.state is state


@pytest.mark.parametrize(("which", "ends"), [("first of", "2024-01-06"), ("last of", "2024-02-06")])
def test_a_deadline_starts_on_the_first_or_the_last_of_some_days(which: str, ends: str) -> None:
    law = f"""
XX-1 deadline "act" source
    within 5 days after {which} served_on, learnt, counting from the next day, calendar days, rolls not
    met by appeared
"""
    text = history("learnt, on: 2024-02-01", more="person: {served_on: 2024-01-01}\ncomplete: [learnt, appeared]")
    assert answer(law, text, ends).value == YES
    assert answer(law, text, date.fromordinal(day(ends).toordinal() + 1).isoformat()).value == NO
