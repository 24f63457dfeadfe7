"""The contact site, for the tests of this folder."""

from tests.desk.contact.visiting import contact_site, open_site

__all__ = ["contact_site", "open_site"]
