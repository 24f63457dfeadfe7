"""What stands beside an answer: practice, cautions, questions, changes, warnings, confidence."""

from itertools import pairwise

import pytest

from safeconduct.rules.finding import Assumption, Cause, DayRange, Turn
from safeconduct.rules.position import Assessor, assess
from safeconduct.values.errors import SituationError
from safeconduct.values.truth import Truth
from tests.rules.pages import (
    ABSENCE,
    ALONE,
    NO,
    STEPPED,
    UNKNOWN,
    YES,
    answer,
    corpus_of,
    day,
    finding,
    history,
    situation_of,
)

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


@pytest.mark.parametrize(
    ("citizenships", "expected"),
    [("[RU]", (True, YES)), ("[KZ]", (False, NO)), ("[KZ, unstated]", (True, UNKNOWN))],
)
def test_a_row_that_certainly_reaches_other_people_does_not_concern(
    citizenships: str, expected: tuple[bool, str]
) -> None:
    found = finding(NOTES, f"person: {{resident: yes, citizenships: {citizenships}}}", "2024-03-01")
    assert (found.concerns, found.answer.value) == expected


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
    assert position.questions[0].bears_on == ("absence", "desertion")


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


def test_none_of_some_grounds_is_accepted_where_none_is_established() -> None:
    corpus = corpus_of(GROUNDS)
    for text in ("person: {resident: yes, grounds: none, weeks: 20}", "person: {resident: yes, grounds: none}"):
        position = assess(corpus, situation_of(corpus, text), on=day("2024-03-01"))
        assert position.finding("XX-1").answer.value == YES


def test_a_reason_for_a_question_is_the_one_of_the_page() -> None:
    facts = 'fact resident  yes/no    ask "Do you live here?"    why "Only residents are called."'
    corpus = corpus_of('XX-1 status "a" source\n    if resident', facts)
    position = assess(corpus, situation_of(corpus, ""), on=day("2024-03-01"))
    assert [question.why for question in position.questions] == ["Only residents are called."]
    assert position.questions[0].bears_on == ()


CHANGES = """
XX-1 status "second line" source
    if resident
    if in reserve
XX-2 status "the person it concerns" source
    concerns in reserve
XX-3 deadline "never set off" source
    from 2024-06-01
    within 5 days after learnt, counting from the next day, calendar days, rolls not
    met by appeared
XX-4 exposure "of each absence" source
    about left_unit
    governed by left_unit
    caution "of that event" if left_unit permission is no
"""
SOON = "person: {resident: yes, in_reserve: [no until 2024-04-30, yes from 2024-05-01]}"


def test_a_change_names_the_line_that_changes_or_only_the_day() -> None:
    corpus = corpus_of(CHANGES)
    position = assess(corpus, situation_of(corpus, SOON), on=day("2024-03-01"))
    assert [(str(change.on), change.id, change.because) for change in position.changes] == [
        ("2024-05-01", "XX-1", "in reserve: now holds"),
        ("2024-05-01", "XX-2", "a day is reached"),
        ("2024-06-01", "XX-3", "the text comes into force"),
    ]
    assert [change.cause for change in position.changes] == [
        Cause(turn=Turn.LINE, line="in reserve", holds=Truth.YES, facts=("in_reserve",)),
        Cause(turn=Turn.DAY),
        Cause(turn=Turn.BEGINS),
    ]


#   what holds from that day     what is said
TURNS = [
    (Truth.YES,                  "served: now holds"),
    (Truth.NO,                   "served: no longer holds"),
    (Truth.UNKNOWN,              "served: can no longer be told"),
]  # fmt: skip


@pytest.mark.parametrize(("holds", "said"), TURNS)
def test_a_line_that_changes_says_whether_it_holds_now(holds, said) -> None:
    assert Cause(turn=Turn.LINE, line="served", holds=holds).text == said


def test_a_reason_holds_the_days_of_the_text_and_what_it_takes_as_given() -> None:
    corpus = corpus_of(
        'XX-1 status "a" source\n    from 2024-01-01 until 2024-12-31\n    if resident\n    unless left_unit'
    )
    text = (
        "person: {resident: {is: yes, assumed: he said so}}\n"
        "history: [{event: left_unit, on: 2024-02-01, assumed: he hides}]\ncomplete: [left_unit]\n"
        "not_happened: [{event: appeared, assumed: not told}]"
    )
    (found,) = assess(corpus, situation_of(corpus, text), on=day("2024-03-01")).findings
    assert [reason.taken for reason in found.because] == [(Assumption(of="left_unit", why="he hides"),)]
    assert [reason.assumed for reason in found.because] == ["left_unit: he hides"]
    before = assess(corpus, situation_of(corpus, text), on=day("2023-12-01")).findings[0].because
    assert [(reason.role, reason.force) for reason in before] == [
        ("force", DayRange(earliest=day("2024-01-01"), latest=day("2024-12-31")))
    ]
    assert Assumption(of="appeared", why="not told", never=True).text == "no appeared: not told"


def test_a_caution_about_an_event_is_silent_where_there_is_none() -> None:
    corpus = corpus_of(CHANGES)
    for text, texts in (("not_happened: [left_unit]", []), ("history: [{event: left_unit}]", ["of that event"])):
        position = assess(corpus, situation_of(corpus, text), on=day("2024-03-01"))
        assert [caution.text for caution in position.finding("XX-4").caution] == texts


DAILY = """
XX-1 status "reserve or age" source
    if any of
        in reserve
        aged 18 to under 21
    unless summons appear_by before day asked
XX-2 exposure "absence" source
    about left_unit
    governed by left_unit
    if more than 1 month from left_unit to day asked
    unless returned after left_unit
XX-3 deadline "come" source
    from 2024-02-10
    within 20 days after summons appear_by, counting from either day, calendar days, rolls unknown
    again within 1 month after learnt, counting from the next day, whole months, rolls not, months end clipped
    met by appeared
XX-4 status "last lawful days" source
    if entered KZ not followed by left_country KZ
    if more than 10 days from last lawful day in KZ to day asked
XX-5 status "stay" source
    stay in KZ, at most 30 days in each 60 days, models L, F, G, days before 2023-01-01 not counted
    if entered KZ
"""
LIVES = [
    "person: {birth_date: 2003-03-10..2003-03-15, in_reserve: [yes until 2024-02-20, no from 2024-03-20]}",
    "person: {birth_date: 2006-03-01..2006-04-02, in_reserve: [no until 2024-03-01]}",
    history("left_unit, on: 2024-01-10..2024-01-20", "returned, on: 2024-02-25", more="complete: [left_unit]"),
    "history: [{event: left_unit, on: 2024-01-31}]\nnot_happened: [returned, released, learnt]",
    "history: [{event: summons, on: 2024-02-01, appear_by: 2024-02-16..2024-02-18}]\nnot_happened: [learnt]",
    history(
        "summons, on: 2024-02-01, appear_by: 2024-02-16",
        "learnt, on: 2024-03-09",
        more="complete: [summons, learnt]\nnot_happened: [appeared]",
    ),
    "history: [{event: entered, country: KZ, on: 2024-02-05..2024-02-07}]\ncomplete: [entered, left_country]",
]


@pytest.mark.parametrize("life", LIVES)
def test_changes_are_those_that_asking_day_after_day_finds(life: str) -> None:
    corpus = corpus_of(DAILY)
    first, last = day("2024-01-25").toordinal(), day("2024-05-10").toordinal()
    assessor = Assessor(corpus, situation_of(corpus, life))
    for name in corpus.provisions:
        daily = [assessor.answer(name, on) for on in range(first, last + 1)]
        expected = [(first + at, old, new) for at, (old, new) in enumerate(pairwise(daily), 1) if old is not new]
        found = [(change.on.toordinal(), change.before, change.after) for change in assessor.changes(name, first, last)]
        assert found == expected, name


def test_a_disputed_answer_is_as_sure_as_the_weakest_of_the_readings() -> None:
    law = """
XX-X1 conflict "Who?"
    reading "all" source art. 9 background confidence A
    reading "residents" safer source art. 9 background confidence B
XX-1 status "a status" source art. 1 background confidence A
    reading 1 of XX-X1
    reading 2 of XX-X1
        if resident
"""
    disputed = finding(law, "person: {resident: no}", "2024-03-01")
    alike = finding(law, "person: {resident: yes}", "2024-03-01")
    assert (disputed.answer.value, disputed.confidence.value) == ("disputed", "B")
    assert (alike.answer.value, alike.confidence.value) == ("yes", "A")
