"""What provisions mean: versions, exceptions, readings, groups, displacement, deadlines, stays, practice, changes."""

from datetime import date

import pytest

from safeconduct.rules.finding import Answer, State
from safeconduct.rules.position import Assessor, assess
from safeconduct.values.errors import SituationError
from tests.rules.pages import answer, corpus_of, finding, situation_of

YES, NO, UNKNOWN, DISPUTED = "yes", "no", "unknown", "disputed"


def day(text: str) -> date:
    return date.fromisoformat(text)


# --- the days of a text ------------------------------------------------------------------------------------------------

STEPPED = """
value upper age
    until 2023-12-31: 27 years source
    from 2024-01-01: 30 years source
XX-1 status "called" source
    from 2022-01-02 until 2025-12-31
    if aged 18 to under upper age
    from 2024-02-01: unless resident
"""
#     born          resident on            answer
DATED = [
    ("1996-06-15", "no", "2022-01-01", NO),  # the text is not in force yet
    ("1996-06-15", "no", "2022-01-02", YES),
    ("1996-06-15", "no", "2023-06-14", YES),
    ("1996-06-15", "no", "2023-06-15", NO),  # 27 is reached
    ("1996-06-15", "no", "2023-12-31", NO),
    ("1996-06-15", "no", "2024-01-01", YES),  # the limit is 30 now
    ("1996-06-15", "yes", "2024-01-31", YES),
    ("1996-06-15", "yes", "2024-02-01", NO),  # the exception has begun
    ("2000-06-15", "no", "2025-12-31", YES),
    ("2000-06-15", "no", "2026-01-01", NO),  # the text has ended
]


@pytest.mark.parametrize(("born", "resident", "on", "expected"), DATED)
def test_a_text_and_its_values_hold_on_their_days(born: str, resident: str, on: str, expected: str) -> None:
    assert answer(STEPPED, f"person: {{birth_date: {born}, resident: {resident}}}", on).value == expected


ABSENCE = """
day end_of_absence about left_unit
    first of returned after left_unit, released after left_unit, told left_unit absent_for, day asked
XX-OLD exposure "absence, older part" source
    about left_unit
    governed by end_of_absence
    if more than 1 month from left_unit to end_of_absence
    unless aim
    displaced by XX-1 if 2022-09-24 by end_of_absence
XX-1 exposure "absence" source
    about left_unit
    governed by end_of_absence
    from 2022-09-24
    if more than 1 month from left_unit to end_of_absence
    unless aim
    penalty imprisonment 5 years to 10 years
XX-2 exposure "desertion" source
    about left_unit
    governed by end_of_absence
    if aim
    penalty imprisonment 5 years to 15 years
    penalty "a fine"
XX-GROUP exposure "either of the two" source
    group of XX-1, XX-2
"""
ALONE = "not_happened: [returned, released]"
#     left         what ended it                                                on            old part  new part  either
ABSENCES = [
    ("2022-10-01", ALONE, "2022-11-01", NO, NO, UNKNOWN),  # a month to the day is not over a month
    ("2022-10-01", ALONE, "2022-11-02", NO, UNKNOWN, YES),
    ("2022-10-01..2022-10-20", ALONE, "2022-11-10", NO, UNKNOWN, UNKNOWN),
    ("2022-10-01", "not_happened: [released]", "2022-11-02", UNKNOWN, UNKNOWN, UNKNOWN),
    ("2022-08-01", "complete: [returned]\nnot_happened: [released]", "2022-11-02", NO, UNKNOWN, YES),
]


@pytest.mark.parametrize(("left", "ended", "on", "old", "new", "either"), ABSENCES)
def test_whichever_of_two_it_is_one_of_them_holds(
    left: str, ended: str, on: str, old: str, new: str, either: str
) -> None:
    corpus = corpus_of(ABSENCE)
    situation = situation_of(corpus, f"history: [{{event: left_unit, on: {left}}}]\n{ended}")
    assessor = Assessor(corpus, situation)
    ordinal = day(on).toordinal()
    assert [assessor.answer(name, ordinal).value for name in ("XX-OLD", "XX-1", "XX-GROUP")] == [old, new, either]


RETURNED = "history: [{{event: left_unit, on: 2022-08-01}}, {{event: returned, on: {back}}}]\ncomplete: [left_unit, returned]\nnot_happened: [released]\nperson: {{aim: no}}"


@pytest.mark.parametrize(
    ("back", "old", "new"),
    [("2022-09-01", NO, NO), ("2022-09-02", YES, NO), ("2022-09-23", YES, NO), ("2022-09-24", NO, YES)],
)
def test_the_text_in_force_when_the_act_ended_governs(back: str, old: str, new: str) -> None:
    situation = RETURNED.format(back=back)
    assert answer(ABSENCE, situation, "2023-12-12", "XX-OLD").value == old
    assert answer(ABSENCE, situation, "2023-12-12", "XX-1").value == new


def test_repeal_does_not_make_an_exposure_go_away() -> None:
    law = ABSENCE.replace("    from 2022-09-24\n", "    from 2022-09-24 until 2023-01-31\n")
    situation = RETURNED.format(back="2022-10-01")
    assert answer(law, situation, "2024-06-01", "XX-1").value == YES


def test_a_length_that_was_told_ends_the_absence() -> None:
    told = (
        "history: [{{event: left_unit, on: 2022-10-01..2022-10-05, absent_for: {days} days}}]\nperson: {{aim: no}}\n"
        + ALONE
    )
    assert answer(ABSENCE, told.format(days="40..50"), "2023-12-12").value == YES
    assert answer(ABSENCE, told.format(days="3..10"), "2023-12-12").value == NO
    assert answer(ABSENCE, told.format(days="20..50"), "2023-12-12").value == UNKNOWN


def test_a_group_shows_the_penalty_of_whichever_part_it_is() -> None:
    situation = f"history: [{{event: left_unit, on: 2022-10-01}}]\n{ALONE}"
    penalty = finding(ABSENCE, situation, "2023-12-12", "XX-GROUP").penalty
    assert penalty is not None
    assert (penalty.least_months, penalty.most_months, penalty.alternatives) == (60, 180, ("a fine",))
    certain = finding(ABSENCE, situation + "\nperson: {aim: no}", "2023-12-12", "XX-GROUP").penalty
    assert certain is not None
    assert (certain.least_months, certain.most_months) == (60, 120)


def test_an_unknown_exposure_prints_its_penalty() -> None:
    found = finding(ABSENCE, f"history: [{{event: left_unit, on: 2022-10-01}}]\n{ALONE}", "2023-12-12", "XX-1")
    assert found.answer is Answer.UNKNOWN
    assert found.penalty is not None
    assert (found.penalty.least_months, found.penalty.most_months) == (60, 120)
    assert found.missing == ("aim",)


def test_nobody_left_when_none_is_told_and_none_can_be() -> None:
    found = finding(ABSENCE, "not_happened: [left_unit]", "2023-12-12", "XX-1")
    assert found.answer is Answer.NO
    assert [reason.text for reason in found.because] == ["no left unit"]


# --- exceptions, readings ----------------------------------------------------------------------------------------------

EXCEPTIONS = """
XX-1 status "rule" source
    if resident
exception to XX-1: "first" fails
    source art. 2 background
    if fitness is V or B
exception to XX-1: "second" holds over "first"
    source art. 3 background
    if in reserve
"""


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("resident: yes, fitness: A, in_reserve: no", YES),
        ("resident: yes, fitness: V, in_reserve: no", NO),
        ("resident: yes, fitness: V, in_reserve: yes", YES),
        ("resident: no, fitness: A, in_reserve: no", NO),
        ("resident: no, fitness: A, in_reserve: yes", YES),
        ("resident: yes, fitness: V", UNKNOWN),
        ("resident: yes, fitness: A", YES),
    ],
)
def test_the_later_exception_prevails_over_the_one_that_it_names(facts: str, expected: str) -> None:
    assert answer(EXCEPTIONS, f"person: {{{facts}}}").value == expected


READINGS = """
XX-X1 conflict "Who is saved?"
    reading "whoever is old enough" source
    reading "only whoever is in the reserve" safer source
XX-0 right "saved" source
    reading 1 of XX-X1
        if born until 1996-12-31
    reading 2 of XX-X1
        if born until 1996-12-31
        and in reserve
XX-1 liability "liable" source
    if resident
    unless XX-0
"""


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("resident: yes, birth_date: 1997", YES),
        ("resident: yes, birth_date: 1996, in_reserve: yes", NO),
        ("resident: yes, birth_date: 1996, in_reserve: no", DISPUTED),
        ("resident: yes, birth_date: 1996", UNKNOWN),
        ("resident: no, birth_date: 1996, in_reserve: no", NO),
    ],
)
def test_a_yes_and_a_no_among_readings_is_a_dispute(facts: str, expected: str) -> None:
    assert answer(READINGS, f"person: {{{facts}}}").value == expected


def test_a_dispute_shows_each_reading_and_the_safer_one() -> None:
    found = finding(READINGS, "person: {resident: yes, birth_date: 1996, in_reserve: no}", "2024-03-01")
    assert [(reading.name, reading.answer.value, reading.safer) for reading in found.readings] == [
        ("whoever is old enough", NO, False),
        ("only whoever is in the reserve", YES, True),
    ]


# --- deadlines ---------------------------------------------------------------------------------------------------------

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
    ("not_happened: [learnt]", "2024-02-26", NO, State.UNKNOWN),  # met or missed, but not running
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
        text = (
            f"history: [{{event: entered, country: KZ, on: 2024-02-20}}, {{event: applied, country: KZ, on: {applied}}}]\n"
            "not_happened: [learnt]\ncomplete: [entered KZ, applied KZ]"
        )
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
    law = f'XX-1 deadline "act" source\n    within 3 days after served_on, counting from the next day, {counting}\n    met by appeared\n'
    text = "person: {served_on: 2024-03-01..2024-03-03}\nnot_happened: [appeared]"
    found = finding(law, text, "2024-03-04").deadline
    assert found is not None
    assert found.ends.earliest is not None
    assert found.ends.latest is not None
    exact = [finding(law, f"person: {{served_on: 2024-03-0{one}}}", "2024-03-04").deadline for one in (1, 2, 3)]
    ends = [one.ends.earliest for one in exact if one is not None and one.ends.earliest is not None]
    assert found.ends.earliest <= min(ends)
    assert found.ends.latest >= max(ends)


# --- stays -------------------------------------------------------------------------------------------------------------

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


# --- practice, cautions, concerns, questions, changes ------------------------------------------------------------------

NOTES = """
XX-1 restriction "may not leave" source
    from 2023-04-14
    concerns citizenships includes RU
    if resident
    caution XX-X3 "sources differ" if aged 29 to under 31
    caution "always said"
    in practice "the system does not work" until 2025-08-31
XX-P practice "men are stopped" source
    dated 2024-06-01
    beside XX-1
    if resident
XX-HIDDEN status "explains" source
    explains
    if resident
XX-X3 status "a row that is cited" source
    if resident
"""


def test_a_note_of_practice_dated_later_is_since_then() -> None:
    found = finding(NOTES, "person: {resident: yes}", "2024-03-01", "XX-P")
    assert (found.answer.value, found.practice, found.dated, found.since_then) == (YES, True, day("2024-06-01"), True)
    assert found.beside == ("XX-1",)
    assert finding(NOTES, "person: {resident: yes}", "2024-06-01", "XX-P").since_then is False


def test_cautions_stand_unless_their_condition_certainly_fails() -> None:
    for born, texts in (
        ("1994", ["sources differ", "always said"]),
        ("2000", ["always said"]),
        ("1990..2000", ["sources differ", "always said"]),
    ):
        found = finding(NOTES, f"person: {{birth_date: {born}}}", "2024-03-01")
        assert [caution.text for caution in found.caution] == texts
    assert finding(NOTES, "", "2024-03-01").caution[0].id == "XX-X3"


def test_the_state_of_practice_is_said_on_its_days() -> None:
    assert finding(NOTES, "", "2025-08-31").practice_state == "the system does not work"
    assert finding(NOTES, "", "2025-09-01").practice_state == ""


@pytest.mark.parametrize(("citizenships", "concerns"), [("[RU]", True), ("[KZ]", False), ("[KZ, unstated]", True)])
def test_a_row_that_certainly_reaches_other_people_does_not_concern(citizenships: str, concerns: bool) -> None:
    found = finding(NOTES, f"person: {{resident: yes, citizenships: {citizenships}}}", "2024-03-01")
    assert found.concerns is concerns
    assert (found.answer is Answer.NO) is not concerns or found.answer is not Answer.NO


def test_a_row_that_only_explains_is_no_finding() -> None:
    corpus = corpus_of(NOTES)
    position = assess(corpus, situation_of(corpus, "person: {resident: yes}"), on=day("2024-03-01"))
    assert [found.id for found in position.findings] == ["XX-1", "XX-P", "XX-X3"]
    with pytest.raises(KeyError):
        position.finding("XX-HIDDEN")


def test_changes_of_the_next_two_years_say_when_and_why() -> None:
    corpus = corpus_of(STEPPED)
    position = assess(
        corpus, situation_of(corpus, "person: {birth_date: 1996-06-15, resident: no}"), on=day("2023-06-01")
    )
    assert [(change.on, change.before.value, change.after.value, change.because) for change in position.changes] == [
        (day("2023-06-15"), YES, NO, "aged 18 to under upper age: no longer holds"),
        (day("2024-01-01"), NO, YES, "aged 18 to under upper age: now holds"),
    ]
    later = assess(corpus, situation_of(corpus, "person: {birth_date: 1998, resident: no}"), on=day("2025-06-01"))
    assert [(change.on, change.because) for change in later.changes] == [
        (day("2026-01-01"), "the text is no longer in force")
    ]
    last = assess(corpus, situation_of(corpus, "person: {birth_date: 1998}"), on=day("2021-12-31"))
    assert [(change.on, change.because) for change in last.changes] == [
        (day("2022-01-02"), "the text comes into force")
    ]


def test_a_change_of_a_row_about_an_event_is_dated() -> None:
    corpus = corpus_of(ABSENCE)
    text = f"history: [{{event: left_unit, on: 2022-10-01}}]\n{ALONE}\nperson: {{aim: no}}"
    position = assess(corpus, situation_of(corpus, text), on=day("2022-10-15"))
    assert [(change.on, change.id) for change in position.changes] == [
        (day("2022-11-02"), "XX-1"),
        (day("2022-11-02"), "XX-GROUP"),
    ]


def test_questions_name_what_they_settle_and_the_gravest_come_first() -> None:
    corpus = corpus_of(ABSENCE)
    text = f"history: [{{event: left_unit, on: 2022-10-01}}]\n{ALONE}"
    position = assess(corpus, situation_of(corpus, text), on=day("2023-12-12"))
    assert [question.fact for question in position.questions] == ["aim"]
    assert position.questions[0].settles == ("XX-1", "XX-2")
    assert position.questions[0].text == "Did you mean to stay away?"
    assert position.questions[0].why.startswith("It bears on: absence; desertion")


def test_a_question_for_a_lawyer_is_marked() -> None:
    law = 'XX-0 untranslatable "valid reason" source\n    asks reason\nXX-1 status "excused" source\n    if reason\n'
    corpus = corpus_of(law)
    position = assess(corpus, situation_of(corpus, ""), on=day("2024-03-01"))
    assert [(question.fact, question.for_lawyer) for question in position.questions] == [("reason", True)]


GROUNDS = """
XX-GROUND right "a ground" source
    if weeks at least 26
    unless grounds is none
XX-1 liability "liable" source
    if resident
    unless XX-GROUND
"""


def test_none_of_some_grounds_settles_each_of_them() -> None:
    assert answer(GROUNDS, "person: {resident: yes, grounds: none}").value == YES
    assert answer(GROUNDS, "person: {resident: yes}").value == UNKNOWN


def test_none_beside_a_fact_that_establishes_a_ground_is_refused() -> None:
    corpus = corpus_of(GROUNDS)
    situation = situation_of(corpus, "person: {resident: yes, grounds: none, weeks: 30}")
    with pytest.raises(SituationError) as caught:
        assess(corpus, situation, on=day("2024-03-01"))
    assert caught.value.code == "SIT060"


def test_the_warnings_say_how_far_the_law_is_known_and_what_is_assumed() -> None:
    corpus = corpus_of(NOTES)
    text = "person: {resident: {is: yes, assumed: he said so}, citizenships: [RU]}"
    position = assess(corpus, situation_of(corpus, text), on=day("2026-01-02"))
    assert any("2026-01-01" in warning for warning in position.warnings)
    assert any("he said so" in warning for warning in position.warnings)
    assert "resident: he said so" in [reason.assumed for reason in position.finding("XX-1").because]


def test_the_receipt_holds_the_digest_of_the_pages_and_the_engine() -> None:
    corpus = corpus_of(NOTES)
    position = assess(corpus, situation_of(corpus, ""), on=day("2024-03-01"), engine="1.2.3")
    assert (position.receipt.corpus, position.receipt.engine) == (corpus.digest, "1.2.3")
    assert len(corpus.digest) == 64


def test_confidence_is_the_lowest_among_the_clauses_that_decide() -> None:
    law = """
XX-1 status "a status" source art. 1 background confidence A
    if resident              source art. 2 background confidence B
    unless in reserve        source art. 3 background confidence C
"""
    assert finding(law, "person: {resident: no}", "2024-03-01").confidence.value == "B"
    assert finding(law, "person: {in_reserve: yes}", "2024-03-01").confidence.value == "C"
    assert finding(law, "person: {resident: yes, in_reserve: no}", "2024-03-01").confidence.value == "C"
    assert len(finding(law, "person: {resident: no}", "2024-03-01").citations) == 2
