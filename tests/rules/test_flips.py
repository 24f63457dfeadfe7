"""Single changes that flip an answer: those that are shown do it in a file too, and no other single change does."""

from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.rules.alternatives import Change
from safeconduct.rules.finding import Answer
from safeconduct.rules.flips import Flip, flips
from safeconduct.rules.position import Assessor
from tests.rules.pages import FACTS, corpus_of, situation_of

ON = date(2024, 3, 1)
SEAT = "source art. 1 background confidence A"
LAW = f"""XX-CALL liability "call-up" {SEAT}
    if aged 18 to under 30
    if citizenships includes RU
    unless in_reserve {SEAT}
    unless fitness is V {SEAT}
    unless XX-FREE {SEAT}
    says "One."
XX-FREE right "freed" {SEAT}
    if region is RU-SA
    if weeks at least 26
    says "Two."
XX-PERMIT right "permit" {SEAT}
    if permit kind is permanent
    says "Three."
XX-AWAY exposure "absence" {SEAT}
    about left_unit
    governed by left_unit
    if left_unit permission is no
    if still_away
    unless aim {SEAT}
    says "Four."
term still_away
    if left_unit not followed by returned
XX-STAY status "present" {SEAT}
    if entered XX with means is air not followed by left_country XX
    says "Five."
XX-GROUND right "a ground" {SEAT}
    if resident
    says "Six."
XX-KIDS right "a child" {SEAT}
    if at least 1 children with dependent
    says "Seven."
"""
IMPLIES = FACTS + "implies in_reserve is yes: resident is yes\n"


@cache
def law():
    return corpus_of(LAW)


def shown(told, name, corpus=None):
    corpus = corpus or law()
    found = flips(corpus, situation_of(corpus, told), name, on=ON.toordinal())
    return found, {(one.change.value, one.name, one.value, one.answer.value) for one in found.flips}


MAN = "person: {birth_date: 2000, citizenships: [RU], in_reserve: no, fitness: A, region: RU-MOW, weeks: none}"

#    person                                  provision   what flips it, and to what
CASES = [
    (MAN, "XX-CALL", {
        ("fact", "birth_date", "..1994-03-01", "no"),
        ("fact", "birth_date", "2006-03-02..", "no"),
        ("fact", "citizenships", "without RU", "no"),
        ("fact", "in_reserve", "yes", "no"),
        ("fact", "fitness", "V", "no"),
    }),
    (MAN.replace("in_reserve: no", "in_reserve: yes"), "XX-CALL", {("fact", "in_reserve", "no", "yes")}),
    (MAN.replace("in_reserve: no", "in_reserve: yes").replace("fitness: A", "fitness: V"), "XX-CALL", set()),
    (MAN.replace("in_reserve: no, ", ""), "XX-CALL", {
        ("fact", "birth_date", "..1994-03-01", "no"),
        ("fact", "birth_date", "2006-03-02..", "no"),
        ("fact", "citizenships", "without RU", "no"),
        ("fact", "in_reserve", "yes", "no"),
        ("fact", "in_reserve", "no", "yes"),
        ("fact", "fitness", "V", "no"),
    }),
    (MAN.replace("[RU]", "[KZ]"), "XX-CALL", {("fact", "citizenships", "with RU", "yes")}),
    ("person: {region: RU-SA, weeks: 20}", "XX-FREE", {("fact", "weeks", "26..1000000", "yes")}),
    ("person: {region: RU-SA, weeks: 30}", "XX-FREE", {
        ("fact", "region", "another", "no"),
        ("fact", "weeks", "0..25", "no"),
        ("fact", "weeks", "none", "no"),
    }),
    ("person: {region: RU-MOW, weeks: 30}", "XX-FREE", {("fact", "region", "RU-SA", "yes")}),
    ("person: {permit: {kind: temporary}}", "XX-PERMIT", {("field", "permit.kind", "permanent", "yes")}),
    ("person: {permit: {kind: permanent}}", "XX-PERMIT", {
        ("field", "permit.kind", "temporary", "no"),
        ("fact", "permit", "none", "no"),
    }),
    ("person: {grounds: none, resident: yes}", "XX-GROUND", {("fact", "grounds", "not told", "yes")}),
    ("person: {resident: yes}", "XX-GROUND", {("fact", "grounds", "none", "no"), ("fact", "resident", "no", "no")}),
    ("person: {children: [{dependent: yes}]}", "XX-KIDS", set()),
]  # fmt: skip


@pytest.mark.parametrize(("told", "name", "wanted"), CASES)
def test_single_facts_that_flip_a_finding(told, name, wanted):
    assert shown(told, name)[1] == wanted


AWAY = """
person: {aim: no}
history:
  - {event: left_unit, on: 2024-01-05, permission: no}
not_happened: [returned]
complete: [left_unit]
"""
HERE = """
history: [{event: entered, country: XX, on: 2024-01-01, means: air}]
complete: [entered XX, left_country XX]
"""

EVENTS = [
    (AWAY, "XX-AWAY", {
        ("did not happen", "left_unit", "", "no"),
        ("field", "left_unit.permission", "yes", "no"),
        ("fact", "aim", "yes", "no"),
        ("happened", "returned", "", "unknown"),
    }),
    (HERE, "XX-STAY", {
        ("did not happen", "entered", "XX", "no"),
        ("field", "entered.means", "land", "no"),
        ("field", "entered.attempted", "yes", "no"),
        ("happened", "left_country", "XX", "unknown"),
    }),
    ("not_happened: [entered, left_country]", "XX-STAY", {("happened", "entered", "air, XX", "yes")}),
    ("person: {}", "XX-STAY", {("did not happen", "entered", "XX", "no")}),
    ("history: [{event: left_unit, on: 2024-01-05, permission: no}]\nperson: {aim: no}", "XX-AWAY", {
        ("did not happen", "left_unit", "", "no"),
        ("did not happen", "returned", "", "yes"),
        ("fact", "aim", "yes", "no"),
    }),
]  # fmt: skip


@pytest.mark.parametrize(("told", "name", "wanted"), EVENTS)
def test_single_events_that_flip_a_finding(told, name, wanted):
    assert shown(told, name)[1] == wanted


def test_what_decides_only_together_with_something_else_is_named():
    both = MAN.replace("in_reserve: no", "in_reserve: yes").replace("fitness: A", "fitness: V")
    assert {"in_reserve", "fitness", "birth_date", "citizenships"} <= set(shown(both, "XX-CALL")[0].alone)
    one = MAN.replace("in_reserve: no", "in_reserve: yes")
    assert "in_reserve" not in shown(one, "XX-CALL")[0].alone


def test_the_answer_now_is_the_answer_of_the_position():
    assert shown(MAN, "XX-CALL")[0].answer is Answer.YES


def test_a_change_that_contradicts_something_else_that_was_told_is_not_shown():
    corpus = corpus_of(f'XX-1 duty "one" {SEAT}\n    if in_reserve\n    says "One."', IMPLIES)
    free, bound = ("person: {in_reserve: no}", "person: {in_reserve: no, resident: no}")
    assert shown(free, "XX-1", corpus)[1] == {("fact", "in_reserve", "yes", "yes")}
    assert shown(bound, "XX-1", corpus)[1] == set()
    corpus = corpus_of(f'XX-1 duty "one" {SEAT}\n    if resident\n    if aim\n    says "One."', IMPLIES)
    assert ("fact", "resident", "no", "no") in shown("person: {}", "XX-1", corpus)[1]
    assert shown("person: {in_reserve: yes}", "XX-1", corpus)[1] == {
        ("fact", "aim", "yes", "yes"),
        ("fact", "aim", "no", "no"),
    }


def test_an_event_whose_absence_leaves_an_order_that_cannot_be_is_not_taken_away():
    corpus = corpus_of(f'XX-1 duty "one" {SEAT}\n    if joined before 2024-02-07\n    if called\n    says "One."')
    told = """
history:
  - {event: called, on: 2024-01-01}
  - {event: called, on: 2024-02-09..2024-02-10}
  - {event: joined, on: 2024-02-05..2024-02-12}
  - {event: left_unit, on: 2024-02-01..2024-02-08}
  - {event: learnt, on: 2024-02-01}
complete: [called, joined, left_unit, returned, released]
"""
    found = shown(told, "XX-1", corpus)[1]
    assert [one for one in found if one[:2] == ("did not happen", "called")] == []
    assert ("did not happen", "joined", "", "no") in found


def test_a_change_after_which_nothing_fits_any_more_is_not_shown():
    corpus = corpus_of(
        f'XX-1 duty "one" {SEAT}\n    if resident\n    if aim\n    says "One."',
        IMPLIES + "implies fitness is V: resident is no\n",
    )
    assert ("fact", "fitness", "V", "no") in shown("person: {}", "XX-1", corpus)[1]
    changes = {one[1] for one in shown("person: {in_reserve: yes}", "XX-1", corpus)[1]}
    assert changes == {"aim"}


def test_a_fact_that_settles_another_by_its_meaning_is_among_them():
    corpus = corpus_of(f'XX-1 duty "one" {SEAT}\n    if resident\n    says "One."', IMPLIES)
    assert ("fact", "in_reserve", "yes", "yes") in shown("person: {}", "XX-1", corpus)[1]


FILES = {
    "birth_date": ["1990-01-01", "2000-01-01", "2010-01-01"],
    "citizenships": ["[RU]", "[]"],
    "in_reserve": ["yes", "no"],
    "fitness": ["A", "B", "V"],
    "region": ["RU-SA", "RU-MOW"],
    "weeks": ["10", "30", "none"],
}


def answer_of(facts, name="XX-CALL"):
    text = "person: {" + ", ".join(f"{fact}: {value}" for fact, value in facts.items()) + "}"
    return Assessor(law(), situation_of(law(), text)).answer(name, ON.toordinal())


@settings(max_examples=40)
@given(st.fixed_dictionaries({}, optional={fact: st.sampled_from(values) for fact, values in FILES.items()}))
def test_flips_are_those_that_changing_the_file_gives(facts):
    text = "person: {" + ", ".join(f"{fact}: {value}" for fact, value in facts.items()) + "}"
    found, _ = shown(text, "XX-CALL")
    now = answer_of(facts)
    for fact, values in FILES.items():
        by_file = {answer_of({**facts, fact: value}) for value in values} - {now}
        by_flips = {one.answer for one in found.flips if one.name == fact}
        assert (fact, by_flips) == (fact, by_file)


def test_a_flip_is_a_value():
    flip = Flip(change=Change.FACT, name="in_reserve", value="yes", answer=Answer.NO)
    assert flip in shown(MAN, "XX-CALL")[0].flips
