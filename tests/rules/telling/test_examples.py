"""The examples and the real vocabulary: they are read as they stand, and the page on the file says what is so."""

from pathlib import Path

import pytest

from safeconduct.packs.blocks import read_page
from safeconduct.packs.declarations import declare
from safeconduct.rules.situation import Asked
from safeconduct.rules.telling import read_situation
from safeconduct.rules.vocabulary import Shape, Vocabulary
from safeconduct.values.days import Days

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
NAMES = ["alex", "never-reached-a-unit", "stay-ends", "student", "twenty-eight"]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """What the pages under law/vocabulary declare."""
    lines = []
    for path in sorted((ROOT / "src" / "safeconduct" / "law" / "vocabulary").glob("*.md")):
        page, faults = read_page(f"vocabulary/{path.name}", path.read_bytes())
        assert faults == []
        lines += [line for block in page.blocks for line in block.lines]
    declared = declare(lines)
    assert declared.faults == ()
    return declared.vocabulary


def test_the_five_examples_are_there():
    assert [path.stem for path in EXAMPLES] == NAMES


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_read_and_each_assumption_is_said(path, vocabulary):
    situation = read_situation(path.read_bytes(), vocabulary, form="yaml")
    assert situation.facts
    assert len([warning for warning in situation.warnings if warning.startswith("Assumed: ")]) == path.read_text(
        encoding="utf-8"
    ).count("assumed: ")


def test_alex_is_told_as_the_worked_example_tells_him(vocabulary):
    situation = read_situation((ROOT / "examples" / "alex.yaml").read_bytes(), vocabulary, form="yaml")
    (born,) = situation.facts["birth_date"].periods
    assert isinstance(born.value, Days)
    assert str(born.value) == "1992-12-13..1993-12-12"
    assert [(event.kind, str(event.on)) for event in situation.events] == [
        ("mobilised", "2022-09-21..2022-10-15"),
        ("enlisted", "2022-09-21..2022-10-20"),
        ("left_unit", "2022-09-24..2022-10-31"),
        ("entered", "2022-09-24..2022-11-01"),
        ("case_opened", "..2023-12-12"),
    ]
    assert [closed.kind for closed in situation.closed] == [
        "returned_to_unit",
        "arrested",
        "discharged",
        "case_closed",
        "left_country",
    ]


def test_every_fact_and_event_asks_a_question(vocabulary):
    declared = [*vocabulary.facts.values(), *vocabulary.events.values()]
    assert [each.name for each in declared if not each.question.endswith((".", "?"))] == []


def test_every_fact_can_be_not_known_and_withheld(vocabulary):
    for word, asked in (("unknown", Asked.UNKNOWN), ("withheld", Asked.WITHHELD)):
        text = "person:\n" + "".join(f"  {name}: {word}\n" for name in vocabulary.facts)
        situation = read_situation(text.encode(), vocabulary, form="yaml")
        assert {known.asked for known in situation.facts.values()} == {asked}


def test_every_kind_of_event_can_be_told_and_denied_by_its_name(vocabulary):
    for section in ("history", "not_happened", "complete"):
        situation = read_situation(f"{section}: [{', '.join(vocabulary.events)}]".encode(), vocabulary, form="yaml")
        assert len(situation.events or situation.closed) == len(vocabulary.events)


@pytest.mark.parametrize("fact", ["exemptions", "deferments", "mobilisation_deferrals"])
def test_no_ground_at_all_is_the_only_thing_these_facts_can_say(fact, vocabulary):
    assert vocabulary.facts[fact].shape is Shape.YES_NO
    assert vocabulary.facts[fact].closes


def blocks_of(page: str) -> list[str]:
    """The indented examples of a page."""
    text = (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8")
    return [
        "\n".join(line[4:] for line in block.splitlines())
        for block in text.split("\n\n")
        if all(line.startswith("    ") for line in block.splitlines())
    ]


def test_the_examples_on_the_page_about_the_file_are_read(vocabulary):
    facts, history = blocks_of("situation-file.md")
    for line in facts.splitlines():
        assert read_situation(f"person:\n  {line}".encode(), vocabulary, form="yaml").facts
    assert read_situation(history.encode(), vocabulary, form="yaml").events
