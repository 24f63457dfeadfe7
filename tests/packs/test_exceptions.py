"""Exceptions to a provision: what they defeat, and which comes first."""

import pytest

from safeconduct.packs.checking import check
from tests.packs.writing import assembled, faults

ONE = 'XX-1 status "one" source art. 1 [X1] confidence A\n    if resident\n'


def exception(name, lines="if grade is mate", *, holds="", over="", to="XX-1"):
    above = f' over "{over}"' if over else ""
    return f'exception to {to}: "{name}"{holds}{above} source art. 2 [X2] confidence B\n    {lines}\n'


def test_an_exception_becomes_a_clause_with_its_own_source():
    clause = assembled(ONE + exception("mates", holds=" holds")).corpus.provisions["XX-1"].clauses[-1]
    assert (clause.role, clause.by, clause.outcome, clause.text) == ("exception", "mates", True, "if grade is mate")
    assert clause.citation.article == "art. 2"


@pytest.mark.parametrize("written", [["b", "a"], ["a", "b"]])
def test_an_exception_that_stands_over_another_comes_after_it_wherever_it_is_written(written):
    texts = {"a": exception("a"), "b": exception("b", over="a", holds=" holds")}
    found = assembled(ONE + "".join(texts[name] for name in written))
    assert found.faults == ()
    assert [clause.by for clause in found.corpus.provisions["XX-1"].clauses[1:]] == ["a", "b"]


#    exceptions                                                  codes
REFUSED = [
    (exception("a", to="XX-9"),                                  ["LAW007"]),
    (exception("a", over="b"),                                   ["LAW022"]),
    (exception("a", over="b") + exception("b", over="a"),        ["LAW022", "LAW022"]),
    (exception("a") + exception("a"),                            ["LAW020"]),
    (exception("a", lines="governs"),                            ["LAW009"]),
    (exception("a", lines="if residnt"),                         ["LAW002"]),
    ('exception to XX-1: "a"\n    if resident',                  ["LAW030"]),
    ('exception to XX-1: "a" source art. 2 [X2] confidence B',   ["LAW009"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "codes"), REFUSED)
def test_an_exception_that_cannot_be_is_refused(text, codes):
    assert [code for code, _ in faults(ONE + text)] == codes


def disagreeing(text):
    return [fault for fault in check(assembled(ONE + text)).faults if fault.code == "LAW053"]


def test_two_exceptions_that_disagree_and_overlap_name_both_articles():
    (fault,) = disagreeing(exception("a") + exception("b", "if crew at least 2", holds=" holds"))
    assert '"a" (xx/act art. 2' in fault.message
    assert '"b" (xx/act art. 2)' in fault.message


#    exceptions                                                                        how many disagree
ORDERS = [
    (exception("a") + exception("b", "if crew at least 2"),                            0),
    (exception("a") + exception("b", "if grade is master", holds=" holds"),            0),
    (exception("a") + exception("b", "if crew at least 2", holds=" holds", over="a"),  0),
    (exception("a") + exception("m", over="a") + exception("b", "if crew at least 2", holds=" holds", over="m"), 0),
    (exception("a") + exception("m") + exception("b", "if crew at least 2", holds=" holds", over="m"), 1),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number"), ORDERS)
def test_exceptions_agree_if_they_say_the_same_exclude_each_other_or_have_an_order(text, number):
    assert len(disagreeing(text)) == number
