"""Which facts of a file no answer uses: only those, and none that is used through another rule."""

from dataclasses import replace

import pytest

from safeconduct.packs.position.needed import facts_not_needed
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.situation import Asked, Known, Situation
from safeconduct.rules.vocabulary import Fact, Implication, Shape
from tests.cli.invented import corpus, position

#   fact            needed
CASES = [
    ("aim",         True),   # a clause of a part of a group tests it
    ("reserve",     True),   # a clause tests it
    ("citizenships", True),  # only what concerns other people tests it: without it that could not be told
    ("region",      False),  # nothing tests it
    ("permit",      False),  # nothing tests it
]  # fmt: skip


def told(*names):
    return Situation(facts={name: Known(name=name, asked=Asked.TOLD) for name in names})


def needless(*names, law: Corpus | None = None):
    return facts_not_needed(law if law is not None else corpus(), told(*names), position())


@pytest.mark.parametrize(("fact", "needed"), CASES)
def test_a_fact_is_needed_if_an_answer_can_use_it(fact, needed):
    assert needless(fact) == (() if needed else (fact,))


def test_facts_are_named_in_the_order_of_the_alphabet():
    assert needless("region", "aim", "permit") == ("permit", "region")


def test_a_fact_that_settles_another_by_its_meaning_is_needed():
    rule = Implication(fact="region", values=frozenset({"XX-1"}), then="reserve", then_values=frozenset({"no"}))
    vocabulary = replace(corpus().vocabulary, implications=(rule,))
    assert needless("region", law=replace(corpus(), vocabulary=vocabulary)) == ()


def test_a_fact_that_says_that_no_ground_applies_is_needed():
    closing = Fact(name="no_grounds", shape=Shape.YES_NO, closes=("XX-R-2",))
    vocabulary = replace(corpus().vocabulary, facts={**corpus().vocabulary.facts, "no_grounds": closing})
    assert needless("no_grounds", law=replace(corpus(), vocabulary=vocabulary)) == ()
