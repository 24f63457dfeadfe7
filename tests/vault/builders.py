"""Small builders with readable defaults. The costs are for tests alone: every production floor refuses them."""

from functools import cache
from uuid import UUID

from safeconduct.values.secret import Secret
from safeconduct.vault.binding import RecordPlace
from safeconduct.vault.codename import Codename
from safeconduct.vault.custodians import Custodian
from safeconduct.vault.sealing import PrivateKey
from safeconduct.vault.stretching import Cost, Stretching

TEST_COST = Cost(memory_kib=8, passes=1)
TEST_STRETCHING = Stretching(salt=b"salt of the site", cost=TEST_COST)
CASE = UUID(int=0xCA5E)
OTHER_CASE = UUID(int=0x07E4)
RECORD = UUID(int=0x4EC0)
ANNA, BORIS, CHLOE, DMITRI = (UUID(int=number) for number in range(1, 5))
CONTACT = UUID(int=0xC0)


def an_id(number):
    return UUID(int=number)


def a_key(fill=7):
    return Secret(bytes((fill,)) * 32)


@cache
def a_private_key(number=1):
    """The same key pair for the same number, so that bulk tests need not make thousands."""
    return PrivateKey(Secret(bytes((number,)) * 32))


def a_public_key(number=1):
    return a_private_key(number).public


def a_codename(number=123_456_789_012_345_678_901_234):
    return Codename(Secret(number))


def a_place(**changed):
    usual = {"table": "message", "column": "body", "case": CASE, "record": RECORD, "epoch": 1}
    return RecordPlace(**{**usual, **changed})


def three_custodians():
    return tuple(Custodian(member=member, public=a_public_key(member.int)) for member in (BORIS, CHLOE, DMITRI))
