"""What it means to name another provision, a term, or the event that a provision is about."""

import random
from dataclasses import replace

import pytest

from safeconduct.rules.corpus import Corpus
from safeconduct.rules.dating import At
from safeconduct.rules.ground import Ground
from safeconduct.rules.position import Assessor
from safeconduct.rules.reading_of import Cones, facts_named
from safeconduct.rules.situation import Situation
from safeconduct.rules.tree import BoundIs, CountOf, FactIs, ItemIs
from tests.rules.pages import NO, UNKNOWN, YES, answer, corpus_of, day, history, situation_of

TERMS = """
value grown_up
    until 2023-12-31: 21 years source
    from 2024-01-01: 18 years source
value wartime
    from 2024-01-01: yes source
term adult
    if aged grown_up or over
term without leave about left_unit
    if left_unit permission is no
term by air about entered KZ with attempted is no
    if entered means is air
XX-0 status "adult here" source
    if adult
    if resident
XX-1 status "all of it" source
    if XX-0
    if without leave
XX-2 status "not" source
    if not XX-0
XX-3 status "of that event" source
    about left_unit
    if without leave
    if left_unit aim
XX-4 status "of any entry" source
    about entered
    if by air
XX-5 status "in wartime" source
    if wartime
    if resident
XX-6 status "for a lawyer" source
    if not reason
"""
HERE = "person: {birth_date: 2000, resident: yes}\n"
TWO = history(
    "left_unit, on: 2024-01-01, permission: no, aim: no", "left_unit, on: 2024-02-01, permission: yes, aim: yes"
)
#    provision  what was told                                                                                  answer
CASES = [
    ("XX-0", HERE, YES),
    ("XX-0", "person: {birth_date: 2000, resident: no}", NO),
    ("XX-2", "person: {birth_date: 2000, resident: no}", YES),
    ("XX-2", HERE, NO),
    ("XX-2", "", UNKNOWN),
    ("XX-1", HERE + history("left_unit, on: 2024-01-01, permission: no"), YES),
    ("XX-1", HERE + history("left_unit, on: 2024-03-02, permission: no", more="complete: [left_unit]"), NO),
    ("XX-1", HERE + history("left_unit, on: 2024-01-01, permission: yes", more="complete: [left_unit]"), NO),
    ("XX-1", HERE + history("left_unit, on: 2024-01-01, permission: yes"), UNKNOWN),
    # One event without leave and another with the aim are not one event with both.
    ("XX-3", TWO + "complete: [left_unit]", NO),
    ("XX-3", history("left_unit, on: 2024-01-01, permission: no", more="person: {aim: yes}"), YES),
    (
        "XX-3",
        history("left_unit, on: 2024-01-01, permission: no, aim: no", more="person: {aim: yes}\ncomplete: [left_unit]"),
        NO,
    ),
    ("XX-3", history("left_unit, on: 2024-01-01, permission: no", more="person: {aim: unknown}"), UNKNOWN),
    # A term about some entries says nothing of the others.
    (
        "XX-4",
        history("entered, country: KZ, on: 2024-01-01, means: air, attempted: no", more="complete: [entered]"),
        YES,
    ),
    (
        "XX-4",
        history("entered, country: RU, on: 2024-01-01, means: air, attempted: no", more="complete: [entered]"),
        NO,
    ),
    (
        "XX-4",
        history("entered, country: KZ, on: 2024-01-01, means: land, attempted: no", more="complete: [entered]"),
        NO,
    ),
    ("XX-5", HERE, YES),
    ("XX-6", "person: {reason: no}", YES),
]


@pytest.mark.parametrize(("name", "situation", "expected"), CASES)
def test_a_name_stands_for_what_it_means(name: str, situation: str, expected: str) -> None:
    assert answer(TERMS, situation, name=name).value == expected


def test_a_value_is_read_on_its_day() -> None:
    assert answer(TERMS, "person: {birth_date: 2003-06-01, resident: yes}", "2023-12-31", "XX-0").value == NO
    assert answer(TERMS, "person: {birth_date: 2003-06-01, resident: yes}", "2024-01-01", "XX-0").value == YES
    assert answer(TERMS, HERE, "2023-12-31", "XX-5").value == NO


def test_what_a_condition_names_is_listed_once() -> None:
    corpus = corpus_of(TERMS)
    assert facts_named(corpus.provisions["XX-3"].about) == ("left_unit",)
    assert facts_named(corpus.provisions["XX-6"].clauses[0].condition) == ("reason",)
    assert Cones(corpus).conflicts("XX-1") == ()


def test_names_that_were_forgotten_are_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("safeconduct.rules.reading_of._REMEMBERED_AT_MOST", 2)
    parts = [FactIs(name, "", frozenset({"yes"})) for name in ("one", "two", "three", "four")]
    for _ in range(2):
        assert [facts_named(part) for part in parts] == [("one",), ("two",), ("three",), ("four",)]


# --- order -------------------------------------------------------------------------------------------------------

MIXED = """
person: {birth_date: 2000, in_reserve: [no until 2023-12-31, yes from 2024-01-15], fitness: [A, B], aim: no}
history:
  - {event: called, on: 2023-05-01}
  - {event: joined, on: 2023-05-01..2023-07-01}
  - {event: left_unit, on: 2023-06-01..2023-12-01, permission: no}
  - {event: entered, country: KZ, on: 2023-06-15..2023-12-05}
  - {event: entered, country: RU}
  - {event: summons, placed: 2023-11-01, appear_by: 2023-11-20}
not_happened: [returned, released, {event: left_country, country: KZ}]
complete: [joined, left_unit]
"""
ALL = """
XX-1 status "one" source
    about left_unit
    if joined before left_unit
    if more than 1 month from left_unit to day asked
    unless fitness is V
XX-2 status "two" source
    if entered KZ after left_unit
    if any of
        in reserve
        summons appear_by before day asked
XX-3 status "three" source
    if entered KZ not followed by left_country KZ
    if entered RU by 2024-01-01
XX-4 deadline "four" source
    within 20 days after summons appear_by, counting from the next day, calendar days, rolls not
    again within 5 days after learnt, counting from either day, working days, rolls unknown
    met by appeared
"""


def answers(corpus: Corpus, situation: Situation, on: str) -> dict[str, str]:
    assessor = Assessor(corpus, situation)
    return {name: assessor.answer(name, day(on).toordinal()).value for name in corpus.provisions}


@pytest.mark.parametrize("seed", range(12))
def test_the_order_of_facts_events_and_lists_does_not_matter(seed: int) -> None:
    corpus, dice = corpus_of(ALL), random.Random(seed)
    told = situation_of(corpus, MIXED)
    facts, events, closed = list(told.facts.items()), list(told.events), list(told.closed)
    for part in (facts, events, closed):
        dice.shuffle(part)
    numbered = tuple(replace(event, number=number) for number, event in enumerate(events))
    shuffled = replace(told, facts=dict(facts), events=numbered, closed=tuple(closed))
    for on in ("2023-07-01", "2023-12-31", "2024-03-01"):
        assert answers(corpus, shuffled, on) == answers(corpus, told, on)


def test_the_order_of_provisions_does_not_matter() -> None:
    corpus = corpus_of(ALL)
    told = situation_of(corpus, MIXED)
    backwards = replace(corpus, provisions=dict(reversed(corpus.provisions.items())))
    assert answers(backwards, told, "2024-03-01") == answers(corpus, told, "2024-03-01")


# --- what pages cannot say ---------------------------------------------------------------------------------------


def test_a_tree_that_no_page_can_make_is_a_bug_and_is_said_to_be_one() -> None:
    corpus = corpus_of(TERMS)
    ground = Ground(corpus, situation_of(corpus, "person: {children: [{dependent: yes}]}"))
    with pytest.raises(TypeError, match="outside its count"):
        ground.condition(ItemIs("dependent", frozenset({"yes"})), At("XX-0"))
    with pytest.raises(TypeError, match="can be counted"):
        ground.condition(CountOf("children", 1, (FactIs("resident", "", frozenset({"yes"})),)), At("XX-0"))
    with pytest.raises(TypeError, match="is not about one"):
        ground.condition(BoundIs("left_unit", "permission", frozenset({"no"})), At("XX-0"))
