"""Which finding stands under which heading of the result: each that matters once, and none lost."""

from datetime import date

import pytest

from safeconduct.desk.check.result import Part, asked_next, lanes_of, result_of
from safeconduct.rules.finding import Answer, State
from safeconduct.rules.tree import Kind
from tests.desk.check.finding_out import ALEX_DAY, EXAMPLES, position_of

FILES = sorted(path.name for path in EXAMPLES.glob("*.yaml"))
DAYS = (ALEX_DAY, date(2026, 11, 22))

#   finding of alex    heading            what it is
PLACES = [
    ("KZ-ASY-2",       Part.DEADLINES),   # a term whose days are known
    ("KZ-EXT-8",       Part.DEADLINES),   # a term of which no day is known
    ("KZ-STAY-1",      Part.STAYS),       # days of stay
    ("INT-1",          Part.WAYS),        # a way to protection that is open
    ("RU-G-ABSENCE",   Part.ACCUSED),     # an exposure that holds
    ("RU-MOB-09",      Part.HOLDS),       # a restriction that holds
    ("INT-WHERE",      Part.HOLDS),       # a status that holds
]  # fmt: skip


@pytest.mark.parametrize(("finding", "part"), PLACES)
def test_a_finding_stands_under_its_heading(finding, part):
    found = result_of(position_of()).parts
    assert [heading for heading, entries in found.items() if finding in ids(entries)] == [part]


def ids(entries):
    return [entry.finding.id for entry in entries]


def matters(one):
    """Whether a person must be able to reach a finding."""
    return one.concerns and (one.answer is not Answer.NO or one.deadline is not None)


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("name", FILES)
def test_every_finding_that_matters_stands_there_once(name, on):
    position = position_of(name, on)
    entries = list(result_of(position).entries())
    shown = [one.id for entry in entries for one in (entry.finding, *entry.notes)]
    assert sorted(shown) == sorted(one.id for one in position.findings if matters(one))


@pytest.mark.parametrize("name", FILES)
def test_a_note_told_elsewhere_is_told_before(name):
    said = set()
    for entry in result_of(position_of(name)).entries():
        assert {note.id for note in entry.also} <= said
        said |= {note.id for note in entry.notes}


def test_terms_with_days_come_before_those_without():
    entries = result_of(position_of()).parts[Part.DEADLINES]
    assert entries[0].finding.id == "KZ-ASY-2"
    assert {entry.finding.deadline.state for entry in entries} <= set(State)


def test_what_holds_comes_before_what_might():
    answers = [entry.finding.answer for entry in result_of(position_of()).parts[Part.ACCUSED]]
    assert answers == sorted(answers, key=[Answer.YES, Answer.DISPUTED, Answer.UNKNOWN].index)


def test_what_is_uncertain_stands_by_the_fact_that_settles_most():
    entries = result_of(position_of()).parts[Part.UNCERTAIN]
    asked = [entry.fact for entry in entries if entry.finding.answer is Answer.UNKNOWN]
    changes = [fact for before, fact in zip(["", *asked], asked, strict=False) if fact != before]
    assert len(changes) == len(set(changes))
    assert all(entry.finding.kind not in {Kind.EXPOSURE, Kind.PROTECTION} for entry in entries)


def test_questions_are_those_that_a_person_can_answer():
    position = position_of()
    for_lawyers = {question.fact for question in position.questions if question.for_lawyer}
    assert asked_next(position)[0] == "asylum_decision"
    assert not for_lawyers & set(asked_next(position))


@pytest.mark.parametrize("name", FILES)
def test_the_bars_say_what_the_changes_say(name):
    position = position_of(name)
    found = lanes_of(result_of(position))
    assert {lane.id for lane in found.lanes} == {change.id for change in position.changes}
    for change in position.changes:
        lane = next(one for one in found.lanes if one.id == change.id)
        assert lane.answer(change.on) is change.after
        assert lane.answer(date.fromordinal(change.on.toordinal() - 1)) is change.before
        assert (lane.segments[0].first, lane.segments[-1].last) == (position.on, found.last)


def test_nobody_has_something_under_a_heading_without_being_told():
    result = result_of(position_of("alex.yaml"))
    assert result.on == ALEX_DAY
    assert result.title("KZ-STAY-2") != "KZ-STAY-2"
    assert result.title("no such provision") == "no such provision"
