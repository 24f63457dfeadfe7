"""Somebody of a kind, told in a file, whatever the shape of what the provision asks for."""

import json

import pytest

from safeconduct.rules.comparing.comparison import _example, compare_days
from safeconduct.rules.comparing.frozen import as_it_stood
from safeconduct.rules.comparing.kinds import Proof, Search, whole
from safeconduct.rules.comparing.pair import Pair
from safeconduct.rules.comparing.people import Finder
from safeconduct.rules.finding import Answer
from safeconduct.rules.formula import inverse
from safeconduct.rules.situation import Situation
from safeconduct.rules.solver import Prover
from safeconduct.rules.tree import FactIs, Happened, Holds
from tests.rules.comparing.laws import SHAPES, law_of, law_of_terms, law_of_two
from tests.rules.comparing.test_comparison import FIRST, SECOND

NO_YES = (Answer.NO, Answer.YES)


@pytest.mark.parametrize(("condition", "told"), SHAPES)
def test_an_example_is_told_in_a_file_or_left_out(condition, told):
    [change] = compare_days(law_of(condition), FIRST, SECOND).changes
    [shift] = change.shifts
    assert (len(shift.kinds), shift.proof) == (1, Proof.PROVED)
    [example] = shift.examples
    if told is not ...:
        assert (json.loads(example.content) if example is not None else None) == told
    else:
        assert example is not None


def test_a_long_term_is_named_and_a_short_one_is_taken_apart():
    first, second = compare_days(law_of_terms(), FIRST, SECOND).changes
    [kind] = first.shifts[0].kinds
    assert [trait.of.name for trait in kind if isinstance(trait.of, Holds)] == ["long"]
    assert {trait.of.fact for trait in kind if isinstance(trait.of, FactIs)} == {"resident"}
    events = [
        trait.of.pattern.event for kind in second.shifts[0].kinds for trait in kind if isinstance(trait.of, Happened)
    ]
    assert set(events) == {"left_unit", "summons"}


def test_a_kind_that_others_cover_together_is_left_out():
    search = Search(
        Pair((as_it_stood(law_of_two(), FIRST), law_of_two()), Situation(facts={}), SECOND.toordinal()), "XX-1"
    )
    answers = (Answer.NO, Answer.YES)
    kinds, proof = search.kinds(answers)
    assert (len(kinds), proof) == (2, Proof.PROVED)
    both = tuple(trait for kind in kinds for trait in kind if trait.of.fact != "resident")
    named = [(kind, search._prover.name(inverse(whole(kind)))) for kind in (both, *kinds)]
    assert [kind for kind, _ in search._needed(search.shifts[answers], named)] == list(kinds)


def test_a_kind_is_left_without_an_example_if_the_solver_gives_up():
    pair = Pair(
        (as_it_stood(law_of("entered XX"), FIRST), law_of("entered XX")), Situation(facts={}), SECOND.toordinal()
    )
    answers = NO_YES
    [kind], _ = Search(pair, "XX-1").kinds(answers)
    finder = Finder(pair, "XX-1", (0, 0), ())
    search = Search(pair, "XX-1", steps=1)
    assert _example(search, finder, answers, kind) is None


def days_of_two_events():
    """A finder, and a kind of which there are many people: one event after another."""
    law = law_of("left_unit after called")
    pair = Pair((as_it_stood(law, FIRST), law, law), Situation(facts={}), SECOND.toordinal())
    [kind], _ = Search(pair, "XX-1").kinds(NO_YES)
    return Finder(pair, "XX-1", (FIRST.toordinal(), SECOND.toordinal()), ("left_unit", "called")), kind


def test_an_example_that_the_laws_do_not_confirm_is_not_shown():
    finder, kind = days_of_two_events()
    told = ("left_unit", "called")
    assert finder.example(NO_YES, kind, told) is not None
    laws = finder._pair.laws
    finder._pair = Pair((laws[0], laws[0], laws[0]), Situation(facts={}), SECOND.toordinal())
    assert finder.example(NO_YES, kind, told) is None
    assert not finder._is_so(json.dumps({"person": {"nobody": "yes"}}), NO_YES, by_day=False)


def test_looking_for_an_example_stops_where_the_solver_gives_up():
    finder, kind = days_of_two_events()
    outline = finder._outline(("left_unit", "called"), ())
    outline._prover = Prover(steps=1)
    assert list(outline.contents(NO_YES, kind, by_day=True)) == []
