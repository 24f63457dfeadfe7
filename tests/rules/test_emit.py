"""Generated Python for one person: exact, refusing what it cannot say, made of nothing but numbers and our words."""

import io
import re
import tokenize
from dataclasses import replace
from datetime import date
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
from safeconduct.rules.tree import FactIs
from safeconduct.rules.vocabulary import Fact, Shape, Vocabulary
from safeconduct.values.days import FIRST_DAY, LAST_DAY, Days
from safeconduct.values.errors import QuestionError
from safeconduct.values.truth import Truth
from tests.rules.pages import SEAT, corpus_of
from tests.rules.small import a_case, narrowed, replaced

SEEDS = st.integers(min_value=0, max_value=2**32)
ON = date(2024, 3, 1)
NUMBERS = {Answer.NO: 0, Answer.UNKNOWN: 1, Answer.YES: 2}
GOES = """
def go({head}):
    return {text}
"""


def law(*clauses):
    return f'XX-1 status "A rule" {SEAT}\n' + "".join(f"    {clause}\n" for clause in clauses)


def emitted(*clauses, on=ON):
    return emit(corpus_of(law(*clauses)), ("XX-1",), on)


def day(text):
    return date.fromisoformat(text).toordinal()


def arguments(found, **told):
    """The arguments for somebody: words by fact, both ends of a day or number by fact, the rest unknown."""
    given = []
    for slot in found.slots:
        fact = told.get(slot.name)
        if fact is None:
            given += slot.unknown
        elif not slot.words:
            given += fact
        elif isinstance(fact, str):
            given.append(sum(1 << slot.words.index(word) for word in fact.split()))
        else:
            given.append(0b01)  # a number or day that was told is there
    return given


def answer(found, **told):
    return found.answer(*arguments(found, **told))


# --- what it answers --------------------------------------------------------------------------------------------

BORN_1996 = (day("1996-01-01"), day("1996-12-31"))
BORN_IN_JULY = (day("2006-07-01"), day("2006-07-31"))

#    clauses                                               what is told                                  answer
CASES = [
    (("if resident",),                                      {},                                               1),
    (("if resident",),                                      {"resident": "yes"},                              2),
    (("if resident",),                                      {"resident": "no"},                               0),
    (("if resident", "unless in_reserve"),                  {"resident": "yes", "in_reserve": "no"},          2),
    (("if resident", "unless in_reserve"),                  {"in_reserve": "yes"},                            0),
    (("if fitness is A or B",),                             {"fitness": "A B"},                               2),
    (("if fitness is A or B",),                             {"fitness": "B V"},                               1),
    (("if fitness is A or B",),                             {"fitness": "V"},                                 0),
    (("if aged 18 to under 30",),                           {"birth_date": BORN_1996},                        2),
    (("if aged 18 to under 28",),                           {"birth_date": BORN_1996},                        1),
    (("if aged 18 to under 27",),                           {"birth_date": BORN_1996},                        0),
    (("if aged 18 or over",),                               {"birth_date": BORN_IN_JULY},                     0),
    (("if aged under 18",),                                 {"birth_date": BORN_IN_JULY},                     2),
    (("if weeks at least 22",),                             {"weeks": (22, 30)},                              2),
    (("if weeks at least 22",),                             {"weeks": (21, 30)},                              1),
    (("if weeks at least 22",),                             {"weeks": (0, 21)},                               0),
    (("unless weeks at least 22",),                         {"weeks": (0, 21)},                               2),
    (("if resident", "from 2025-01-01 until 2025-12-31"),   {},                                               0),
    (("concerns resident",),                                {"resident": "yes"},                              2),
    (("until 2025-12-31",),                                 {},                                               2),
]  # fmt: skip


@pytest.mark.parametrize(("clauses", "told", "expected"), CASES)
def test_what_is_told_decides(clauses, told, expected):
    assert answer(emitted(*clauses), **told) == (expected,)


EITHER = ("if any of", "    fitness is A or B", "    fitness is V", "    resident")
BOTH = ("if fitness is A or B", "and fitness is B or V", "unless resident")
AGES = ("if any of", "    aged under 20", "    aged 20 or over")
SPLIT = ("if any of", "    aged under 20", "    aged 25 or over")
BORN_2000 = (day("2000-01-01"), day("2000-12-31"))
OLD_OR_YOUNG = (day("1998-01-01"), day("2005-12-31"))

#    clauses   what is told                                 answer: Kleene's tables say unknown where it is marked *
BY_CASES = [
    (EITHER,   {},                                               2),  # *
    (EITHER,   {"fitness": "A V"},                               2),  # *
    (BOTH,     {"resident": "no"},                               1),
    (BOTH,     {"fitness": "B", "resident": "no"},               2),
    (BOTH,     {"fitness": "A V"},                               0),  # *
    (AGES,     {},                                               2),  # *
    (SPLIT,    {},                                               1),
    (SPLIT,    {"birth_date": BORN_2000},                        0),
    (SPLIT,    {"birth_date": OLD_OR_YOUNG},                     1),
]  # fmt: skip


@pytest.mark.parametrize(("clauses", "told", "expected"), BY_CASES)
def test_a_fact_that_stands_in_two_clauses_is_weighed_by_cases(clauses, told, expected):
    assert answer(emitted(*clauses), **told) == (expected,)


def test_the_day_asked_is_part_of_what_was_emitted():
    born = {"birth_date": (day("2006-03-01"),) * 2}
    assert answer(emitted("if aged 18 or over", on=date(2024, 2, 29)), **born) == (0,)
    assert answer(emitted("if aged 18 or over", on=date(2024, 3, 1)), **born) == (2,)


def test_several_provisions_share_their_arguments():
    corpus = corpus_of(
        f'XX-1 status "One" {SEAT}\n    if resident\nXX-2 right "Two" {SEAT}\n    if XX-1\n    unless aim\n'
    )
    found = emit(corpus, ("XX-1", "XX-2"), ON)
    assert [slot.name for slot in found.slots] == ["resident", "aim"]
    assert answer(found, resident="yes", aim="no") == (2, 2)
    assert answer(found, resident="no") == (0, 0)


def test_a_conflict_takes_the_safer_reading():
    corpus = corpus_of(
        f'XX-X1 conflict "Who?"\n    reading "all" {SEAT}\n    reading "residents" safer {SEAT}\n'
        f'XX-1 status "One" {SEAT}\n'
        "    reading 1 of XX-X1\n        if aim\n    reading 2 of XX-X1\n        if resident\n"
    )
    found = emit(corpus, ("XX-1",), ON)
    assert answer(found, aim="no", resident="yes") == (2,)


# --- what it refuses --------------------------------------------------------------------------------------------

PAIRS = [f"f{number}" for number in range(14)]
MANY_FACTS = "\n".join(f'fact {name} yes/no ask "Is it so?"' for name in PAIRS)
MANY_CLAUSES = [
    line for one, two in zip(PAIRS[::2], PAIRS[1::2], strict=True) for line in ("if any of", f"    {one}", f"    {two}")
]

#    clauses                                                   code
REFUSED = [
    (("if left_unit",),                                        "ASK010"),
    (("if resident", "and entered KZ before 2024-01-01"),      "ASK010"),
    (("about left_unit", "if left_unit permission is no"),     "ASK010"),
    (("if served_on before permit_until",),                    "ASK012"),
    (("if birth_date before served_on", "unless resident"),    "ASK012"),
    (("if served_on before permit_until", "unless served_on by 2020-01-01"), "ASK012"),
]  # fmt: skip


@pytest.mark.parametrize(("clauses", "code"), REFUSED)
def test_what_cannot_be_written_is_refused_with_what_to_do(clauses, code):
    with pytest.raises(QuestionError, match="assess") as caught:
        emitted(*clauses)
    assert caught.value.code == code


@pytest.mark.parametrize(("again", "refused"), [((), False), (("unless f0",), True)])
def test_more_implicants_than_are_kept_are_refused_where_they_are_needed(again, refused):
    corpus = corpus_of(law(*MANY_CLAUSES, *again), MANY_FACTS)
    if not refused:
        assert answer(emit(corpus, ("XX-1",), ON), **dict.fromkeys(PAIRS, "yes")) == (2,)
        return
    with pytest.raises(QuestionError) as caught:
        emit(corpus, ("XX-1",), ON)
    assert caught.value.code == "ASK011"


# --- exact, by certainty ----------------------------------------------------------------------------------------


SMALL_CORPUS = corpus_of(law("if fitness is A", "unless resident", "and fitness is A or B"))


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


CLAUSES = [
    "resident", "not resident", "in_reserve", "fitness is A", "fitness is B or V", "fitness is not A", "aim",
    "aged 18 to under 27", "aged 25 or over", "aged under 30", "born until 1996-12-31", "born from 1999-06-01",
    "weeks at least 22", "weeks at most 30", "weeks more than 25", "served_on by day asked",
    "day asked from 20 days after served_on", "served_on after 2023-11-30", "served_on", "citizenships includes RU",
]  # fmt: skip


def a_law(rng):
    """Some clauses and alternatives about facts, at random."""
    clauses = []
    for _ in range(rng.randint(1, 4)):
        lead = rng.choice(["if", "unless"])
        if rng.random() < 0.4:
            clauses.append(f"{lead} {rng.choice(['any of', 'all of'])}")
            clauses += [f"    {part}" for part in rng.sample(CLAUSES, rng.randint(2, 3))]
        else:
            clauses.append(f"{lead} {rng.choice(CLAUSES)}")
    return law(*clauses)


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


# --- explanations -----------------------------------------------------------------------------------------------

RULE = ("if resident", "and    aged 18 to under 30", "unless fitness is V", "unless weeks at least 22")
NO, UNKNOWN, YES = Truth.NO, Truth.UNKNOWN, Truth.YES

#    what is told                                                        answer   each clause                  missing
EXPLAINED = [
    ({},                                                                 UNKNOWN, [UNKNOWN] * 4,
     ("resident", "birth_date", "fitness", "weeks")),
    ({"resident": "yes", "fitness": "A B"},                              UNKNOWN, [YES, UNKNOWN, NO, UNKNOWN],
     ("birth_date", "weeks")),
    ({"resident": "yes", "birth_date": BORN_1996, "fitness": "A V"},     UNKNOWN, [YES, YES, UNKNOWN, UNKNOWN],
     ("fitness", "weeks")),
    ({"resident": "no"},                                                 NO,      [NO, UNKNOWN, UNKNOWN, UNKNOWN],
     ()),
    ({"resident": "yes", "fitness": "V"},                                NO,      [YES, UNKNOWN, YES, UNKNOWN],
     ()),
]  # fmt: skip


@pytest.mark.parametrize(("told", "expected", "truths", "missing"), EXPLAINED)
def test_an_explanation_holds_each_clause_and_what_is_missing(told, expected, truths, missing):
    found = emitted(*RULE)
    (one,) = found.explain(*arguments(found, **told))
    assert (one.id, one.truth, one.missing) == ("XX-1", expected, missing)
    assert [step.truth for step in one.steps] == truths
    assert [step.text for step in one.steps] == ["resident", "aged 18 to under 30", "fitness is V", "weeks at least 22"]
    assert [step.clause.role for step in one.steps] == ["if", "if", "unless", "unless"]
    assert one.truth.value == answer(found, **told)[0]


#    weeks       missing
OPEN = [
    ((25, 25),   ()),
    ((10, 25),   ("weeks",)),
]  # fmt: skip


@pytest.mark.parametrize(("weeks", "missing"), OPEN)
def test_a_number_known_exactly_is_not_missing(weeks, missing):
    found = emitted("if weeks at least 22", "and resident")
    (one,) = found.explain(*arguments(found, weeks=weeks))
    assert one.missing == (*missing, "resident")


def test_each_fact_is_missing_once():
    found = emitted("if weeks at least 22", "and weeks at most 30")
    (one,) = found.explain(*arguments(found))
    assert one.missing == ("weeks",)


def test_an_unknown_slot_says_that_nothing_is_known():
    words, number = emitted("if fitness is A", "and aged 18 or over").slots
    assert (words.unknown, number.unknown) == ((0b111,), (FIRST_DAY, LAST_DAY))


# --- no text of a page reaches the source -----------------------------------------------------------------------

WORDS = {"def", "return", "if", "else", "and", "or", "not", "answer", "trace", "True", "False"}
HOSTILE = [
    "__import__('os').system('true')",
    'x"""\nimport os\n"""',
    "v0",
    "answer",
    "yes or True",
    "); raise SystemExit(",
    "lambda: 0",
    "\\",
    "\N{RIGHT-TO-LEFT OVERRIDE}",
]


def tokens_of(source):
    return list(tokenize.generate_tokens(io.StringIO(source).readline))


def assert_only_ours(source):
    for token in tokens_of(source):
        if token.type == tokenize.NAME:
            assert token.string in WORDS or re.fullmatch(r"v[0-9]+", token.string)
        elif token.type == tokenize.NUMBER:
            assert token.string.isascii()
            assert token.string.isdigit()
        else:
            assert token.type not in {tokenize.STRING, tokenize.COMMENT, tokenize.ERRORTOKEN}
    assert source.isascii()


def hostile_corpus(text, word):
    """A corpus whose names, words and sentences are all that text: what no page could write, written all the same."""
    fact = Fact(name=text, shape=Shape.ONE_OF, words=(word, "other"))
    same = FactIs(text, "", frozenset({word}))
    provision = SMALL_CORPUS.provisions["XX-1"]
    clauses = tuple(replace(clause, text=text, condition=same) for clause in provision.clauses)
    provision = replace(provision, id=text, title=text, says=text, clauses=clauses)
    return replace(SMALL_CORPUS, vocabulary=Vocabulary(facts={text: fact}, events={}), provisions={text: provision})


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_stays_outside_the_source(text):
    found = emit(hostile_corpus(text, text), (text,), ON)
    assert_only_ours(found.source)
    assert found.answer(0b01) == (0,)
    assert found.ids == (text,)


@settings(max_examples=100)
@given(st.text(min_size=1), st.text(min_size=1))
def test_no_text_changes_the_source(text, word):
    plain = emit(hostile_corpus("name", "word"), ("name",), ON)
    assert emit(hostile_corpus(text, word), (text,), ON).source == plain.source


@settings(max_examples=100)
@given(SEEDS)
def test_every_source_holds_only_our_words_and_whole_numbers(seed):
    found = emit(corpus_of(a_law(Random(seed))), ("XX-1",), ON)
    assert_only_ours(found.source)


def test_generated_functions_reach_no_builtin():
    found = emitted("if resident")
    assert found.answer.__globals__["__builtins__"] == {}
    assert found.trace.__globals__["__builtins__"] == {}
