"""Twenty people are asked by the check, and their files are read: what a file settles, the check answers alike."""

import pytest

from tests.desk.check.test_same_findings import people, told_otherwise
from tests.desk.contact.visiting import contact_site, open_site

__all__ = ["contact_site", "open_site"]
_FEWEST = 20


def test_there_are_twenty():
    assert len(people()) >= _FEWEST


@pytest.mark.usefixtures("contact_site")
@pytest.mark.parametrize(("on", "text"), people())
def test_the_check_and_the_file_settle_the_same(on, text):
    assert told_otherwise(text.encode(), on) == {}
