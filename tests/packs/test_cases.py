"""Blocks of cases: what is told is read as a file is, and each expectation is put to the law."""

from datetime import date

import pytest

from safeconduct.packs.assembly import assemble
from safeconduct.packs.cases import read_cases, run
from safeconduct.packs.telling_line import split
from safeconduct.rules.finding import Answer
from safeconduct.rules.situation import Absent, Closed, Record, Words
from safeconduct.values.days import Days
from tests.packs.writing import page

LAW = """XX-1 status "one" source art. 1 [X1] confidence A
    if resident
    unless grade is mate
    caution "Take care." if crew at least 2
    says "So it is."
XX-2 exposure "two" source art. 2 [X1] confidence B
    about gone
    governed by gone
    if gone permission is no
    penalty imprisonment 5 years to 10 years
    concerns resident
XX-3 deadline "three" source art. 3 [X1] confidence A
    within 5 days after oath, counting from the next day, calendar days, rolls not
    met by gone
    late "It is heard."
    missed means "lost"
XX-4 right "four" source art. 4 [X1] confidence A
    if resident
    stay in KZ, at most 10 days"""


def read(cases):
    found = assemble({"xx/page.md": page(LAW, cases=cases)})
    assert [str(fault) for fault in found.faults] == []
    cases, faults = read_cases(found.pages["xx/page.md"], found.corpus.vocabulary, found.corpus.provisions)
    return found.corpus, cases, faults


def told(text):
    """The situation that a line tells."""
    _, cases, faults = read(f"{text}\n    on 2024-01-01   XX-1: yes")
    assert [str(fault) for fault in faults] == []
    return cases[0].situation


def value(situation, name):
    (period,) = situation.facts[name].periods
    return period.value


def word(text):
    return Words(possible=frozenset({text}))


def day(text):
    return date.fromisoformat(text).toordinal()


# --- what is told ----------------------------------------------------------------------------------------------

#    text                            fact          value
FACTS = [
    ("resident",                     "resident",   word("yes")),
    ("no resident",                  "resident",   word("no")),
    ("grade mate",                   "grade",      word("mate")),
    ("grade [mate, master]",         "grade",      Words(possible=frozenset({"mate", "master"}))),
    ("area none",                    "area",       word("none")),
    ("born 1997-06-15",              "birth_date", Days(earliest=day("1997-06-15"), latest=day("1997-06-15"))),
    ("born 1997",                    "birth_date", Days(earliest=day("1997-01-01"), latest=day("1997-12-31"))),
    ("birth date 1997-06-15",        "birth_date", Days(earliest=day("1997-06-15"), latest=day("1997-06-15"))),
    ("student {level: higher}",      "student",    Record(fields=(("level", word("higher")),))),
    ("student none",                 "student",    Absent()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "wanted"), FACTS)
def test_a_fact_is_told_as_in_a_file(text, name, wanted):
    assert value(told(text), name) == wanted


def test_a_fact_that_changes_carries_its_days():
    periods = told("resident [no until 2023-06-14, yes from 2023-06-15]").facts["resident"].periods
    assert [period.value for period in periods] == [word("no"), word("yes")]


def test_an_event_has_a_code_days_and_fields():
    (event,) = told("entered KZ on 2022-09-24..2022-10-31 {by: air}").events
    assert (event.kind, event.get("country"), event.get("by")) == ("entered", word("KZ"), word("air"))
    assert str(event.on) == "2022-09-24..2022-10-31"


def test_an_event_may_be_told_without_a_day():
    assert [event.kind for event in told("gone, handed {from: RU, to: KZ}").events] == ["gone", "handed"]


def test_never_and_complete_close_a_kind():
    closed = told("never entered KZ, complete gone").closed
    assert closed == (
        Closed(kind="entered", where=(("country", "KZ"),), never=True),
        Closed(kind="gone", never=False),
    )


def test_a_name_stands_for_what_was_told_under_it():
    _, cases, faults = read("let man: resident,\n    born 1997\nman, grade mate\n    on 2024-01-01   XX-1: no")
    assert faults == []
    assert set(cases[0].situation.facts) == {"resident", "birth_date", "grade"}


def test_a_name_may_be_given_anew_in_another_block():
    first = "let man: resident, grade master\nman\n    on 2024-01-01   XX-1: yes"
    second = "let man: no resident\nman\n    on 2024-01-01   XX-1: no"
    text = f"{first}\n```\n\n```cases\n{second}"
    corpus, cases, faults = read(text)
    assert (faults, run(corpus, cases)[1]) == ([], [])


#    line                                            facts and events that are told then
CHANGES = [
    ("with grade mate, on 2024-01-01",               {"resident", "grade"}),
    ("grade mate, on 2024-01-01",                    {"resident", "grade"}),
    ("without grade, on 2024-01-01",                 {"resident"}),
    ("without grade, with crew 2, on 2024-01-01",    {"resident", "crew"}),
]  # fmt: skip


@pytest.mark.parametrize(("line", "names"), CHANGES)
def test_a_line_may_tell_more_or_less(line, names):
    _, cases, faults = read(f"resident, grade deckhand\n    {line}   XX-1: yes\n    on 2024-01-01   XX-1: yes")
    assert faults == []
    assert set(cases[0].situation.facts) == names
    assert set(cases[1].situation.facts) == {"resident", "grade"}


def test_without_takes_out_all_that_was_told_of_a_kind_of_event():
    text = "gone, never entered KZ, complete gone\n    without gone, without entered, on 2024-01-01   XX-1: yes"
    _, cases, faults = read(text)
    assert (faults, cases[0].situation.events, cases[0].situation.closed) == ([], (), ())


def test_an_age_takes_the_place_of_a_birth_date_and_the_other_way_round():
    assert str(value(told("born 1990, age 30 on 2023-12-12"), "birth_date")) == "1992-12-13..1993-12-12"
    assert str(value(told("age 30 on 2023-12-12, born 1990"), "birth_date")) == "1990-01-01..1990-12-31"


def test_nothing_need_be_told():
    _, cases, faults = read("let stranger:\nstranger\n    on 2024-01-01   XX-1: unknown")
    assert faults == []
    assert cases[0].situation.facts == {}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a, b", ["a", "b"]),
        ("a [1, 2], b", ["a [1, 2]", "b"]),
        ('a "x, y"', ['a "x, y"']),
        ("a {b: [1, 2], c: d}, e", ["a {b: [1, 2], c: d}", "e"]),
    ],
)
def test_parts_are_split_outside_quotes_and_brackets(text, parts):
    assert [part for part, _ in split(text, ",")] == parts
    assert all(text[at : at + len(part)] == part for part, at in split(text, ","))


# --- what is wrong with a case ---------------------------------------------------------------------------------

#    cases                                                              code      message
WRONG = [
    ("resident",                                                        "LAW100", "nothing is expected here"),
    ("resident\n    XX-1: yes",                                         "LAW100", "no day is asked here"),
    ("resident\n    on 2024-02-30   XX-1: yes", "LAW100", "2024-02-30 is not a day of the calendar"),
    ("resident\n    on 2024-01-01",                                     "LAW100", "nothing is expected here"),
    ("resident\n    on 2024-01-01   XX-1: perhaps",                     "LAW100", "this is not an expectation"),
    ("resident\n    on 2024-01-01   XX-1: yes, colour red",             "LAW100", '"colour red" cannot be expected'),
    ("resident\n    on 2024-01-01   XX-1: yes, ask",                    "LAW100", '"ask" cannot be expected'),
    ("let man: resident\nlet man: resident",                            "LAW100", '"man" is a name already'),
    ("let grade: resident",                                             "LAW100", '"grade" is a name already'),
    ("residence\n    on 2024-01-01   XX-1: yes", "LAW101", '"residence" is no fact, event or name'),
    ("no entered\n    on 2024-01-01   XX-1: yes", "LAW101", '"entered" is no fact, event or name'),
    ("no resident today\n    on 2024-01-01   XX-1: yes",                "LAW101", 'nothing is read after "resident"'),
    ("never resident\n    on 2024-01-01   XX-1: yes", "LAW101", '"resident" is no fact, event or name'),
    ("gone KZ\n    on 2024-01-01   XX-1: yes",                          "LAW101", '"gone" is not kept apart by a code'),
    ("gone yesterday\n    on 2024-01-01   XX-1: yes",                   "LAW101", "this is not an event"),
    ("entered KZ {country: RU}\n    on 2024-01-01   XX-1: yes",         "LAW101", '"country" is told twice'),
    ("born\n    on 2024-01-01   XX-1: yes",                             "LAW101", "a value is missing"),
    ("flags [RU\n    on 2024-01-01   XX-1: yes",                        "LAW101", "this is not well-formed YAML"),
    ("flags &a [RU]\n    on 2024-01-01   XX-1: yes", "LAW101", "an anchor (&) or alias (*) stands here"),
    ("resident\n    without grade, on 2024-01-01   XX-1: yes",          "LAW101", 'nothing was told of "grade"'),
    ("let man: resident\nman tall\n    on 2024-01-01   XX-1: yes",      "LAW101", 'nothing is read after "man"'),
    ("born 2024-02-30\n    on 2024-01-01   XX-1: yes", "LAW102",
     "the calendar has no such day or month: 2024-02-30 (SIT031)"),
    ("resident\n    on 2024-01-01   XX-8: yes",                         "LAW103", 'there is no provision "XX-8"'),
]  # fmt: skip


@pytest.mark.parametrize(("cases", "code", "message"), WRONG)
def test_a_case_that_cannot_be_read_is_reported_with_its_place(cases, code, message):
    _, _, faults = read(cases)
    assert [(fault.code, fault.message) for fault in faults] == [(code, message)]
    assert faults[0].place.line > 0


def test_a_fault_points_to_the_part_of_the_line():
    _, _, faults = read("resident, grade mate, colour\n    on 2024-01-01   XX-1: yes; XX-8: no")
    assert [fault.place.column for fault in faults] == [23]


# --- what is expected ------------------------------------------------------------------------------------------

#    told                                              expected, all of it met
MET = [
    ("resident, grade master",                         "XX-1: yes"),
    ("resident, grade mate",                           "XX-1: no"),
    ("resident",                                       "XX-1: unknown, ask grade"),
    ("resident, grade master, crew 3",                 'XX-1: yes, says "Take care.", says "So it is."'),
    ("resident, grade master",                         "XX-1: yes, confidence A"),
    ("resident, gone on 2023 {permission: no}",        "XX-2: yes, months 60..120, confidence B, concerns yes"),
    ("no resident",                                    "XX-2: no, concerns no"),
    ("resident, gone on 2023, complete gone",          "XX-2: unknown, ask gone permission"),
    ("resident, gone on 2023, complete gone",          "XX-2: unknown, ask gone"),
    ("oath 2023-12-31, never gone",
     'XX-3: yes, state running, starts 2024-01-01, ends 2024-01-05, act_by 2024-01-05, says "heard"'),
    ("oath 2023-12-30..2023-12-31, never gone",        "XX-3: yes, ends 2024-01-04..2024-01-05, act_by 2024-01-04"),
    ("resident, entered KZ on 2023-12-31, complete entered KZ, never left_country KZ", "XX-1: unknown; XX-4: yes"),
]  # fmt: skip


@pytest.mark.parametrize(("told_text", "expected"), MET)
def test_what_is_expected_is_met(told_text, expected):
    corpus, cases, faults = read(f"{told_text}\n    on 2024-01-01   {expected}")
    assert [str(fault) for fault in faults] == []
    results, failed = run(corpus, cases)
    assert [str(fault) for fault in failed] == []
    assert len(results) == len(expected.split(";"))


#    told                                         expected                               what the fault says
FAILED = [
    ("resident, grade master",                    "XX-1: no",                            "expected no, found yes"),
    ("resident", "XX-1: yes", "expected yes, found unknown, missing grade"),
    ("resident, grade master", "XX-1: disputed", "expected disputed, found yes"),
    ("resident", "XX-1: unknown, ask crew", "expected ask crew, found ask grade"),
    ("resident, grade master", "XX-1: yes, ask grade", "expected ask grade, found ask nothing"),
    ("resident, grade master", "XX-1: yes, confidence B", "expected confidence B, found confidence A"),
    ("resident, grade master", 'XX-1: yes, says "rain"', 'expected says "rain", found says'),
    ("resident, grade master", "XX-1: yes, state met", "expected state met, found state no deadline"),
    ("resident, grade master", "XX-1: yes, months 1..2", "expected months 1..2, found months none"),
    ("resident, grade master", "XX-1: yes, used E 3", "expected used E 3, found used E: not counted"),
    ("resident, grade master", "XX-1: yes, safe 2024-01-01", "expected safe 2024-01-01, found safe no stay"),
    ("resident, grade master", "XX-1: yes, concerns no", "expected concerns no, found concerns yes"),
    ("resident, gone on 2023 {permission: no}", "XX-2: yes, months 60..119",
     "expected months 60..119, found months 60..120"),
    ("oath 2023-12-31, never gone", "XX-3: yes, ends 2024-01-04", "expected ends 2024-01-04, found ends 2024-01-05"),
    ("oath 2023-12-31, never gone", "XX-3: yes, act_by none", "expected act_by none, found act_by 2024-01-05"),
    ("never gone", "XX-3: unknown, starts 2024-01-04", "expected starts 2024-01-04, found starts"),
]  # fmt: skip


@pytest.mark.parametrize(("told_text", "expected", "message"), FAILED)
def test_what_is_not_met_says_what_was_found(told_text, expected, message):
    corpus, cases, _ = read(f"{told_text}\n    on 2024-01-01   {expected}")
    _, failed = run(corpus, cases)
    assert {fault.code for fault in failed} == {"LAW104"}
    assert message in failed[-1].message


def test_expectations_may_stand_on_lines_of_their_own():
    corpus, cases, faults = read(
        "resident, grade master\n    on 2024-01-01\n        XX-1: yes\n        XX-4: yes; XX-1: no"
    )
    assert faults == []
    assert [one.id for one in cases[0].expected] == ["XX-1", "XX-4", "XX-1"]
    assert [fault.place.line for fault in run(corpus, cases)[1]] == [cases[0].expected[2].place.line]


def test_a_case_that_contradicts_the_law_is_reported_and_the_others_run():
    corpus, cases, _ = read(
        "favours none, resident, grade master\n    on 2024-01-01   XX-1: no\nresident\n    on 2024-01-01   XX-4: yes"
    )
    results, failed = run(corpus, cases)
    assert [fault.code for fault in failed] == ["LAW105"]
    assert [result.expected.answer for result in results] == [Answer.YES]
