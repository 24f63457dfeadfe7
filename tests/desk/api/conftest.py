"""The API, for the tests of this folder."""

from tests.desk.api.calling import partner, partner_of_invented_law

__all__ = ["partner", "partner_of_invented_law"]
