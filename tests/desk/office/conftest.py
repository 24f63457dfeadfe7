"""The members' site, for the tests of this folder."""

from tests.desk.office.at_work import office

__all__ = ["office"]
