"""One question for many things: which events happened, which facts are so, what is so of an event."""

from functools import cache

import pytest

from safeconduct.rules.asking import AGAIN_OF, EVENTS, FACTS, Item, Subject, item
from safeconduct.rules.finding import Answer
from safeconduct.rules.interview import named_in, next_question
from safeconduct.rules.position import Assessor
from safeconduct.rules.telling.draft import Draft
from tests.rules.pages import FACTS as DECLARED
from tests.rules.pages import corpus_of

ON = 738_946  # 2024-03-01
SEAT = "source art. 1 background confidence A"
CONDITIONS = (
    "left_unit", "returned", "released", "learnt", "joined", "called", "summons", "appeared", "entered", "entered XX",
    "in_reserve", "resident", "aim", "permit kind is permanent", "at least 1 children with dependent", "fitness is V",
    "citizenships includes RU", "left_unit after 2024-01-05", "learnt before 2024-01-01", "weeks at least 3",
)  # fmt: skip


@cache
def law():
    rows = [
        f'XX-{number} status "row {number}" {SEAT}\n    if {condition}\n    says "One."\n'
        for number, condition in enumerate(CONDITIONS)
    ]
    rows.append(f'XX-CROSSED exposure "crossed" {SEAT}\n    about crossed\n    governed by crossed\n')
    rows.append('    if crossed at_checkpoint\n    if crossed valid_papers\n    says "Two."\n')
    rows.append(
        f'XX-IDLE status "it cannot matter" {SEAT}\n    if reason\n    if any of\n        idle\n        not idle\n'
    )
    rows.append('    says "Three."\n')
    crossed = 'event crossed  at_checkpoint yes/no; valid_papers yes/no    ask "Did you cross?"\n'
    crossed += 'fact idle yes/no ask "Are you idle?"\n'
    return corpus_of("".join(rows), DECLARED + crossed)


def ask(draft=None, asked=(), about=()):
    situation = (draft or Draft()).situation(law().vocabulary)
    return next_question(law(), situation, on=ON, about=about, asked=frozenset(asked))


def told(question, named, draft=None):
    after = (draft or Draft()).with_reply(question, named)
    after.situation(law().vocabulary)
    return after


def open_after(draft):
    assessor = Assessor(law(), draft.situation(law().vocabulary))
    return {name for name in law().provisions if assessor.answer(name, ON) is Answer.UNKNOWN}


def test_many_events_are_asked_about_in_one_question():
    question = ask()
    assert (question.subject, question.name, question.options) == (Subject.WHICH, EVENTS, ())
    assert {"left_unit", "returned", "learnt", "summons", "entered"} <= {one.name for one in question.of}
    assert question.text == "Did any of these happen to you? Name all that did; none, if none did."
    assert question.why.startswith("It bears on: ")


def test_none_of_them_settles_all_that_rests_on_them():
    question = ask()
    after = told(question, [])
    assert after.others["not_happened"] == [one.name for one in question.of]
    assert not {f"XX-{number}" for number in range(10)} & open_after(after)


def test_what_is_named_happened_and_what_is_kept_apart_by_a_country_is_asked_by_itself():
    question = ask()
    after = told(question, ["left_unit", "entered"])
    assert after.history == ({"event": "left_unit"},)
    assert "entered" not in after.others["not_happened"]
    again = ask(after, [named_in(EVENTS, "left_unit"), named_in(EVENTS, "entered")])
    assert again.name != EVENTS
    entered = ask(after, [named_in(EVENTS, "entered"), FACTS], about=("XX-8",))
    assert (entered.name, entered.subject, entered.key) == ("entered", Subject.EVENT, "country")


def test_facts_are_asked_about_in_one_question():
    question = ask(asked=[EVENTS])
    assert (question.name, question.subject) == (FACTS, Subject.WHICH)
    names = {one.name for one in question.of}
    assert {"in_reserve", "resident", "aim", "permit", "children"} <= names
    assert not names & {"fitness", "citizenships", "weeks"}
    after = told(question, ["resident", "permit"])
    assert after.person["resident"] == "yes"
    assert (after.person["in_reserve"], after.person["children"]) == ("no", [])
    assert "permit" not in after.person


def test_what_is_so_of_an_event_and_what_happened_again_are_asked_in_one_question():
    first = Draft(history=({"event": "crossed", "on": "2024-01-10"}, {"event": "left_unit", "on": "2023-12-10"}))
    questions, asked = {}, [EVENTS, FACTS]
    while (question := ask(first, asked)) is not None:
        questions[question.name] = question
        asked.append(question.name)
    fields = questions["crossed.*"]
    assert [one.name for one in fields.of] == ["crossed.at_checkpoint", "crossed.valid_papers"]
    assert fields.text == "Is any of these so of it (crossed)? Name all that are; none, if none is."
    after = told(fields, ["crossed.valid_papers"], first)
    assert after.history[0] == {**first.history[0], "at_checkpoint": "no", "valid_papers": "yes"}
    again = questions[AGAIN_OF]
    assert {one.name for one in again.of} == {"crossed.again", "left_unit.again"}
    assert told(again, ["left_unit.again"], first).others["complete"] == ["crossed"]


def test_few_findings_are_settled_one_fact_at_a_time():
    assert ask(about=("XX-10", "XX-11", "XX-12")).subject is Subject.FACT


def test_a_question_that_cannot_matter_is_not_in_the_list():
    draft = Draft(person={"resident": "yes"}, others={"not_happened": ["learnt"]})
    for asked in ([], [EVENTS]):
        names = {one.name for one in ask(draft, asked).of}
        assert not names & {"resident", "learnt"}


def test_a_list_of_one_is_no_list():
    draft = Draft(person={"in_reserve": "yes", "aim": "yes", "permit": "none", "children": []})
    names = []
    asked = [EVENTS]
    while (question := ask(draft, asked)) is not None:
        names.append(question.name)
        asked.append(question.name)
    assert "resident" in names
    assert FACTS not in names


def test_it_comes_to_an_end_and_everything_is_settled():
    draft, asked, number = Draft(), frozenset(), 0
    while (question := ask(draft, asked)) is not None:
        number += 1
        if question.subject is Subject.WHICH:
            draft = told(question, [], draft)
            asked |= {question.name}
        else:
            value = {"citizenships": [], "weeks": "none"}.get(question.name, "A")
            draft = draft.with_reply(question, value)
            asked |= {question.name}
    assert number <= 6
    assert open_after(draft) == {"XX-IDLE"}  # only a lawyer can tell


#    subject           name                   item
ITEMS = [
    (Subject.FACT,     "resident",            Item(name="resident", yes="yes", no="no")),
    (Subject.FACT,     "permit",              Item(name="permit", yes="", no="none")),
    (Subject.FACT,     "children",            Item(name="children", yes="", no=())),
    (Subject.FACT,     "citizenships",        None),
    (Subject.FACT,     "fitness",             None),
    (Subject.EVENT,    "learnt",              Item(name="learnt", yes="yes", no="no")),
    (Subject.EVENT,    "learnt.again",        Item(name="learnt.again", yes="", no="no")),
    (Subject.EVENT,    "entered",             Item(name="entered", yes="", no="no")),
    (Subject.FIELD,    "left_unit.aim",       Item(name="left_unit.aim", yes="yes", no="no")),
    (Subject.FIELD,    "summons.placed",      None),
    (Subject.DAY,      "left_unit.on",        None),
]  # fmt: skip


@pytest.mark.parametrize(("subject", "name", "expected"), ITEMS)
def test_what_can_be_one_of_several(subject, name, expected):
    assert item(law(), subject, name) == expected
