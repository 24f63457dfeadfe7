"""The invented jurisdiction uses every form of the language, has no fault, and never reaches a real person."""

import re
from functools import cache

import pytest

from safeconduct.packs.assembly import assemble
from safeconduct.packs.cases import run
from safeconduct.packs.checking import cases_of, check
from safeconduct.packs.store import load_corpus, packaged_pages
from safeconduct.rules import parsing
from safeconduct.rules.finding import Answer, State
from safeconduct.rules.tree import FirstCounted, Kind, Rolls, Unit

GRAMMARS = {"law.lark": tuple(parsing._LAW_STARTS), "facts.lark": ("declaration",)}


@cache
def pages():
    found = packaged_pages(with_invented=True)
    return {name: text for name, text in found.items() if name.startswith(("xx/", "vocabulary/"))}


@cache
def assembled():
    return assemble(pages())


@cache
def expected():
    cases, _ = cases_of(assembled())
    return [one for case in cases for one in case.expected]


def productions_used(monkeypatch):
    """Every production of both grammars, and those by which a line of an invented page is read."""
    every, used = set(), set()
    for name, starts in GRAMMARS.items():
        callbacks = parsing._grammar(name, starts).parser.parser.parser.callbacks
        for rule, callback in list(callbacks.items()):
            if not hasattr(rule, "origin"):
                continue
            key = f"{name}: {rule}"
            every.add(key)

            def noted(children, key=key, callback=callback):
                used.add(key)
                return callback(children)

            monkeypatch.setitem(callbacks, rule, noted)
    assemble({name: text for name, text in pages().items() if name.startswith("xx/")})
    return every, used


def test_the_invented_pages_use_every_production_of_both_grammars(monkeypatch):
    every, used = productions_used(monkeypatch)
    assert len(every) > 250
    assert sorted(every - used) == []


def test_the_invented_pages_use_every_terminal():
    for name, starts in GRAMMARS.items():
        grammar = parsing._grammar(name, starts)
        in_rules = {symbol.name for rule in grammar.rules for symbol in rule.expansion if symbol.is_term}
        declared = {terminal.name for terminal in grammar.terminals} - set(grammar.ignore_tokens)
        # With every production used, a terminal that stands in one is used too.
        assert declared <= in_rules


@pytest.mark.parametrize("answer", Answer)
def test_every_answer_is_expected_somewhere(answer):
    assert answer in {one.answer for one in expected()}


@pytest.mark.parametrize("state", State)
def test_every_state_of_a_deadline_is_expected_somewhere(state):
    states = {detail.value for one in expected() for detail in one.details if detail.word == "state"}
    assert state.value in states


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_provision_stands_somewhere(kind):
    assert kind in {provision.kind for provision in assembled().corpus.provisions.values()}


@pytest.mark.parametrize("model", ["L", "F", "G", "E"])
def test_every_way_of_counting_a_stay_stands_somewhere(model):
    stays = [provision.stay for provision in assembled().corpus.provisions.values() if provision.stay]
    assert model in {one for stay in stays for one in stay.models}


@pytest.mark.parametrize("part", [*FirstCounted, *Unit, *Rolls])
def test_every_way_of_counting_a_deadline_stands_somewhere(part):
    deadlines = [provision.deadline for provision in assembled().corpus.provisions.values() if provision.deadline]
    windows = [window for deadline in deadlines for window in deadline.windows]
    assert part in {each for one in windows for each in (one.first_counted, one.unit, one.rolls)}


@pytest.mark.parametrize("word", ["ask", "months", "state", "starts", "ends", "act_by", "last", "next", "left", "used",
                                  "safe", "says", "concerns", "confidence"])  # fmt: skip
def test_every_word_that_a_case_can_expect_is_expected_somewhere(word):
    assert word in {detail.word for one in expected() for detail in one.details}


def test_the_invented_pages_alone_have_no_fault():
    report = check(assembled())
    assert [str(fault) for fault in report.faults] == []
    assert len(report.cases) > 200
    assert len(report.results) >= len(report.cases)


def test_the_order_of_the_pages_does_not_matter():
    backwards = dict(sorted(pages().items(), reverse=True))
    assert assemble(backwards).corpus == assembled().corpus


def test_no_provision_of_the_invented_country_is_in_the_law_for_real_people(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    real = load_corpus()
    assert not [name for name in real.provisions if name.startswith("XX-")]
    assert "xx" not in real.reviewed_until
    assert "harbour_resident" not in real.vocabulary.facts
    assert [name for name in load_corpus(with_invented=True).provisions if name.startswith("XX-")]


def test_the_invented_pages_name_no_real_country_but_the_uninhabited_one():
    named = set()
    for name, text in pages().items():
        if name.startswith("xx/"):
            named |= set(re.findall(r"\b(?:entered|left_country) ([A-Z]{2})\b", text.decode()))
    assert named == {"AQ", "XX"}


def test_cases_are_met_by_the_pages_that_hold_them_and_fail_without_a_clause():
    corpus = assembled().corpus
    cases, _ = cases_of(assembled())
    page = [case for case in cases if case.place.name == "xx/harbour/call.md"]
    assert run(corpus, page)[1] == []
    call = corpus.provisions["XX-CALL-1"]
    shorter = {**corpus.provisions, "XX-CALL-1": type(call)(**{**fields_of(call), "clauses": call.clauses[1:]})}
    broken = type(corpus)(**{**fields_of(corpus), "provisions": shorter})
    assert {fault.code for fault in run(broken, page)[1]} == {"LAW104"}


def fields_of(value):
    return {name: getattr(value, name) for name in value.__dataclass_fields__}
