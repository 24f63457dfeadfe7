"""Citations and blocks of sources."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.packs.blocks import Line
from safeconduct.packs.sources import Marks, read_sources, read_tail
from safeconduct.values.citation import UNVERIFIED, Citation, Confidence, Source
from safeconduct.values.errors import Fault, Place

HERE = Place(name="p", line=1, column=1)
ONE = Source(mark="S06", url="https://example.org/a")
COPY = Source(mark="S06", url="https://example.org/b", note="a copy")
LOST = Source(mark="37", url=None, note="stored without address")
MARKS = Marks(by_mark={"S06": (ONE, COPY), "37": (LOST,)})


def tail(text, default=None):
    return read_tail(text, act="53-FZ", marks=MARKS, default=default, place=HERE)


#    tail                                                     act        article            sources         confidence
CASES = [
    ("source art. 22(1)(a) [S06] confidence A",               "53-FZ",   "art. 22(1)(a)",   (ONE, COPY),    "A"),
    ("source 31-FZ art. 17 [S06, 37] confidence B",           "31-FZ",   "art. 17",         (ONE, COPY, LOST), "B"),
    ("source decree 647 point 2 [37] confidence C",           "53-FZ",   "decree 647 point 2", (LOST,),     "C"),
    ("source Criminal Code arts. 337, 338 [37] confidence A", "Criminal Code", "arts. 337, 338", (LOST,),   "A"),
    ("source 439-FZ [37] confidence A",                       "439-FZ",  "",                (LOST,),        "A"),
    ("source art. 1 background", "53-FZ", "art. 1", (Source(mark="", url=None, note=UNVERIFIED),), "C"),
    ("source art. 1 background confidence B", "53-FZ", "art. 1", (Source(mark="", url=None, note=UNVERIFIED),), "B"),
    ("source [37] confidence A",                              "53-FZ",   "",                (LOST,),        "A"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "act", "article", "sources", "confidence"), CASES)
def test_a_tail_says_where_a_clause_stands(text, act, article, sources, confidence):
    assert tail(text) == Citation(act=act, article=article, sources=sources, confidence=Confidence(confidence))


def test_a_tail_without_confidence_takes_that_of_its_provision_or_the_lowest():
    default = Citation(act="", article="", sources=(LOST,), confidence=Confidence.B)
    assert tail("source art. 1 [37]", default).confidence is Confidence.B
    assert tail("source art. 1 [37]").confidence is Confidence.C
    assert tail("", default) is default


#    tail                                       message
REFUSED = [
    ("",                                        "the line has no source"),
    ("source art. 1 [S99]",                     "there is no source S99"),
    ("source art. 1",                           "the citation names no source"),
    ("source art. 1 []",                        "the citation names no source"),
    ("source art. 1 [S06] confidence D",        "this is not a citation"),
    ("source art. 1 [S06] confidence A more",   "this is not a citation"),
    ("source art. 1 [S06",                      "this is not a citation"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_a_tail_that_names_no_source_is_refused(text, message):
    found = tail(text)
    assert isinstance(found, Fault)
    assert (found.code, found.message) == ("LAW030", message)


@given(st.text(alphabet="source [],.1 AS06 background confidence", max_size=400))
def test_any_tail_is_read_or_refused_at_once(text):
    assert isinstance(tail(f"source {text}"), Citation | Fault)


def test_a_tail_of_spaces_is_refused_at_once():
    assert isinstance(tail("source" + " " * 900 + "!" + " " * 90 + "["), Fault)


def lines(*texts):
    return [Line(text=text, place=HERE, members=()) for text in texts]


def test_a_mark_may_stand_on_several_lines():
    found, faults = read_sources(
        lines("S06 https://example.org/a", 'S06 https://example.org/b "a copy"', '37 none "stored without address"')
    )
    assert (found, faults) == (MARKS, [])


@pytest.mark.parametrize(
    "text", ["S06", "S06 ftp://example.org", "S06 javascript:alert(1)", "S06 https://a b", 'S06 none "x', "S-6 none"]
)
def test_what_is_no_source_is_refused(text):
    found, faults = read_sources(lines(text))
    assert (found.by_mark, [fault.code for fault in faults]) == ({}, ["LAW031"])
