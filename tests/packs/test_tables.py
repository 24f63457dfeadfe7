"""Values, conflicts and questions for a lawyer: read as tables, refused where a row does not fit."""

from datetime import date

import pytest

from safeconduct.rules.tree import Span
from tests.packs.writing import assembled, faults

SOURCE = "source art. 1 [X1] confidence A"


def test_the_rows_of_a_value():
    found = assembled(
        f"value age by grade\n    until 2023-12-31 for mate or master: 27 years {SOURCE}\n"
        f"    for deckhand: 3 months {SOURCE}"
    )
    assert found.faults == ()
    first, second = found.values["age"].rows
    assert (first.span, first.keys, first.amount, first.unit) == (
        Span(last=date(2023, 12, 31)), frozenset({"mate", "master"}), 27, "years",
    )  # fmt: skip
    assert (second.span, second.keys, second.amount, second.unit, second.truth) == (
        Span(), frozenset({"deckhand"}), 3, "months", None,
    )  # fmt: skip


def test_a_value_of_yes_and_no():
    found = assembled(f"value storm\n    until 2023-12-31: yes {SOURCE}\n    from 2024-01-01: no {SOURCE}").values[
        "storm"
    ]
    assert [row.truth for row in found.rows] == [True, False]


#    law                                                                 code      message
VALUES = [
    ("value age",                                                        "LAW009", "the value has no rows"),
    ("value age\n    27 years",                                          "LAW001", '"27" cannot stand here'),
    (f"value age\n    : 27 {SOURCE}", "LAW001", '"source art. 1 [X1] confidence A" cannot stand here'),
    (f"value age\n    : 27.5 years {SOURCE}", "LAW004", "27.5 is not a whole number up to 999999"),
    ("value age\n    : 27 years",                                        "LAW030", "the line has no source"),
    (f"value age\n    for mate: 27 years {SOURCE}", "LAW008", "rows and header do not agree on a key"),
    (f"value age by grade\n    : 27 years {SOURCE}", "LAW008", "rows and header do not agree on a key"),
    (f"value age by grade\n    for captain: 27 years {SOURCE}",          "LAW004", '"captain" is not a value of grade'),
    (f"value age by resident\n    for mate: 27 years {SOURCE}", "LAW005", '"resident" cannot be the key of a value'),
    (f"value age by rank\n    for mate: 27 years {SOURCE}",              "LAW002", '"rank" is not declared'),
    (f"value age\n    : 27 years {SOURCE}\n        : 28 years {SOURCE}", "LAW014", "nothing can be indented here"),
    (f"value age\n    until 2023-01-01: yes {SOURCE}\n    from 2023-01-02: 27 years {SOURCE}",
     "LAW008", "rows of one value are of two kinds"),
    (f"value age\n    from 2024-01-01 until 2023-01-01: 27 years {SOURCE}", "LAW006", "the span ends before it begins"),
]  # fmt: skip


@pytest.mark.parametrize(("law", "code", "message"), VALUES, ids=[row[0] for row in VALUES])
def test_a_row_that_does_not_fit_is_refused(law, code, message):
    assert faults(law) == [(code, message)]


def test_a_conflict_has_readings_with_sources_and_a_safer_one():
    law = (
        f'XX-X1 conflict "Who?"\n    reading "all" {SOURCE}\n    reading "mates" safer source art. 2 [X2] confidence B'
    )
    found = assembled(law)
    assert found.faults == ()
    conflict = found.corpus.conflicts["XX-X1"]
    assert (conflict.question, conflict.readings, conflict.safer) == ("Who?", ("all", "mates"), 1)
    assert [source.article for source in conflict.sources] == ["art. 1", "art. 2"]


#    readings                                                          code
CONFLICTS = [
    (f'reading "all" safer {SOURCE}',                                  ["LAW024"]),
    (f'reading "all" {SOURCE}\n    reading "mates" {SOURCE}',          ["LAW024"]),
    (f'reading "all" safer {SOURCE}\n    reading "mates" safer {SOURCE}', ["LAW024"]),
    (f'reading "all" safer\n    reading "mates" {SOURCE}',             ["LAW030"]),
    (f'reading "all" safer {SOURCE}\n    if resident\n    reading "mates" {SOURCE}', ["LAW009"]),
]  # fmt: skip


@pytest.mark.parametrize(("readings", "codes"), CONFLICTS)
def test_a_conflict_that_is_none_is_refused(readings, codes):
    assert [code for code, _ in faults(f'XX-X1 conflict "Who?"\n    {readings}')] == codes


def test_a_question_for_a_lawyer_is_found_by_its_fact():
    found = assembled(f'XX-Q untranslatable "a good cause" {SOURCE}\n    asks cause')
    assert found.faults == ()
    assert found.corpus.untranslatable["cause"].id == "XX-Q"
    assert found.corpus.untranslatable["cause"].text == "a good cause"


@pytest.mark.parametrize("lines", ["asks resident", "asks weather", "asks cause\n    asks cause", ""])
def test_a_question_that_asks_nothing_of_a_lawyer_is_refused(lines):
    assert [code for code, _ in faults(f'XX-Q untranslatable "a good cause" {SOURCE}\n    {lines}')] == ["LAW018"]


def test_a_question_holds_no_other_line_and_has_a_source():
    assert faults(f'XX-Q untranslatable "a good cause" {SOURCE}\n    asks cause\n    governs')[0][0] == "LAW009"
    assert faults('XX-Q untranslatable "a good cause"\n    asks cause') == [("LAW030", "the line has no source")]


def test_nothing_can_rest_on_a_question_as_if_it_were_a_provision():
    law = f'XX-Q untranslatable "a good cause" {SOURCE}\n    asks cause\nXX-1 status "one" {SOURCE}\n    if XX-Q'
    assert faults(law) == [("LAW007", 'there is no provision "XX-Q"')]
