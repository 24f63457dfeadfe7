"""What a comparison says: the texts that changed, the kinds of person, somebody of each, and the proof."""

import json
from datetime import date
from functools import cache

import pytest

from safeconduct.rules.comparing.comparison import compare_days, compare_pages
from safeconduct.rules.comparing.folders import aligned
from safeconduct.rules.comparing.frozen import as_it_stood
from safeconduct.rules.comparing.kinds import Proof, Search, whole
from safeconduct.rules.comparing.pair import Pair
from safeconduct.rules.comparing.texts import How
from safeconduct.rules.finding import Answer
from safeconduct.rules.formula import inverse
from safeconduct.rules.position import Assessor
from safeconduct.rules.situation import Situation
from safeconduct.rules.solver import Prover
from safeconduct.rules.telling import read_situation
from safeconduct.rules.world import holds
from tests.rules.comparing.laws import LAW, MORE, law
from tests.rules.pages import FACTS, corpus_of

FIRST, SECOND = date(2023, 12, 31), date(2024, 1, 1)
DAYS = FIRST.toordinal(), SECOND.toordinal()


@cache
def found(*about):
    return compare_days(law(), FIRST, SECOND, about=about)


def changed(name, *about):
    return next(one for one in found(*about).changes if one.provision.id == name)


@cache
def pair():
    laws = (as_it_stood(law(), FIRST), as_it_stood(law(), SECOND), law())
    return Pair(laws, Situation(facts={}), DAYS[1])


def shifts():
    return [(change, shift) for change in found().changes for shift in change.shifts]


# --- what is listed --------------------------------------------------------------------------------------------

#    provision     what changed in the text                 from, to and number of kinds
CHANGES = [
    ("XX-OLD",     [How.ENDED],                             [("yes", "no", 1)]),
    ("XX-NEW",     [How.NEW],                               [("no", "yes", 1), ("no", "disputed", 1)]),
    ("XX-SAFE",    [How.NEW],                               [("no", "yes", 1), ("no", "disputed", 1)]),
    ("XX-AWAY",    [How.NEW],                               [("no", "yes", 1)]),
    ("XX-APPLY",   [How.NEW],                               [("no", "yes", 1)]),
    ("XX-KIDS",    [How.NEW],                               [("no", "yes", 1)]),
    ("XX-PERMIT",  [How.NEW],                               [("no", "yes", 4)]),
    ("XX-STAY",    [How.CHANGED],                           []),
    ("XX-KNOWN",   [How.PRACTICE, How.PRACTICE],            []),
    ("XX-SAYS",    [How.NEW],                               []),
    ("XX-REPORT",  [How.REPORTED],                          []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "texts", "answers"), CHANGES)
def test_a_change_is_listed_with_whom_it_reaches(name, texts, answers):
    one = changed(name)
    assert [text.how for text in one.texts] == texts
    assert [(each.before.value, each.after.value, len(each.kinds)) for each in one.shifts] == answers


def test_what_did_not_change_is_not_listed_a_season_and_a_later_text_neither():
    assert [one.provision.id for one in found().changes] == [
        "XX-OLD", "XX-NEW", "XX-SAFE", "XX-AWAY", "XX-REPORT", "XX-SAYS", "XX-KNOWN", "XX-APPLY", "XX-STAY", "XX-KIDS",
        "XX-PERMIT",
    ]  # fmt: skip


def test_what_only_rests_on_a_change_is_named_and_looked_into_if_asked():
    assert found().resting == ("XX-ANY",)
    group = changed("XX-ANY", "XX-ANY")
    assert [(one.before, one.after, len(one.kinds)) for one in group.shifts] == [
        (Answer.YES, Answer.NO, 1),  # who is unfit is no more called than before
        (Answer.NO, Answer.YES, 1),
        (Answer.NO, Answer.DISPUTED, 1),
    ]
    assert group.texts == ()
    assert found("XX-ANY").resting == ()


def test_what_only_explains_and_what_is_reported_is_asked_of_nobody():
    assert not changed("XX-SAYS").asked
    assert not changed("XX-REPORT").asked
    assert changed("XX-KNOWN").asked


def test_between_two_days_without_a_change_nothing_is_listed():
    assert compare_days(law(), date(2022, 1, 1), date(2022, 6, 1)).changes == ()


# --- kinds and their proof -------------------------------------------------------------------------------------


def test_everybody_else_is_proved_to_be_answered_alike():
    assert len(shifts()) == 9
    assert {shift.proof for _, shift in shifts()} == {Proof.PROVED}


@pytest.mark.parametrize("name", ["XX-OLD", "XX-NEW", "XX-SAFE", "XX-AWAY", "XX-APPLY", "XX-PERMIT"])
def test_outside_all_kinds_there_is_nobody_and_without_any_one_of_them_there_is_somebody(name):
    search = Search(pair(), name)
    for answers in search.shifts:
        kinds, proof = search.kinds(answers)
        assert (search.outside(answers, kinds), proof) == (None, Proof.PROVED)
        for kind in kinds:
            others = [one for one in kinds if one is not kind]
            somebody = search.outside(answers, others)
            assert somebody is not None
            assert holds(search.shifts[answers], somebody, DAYS[1])


def test_everybody_of_a_kind_is_answered_differently():
    for change, shift in shifts():
        formula = pair().shifts(change.provision.id)[shift.before, shift.after]
        kinds, _ = Search(pair(), change.provision.id).kinds((shift.before, shift.after))
        for kind in kinds:
            prover = Prover()
            for constraint in pair().constraints():
                prover.require(constraint)
            assert prover.world([whole(kind)]) is not None
            assert prover.world([whole(kind), inverse(formula)]) is None


def test_more_kinds_than_are_looked_for_are_not_called_proved():
    search = Search(pair(), "XX-PERMIT", at_most=2)
    kinds, proof = search.kinds((Answer.NO, Answer.YES))
    assert (len(kinds), proof) == (2, Proof.TOO_MANY)
    assert search.outside((Answer.NO, Answer.YES), kinds) is not None


def test_a_solver_that_gives_up_is_not_called_a_proof():
    search = Search(pair(), "XX-PERMIT", steps=1)
    assert search.kinds((Answer.NO, Answer.YES)) == ((), Proof.GAVE_UP)


# --- examples --------------------------------------------------------------------------------------------------


def asked(content, corpus, name, on):
    situation = read_situation(content.encode(), law().vocabulary, form="json")
    return Assessor(corpus, situation).answer(name, on)


def test_an_example_of_each_kind_is_answered_differently_by_both_laws_and_on_both_days():
    number = 0
    for change, shift in shifts():
        name = change.provision.id
        for example in shift.examples:
            assert example is not None, name
            assert asked(example.content, pair().laws[0], name, DAYS[1]) is shift.before
            assert asked(example.content, pair().laws[1], name, DAYS[1]) is shift.after
            if example.day_by_day:
                assert asked(example.content, law(), name, DAYS[0]) is shift.before
                assert asked(example.content, law(), name, DAYS[1]) is shift.after
            number += 1
    assert number == 11


#    provision    answers                       what an example tells
EXAMPLES = [
    ("XX-NEW",    (Answer.NO, Answer.DISPUTED), {"birth_date": "1994-01-02..1996-12-31", "in_reserve": "no"}),
    ("XX-KIDS",   (Answer.NO, Answer.YES),      {"children": [{"dependent": "yes", "birth_date": "2008-12-01"}]}),
    ("XX-SAFE",   (Answer.NO, Answer.YES),      {"birth_date": "..1996-12-31", "in_reserve": "yes"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "answers", "told"), EXAMPLES)
def test_an_example_tells_no_more_than_is_needed(name, answers, told):
    shift = next(one for one in changed(name).shifts if (one.before, one.after) == answers)
    person = json.loads(shift.examples[0].content)["person"]
    assert {key: person[key] for key in told} == told
    assert set(person) <= {*told, "fitness", "resident", "weeks"}


def test_a_birthday_is_no_change_of_law():
    """Somebody who turns 18 on the second day is answered differently by `assess`, and is of no kind for that."""
    born = {"person": {"birth_date": "2006-01-01", "resident": "yes", "in_reserve": "no", "fitness": "A"}}
    content = json.dumps(born)
    assert asked(content, pair().laws[0], "XX-OLD", DAYS[0]) is Answer.NO
    assert asked(content, pair().laws[0], "XX-OLD", DAYS[1]) is Answer.YES


# --- the law as it stood ---------------------------------------------------------------------------------------

TOLD = [
    {"person": {"birth_date": "1995", "resident": "yes", "in_reserve": "no", "fitness": "A"}},
    {"person": {"birth_date": "1996-06-01..1997-06-01", "resident": "yes"}},
    {
        "history": [{"event": "left_unit", "on": "2023-12-20..2024-01-10", "permission": "no"}],
        "not_happened": ["returned"],
    },
    {"history": [{"event": "entered", "country": "XX", "on": "2023-12-28"}], "not_happened": ["applied"]},
    {"person": {"citizenships": ["KZ"], "children": [{"birth_date": "2010", "dependent": "yes"}], "weeks": "30"}},
]


@pytest.mark.parametrize("told", TOLD)
@pytest.mark.parametrize("day", [FIRST, SECOND, date(2024, 1, 8), date(2025, 1, 1)])
def test_the_law_as_it_stood_on_a_day_answers_of_that_day_as_the_law_does(told, day):
    frozen, content = as_it_stood(law(), day), json.dumps(told)
    for name in law().provisions:
        assert asked(content, frozen, name, day.toordinal()) is asked(content, law(), name, day.toordinal())


def test_the_law_as_it_stood_goes_on_as_it_was():
    young = json.dumps({"person": {"birth_date": "2000", "resident": "yes", "in_reserve": "no"}})
    assert asked(young, as_it_stood(law(), FIRST), "XX-OLD", date(2026, 1, 1).toordinal()) is Answer.YES
    assert asked(young, law(), "XX-OLD", date(2026, 1, 1).toordinal()) is Answer.NO


# --- two bodies of pages ---------------------------------------------------------------------------------------


def other(*replaced):
    text = LAW
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new)
    return corpus_of(text, FACTS + MORE)


def test_the_same_pages_do_not_differ_wherever_their_lines_stand():
    same = compare_pages(law(), corpus_of("\n\n" + LAW, FACTS + MORE), on=SECOND)
    assert (same.changes, same.resting, same.since) == ((), (), None)


def test_a_change_under_review_is_compared_line_by_line_and_for_whom():
    reviewed = other(("    unless XX-UNFIT", "    unless resident"), ('"absence"', '"absent"'))
    difference = compare_pages(law(), reviewed, on=SECOND)
    texts = {one.provision.id: [(text.how, text.text) for text in one.texts] for one in difference.changes}
    assert texts == {
        "XX-NEW": [(How.REMOVED, "unless XX-UNFIT"), (How.ADDED, "unless resident")],
        "XX-AWAY": [(How.REMOVED, "absence"), (How.ADDED, "absent")],
    }
    new = difference.changes[0]
    assert {(one.before, one.after) for one in new.shifts} == {
        (Answer.YES, Answer.NO), (Answer.DISPUTED, Answer.NO),
    }  # fmt: skip
    assert difference.changes[1].shifts == ()
    for shift in new.shifts:
        assert shift.proof is Proof.PROVED
        for example in shift.examples:
            assert not example.day_by_day
            assert asked(example.content, reviewed, "XX-NEW", DAYS[1]) is shift.after


def test_a_provision_that_one_body_lacks_is_new_or_gone():
    without = other((LAW[LAW.index("XX-KIDS") :], ""))
    gone = compare_pages(law(), without, on=SECOND).changes
    new = compare_pages(without, law(), on=SECOND).changes
    assert [(one.provision.id, one.texts[0].how) for one in gone] == [
        ("XX-KIDS", How.REMOVED), ("XX-PERMIT", How.REMOVED),
    ]  # fmt: skip
    assert [(one.provision.id, one.texts[0].how) for one in new] == [
        ("XX-KIDS", How.ADDED), ("XX-PERMIT", How.ADDED),
    ]  # fmt: skip
    assert [(one.before, one.after) for one in gone[0].shifts] == [(Answer.YES, Answer.NO)]
    assert [(one.before, one.after) for one in new[0].shifts] == [(Answer.NO, Answer.YES)]


def test_both_bodies_share_one_vocabulary_with_the_words_of_both():
    older = corpus_of(LAW, (FACTS + MORE).replace("one of A, B, V,", "one of A, V, X,"))
    before, after = aligned(older, law())
    assert before.vocabulary is after.vocabulary
    assert after.vocabulary.facts["fitness"].words == ("A", "B", "V", "X")
