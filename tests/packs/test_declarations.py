"""The vocabulary: every shape of fact, field and event, and what is wrong with a declaration."""

import pytest

from safeconduct.packs.blocks import Line
from safeconduct.packs.declarations import declare
from safeconduct.rules.vocabulary import Fact, Field, Implication, Shape
from safeconduct.values.errors import Place


def declared(*texts):
    return declare([Line(text=text, place=Place(name="v", line=number, column=1), members=())
                    for number, text in enumerate(texts, start=1)])  # fmt: skip


def fact(text):
    found = declared(f"fact one {text}")
    assert found.faults == ()
    return found.vocabulary.facts["one"]


def same(found, **parts):
    return found == Fact(**{"name": "one", "place": Place(name="v", line=1, column=1), **parts})


#    text                                    shape, words, absent
SHAPES = [
    ("yes/no",                               Shape.YES_NO,  (),             False),
    ("one of a, b, c",                       Shape.ONE_OF,  ("a", "b", "c"), False),
    ("one of A, any",                        Shape.ONE_OF,  ("A", "any"),   False),
    ("any code",                             Shape.ONE_OF,  (),             False),
    ("date",                                 Shape.DATE,    (),             False),
    ("date or range",                        Shape.DATE,    (),             False),
    ("number",                               Shape.NUMBER,  (),             False),
    ("length",                               Shape.LENGTH,  (),             False),
    ("list of any code",                     Shape.LIST,    (),             False),
    ("list of a, b",                         Shape.LIST,    ("a", "b"),     False),
    ("may be none only",                     Shape.YES_NO,  (),             True),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shape", "words", "absent"), SHAPES)
def test_every_shape_of_a_fact(text, shape, words, absent):
    assert same(fact(text), shape=shape, words=words, may_be_absent=absent)


def test_flags_and_questions_of_a_fact():
    found = fact('one of a, b, may be absent, may change, for a lawyer ask "Which?" why "It matters." usual share 0.25')
    assert same(
        found, shape=Shape.ONE_OF, words=("a", "b"), may_be_absent=True, may_change=True, lawyer=True,
        question="Which?", why="It matters.", usual_share=0.25,
    )  # fmt: skip
    assert fact("may be none only, closes XX-1, XX-2").closes == ("XX-1", "XX-2")


def test_records_have_fields():
    found = fact("records of birth_date date; kind one of a, b; from any code, may change")
    assert found.shape is Shape.RECORDS
    assert found.fields == (
        Field(name="birth_date", shape=Shape.DATE),
        Field(name="kind", shape=Shape.ONE_OF, words=("a", "b")),
        Field(name="from", shape=Shape.ONE_OF),
    )
    assert fact("record of date date").fields == (Field(name="date", shape=Shape.DATE),)


def test_an_event_has_a_key_an_order_and_a_question():
    text = 'event one key country; country any code; on_foot yes/no precedes two, three again after three ask "When?"'
    found = declared(text, "event two", "event three")
    assert found.faults == ()
    event = found.vocabulary.events["one"]
    assert (event.key, event.precedes, event.again_after) == ("country", ("two", "three"), ("three",))
    assert [field.name for field in event.fields] == ["country", "on_foot"]
    assert event.question == "When?"


def test_implications_join_words():
    found = declared("fact one yes/no", "fact two one of a, b, may be absent", "implies one is yes: two is a or none")
    assert found.faults == ()
    wanted = Implication(fact="one", values=frozenset({"yes"}), then="two", then_values=frozenset({"a", "none"}))
    assert found.vocabulary.implications == (wanted,)


#    lines                                                                  code, line
REFUSED = [
    (["fact one"],                                                          [("LAW001", 1)]),
    (["fact one yes/no usual share 2"],                                     [("LAW004", 1)]),
    (["fact one yes/no", "fact two yes/no", "implies one is a: two is no"], [("LAW004", 3)]),
    (["fact one yes/no", "fact two yes/no", "implies one is no: two is a"], [("LAW004", 3)]),
    (["fact one yes/no", "event one"],                                      [("LAW020", 2)]),
    (["event one", "fact one yes/no", "fact one yes/no"],                   [("LAW020", 2), ("LAW020", 3)]),
    (["fact one record of a date; a date"],                                 [("LAW020", 1)]),
    (["event one a date; a date"],                                          [("LAW020", 1)]),
    (["event one precedes two"],                                            [("LAW021", 1)]),
    (["event one again after two"],                                         [("LAW021", 1)]),
    (["event one key country"],                                             [("LAW021", 1)]),
    (["fact one yes/no", "implies one is yes: two is no"],                  [("LAW021", 2)]),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "found"), REFUSED)
def test_a_declaration_at_fault_is_refused_once(texts, found):
    assert [(fault.code, fault.place.line) for fault in declared(*texts).faults] == found


def test_what_is_at_fault_leaves_a_vocabulary_that_holds_together():
    found = declared("event one precedes two again after one, three", "implies a is yes: b is no").vocabulary
    assert (found.events["one"].precedes, found.events["one"].again_after) == ((), ("one",))
    assert found.implications == ()


def test_nothing_is_indented_under_a_declaration():
    inner = Line(text="yes/no", place=Place(name="v", line=2, column=5), members=())
    outer = Line(text="fact one yes/no", place=Place(name="v", line=1, column=1), members=(inner,))
    assert [fault.code for fault in declare([outer]).faults] == ["LAW014"]
