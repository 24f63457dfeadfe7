"""Decision records: numbered once, and each with its context, its decision and its consequences."""

import re
from collections import Counter
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "decisions"
RECORDS = sorted(FOLDER.glob("*.md"))
NAMES = [record.name for record in RECORDS]


def test_there_are_records_and_no_number_is_used_twice():
    numbers = Counter(name[:4] for name in NAMES)
    assert numbers
    assert [number for number, times in numbers.items() if times > 1] == []


@pytest.mark.parametrize("record", RECORDS, ids=NAMES)
def test_a_record_is_named_by_its_number_and_its_title(record):
    assert re.fullmatch(r"\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md", record.name)
    assert record.read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("record", RECORDS, ids=NAMES)
def test_a_record_has_context_decision_and_consequences_with_words_under_each(record):
    parts = re.split(r"^## (.+)$", record.read_text(encoding="utf-8"), flags=re.MULTILINE)
    sections = dict(zip(parts[1::2], (text.strip() for text in parts[2::2]), strict=True))
    assert [name for name in sections if name in {"Context", "Decision", "Consequences"}] == [
        "Context",
        "Decision",
        "Consequences",
    ]
    assert all(sections.values())
