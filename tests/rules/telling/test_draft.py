"""What an interview writes: vague replies become ranges that only widen, and a draft says what a file says."""

from datetime import date

import pytest

from safeconduct.rules.situation import Situation
from safeconduct.rules.telling import read_situation
from safeconduct.rules.telling.draft import Draft, draft_of, value_of
from safeconduct.rules.telling.vague import age_meant, days_meant
from safeconduct.values.errors import SituationError
from tests.cli.test_ask import law

ON = date(2024, 3, 1)


@pytest.fixture(scope="module")
def corpus():
    return law()


#    reply                   days
VAGUE = [
    ("autumn 2022",          "2022-09-01..2022-11-30"),
    ("in the fall of 2022",  "2022-09-01..2022-11-30"),
    ("Spring 2023",          "2023-03-01..2023-05-31"),
    ("summer 2023",          "2023-06-01..2023-08-31"),
    ("winter 2023",          "2022-12-01..2024-02-29"),
    ("about 2022",           "2021..2023"),
    ("around 2022-12",       "2022-11..2023-01"),
    ("2022-09",              "2022-09"),
    ("RU",                   "RU"),
]  # fmt: skip


@pytest.mark.parametrize(("reply", "days"), VAGUE)
def test_vague_days_only_widen(reply, days):
    assert days_meant(reply) == days


@pytest.mark.parametrize(
    ("reply", "age"),
    [
        ("about 30", "28..32"),
        ("around 30 years old", "28..32"),
        ("30", "30"),
        ("about 1", "0..3"),
        ("1994", ""),
        ("old", ""),
    ],
)
def test_vague_ages_only_widen(reply, age):
    assert age_meant(reply, ON) == (f"{age} on 2024-03-01" if age else "")


# --- drafts ----------------------------------------------------------------------------------------------------


def test_a_file_and_its_draft_say_the_same(corpus):
    text = b"""
person: {birth_date: 1994, citizenships: [RU], fitness: {is: A, assumed: told so}}
history: [{event: left_unit, on: 2022-09, permission: no}]
not_happened: [returned]
complete: [left_unit]
"""
    draft = draft_of(text, "yaml")
    assert draft.situation(corpus.vocabulary) == read_situation(text, corpus.vocabulary, form="yaml")
    assert draft_of(draft.content(), "json") == draft


def test_an_empty_draft_tells_nothing(corpus):
    assert Draft().situation(corpus.vocabulary) == Situation(facts={})
    assert draft_of(b"# nothing\nperson: {}\n", "yaml").situation(corpus.vocabulary) == Situation(facts={})


def test_a_field_of_an_event_that_was_not_told_goes_nowhere():
    assert Draft().with_field("left_unit", "permission", "no") == Draft()


def test_a_reply_that_is_no_mapping_is_taken_as_it_stands():
    assert value_of("RU") == "RU"
    assert value_of("[RU, {a: b}]") == ["RU", {"a": "b"}]
    with pytest.raises(SituationError):
        value_of("[RU")


def test_an_empty_file_is_a_draft_of_nothing():
    assert draft_of(b"# nothing yet\n", "yaml") == Draft()
