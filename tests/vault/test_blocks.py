"""What a person carries to a helper: it opens for those who read the channel alone, and its size shows a class."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.values.secret import Secret
from safeconduct.vault.binding import OwnerPlace, Purpose
from safeconduct.vault.blocks import (
    BLOCK_CLASSES,
    LONGEST_BLOCK,
    new_block_pair,
    open_block,
    open_block_pair,
    seal_block,
)
from safeconduct.vault.errors import CannotOpenError, ForbiddenError, TooLargeError
from safeconduct.vault.sealing import seal
from tests.vault.builders import ANNA, BORIS, CHLOE, a_private_key, a_public_key, an_id

PAIR, OTHER = an_id(50), an_id(51)
OVERHEAD = 2 + 1120 + 16


def a_pair(pair=PAIR):
    return new_block_pair(pair, holders={ANNA: a_public_key(1), BORIS: a_public_key(2)})


def opened(kept, block, holder=ANNA, private=1, pair=PAIR):
    key = open_block_pair(kept.sealed[holder], pair=pair, holder=holder, private=a_private_key(private))
    return open_block(key, block, pair=pair).reveal()


@given(st.binary(max_size=LONGEST_BLOCK))
def test_every_holder_reads_what_was_carried(content):
    kept = a_pair()
    block = seal_block(kept.public, Secret(content), pair=PAIR)
    assert opened(kept, block) == opened(kept, block, BORIS, 2) == content
    assert len(block) - OVERHEAD in BLOCK_CLASSES


#   bytes           size class
SIZES = [
    (0,             256),
    (254,           256),
    (255,           512),
    (1022,          1024),
    (LONGEST_BLOCK, 2048),
]  # fmt: skip


@pytest.mark.parametrize(("length", "size"), SIZES)
def test_the_size_shows_a_class_and_no_more(length, size):
    assert len(seal_block(a_pair().public, Secret(bytes(length)), pair=PAIR)) == OVERHEAD + size


def test_what_is_too_long_is_refused():
    with pytest.raises(TooLargeError, match=" 2046 bytes"):
        seal_block(a_pair().public, Secret(bytes(LONGEST_BLOCK + 1)), pair=PAIR)


def test_a_pair_for_nobody_is_refused():
    with pytest.raises(ForbiddenError, match=r"^nobody could open such a block \[") as refused:
        new_block_pair(PAIR, holders={})
    assert refused.value.remedy == "name members who read the channel first"


#   what is another         holder   private key   pair
OTHERS = [
    ("the private key",     ANNA,    3,            PAIR),
    ("the holder",          CHLOE,   1,            PAIR),
    ("the pair",            ANNA,    1,            OTHER),
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize(("what", "holder", "private", "pair"), OTHERS, ids=[what for what, *_ in OTHERS])
def test_the_key_of_a_channel_opens_in_its_place_alone(what, holder, private, pair):
    with pytest.raises(CannotOpenError):
        open_block_pair(a_pair().sealed[ANNA], pair=pair, holder=holder, private=a_private_key(private))


@pytest.mark.security
def test_a_block_does_not_open_under_another_pair_of_the_same_people():
    kept, other = a_pair(), a_pair(OTHER)
    block = seal_block(kept.public, Secret(b"answers"), pair=PAIR)
    with pytest.raises(CannotOpenError):
        opened(other, block, pair=OTHER)


@pytest.mark.security
@pytest.mark.parametrize("place", [0, 1, 2, 600, 1121, 1130, -1])
def test_a_changed_block_does_not_open(place):
    kept = a_pair()
    block = bytearray(seal_block(kept.public, Secret(b"answers"), pair=PAIR))
    block[place] ^= 1
    with pytest.raises(CannotOpenError):
        opened(kept, bytes(block))


@pytest.mark.security
@pytest.mark.parametrize(
    "padded", [b"", b"\xff\xff", bytes(255), (3).to_bytes(2, "big") + b"abc" + bytes(250) + b"x", b"\0\1a" + b" " * 253]
)
def test_what_was_never_padded_here_does_not_open(padded):
    kept = a_pair()
    block = seal(kept.public, Secret(padded), purpose=Purpose.BLOCK, binding=OwnerPlace(owner=PAIR))
    with pytest.raises(CannotOpenError):
        opened(kept, block)
