"""Over all real pages: knowing less never turns one known answer into another.

People are made at random; of each something is hidden, blurred or dropped. A known answer may then become unknown or
disputed, never the opposite.
"""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

import pytest

from safeconduct.packs.store import load_corpus
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Answer
from safeconduct.rules.formula import FAILS, HOLDS, disjunction, inverse
from safeconduct.rules.ground import Ground
from safeconduct.rules.position import Assessor
from safeconduct.rules.situation import Situation
from safeconduct.rules.warnings import contradictions
from safeconduct.values.errors import SituationError
from tests.laws.people import FIRST, LAST, a_situation, less_known

PEOPLE, TIMES = 24, 2
KNOWN = (Answer.YES, Answer.NO)

Answers = dict[str, Answer]


@dataclass(frozen=True)
class Compared:
    """The answers for one person, and those given when less is known; none if the telling contradicts itself."""

    known: Answers
    less: tuple[Answers, ...]


def answers(corpus: Corpus, situation: Situation, on: int, names: list[str]) -> Answers:
    """The answers of some provisions.

    Raises:
        SituationError: If what was told cannot be true together.
    """
    assessor = Assessor(corpus, situation)
    contradictions(assessor, on)
    found = {name: assessor.answer(name, on) for name in names}
    cases = [case for name in names[-1:] for case in assessor.cases(name)]
    impossible = any(case.worlds.witness(HOLDS, on, wanted=True) is None for case in cases)
    if impossible or breaks_an_implication(corpus, situation):
        raise SituationError("what was told cannot be true together", remedy="make another person")
    return found


def breaks_an_implication(corpus: Corpus, situation: Situation) -> bool:
    ground = Ground(corpus, situation)
    for item in corpus.vocabulary.implications:
        when = ground.people.fact_is(item.fact, "", item.values, ground.asked)
        then = ground.people.fact_is(item.then, "", item.then_values, ground.asked)
        if disjunction([inverse(when), then]) == FAILS:
            return True
    return False


@pytest.fixture(scope="module")
def compared() -> list[Compared | None]:
    corpus = load_corpus()
    names = list(corpus.provisions)
    found: list[Compared | None] = []
    for seed in range(PEOPLE):
        dice = random.Random(seed)
        situation = a_situation(dice, corpus.vocabulary)
        on = (FIRST + timedelta(days=dice.randint(0, (LAST - FIRST).days))).toordinal()
        try:
            known = answers(corpus, situation, on, names)
        except SituationError:
            found.append(None)
            continue
        settled = [name for name in names if known[name] in KNOWN]
        less = [answers(corpus, less_known(dice, situation), on, settled) for _ in range(TIMES)]
        found.append(Compared(known, tuple(less)))
    return found


def test_knowing_less_never_reverses_an_answer(compared: list[Compared | None]) -> None:
    reversed_answers = [
        (seed, name, one.known[name], answer)
        for seed, one in enumerate(compared)
        if one is not None
        for less in one.less
        for name, answer in less.items()
        if answer in KNOWN and answer is not one.known[name]
    ]
    assert reversed_answers == []


def test_at_most_a_third_of_the_people_made_contradict_themselves(compared: list[Compared | None]) -> None:
    assert compared.count(None) <= PEOPLE / 3


def test_the_people_made_are_worth_asking_about(compared: list[Compared | None]) -> None:
    counts = Counter(answer for one in compared if one is not None for answer in one.known.values())
    assert min(counts[answer] for answer in (Answer.YES, Answer.NO, Answer.UNKNOWN)) > 0.03 * counts.total(), counts


def test_knowing_less_leaves_something_open(compared: list[Compared | None]) -> None:
    counts = Counter(answer for one in compared if one is not None for less in one.less for answer in less.values())
    assert counts[Answer.UNKNOWN] > 0.03 * counts.total(), counts
