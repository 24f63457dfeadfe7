"""What is certain whatever the missing facts are: exact against every world, one by one."""

from collections import Counter
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.rules.cells import literals
from safeconduct.rules.certainty import Decision, Worlds, decide, matters, witness
from safeconduct.rules.formula import (
    ASKED,
    FAILS,
    HOLDS,
    And,
    AtLeast,
    Choice,
    In,
    Inverse,
    Moved,
    Or,
    Whole,
    Within,
)
from safeconduct.rules.kleene import NO, UNKNOWN, YES, value
from safeconduct.values.days import LAST_DAY, Rounding
from safeconduct.values.errors import SituationError
from tests.rules.small import a_case, a_dated_case, allowed, narrowed, replaced, that_matter, true_in, truth, values

SEEDS = st.integers(min_value=0, max_value=2**32)


def day(text):
    return date.fromisoformat(text).toordinal()


def until(variable, text):
    return Within(Moved(variable), None, Moved(None, day(text)))


def since(variable, text):
    return Within(Moved(variable), Moved(None, day(text)), None)


ON = day("2023-12-12")
FITNESS = Choice("fitness", ("A", "B", "V", "G", "D"), 0b11111)
STUDENT = Choice("student", ("yes", "no"), 0b11)
RESERVE = Choice("in_reserve", ("yes", "no"), 0b11)
WANTED = Choice("wanted", ("yes", "no"), 0b11)
FIT, STUDIES, SERVES, SOUGHT = In(FITNESS, 0b00011), In(STUDENT, 1), In(RESERVE, 1), In(WANTED, 1)
MOBILISED = Whole("mobilised", day("2022-09-21"), day("2022-10-15"))
ENLISTED = Whole("enlisted", day("2022-09-21"), day("2022-10-20"))
LEFT = Whole("left_unit", day("2022-09-24"), day("2022-10-31"))
IN_ORDER = (Within(Moved(MOBILISED), None, Moved(ENLISTED)), Within(Moved(ENLISTED), None, Moved(LEFT)))
BORN = Whole("birth_date", day("1993-01-01"), day("1993-12-31"))


def aged(least, under, on=None):
    year = Rounding.ROLL
    return Within(on or Moved(ASKED), Moved(BORN, 0, 12 * least, 0, year), Moved(BORN, 0, 12 * under, -1, year))


def implies(one, other):
    return Or((Inverse(one), other))


FULL = AtLeast(2, (FIT, STUDIES, Inverse(FIT), Inverse(STUDIES)))
OVERFULL = AtLeast(3, (FIT, STUDIES, Inverse(FIT), Inverse(STUDIES)))
BY_CASES = Or((And((FIT, STUDIES)), And((FIT, Inverse(STUDIES))), Inverse(FIT)))
CHAIN = (implies(STUDIES, SERVES), implies(SERVES, SOUGHT))
SAME = (implies(STUDIES, SERVES), implies(SERVES, STUDIES))
THEREFORE = (implies(SERVES, STUDIES), SERVES)
EARLY_OR_LATE = Or((until(MOBILISED, "2022-09-30"), since(LEFT, "2022-10-01")))
LATE_OR_EARLY = Or((until(LEFT, "2022-09-30"), since(MOBILISED, "2022-10-01")))
ANY_AGE = Or((aged(0, 18), aged(18, 30), aged(30, 200)))
ANY_AGE_THEN = Or((aged(18, 29, Moved(LEFT)), aged(29, 40, Moved(LEFT))))
NEARLY_ANY_AGE = Or((aged(18, 28, Moved(LEFT)), aged(29, 40, Moved(LEFT))))

IMPOSSIBLE = And((until(LEFT, "2022-10-05"), Within(Moved(LEFT), None, Moved(ENLISTED)), since(LEFT, "2022-10-06")))

#    what                                  formula                                                    constraints  value
CASES = [
    ("one or the other of one fact",       Or((STUDIES, Inverse(STUDIES))),                           (),          YES),
    ("both of one fact",                   And((STUDIES, Inverse(STUDIES))),                          (),          NO),
    ("one fact",                           STUDIES,                                                   (),      UNKNOWN),
    ("every word of a fact",               Or((In(FITNESS, 0b00111), In(FITNESS, 0b11100))),          (),          YES),
    ("words that exclude one another",     And((In(FITNESS, 0b00001), In(FITNESS, 0b10))),            (),          NO),
    ("either way of one count",            BY_CASES,                                                  (),          YES),
    ("two of facts and their opposites",   FULL,                                                      (),          YES),
    ("three of them",                      OVERFULL,                                                  (),          NO),
    ("before or after a day",              Or((until(LEFT, "2022-10-05"), since(LEFT, "2022-10-06"))), (),         YES),
    ("all days but one",                   Or((until(LEFT, "2022-10-05"), since(LEFT, "2022-10-07"))), (),     UNKNOWN),
    ("days that exclude one another",      IMPOSSIBLE,                                                (),          NO),
    ("of any age",                         ANY_AGE,                                                   (),          YES),
    ("of any age when he left",            ANY_AGE_THEN,                                              (),          YES),
    ("of nearly any age when he left",     NEARLY_ANY_AGE,                                            (),      UNKNOWN),
    ("a fact that follows",                STUDIES,                                                   THEREFORE,   YES),
    ("a fact that would contradict",       And((SERVES, STUDIES)),           (implies(SERVES, Inverse(STUDIES)),), NO),
    ("facts that are one",                 Or((SERVES, Inverse(STUDIES))),                            SAME,        YES),
    ("a constraint on another fact",       STUDIES,                                                   CHAIN,   UNKNOWN),
    ("through a third fact",               implies(STUDIES, SOUGHT),                                  CHAIN,       YES),
    ("events in order",                    EARLY_OR_LATE,                                             IN_ORDER,    YES),
    ("events the other way round",         LATE_OR_EARLY,                                            IN_ORDER, UNKNOWN),
    ("left before he was mobilised",       Within(Moved(LEFT, 0, 0, 1), None, Moved(MOBILISED)),      IN_ORDER,    NO),
    ("settled",                            HOLDS,                                                     IN_ORDER,    YES),
    ("settled the other way",              FAILS,                                                     (),          NO),
]  # fmt: skip


@pytest.mark.parametrize(("what", "formula", "constraints", "expected"), CASES, ids=[case[0] for case in CASES])
@pytest.mark.parametrize("worlds_at_most", [256, 0], ids=["by worlds", "by the solver"])
def test_what_is_certain_is_found_however_it_is_looked_for(what, formula, constraints, expected, worlds_at_most):
    worlds = Worlds(constraints, worlds_at_most=worlds_at_most)
    assert worlds.decided(formula, ON) == Decision(value=expected, settled=True)
    assert worlds.decided(Inverse(formula), ON).value == YES - expected
    assert decide(formula, ON, constraints) == expected


def test_a_constraint_about_the_day_asked_holds_on_that_day():
    not_yet = Within(Moved(LEFT), None, Moved(ASKED))  # it happened no later than the day asked
    worlds = Worlds((not_yet,), worlds_at_most=0)
    early = until(LEFT, "2022-10-01")
    assert [worlds.decided(early, day(text)).value for text in ("2022-10-01", "2022-10-02", "2022-10-01")] == [
        YES,
        UNKNOWN,
        YES,
    ]
    in_order = Worlds((*IN_ORDER, not_yet), worlds_at_most=0)
    assert in_order.decided(until(ENLISTED, "2022-10-01"), day("2022-10-01")).value == YES
    assert in_order.decided(until(ENLISTED, "2022-10-01"), day("2022-10-02")).value == UNKNOWN


def test_what_was_unknown_on_one_day_is_asked_anew_on_another():
    worlds = Worlds(IN_ORDER)
    gone = And((Within(Moved(LEFT), None, Moved(ASKED)), Or((STUDIES, since(MOBILISED, "2022-10-01")))))
    days = ("2022-09-23", "2022-09-24", "2022-10-01", "2022-12-31", "2022-09-23", "2022-10-02")
    assert [worlds.decided(gone, day(text)).value for text in days] == [NO, UNKNOWN, UNKNOWN, UNKNOWN, NO, UNKNOWN]
    assert worlds.decided(Or((gone, Inverse(gone))), day("2022-10-01")).value == YES


@settings(max_examples=60)
@given(SEEDS)
def test_day_after_day_every_answer_is_exact(seed):
    near, found, formula, constraints = a_dated_case(Random(seed))
    worlds = Worlds(constraints)
    for on in (near, near + 1, near - 5, near + 7, near):
        if any(True for _ in allowed(found, constraints, on)):
            assert worlds.decided(formula, on) == Decision(value=truth(found, formula, constraints, on))


CONTRADICTION = (implies(STUDIES, SERVES), implies(STUDIES, Inverse(SERVES)), STUDIES)


@pytest.mark.parametrize("worlds_at_most", [256, 0])
def test_facts_that_contradict_one_another_are_refused(worlds_at_most):
    with pytest.raises(SituationError, match="no course of events"):
        Worlds(CONTRADICTION, worlds_at_most=worlds_at_most).decided(SERVES, ON)


def test_whether_any_world_is_left_can_be_asked():
    assert witness(HOLDS, ON, CONTRADICTION, wanted=True) is None
    assert witness(HOLDS, ON, (FAILS,), wanted=True) is None
    assert witness(HOLDS, ON, IN_ORDER, wanted=True) is not None


def random_cases(seeds, *, constrained):
    return [a_case(Random(seed), constrained=constrained and seed % 2 == 1) for seed in seeds]


def test_no_answer_differs_from_looking_at_every_world_and_many_are_beyond_the_tables():
    beyond = Counter()
    for on, found, formula, constraints in random_cases(range(600), constrained=True):
        expected = truth(found, formula, constraints, on)
        assert decide(formula, on, constraints) == expected
        if expected != UNKNOWN:
            beyond[value(formula, on) == UNKNOWN] += 1
    assert beyond[True] >= 0.05 * beyond.total()


@settings(max_examples=60)
@given(SEEDS, st.sampled_from([0, 10, 256]))
def test_every_way_of_looking_is_exact(seed, worlds_at_most):
    on, found, formula, constraints = a_case(Random(seed), constrained=True)
    worlds = Worlds(constraints, worlds_at_most=worlds_at_most)
    for asked in (formula, Inverse(formula), formula):  # what it has learnt from one question must not spoil the next
        assert worlds.decided(asked, on) == Decision(value=truth(found, asked, constraints, on))


@settings(max_examples=60)
@given(SEEDS)
def test_learning_more_never_turns_a_settled_answer(seed):
    rng = Random(seed)
    on, found, formula, constraints = a_case(rng, constrained=True)
    told = narrowed(rng, found)
    later = tuple(replaced(constraint, told) for constraint in constraints)
    if any(True for _ in allowed(list(told.values()), later, on)):
        before = decide(formula, on, constraints)
        assert before in {UNKNOWN, decide(replaced(formula, told), on, later)}


EVENT = Whole("event", day("2022-01-01"), LAST_DAY)
LEFT_OR_ENLISTED = Or((until(LEFT, "2022-10-01"), Within(Moved(LEFT), None, Moved(ENLISTED))))

#    what                           formula                                              constraints  names
NAMES = [
    ("nothing where it is certain", Or((STUDIES, Inverse(STUDIES))),                     (),          ()),
    ("the only fact",               STUDIES,                                             (),          ("student",)),
    ("the nearest to the root",     Or((And((STUDIES, SERVES)), SOUGHT)),                (),
     ("wanted", "student", "in_reserve")),
    ("what stands there twice",     And((Or((SERVES, STUDIES)), Or((STUDIES, SOUGHT)))), (),
     ("student", "in_reserve", "wanted")),
    ("not what cancels out",        And((FIT, Or((STUDIES, Inverse(STUDIES))))),         (),          ("fitness",)),
    ("not what is swallowed",       Or((FIT, And((FIT, STUDIES)))),                      (),          ("fitness",)),
    ("not what follows",            And((STUDIES, SOUGHT)),                              THEREFORE,   ("wanted",)),
    ("a fact that is another too",  STUDIES,                                             SAME,        ("student",)),
    ("both ends of an age",         aged(18, 30, Moved(EVENT)),                          (),   ("event", "birth_date")),
    ("days compared with days",     And((LEFT_OR_ENLISTED, STUDIES)),                    (),
     ("left_unit", "student", "enlisted")),
]  # fmt: skip


@pytest.mark.parametrize(("what", "formula", "constraints", "names"), NAMES, ids=[case[0] for case in NAMES])
def test_facts_that_can_still_change_the_answer_are_named(what, formula, constraints, names):
    assert matters(formula, ON, constraints) == names


def test_two_variables_of_one_name_are_named_once():
    other = In(Choice("student", ("full-time", "evening"), 0b11), 1)
    assert matters(And((STUDIES, other)), ON) == ("student",)


@settings(max_examples=80)
@given(SEEDS, st.sampled_from([0, 256]))
def test_no_fact_is_left_out_that_can_change_the_answer(seed, worlds_at_most):
    on, found, formula, constraints = a_case(Random(seed), constrained=seed % 2 == 1)
    named = Worlds(constraints, worlds_at_most=worlds_at_most).matters(formula, on)
    assert that_matter(found, formula, constraints, on) <= set(named)
    assert bool(named) is (truth(found, formula, constraints, on) == UNKNOWN)


@given(SEEDS)
def test_among_words_exactly_those_facts_are_named_that_can_change_the_answer(seed):
    on, found, formula, _ = a_case(Random(seed), constrained=False)
    if all(isinstance(atom, In) for atom, _ in literals(formula)):
        assert set(matters(formula, on)) == that_matter(found, formula, (), on)


@settings(max_examples=80)
@given(SEEDS, st.booleans())
def test_a_witness_is_a_world_and_none_is_missed(seed, wanted):
    on, found, formula, constraints = a_case(Random(seed), constrained=seed % 2 == 1)
    told = witness(formula, on, constraints, wanted=wanted)
    if told is None:
        assert all(true_in(formula, world, on) is not wanted for world in allowed(found, constraints, on))
        return
    world = {
        variable: 1 << variable.words.index(told[variable]) if isinstance(variable, Choice) else told[variable]
        for variable in told
    }
    assert all(number in values(variable) for variable, number in world.items())
    assert true_in(formula, world, on) is wanted
    assert all(true_in(constraint, world, on) for constraint in constraints)


def test_a_witness_speaks_words_and_numbers():
    told = witness(And((FIT, until(LEFT, "2022-09-24"))), ON, IN_ORDER, wanted=True)
    assert told[FITNESS] in {"A", "B"}
    assert told[LEFT] == day("2022-09-24")
    assert told[MOBILISED] <= told[ENLISTED] <= told[LEFT]
