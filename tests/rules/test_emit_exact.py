"""Generated Python is exact: it says of anybody what certainty and `assess` say."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.rules.certainty import decide
from safeconduct.rules.emit import _Writer, emit
from safeconduct.rules.finding import Answer
from safeconduct.rules.formula import FAILS, HOLDS, And, AtLeast, Choice, In, Inverse, Moved, Or, Whole, Within
from safeconduct.rules.kleene import residual, value, variables
from safeconduct.rules.position import Assessor
from safeconduct.rules.situation import Absent, Asked, Known, Period, Range, Situation, Words
from safeconduct.values.days import Days
from safeconduct.values.errors import QuestionError
from tests.rules.emitting import ON, SMALL_CORPUS, a_law, day
from tests.rules.pages import corpus_of
from tests.rules.small import a_case, narrowed, replaced

SEEDS = st.integers(min_value=0, max_value=2**32)
NUMBERS = {Answer.NO: 0, Answer.UNKNOWN: 1, Answer.YES: 2}
GOES = """
def go({head}):
    return {text}
"""


def made_of(formula, on):
    """What one formula comes to as a function, and its variables in the order of the arguments."""
    writer = _Writer(on, SMALL_CORPUS)
    found = variables(formula)
    writer.declare(found)
    made = {}
    text = GOES.format(head=", ".join(writer.arguments), text=writer.value(formula))
    exec(text, {"__builtins__": {}}, made)  # noqa: S102 -- what `emit` does with it
    return made["go"], found


def written(formula, on):
    """The same as `emit` does it: only what is left to be told; the code where it is refused."""
    try:
        return made_of(residual(formula, on), on)
    except QuestionError as refused:
        return refused.code


def given_by(found):
    """Arguments that say of each variable what it may be."""
    return [part for one in found for part in ((one.possible,) if isinstance(one, Choice) else (one.low, one.high))]


@settings(max_examples=400)
@given(SEEDS)
def test_any_formula_gets_the_value_that_certainty_finds(seed):
    rng = Random(seed)
    on, everything, formula, _ = a_case(rng, constrained=False)
    made = written(formula, on)
    if made in ("ASK011", "ASK012"):
        return
    go, found = made
    assert go(*given_by(found)) == decide(formula, on)
    for _ in range(5):
        told = narrowed(rng, everything)
        assert go(*given_by(told[one] for one in found)) == decide(replaced(formula, told), on)


COUNTED = [In(Choice(f"c{index}", ("yes", "no"), 0b11), 1) for index in range(4)]
NUMBER = Whole("n", 0, 9)
SMALL = Within(Moved(NUMBER), None, Moved(None, 4))
LARGE = Within(Moved(NUMBER), Moved(None, 5), None)

#    counted                              the masks of c0..c3 (1 yes, 2 no, 3 open)        value
COUNTS = [
    (AtLeast(2, tuple(COUNTED)),          (1, 1, 3, 3),                                        2),
    (AtLeast(2, tuple(COUNTED)),          (1, 3, 3, 3),                                        1),
    (AtLeast(2, tuple(COUNTED)),          (1, 2, 2, 3),                                        1),
    (AtLeast(2, tuple(COUNTED)),          (1, 2, 2, 2),                                        0),
    (AtLeast(3, tuple(COUNTED)),          (2, 2, 3, 3),                                        0),
    (Inverse(AtLeast(2, tuple(COUNTED))), (1, 1, 3, 3),                                        0),
    (Inverse(AtLeast(2, tuple(COUNTED))), (2, 2, 2, 3),                                        2),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "masks", "expected"), COUNTS)
def test_parts_are_counted(formula, masks, expected):
    go, found = written(formula, 0)
    assert [one.name for one in found] == ["c0", "c1", "c2", "c3"]
    assert go(*masks) == expected


@pytest.mark.parametrize(("ends", "expected"), [((0, 9), 2), ((4, 5), 2), ((7, 7), 2)])
def test_parts_that_exclude_one_another_are_counted_by_cases(ends, expected):
    go, found = written(AtLeast(2, (SMALL, LARGE, COUNTED[0], Inverse(COUNTED[0]))), 0)
    assert [one.name for one in found] == ["n", "c0"]
    assert go(*ends, 3) == expected


def test_a_number_with_holes_is_written_as_ranges():
    holes = Or((Within(Moved(NUMBER), Moved(None, 2), Moved(None, 3)), Within(Moved(NUMBER), Moved(None, 6), None)))
    go, _ = written(holes, 0)
    assert [go(*ends) for ends in ((2, 3), (6, 9), (3, 6), (4, 5), (0, 1), (2, 2))] == [2, 2, 1, 0, 0, 2]


SETTLED = [
    (And((HOLDS, COUNTED[0])),          {0b01: 2, 0b11: 1, 0b10: 0}),
    (And((FAILS, COUNTED[0])),          {0b01: 0, 0b11: 0, 0b10: 0}),
    (Or((HOLDS, COUNTED[0])),           {0b01: 2, 0b11: 2, 0b10: 2}),
    (Or((FAILS, COUNTED[0])),           {0b01: 2, 0b11: 1, 0b10: 0}),
    (AtLeast(2, (HOLDS, COUNTED[0])),   {0b01: 2, 0b11: 1, 0b10: 0}),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "answers"), SETTLED)
def test_a_settled_part_is_written_as_it_is(formula, answers):
    go, _ = made_of(formula, 0)
    assert {mask: go(mask) for mask in answers} == answers


def a_range(rng, low, high):
    first = rng.randint(low, high)
    return first, rng.choice([first, rng.randint(first, high)])


def a_person(rng):
    """What may be told of the facts of the clauses: words, days and numbers, exact or not, absent, or not told."""
    told = {
        "resident": Words(possible=frozenset([rng.choice(["yes", "no"])])),
        "in_reserve": Words(possible=frozenset([rng.choice(["yes", "no"])])),
        "aim": Words(possible=frozenset([rng.choice(["yes", "no"])])),
        "fitness": Words(possible=frozenset(rng.sample("ABV", rng.randint(1, 3)))),
    }
    first, last = a_range(rng, day("1993-01-01"), day("2007-12-31"))
    told["birth_date"] = Days(earliest=first, latest=last)
    first, last = a_range(rng, 0, 40)
    told["weeks"] = rng.choice([Absent(), Range(least=first, most=last), Range(least=first, most=None)])
    first, last = a_range(rng, day("2023-10-01"), day("2024-04-30"))
    told["served_on"] = rng.choice([Absent(), Days(earliest=first, latest=last)])
    return {name: found for name, found in told.items() if rng.random() < 0.8}


def slots_of(found, told):
    """The arguments for that person, by the meaning of the slots."""
    given = []
    for slot in found.slots:
        match told.get(slot.name):
            case None:
                given += slot.unknown
            case Absent():
                given += (0b10,) if slot.words else slot.unknown
            case Words(possible=words):
                given.append(sum(1 << index for index, word in enumerate(slot.words) if word in words))
            case _ if slot.words:
                given.append(0b01)
            case Days(earliest=first, latest=last):
                given += (first, last)
            case Range(least=first, most=last):
                given += (first, slot.high if last is None else last)
    return given


@settings(max_examples=150)
@given(SEEDS)
def test_a_person_gets_the_answer_that_assess_gives(seed):
    rng = Random(seed)
    corpus = corpus_of(a_law(rng))
    found = emit(corpus, ("XX-1",), ON)
    for _ in range(5):
        told = a_person(rng)
        facts = {name: Known(name=name, asked=Asked.TOLD, periods=(Period(value=one),)) for name, one in told.items()}
        expected = Assessor(corpus, Situation(facts=facts)).answer("XX-1", ON.toordinal())
        assert found.answer(*slots_of(found, told)) == (NUMBERS[expected],)


def test_the_random_formulas_hold_some_that_kleene_leaves_open_and_certainty_decides():
    decided = 0
    for seed in range(300):
        on, _, formula, _ = a_case(Random(seed), constrained=False)
        decided += value(formula, on) == 1 and decide(formula, on) != 1
    assert decided > 10
