"""Twenty people are asked by the check, and their files are read: what a file settles, the check answers alike."""

from datetime import date
from pathlib import Path

import pytest

from tests.desk.check.test_same_findings import told_otherwise
from tests.desk.contact.visiting import contact_site, open_site

__all__ = ["contact_site", "open_site"]
_FILE = Path(__file__).resolve().parents[1] / "desk" / "check" / "people.yaml"
_FEWEST = 20


def people():
    """The day asked and the file of each person."""
    for part in _FILE.read_text(encoding="utf-8").split("--- # ")[1:]:
        day, _, text = part.partition("\n")
        yield date.fromisoformat(day), text


def test_there_are_twenty():
    assert len(list(people())) >= _FEWEST


@pytest.mark.usefixtures("contact_site")
@pytest.mark.parametrize(("on", "text"), list(people()))
def test_the_check_and_the_file_settle_the_same(on, text):
    assert told_otherwise(text.encode(), on) == {}
