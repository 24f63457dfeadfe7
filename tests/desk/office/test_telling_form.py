"""What a form sent becomes what a situation file would say, for every shape that the law pages know."""

import pytest
from django.http import QueryDict

from safeconduct.desk.cases.tellings import read_event, read_fact
from safeconduct.desk.office.groups import groups_of
from safeconduct.desk.office.telling_form import (
    Look,
    content_of,
    event_of,
    inputs_of_event,
    line_of_kind,
    question_of,
)
from safeconduct.packs.store import load_corpus
from safeconduct.rules.vocabulary import Shape

VOCABULARY = load_corpus().vocabulary


def sent(**values):
    query = QueryDict(mutable=True)
    for name, value in values.items():
        query.setlist(name.replace("__", "."), value if isinstance(value, list) else [value])
    return query


#   fact              what was sent                                                       what a file would say
CASES = [
    ("sex",           {},                                                                 None),
    ("sex",           {"f__sex": ""},                                                     None),
    ("sex",           {"f__sex": "male"},                                                 "male"),
    ("sex",           {"f__sex": "unknown"},                                              "unknown"),
    ("sex",           {"f__sex": "withheld"},                                             "withheld"),
    ("rank_group", {"f__rank_group": ["soldier", "junior_officer"]}, ["soldier", "junior_officer"]),
    ("in_reserve", {"f__in_reserve": "no", "until__in_reserve": "2023-06-14"}, {"is": "no", "until": "2023-06-14"}),
    ("in_reserve",    {"until__in_reserve": "2023-06-14"},                                None),
    ("served",        {"f__served": "no", "until__served": "2023-06-14"},                 "no"),
    ("exemptions",    {"f__exemptions": "none"},                                          "none"),
    ("birth_date",    {"f__birth_date": " 1993-05 "},                                     "1993-05"),
    ("birth_date",    {"s__birth_date": "withheld", "f__birth_date": "1993"},             "withheld"),
    ("citizenships",  {"f__citizenships": "RU, KZ ,"},                                    ["RU", "KZ"]),
    ("citizenships",  {"f__citizenships": "RU", "more__citizenships": "unstated"},        ["RU", "unstated"]),
    ("citizenships",  {"s__citizenships": "none"},                                        []),
    ("papers",        {"f__papers": ["internal", "foreign"]},                             ["internal", "foreign"]),
    ("region",        {"f__region": "RU-SA"},                                             "RU-SA"),
    ("region",        {"f__region": "RU-SA, RU-BU"},                                      ["RU-SA", "RU-BU"]),
    ("served_ua_army_years", {"f__served_ua_army_years": "3..5"},                         "3..5"),
    ("student",       {"s__student": "none"},                                             "none"),
    ("student", {"r__student__1__level": "higher", "from__student": "2024"}, {"level": "higher", "from": "2024"}),
    ("children",
     {"r__children__1__birth_date": "2015", "r__children__3__disabled": "yes", "more__children": "unstated"},
                      [{"birth_date": "2015"}, {"disabled": "yes"}, "unstated"]),
    ("children",      {"s__children": "none"},                                            []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "values", "expected"), CASES)
def test_what_was_sent_becomes_a_telling_that_the_engine_reads(name, values, expected):
    content = content_of(VOCABULARY.facts[name], sent(**values))
    assert content == expected
    if content is not None:
        assert read_fact(name, content, VOCABULARY).name == name


@pytest.mark.parametrize("name", VOCABULARY.facts)
def test_every_fact_is_asked_in_a_way_in_which_each_of_its_words_can_be_told(name):
    fact = VOCABULARY.facts[name]
    question = question_of(fact, text=fact.question)
    assert (question.value is None) is (fact.shape in {Shape.RECORD, Shape.RECORDS})
    inputs = [one for one in (question.value, question.state, question.more, *question.days) if one is not None]
    inputs += [one for row in question.rows for one in row.inputs]
    assert len({one.id for one in inputs}) == len(inputs)
    if question.value is not None and question.value.look is not Look.TEXT:
        for word in question.value.options:
            assert read_fact(name, content_of(fact, sent(**{question.value.name: word})), VOCABULARY)
    for word in question.state.options if question.state is not None else ():
        assert read_fact(name, content_of(fact, sent(**{question.state.name: word})), VOCABULARY)


@pytest.mark.parametrize("name", VOCABULARY.events)
def test_every_event_can_be_told_by_its_kind_alone_and_with_each_of_its_words(name):
    kind = VOCABULARY.events[name]
    assert read_event(event_of(kind, sent()), VOCABULARY).kind == name
    for one in inputs_of_event(kind):
        for word in one.options:
            assert read_event(event_of(kind, sent(**{one.name: word})), VOCABULARY).kind == name


#   what was sent                                                                  what a file would say
EVENTS = [
    ({"e__on": "2022-10", "e__permission": "no"}, {"event": "left_unit", "permission": "no", "on": "2022-10"}),
    ({"e__absent_for": "3..10"}, {"event": "left_unit", "absent_for": "3..10 days"}),
    ({"e__absent_for": "3 days", "e__assumed": "not told"},
     {"event": "left_unit", "absent_for": "3 days", "assumed": "not told"}),
]  # fmt: skip


@pytest.mark.parametrize(("values", "expected"), EVENTS)
def test_an_event_is_told_with_its_fields(values, expected):
    content = event_of(VOCABULARY.events["left_unit"], sent(**values))
    assert content == expected
    assert read_event(content, VOCABULARY)


def test_a_form_that_is_shown_again_keeps_what_was_written():
    again = sent(f__birth_date="some day", f__papers=["internal"])
    assert question_of(VOCABULARY.facts["birth_date"], text="", sent=again).value.text == "some day"
    assert question_of(VOCABULARY.facts["papers"], text="", sent=again).value.chosen == ("internal",)


def test_every_fact_stands_in_one_group_and_the_persons_come_first():
    groups = groups_of(VOCABULARY.facts.values())
    assert sorted(fact.name for group in groups for fact in group.facts) == sorted(VOCABULARY.facts)
    assert [group.slug for group in groups[:3]] == ["person", "service", "abroad"]


def test_a_line_names_a_kind_and_a_country():
    kind = VOCABULARY.events["entered"]
    assert [line_of_kind(kind, code) for code in ("", " KZ ")] == ["entered", "entered KZ"]
