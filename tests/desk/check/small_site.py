"""The contact site with the small law: the check of it is walked through in no time."""

from dataclasses import replace

import pytest

from tests.desk.check.small_law import small_law
from tests.desk.contact.visiting import contact_site, open_site

__all__ = ["contact_site", "open_site", "small_site"]


@pytest.fixture
def small_site(open_site, contact_site, settings_of):
    """The contact site with one channel and the small law: its configuration."""
    told = replace(contact_site, law=small_law())
    settings_of(told)
    return told
