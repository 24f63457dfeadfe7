"""Generated Python for one person: what it answers, how it explains it, and what it refuses."""

from datetime import date

import pytest

from safeconduct.rules.emit import emit
from safeconduct.values.days import FIRST_DAY, LAST_DAY
from safeconduct.values.errors import QuestionError
from safeconduct.values.truth import Truth
from tests.rules.emitting import ON, answer, arguments, day, emitted, law
from tests.rules.pages import SEAT, corpus_of

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
