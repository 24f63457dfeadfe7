"""The timeline says of every day what the position of that day says, and names the days that matter beside it."""

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.rules.finding import Answer
from safeconduct.rules.marks import BEGINS, CHANGES, ENDS, MarkKind, MarkWhat
from safeconduct.rules.position import Assessor
from safeconduct.rules.timeline import NOTHING_ELSE, timeline
from safeconduct.rules.tree import Kind
from safeconduct.values.errors import SituationError
from tests.rules.pages import corpus_of, situation_of

FIRST, LAST = date(2023, 11, 15), date(2024, 4, 15)

LAW = """value upper age
    until 2023-12-31: 27 years source art. 7 background confidence B
    from  2024-01-01: 30 years source art. 8 background confidence B
term camp_open
    if day asked from 2024-02-01 by 2024-02-29
XX-STATUS status "in the reserve" source art. 1 background confidence A
    if in_reserve
    says "One."
XX-CALL liability "call-up" source art. 2 background confidence A
    from 2023-12-01 until 2024-03-31
    if aged 18 to under upper age
    if resident
    unless XX-STATUS source art. 3 background confidence B
    says "Two."
XX-CAMP duty "camp" source art. 4 background confidence A
    if camp_open
    if resident
    says "Three."
XX-DRILL duty "drill" source art. 12 background confidence A
    from 2024-02-01
    if camp_open
    if resident
    says "Ten."
XX-NEVER duty "nothing" source art. 5 background confidence A
    from 2030-01-01
    if resident
    says "Four."
XX-HIDDEN status "a row that only explains" source art. 5 background confidence A
    if resident
    explains
    says "Five."
XX-NOTE practice "a report" source art. 6 background confidence A
    if resident
    says "Six."
XX-AWAY exposure "absence" source art. 9 background confidence A
    about left_unit
    governed by left_unit
    if left_unit permission is no
    if absent
    says "Seven."
term absent
    if left_unit not followed by returned
XX-APPLY deadline "application" source art. 10 background confidence A
    about entered XX
    within 10 days after entered, counting from the next day, calendar days, rolls not
    met by applied XX
    missed means "Argue."
    says "Eight."
XX-STAY right "stay" source art. 11 background confidence A
    if entered XX
    stay in XX, at most 90 days in each 180 days, models L, F
    says "Nine."
"""

TOLD = """
person:
  birth_date: 1996-12-20..1997-02-10
  resident: yes
  in_reserve: [no until 2024-01-20..2024-02-10, yes from 2024-02-15]
history:
  - {event: left_unit, on: 2023-12-05..2023-12-09, permission: no}
  - {event: returned, on: 2024-03-03}
  - {event: entered, country: XX, on: 2023-12-01..2023-12-03}
not_happened: [{event: applied, country: XX}, {event: left_country, country: XX}]
complete: [left_unit, entered XX, returned]
"""


@cache
def law():
    return corpus_of(LAW)


@cache
def made(told=TOLD, first=FIRST, last=LAST):
    return timeline(law(), situation_of(law(), told), first=first, last=last, engine="0.0.1")


def lane(name, **days):
    return next(one for one in made(**days).lanes if one.id == name)


def days():
    return [FIRST + timedelta(days=count) for count in range((LAST - FIRST).days + 1)]


PIECES = {
    "birth_date": ["1997", "1994-01-05", "1993-11-01..1996-12-31", "2006-01", "unknown"],
    "resident": ["yes", "no", "unknown"],
    "in_reserve": ["yes", "[yes until 2023-12-31, no from 2024-01-02]", "[no from 2024-01-01..2024-01-09]", "withheld"],
}
EVENTS = [
    "{event: left_unit, on: 2023-11-20..2023-12-24, permission: no}",
    "{event: left_unit, permission: no}",
    "{event: returned, on: 2024-01-01..2024-01-31}",
    "{event: entered, country: XX, on: 2023-12-20}",
    "{event: entered, country: XX, on: 2024-01-01..2024-01-02}",
    "{event: applied, country: XX, on: 2023-12-28..2024-01-05}",
    "{event: left_country, country: XX, on: 2024-01-10..2024-01-12}",
]
CLOSED = ["applied XX", "left_country XX", "returned", "left_unit", "entered XX"]


@st.composite
def situations(draw):
    """The text of a file about somebody of the invented law."""
    facts = [f"  {name}: {draw(st.sampled_from(values))}" for name, values in PIECES.items() if draw(st.booleans())]
    events = draw(st.lists(st.sampled_from(EVENTS), max_size=3, unique=True))
    closed = draw(st.lists(st.sampled_from(CLOSED), max_size=4, unique=True))
    parts = ["person:", *facts] if facts else ["person: {}"]
    parts += ["history:", *(f"  - {event}" for event in events)] if events else []
    parts += [f"complete: [{', '.join(closed)}]"] if closed else []
    return "\n".join(parts)


@settings(max_examples=25)
@given(told=situations(), first=st.sampled_from(days()))
def test_the_timeline_equals_evaluation_day_by_day(told, first):
    try:
        situation = situation_of(law(), told)
        found = timeline(law(), situation, first=first, last=LAST)
    except SituationError:
        return  # what was told cannot be true together
    lanes = {one.id: one for one in found.lanes}
    fresh = Assessor(law(), situation)
    for provision in law().provisions.values():
        if provision.shown and provision.kind is not Kind.PRACTICE:
            for day in (day for day in days() if day >= first):
                answer = fresh.answer(provision.id, day.toordinal())
                shown = lanes[provision.id].answer(day) if provision.id in lanes else Answer.NO
                assert (provision.id, day, shown) == (provision.id, day, answer)


def test_segments_have_no_gap_and_neighbours_differ():
    for one in made().lanes:
        assert (one.segments[0].first, one.segments[-1].last) == (FIRST, LAST)
        assert one.segments[0].because == ""
        for before, after in zip(one.segments, one.segments[1:], strict=False):
            assert after.first - before.last == timedelta(days=1)
            assert after.answer is not before.answer
            assert after.because


#    provision    first days of the answers
LANES = [
    ("XX-STATUS", [("2023-11-15", "no"), ("2024-01-21", "unknown"), ("2024-02-15", "yes")]),
    (
        "XX-CALL",
        [
            ("2023-11-15", "no"),
            ("2023-12-01", "yes"),
            ("2023-12-20", "unknown"),
            ("2024-01-01", "yes"),
            ("2024-01-21", "unknown"),
            ("2024-02-15", "no"),
        ],
    ),
    ("XX-CAMP", [("2023-11-15", "no"), ("2024-02-01", "yes"), ("2024-03-01", "no")]),
    ("XX-AWAY", [("2023-11-15", "no"), ("2023-12-05", "unknown"), ("2023-12-09", "yes"), ("2024-03-03", "no")]),
    (
        "XX-APPLY",
        [
            ("2023-11-15", "no"),
            ("2023-12-01", "unknown"),
            ("2023-12-03", "yes"),
            ("2023-12-12", "unknown"),
            ("2023-12-14", "no"),
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "answers"), LANES)
def test_each_answer_begins_on_its_day(name, answers):
    assert [(str(one.first), one.answer.value) for one in lane(name).segments] == answers


def test_what_is_no_on_all_days_and_what_only_explains_or_reports_has_no_lane():
    assert {one.id for one in made().lanes} == {
        "XX-STATUS",
        "XX-CALL",
        "XX-CAMP",
        "XX-DRILL",
        "XX-AWAY",
        "XX-APPLY",
        "XX-STAY",
    }


def test_lanes_are_ordered_by_what_is_at_stake():
    kinds = [one.kind for one in made().lanes]
    assert kinds == [Kind.DEADLINE, Kind.EXPOSURE, Kind.LIABILITY, Kind.DUTY, Kind.DUTY, Kind.STATUS, Kind.RIGHT]


def test_a_lane_knows_no_day_outside_the_days_asked():
    with pytest.raises(KeyError):
        lane("XX-CAMP").answer(LAST + timedelta(days=1))


def test_it_says_first_that_it_holds_if_nothing_else_happens():
    assert made().warnings[0] == NOTHING_ELSE
    assert any("2026-01-01" in one for one in made(last=date(2026, 1, 2)).warnings)
    assert not any("2026-01-01" in one for one in made().warnings)


def test_the_receipt_names_the_law_and_the_engine():
    assert (made().receipt.corpus, made().receipt.engine) == (law().digest, "0.0.1")


#    kind               first          last           id           text                           act
MARKS = [
    (MarkKind.LAW,      "2023-12-01", "2023-12-01", "XX-CALL",    BEGINS,                         "xx/act art. 2"),
    (MarkKind.LAW,      "2024-04-01", "2024-04-01", "XX-CALL",    ENDS,                           "xx/act art. 2"),
    (MarkKind.LAW,      "2024-02-01", "2024-02-01", "XX-CAMP",    CHANGES,                        "xx/act art. 4"),
    (MarkKind.LAW,      "2024-03-01", "2024-03-01", "XX-CAMP",    CHANGES,                        "xx/act art. 4"),
    (MarkKind.EVENT,    "2023-12-05", "2023-12-09", "left_unit",  "left unit",                    ""),
    (MarkKind.EVENT,    "2023-12-01", "2023-12-03", "entered",    "entered XX",                   ""),
    (MarkKind.FACT,     "2024-01-20", "2024-02-10", "in_reserve", "in reserve: last day",         ""),
    (MarkKind.FACT,     "2024-02-15", "2024-02-15", "in_reserve", "in reserve: first day",        ""),
    (MarkKind.AGE,      "2023-12-20", "2024-02-10", "birth_date", "age 27 is reached",            ""),
    (MarkKind.DEADLINE, "2023-12-11", "2023-12-13", "XX-APPLY",   "last day to act: application", ""),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "first", "last", "name", "text", "act"), MARKS)
def test_a_day_that_matters_is_marked(kind, first, last, name, text, act):
    found = {(one.kind, str(one.earliest), str(one.latest), one.id, one.text, one.act) for one in made().marks}
    assert (kind, first, last, name, text, act) in found


#    what                   id           value
EXACTLY = [
    (MarkWhat.BEGINS,       "XX-CALL",    ""),
    (MarkWhat.ENDS,         "XX-CALL",    ""),
    (MarkWhat.CHANGES,      "XX-CAMP",    ""),
    (MarkWhat.HAPPENED,     "left_unit",  ""),
    (MarkWhat.HAPPENED,     "entered",    "XX"),
    (MarkWhat.LAST_DAY,     "in_reserve", ""),
    (MarkWhat.FIRST_DAY,    "in_reserve", ""),
    (MarkWhat.AGE,          "birth_date", "27"),
    (MarkWhat.LAST_TO_ACT,  "XX-APPLY",   ""),
]  # fmt: skip


@pytest.mark.parametrize(("what", "name", "value"), EXACTLY)
def test_a_mark_says_what_happens_so_that_it_can_be_said_in_another_language(what, name, value):
    assert (what, name, value) in {(one.what, one.id, one.value) for one in made().marks}
    stays = {(one.what, one.value) for one in made().marks if one.kind is MarkKind.STAY}
    assert stays == {(MarkWhat.LAST_LAWFUL, "L"), (MarkWhat.LAST_LAWFUL, "F")}


def test_a_new_limit_of_age_is_a_change_of_law_with_its_act():
    marks = [one for one in made().marks if one.id == "XX-CALL" and str(one.earliest) == "2024-01-01"]
    assert [(one.kind, one.text) for one in marks] == [(MarkKind.LAW, CHANGES)]


def test_a_clause_that_changes_on_the_day_a_text_begins_is_not_marked_twice():
    marks = [(str(one.earliest), one.text) for one in made().marks if one.id == "XX-DRILL"]
    assert marks == [("2024-02-01", BEGINS), ("2024-03-01", CHANGES)]


def test_marks_stand_in_the_order_of_days_and_each_once():
    marks = made().marks
    assert [one.day for one in marks] == sorted(one.day for one in marks)
    assert len(set(marks)) == len(marks)


def test_every_model_of_a_stay_has_its_last_lawful_day():
    stays = [one for one in made().marks if one.kind is MarkKind.STAY]
    assert {(str(one.earliest), str(one.latest), one.text) for one in stays} == {
        ("2024-02-28", "2024-03-01", "last lawful day of the stay (L): stay"),
        ("2024-02-28", "2024-03-01", "last lawful day of the stay (F): stay"),
    }


def test_a_deadline_carries_the_safe_day_to_act_by():
    marks = [one for one in made().marks if one.kind is MarkKind.DEADLINE]
    assert {one.act_by for one in marks} == {date(2023, 12, 11)}


def test_a_deadline_that_was_met_has_no_mark():
    met = TOLD.replace("not_happened: [{event: applied, country: XX}, ", "not_happened: [").replace(
        "history:", "history:\n  - {event: applied, country: XX, on: 2023-12-05}"
    )
    marks = made(told=met, first=date(2023, 12, 20)).marks
    assert [one for one in marks if one.kind is MarkKind.DEADLINE] == []


def test_only_the_days_asked_are_marked():
    marks = made(first=date(2024, 2, 1), last=date(2024, 2, 10)).marks
    assert {(one.kind, one.id) for one in marks} == {
        (MarkKind.LAW, "XX-CAMP"),
        (MarkKind.LAW, "XX-DRILL"),
        (MarkKind.FACT, "in_reserve"),
        (MarkKind.AGE, "birth_date"),
    }


def test_an_event_without_a_day_is_marked_with_open_ends_and_an_age_not_told_is_not_marked():
    marks = made(told="person: {resident: yes}\nhistory: [{event: left_unit}, {event: entered}]").marks
    events = [(one.id, one.earliest, one.latest, one.text) for one in marks if one.kind is MarkKind.EVENT]
    assert sorted(events) == [("entered", None, None, "entered"), ("left_unit", None, None, "left unit")]
    assert {one.day for one in marks if one.kind is MarkKind.EVENT} == {date.min}
    assert not [one for one in marks if one.kind is MarkKind.AGE]
