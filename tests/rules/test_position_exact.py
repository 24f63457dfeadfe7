"""Certainty is complete: random corpora against brute force over every person who fits what was told.

The brute force is written anew here, on fully known people, so that it shares nothing with the engine but the tree.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

import pytest

from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Answer
from safeconduct.rules.kleene import UNKNOWN as UNSURE
from safeconduct.rules.kleene import value
from safeconduct.rules.position import Assessor
from safeconduct.rules.situation import Asked as Told
from safeconduct.rules.situation import Known, Period, Situation, Words
from safeconduct.rules.tree import (
    Aged,
    All,
    Asked,
    Between,
    ByReading,
    Clause,
    Condition,
    Conflict,
    FactDay,
    FactIs,
    Holds,
    Kind,
    Not,
    On,
    Provision,
    Some,
    Span,
)
from safeconduct.rules.vocabulary import Fact, Implication, Shape, Vocabulary
from safeconduct.values.citation import Citation, Confidence
from safeconduct.values.days import Days, one_day
from safeconduct.values.errors import Place, SituationError

CORPORA = 2_000
ON = date(2024, 3, 1)
HERE = Place(name="xx/random.md")
SEAT = Citation(act="xx", article="art. 1", sources=(), confidence=Confidence.A)
BIRTHDAYS = [
    date(1994, 2, 27),
    date(1994, 2, 28),
    date(1994, 3, 1),
    date(1994, 3, 2),
    date(1996, 2, 29),
    date(2006, 3, 1),
]

Person = dict[str, str | date]
Test = Callable[[Person], bool]


@dataclass(frozen=True)
class Made:
    """A random corpus and what is told of a random person."""

    corpus: Corpus
    situation: Situation
    people: list[Person]


def a_vocabulary(dice: random.Random) -> Vocabulary:
    facts: dict[str, Fact] = {}
    for index in range(dice.randint(2, 6)):
        name = f"fact_{index}"
        if dice.random() < 0.6:
            facts[name] = Fact(name=name, shape=Shape.YES_NO, may_be_absent=dice.random() < 0.2)
        else:
            facts[name] = Fact(name=name, shape=Shape.ONE_OF, words=("A", "B", "C")[: dice.randint(2, 3)])
    for name in ("birth_date", "served_on")[: dice.randint(1, 2)]:
        facts[name] = Fact(name=name, shape=Shape.DATE)
    implications = []
    words = [fact for fact in facts.values() if fact.shape is not Shape.DATE]
    if dice.random() < 0.4 and len(words) > 1:
        first, second = dice.sample(words, 2)
        implications.append(
            Implication(
                fact=first.name,
                values=frozenset({dice.choice(domain(first))}),
                then=second.name,
                then_values=frozenset(dice.sample(domain(second), dice.randint(1, len(domain(second)) - 1))),
            )
        )
    return Vocabulary(facts=facts, events={}, implications=tuple(implications))


def domain(fact: Fact) -> list[str]:
    words = ["yes", "no"] if fact.shape is Shape.YES_NO else list(fact.words)
    return [*words, "none"] if fact.may_be_absent else words


def a_condition(dice: random.Random, vocabulary: Vocabulary, known: list[str], depth: int = 0) -> Condition:  # noqa: PLR0911 -- one return for each form
    roll = dice.random()
    if depth < 3 and roll < 0.45:
        parts = tuple(a_condition(dice, vocabulary, known, depth + 1) for _ in range(dice.randint(2, 3)))
        return All(parts) if dice.random() < 0.5 else Some(parts)
    if depth < 3 and roll < 0.6:
        return Not(a_condition(dice, vocabulary, known, depth + 1))
    if depth < 2 and roll < 0.7 and known:
        return Holds(dice.choice(known))
    if depth < 2 and roll < 0.76:
        parts = tuple(a_condition(dice, vocabulary, known, depth + 1) for _ in range(2))
        return ByReading("XX-X1", parts)
    fact = dice.choice(list(vocabulary.facts.values()))
    if fact.shape is not Shape.DATE:
        words = domain(fact)
        return FactIs(fact.name, "", frozenset(dice.sample(words, dice.randint(1, len(words) - 1))))
    if fact.name == "birth_date" and dice.random() < 0.6:
        least = dice.choice([18, 27, 28, None])
        under = dice.choice([30, 31, None]) if least is not None else 30
        return Aged("birth_date", least, under)
    first, last = dice.choice(BIRTHDAYS), dice.choice(BIRTHDAYS)
    bounds = dice.choice(
        [(On(first), None), (None, On(last)), (On(min(first, last)), On(max(first, last))), (None, Asked())]
    )
    return Between(FactDay(fact.name), *bounds)


def a_provision(dice: random.Random, vocabulary: Vocabulary, name: str, known: list[str]) -> Provision:
    clauses = []
    for index in range(dice.randint(1, 4)):
        role = dice.choice(["if", "if", "unless", "exception"]) if index else "if"
        condition = a_condition(dice, vocabulary, known)
        outcome = role == "exception" and dice.random() < 0.5
        clauses.append(
            Clause(role=role, text="", condition=condition, citation=None, place=HERE, by=str(index), outcome=outcome)
        )
    span = Span(first=dice.choice([None, None, date(2024, 1, 1), date(2024, 3, 2)]))
    return Provision(
        id=name,
        kind=Kind.STATUS,
        title=name,
        says="",
        span=span,
        concerns=a_condition(dice, vocabulary, []) if dice.random() < 0.2 else All(()),
        about=None,
        governed_by=Asked(),
        clauses=tuple(clauses),
        cautions=(),
        citation=SEAT,
        place=HERE,
    )


def a_corpus(dice: random.Random) -> Corpus:
    vocabulary = a_vocabulary(dice)
    provisions: dict[str, Provision] = {}
    for index in range(dice.randint(1, 3)):
        provisions[f"XX-{index}"] = a_provision(dice, vocabulary, f"XX-{index}", list(provisions))
    conflict = Conflict(id="XX-X1", question="?", readings=("one", "two"), sources=(SEAT, SEAT), safer=1)
    return Corpus(
        vocabulary=vocabulary,
        provisions=provisions,
        terms={},
        conflicts={"XX-X1": conflict},
        untranslatable={},
        reviewed_until={},
        digest="0" * 64,
    )


def told_about(dice: random.Random, fact: Fact) -> tuple[Known | None, list[str | date]]:
    """What is told of one fact, and every value that fits it."""
    if fact.shape is Shape.DATE:
        around = dice.choice(BIRTHDAYS)
        first = around - timedelta(days=dice.randint(0, 2))
        days = [first + timedelta(days=step) for step in range(dice.randint(1, 4))]
        return told(fact, Days(earliest=days[0].toordinal(), latest=days[-1].toordinal())), list(days)
    words = domain(fact)
    if dice.random() < 0.5:
        return None, list(words)
    chosen = dice.sample(words, dice.randint(1, len(words)))
    return told(fact, Words(possible=frozenset(chosen))), list(chosen)


def told(fact: Fact, found: Days | Words) -> Known:
    return Known(name=fact.name, asked=Told.TOLD, periods=(Period(value=found),))


def make(dice: random.Random) -> Made | None:
    corpus = a_corpus(dice)
    facts, possible = {}, []
    for fact in corpus.vocabulary.facts.values():
        known, values = told_about(dice, fact)
        if known is not None:
            facts[fact.name] = known
        possible.append(values)
    names = list(corpus.vocabulary.facts)
    people = [dict(zip(names, chosen, strict=True)) for chosen in product(*possible)]
    allowed = [person for person in people if all(fits(person, one) for one in corpus.vocabulary.implications)]
    if not allowed or len(people) > 1500:
        return None
    return Made(corpus, Situation(facts=facts), allowed)


def fits(person: Person, implication: Implication) -> bool:
    return person[implication.fact] not in implication.values or person[implication.then] in implication.then_values


# --- brute force: two-valued, on a person of whom everything is known --------------------------------------------


def birthday(born: date, years: int) -> date:
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def day(term: object) -> Callable[[Person], date]:
    match term:
        case Asked():
            return lambda _: ON
        case On(day=fixed):
            return lambda _: fixed
        case FactDay(fact=name):
            return lambda person: found if isinstance(found := person[name], date) else pytest.fail(name)
        case _:
            raise AssertionError(term)


def meaning(node: Condition, corpus: Corpus, reading: int) -> Test:  # noqa: PLR0911 -- one for each form
    """What a condition says of a person of whom everything is known."""
    match node:
        case All(parts=parts):
            every = [meaning(part, corpus, reading) for part in parts]
            return lambda person: all(part(person) for part in every)
        case Some(parts=parts):
            some = [meaning(part, corpus, reading) for part in parts]
            return lambda person: any(part(person) for part in some)
        case Not(part=part):
            inner = meaning(part, corpus, reading)
            return lambda person: not inner(person)
        case FactIs(fact=name, values=values):
            return lambda person: person[name] in values
        case Aged():
            return aged(node)
        case Between():
            return lies_between(node)
        case Holds(name=name):
            return provision_meaning(corpus.provisions[name], corpus, reading)
        case ByReading(parts=parts):
            return meaning(parts[reading], corpus, reading)
        case _:
            raise AssertionError(node)


def aged(node: Aged) -> Test:
    born = day(FactDay(node.fact))
    least, under = node.least, node.under
    return lambda person: (
        (least is None or birthday(born(person), least) <= ON) and (under is None or birthday(born(person), under) > ON)
    )


def lies_between(node: Between) -> Test:
    middle, first, last = day(node.day), node.first and day(node.first), node.last and day(node.last)
    return lambda person: (
        (first is None or first(person) <= middle(person)) and (last is None or middle(person) <= last(person))
    )


def provision_meaning(provision: Provision, corpus: Corpus, reading: int) -> Test:
    concerns = meaning(provision.concerns, corpus, reading)
    clauses = [(clause, meaning(clause.condition, corpus, reading)) for clause in provision.clauses]
    in_force = provision.span.first is None or provision.span.first <= ON

    def holds(person: Person) -> bool:
        answer = in_force and concerns(person)
        if not answer:
            return False
        for clause, met in clauses:
            if clause.role != "exception" and met(person) != (clause.role == "if"):
                answer = False
        for clause, met in clauses:
            if clause.role == "exception" and met(person):
                answer = clause.outcome
        return answer

    return holds


def brute_force(made: Made, name: str) -> Answer:
    by_reading = []
    for reading in (0, 1):
        holds = provision_meaning(made.corpus.provisions[name], made.corpus, reading)
        found = {holds(made.people[0])}
        if any(holds(person) not in found for person in made.people):
            found = {True, False}
        by_reading.append(Answer.UNKNOWN if len(found) > 1 else Answer.YES if True in found else Answer.NO)
    if by_reading[0] is by_reading[1]:
        return by_reading[0]
    return Answer.DISPUTED if Answer.UNKNOWN not in by_reading else Answer.UNKNOWN


def kleene_alone(assessor: Assessor, name: str) -> set[int]:
    return {value(case.ground.provision(name).formula, ON.toordinal()) for case in assessor.cases(name)}


@pytest.fixture(scope="module")
def compared() -> dict[str, int]:
    """How many answers of random corpora were compared, differed, were decided, and decided only beyond Kleene."""
    counts = dict.fromkeys(("corpora", "answers", "different", "decided", "beyond"), 0)
    dice = random.Random(20231212)
    while counts["corpora"] < CORPORA:
        made = make(dice)
        if made is None:
            continue
        counts["corpora"] += 1
        assessor = Assessor(made.corpus, made.situation)
        for name in made.corpus.provisions:
            expected, found = brute_force(made, name), assessor.answer(name, ON.toordinal())
            counts["answers"] += 1
            counts["different"] += expected is not found
            if found in (Answer.YES, Answer.NO, Answer.DISPUTED):
                counts["decided"] += 1
                counts["beyond"] += UNSURE in kleene_alone(assessor, name)
    return counts


def test_no_answer_differs_from_brute_force(compared: dict[str, int]) -> None:
    assert compared["corpora"] == CORPORA
    assert compared["different"] == 0


def test_at_least_one_decided_answer_in_twenty_is_beyond_kleene(compared: dict[str, int]) -> None:
    assert compared["decided"] > CORPORA
    assert compared["beyond"] >= 0.05 * compared["decided"], compared


def test_of_somebody_of_whom_everything_is_told_nothing_is_unknown() -> None:
    dice, asked = random.Random(20240101), 0
    while asked < 300:
        made = make(dice)
        if made is None:
            continue
        person = dice.choice(made.people)
        facts = {name: told(made.corpus.vocabulary.facts[name], exactly(value)) for name, value in person.items()}
        assessor = Assessor(made.corpus, Situation(facts=facts))
        for name in made.corpus.provisions:
            found = assessor.answer(name, ON.toordinal())
            assert found is not Answer.UNKNOWN
            assert found is brute_force(Made(made.corpus, made.situation, [person]), name)
            asked += 1


def exactly(found: str | date) -> Days | Words:
    return one_day(found) if isinstance(found, date) else Words(possible=frozenset({found}))


def test_what_cannot_be_true_together_is_refused() -> None:
    vocabulary = Vocabulary(
        facts={name: Fact(name=name, shape=Shape.YES_NO) for name in ("fact_0", "fact_1", "fact_2")},
        events={},
        implications=(
            Implication(fact="fact_0", values=frozenset({"yes"}), then="fact_1", then_values=frozenset({"yes"})),
            Implication(fact="fact_0", values=frozenset({"no"}), then="fact_1", then_values=frozenset({"yes"})),
        ),
    )
    facts = {"fact_1": told(vocabulary.facts["fact_1"], Words(possible=frozenset({"no"})))}
    either = Some((FactIs("fact_0", "", frozenset({"yes"})), FactIs("fact_2", "", frozenset({"yes"}))))
    provision = a_provision(random.Random(1), vocabulary, "XX-0", [])
    clause = Clause(role="if", text="", condition=either, citation=None, place=HERE)
    made = Provision(**{name: getattr(provision, name) for name in provision.__slots__} | {"clauses": (clause,)})
    corpus = Corpus(
        vocabulary=vocabulary,
        provisions={"XX-0": made},
        terms={},
        conflicts={},
        untranslatable={},
        reviewed_until={},
        digest="",
    )
    with pytest.raises(SituationError):
        Assessor(corpus, Situation(facts=facts)).answer("XX-0", ON.toordinal())
