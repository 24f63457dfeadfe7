"""The changes of Russian law on the days of which the dossier says that they change results, and whom they reach."""

import json
from datetime import date
from functools import cache

import pytest

from safeconduct.packs.store import load_corpus
from safeconduct.rules.comparing.comparison import compare_days
from safeconduct.rules.comparing.kinds import Proof
from safeconduct.rules.position import Assessor, assess
from safeconduct.rules.telling import read_situation

#    the two days                   provisions of Russian law that changed, as the dossier lists them
PAIRS = [
    (
        ("2022-09-20", "2022-09-25"),
        [
            "RU-MOB-01", "RU-MOB-02", "RU-MOB-03", "RU-MOB-04", "RU-MDF-08", "RU-UK-337-21", "RU-UK-332-21",
            "RU-UK-337-31", "RU-UK-337-5", "RU-UK-338-3", "RU-UK-339-3", "RU-UK-3521",
        ],
    ),
    (
        ("2023-04-13", "2023-04-15"),
        [
            "RU-SUM-02", "RU-SUM-03", "RU-SUM-04", "RU-RST-EXIT-1", "RU-RST-20-1", "RU-RST-20-2", "RU-RST-20-3",
            "RU-RST-20-4", "RU-RST-20-5", "RU-RST-20-6", "RU-RST-20-7", "RU-RST-20-8", "RU-RST-LIFT",
        ],
    ),
    (
        ("2023-12-31", "2024-01-01"),
        ["RU-CON-02", "RU-CON-03", "RU-RES-01", "RU-RES-03", "RU-RES-04", "RU-RES-05", "RU-RES-AGES", "RU-RES-AGES-1"],
    ),
    (("2025-12-31", "2026-01-01"), ["RU-SEA-02"]),
]  # fmt: skip
DAYS = [days for days, _ in PAIRS]


@cache
def compared(days):
    return compare_days(load_corpus(), *map(date.fromisoformat, days))


def examples(days):
    """Every example with its provision and both answers."""
    for change in compared(days).changes:
        for shift in change.shifts:
            for example in shift.examples:
                if example is not None:
                    yield change.provision.id, shift, example


@pytest.mark.parametrize(("days", "ids"), PAIRS)
def test_the_changes_of_the_dossier_are_listed_with_their_acts_and_whom_they_reach(days, ids):
    found = {one.provision.id: one for one in compared(days).changes}
    assert set(ids) <= set(found)
    for name in ids:
        assert all(text.act for text in found[name].texts)
        assert found[name].texts
        assert found[name].shifts


@pytest.mark.parametrize("days", DAYS)
def test_it_is_proved_that_nobody_else_is_answered_differently(days):
    proofs = {(one.provision.id, shift.proof) for one in compared(days).changes for shift in one.shifts}
    assert {proof for _, proof in proofs} == {Proof.PROVED}


@pytest.mark.parametrize("days", DAYS)
def test_every_change_of_the_dossier_has_somebody_whom_assess_answers_differently_on_the_two_days(days):
    ids = dict(PAIRS)[days]
    shown = {name for name, _, example in examples(days) if example.day_by_day}
    assert set(ids) <= shown


@pytest.mark.parametrize("days", DAYS)
def test_an_example_read_as_a_file_is_answered_differently_on_the_two_days(days):
    corpus = load_corpus()
    first, second = map(date.fromisoformat, days)
    for name, shift, example in examples(days):
        if example.day_by_day:
            situation = read_situation(example.content.encode(), corpus.vocabulary, form="json")
            assessor = Assessor(corpus, situation)
            assert assessor.answer(name, first.toordinal()) is shift.before
            assert assessor.answer(name, second.toordinal()) is shift.after


def test_assess_itself_answers_an_example_differently_on_the_two_days():
    corpus, days = load_corpus(), ("2023-12-31", "2024-01-01")
    shift, example = next((shift, one) for name, shift, one in examples(days) if name == "RU-CON-02")
    situation = read_situation(example.content.encode(), corpus.vocabulary, form="json")
    answers = []
    for day in map(date.fromisoformat, days):
        position = assess(corpus, situation, on=day)
        answers.append(next(one.answer for one in position.findings if one.id == "RU-CON-02"))
    assert answers == [shift.before, shift.after]


def test_men_of_27_to_29_outside_the_reserve_are_disputed_since_2024():
    shift = next(
        shift
        for name, shift, _ in examples(("2023-12-31", "2024-01-01"))
        if name == "RU-CON-02" and shift.after.value == "disputed"
    )
    assert shift.before.value == "no"
    person = json.loads(shift.examples[0].content)["person"]
    assert (person["sex"], person["citizenships"], person["in_reserve"]) == ("male", ["RU"], "no")
    assert person["birth_date"] == "1994-01-02..1996-12-31"
