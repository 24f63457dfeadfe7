"""Which law is looked at: a country's, once something that was told mentions it."""

from datetime import date

import pytest

from safeconduct.packs.assembly import Assembled, assemble
from safeconduct.rules.finding import Position
from safeconduct.rules.position import assess
from safeconduct.rules.telling import read_situation
from safeconduct.rules.timeline import timeline

FRONT = """---
act: "act"
title: "A page"
reviewed until: "2024-01-01"
status: "draft, read by no lawyer"
{more}---
# A page
"""
FACTS = """
fact citizenships list of any code    ask "Which citizenships?"
fact region       any code            ask "Which region?"
fact resident     yes/no, may change  ask "Do you live here?"
fact permit       record of country any code, may be absent    ask "Have you a permit?"
event entered     key country; country any code   again after left_country    ask "Where did you enter?"
event left_country  key country; country any code   again after entered    ask "What did you leave?"
event moved       from any code; to any code    ask "Were you moved?"
"""
LAW = 'XX-{0} status "a status" source art. 1 background\n    if resident\n'


def pages(**more: str) -> dict[str, bytes]:
    """A folder that is always looked at, two countries and a union of two, and the vocabulary."""
    fronts = {"aq": "", "by": 'looked at: "BY"\n', "cc": 'looked at: "CC"\n', "eu": 'looked at: "DK EE"\n', **more}
    found = {
        f"{folder}/page.md": FRONT.format(more=front) + f"```law\n{LAW.format(folder.upper())}```\n"
        for folder, front in fronts.items()
    }
    found["vocabulary/facts.md"] = FRONT.format(more="") + f"```facts\n{FACTS}```\n"
    own = '```facts\nfact lives_in_cc  yes/no    ask "Do you live in CC?"\n```\n'
    found["cc/facts.md"] = FRONT.format(more="") + own + "```law\nterm there\n    if lives_in_cc\n```\n"
    return {name: text.encode() for name, text in found.items()}


def law(**more: str) -> Assembled:
    """The pages, assembled."""
    return assemble(pages(**more))


def position(text: str, on: str = "2023-05-01", *, everything: bool = False) -> Position:
    """Where somebody stands under these pages."""
    assembled = law()
    assert assembled.faults == ()
    situation = read_situation(text.encode(), assembled.corpus.vocabulary, form="yaml")
    return assess(assembled.corpus, situation, on=date.fromisoformat(on), everything=everything)


#    what was told                                                          looked at              left out
CASES = [
    ("person: {}", "AQ", "BY, CC, DK, EE"),
    ("person: {citizenships: [BY]}", "AQ BY", "CC, DK, EE"),
    ("person: {citizenships: [BY, CC]}", "AQ BY CC", "DK, EE"),
    ("person: {citizenships: [AQ]}", "AQ", "BY, CC, DK, EE"),
    ("person: {region: BY-NO}", "AQ BY", "CC, DK, EE"),
    ("person: {permit: {country: EE}}", "AQ EU", "BY, CC"),
    ("person: {lives_in_cc: no}", "AQ CC", "BY, DK, EE"),
    ("person: {lives_in_cc: unknown}", "AQ CC", "BY, DK, EE"),
    ("person: {lives_in_cc: withheld}", "AQ CC", "BY, DK, EE"),
    ("person: {resident: yes}", "AQ", "BY, CC, DK, EE"),
    ("history: [{event: entered, country: BY}]", "AQ BY", "CC, DK, EE"),
    ("history: [{event: left_country, country: DK}]", "AQ EU", "BY, CC"),
    ("history: [{event: moved, from: AQ, to: CC}]", "AQ CC", "BY, DK, EE"),
    ("not_happened: [{event: left_country, country: BY}]", "AQ BY", "CC, DK, EE"),
    ("complete: [entered CC]", "AQ CC", "BY, DK, EE"),
    ("not_happened: [entered]", "AQ", "BY, CC, DK, EE"),
]


@pytest.mark.parametrize(("told", "folders", "left_out"), CASES)
def test_a_country_is_looked_at_once_it_is_mentioned(told: str, folders: str, left_out: str) -> None:
    found = position(told)
    assert [one.id for one in found.findings] == [f"XX-{folder}" for folder in folders.split()]
    named = [warning for warning in found.warnings if warning.startswith("Not looked at")]
    assert len(named) == 1
    assert f"mentions them: {left_out}." in named[0]


def test_everything_can_be_asked_for() -> None:
    found = position("person: {}", everything=True)
    assert [one.id for one in found.findings] == ["XX-AQ", "XX-BY", "XX-CC", "XX-EU"]
    assert not [warning for warning in found.warnings if warning.startswith("Not looked at")]


def test_a_page_that_is_not_looked_at_gives_no_warning_about_its_age() -> None:
    found = position("person: {citizenships: [BY]}", on="2024-05-01")
    old = [warning.partition(":")[0] for warning in found.warnings if "the pages know the law up to" in warning]
    assert old == ["AQ", "BY", "VOCABULARY"]


def test_the_timeline_looks_at_the_same_law() -> None:
    corpus = law().corpus
    situation = read_situation(b"person: {resident: yes, citizenships: [CC]}", corpus.vocabulary, form="yaml")
    found = timeline(corpus, situation, first=date(2023, 1, 1), last=date(2023, 2, 1))
    assert [lane.id for lane in found.lanes] == ["XX-AQ", "XX-CC"]
    assert any("mentions them: BY, DK, EE." in warning for warning in found.warnings)


@pytest.mark.parametrize("text", ["", "by", "BBB", "BY,CC", "BY  CC", " BY", "everywhere"])
def test_countries_that_are_no_codes_are_a_fault(text: str) -> None:
    faults = law(by=f'looked at: "{text}"\n').faults
    assert [(one.code, one.place.name, one.place.line) for one in faults] == [("LAW011", "by/page.md", 6)]
