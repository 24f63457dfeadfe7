"""The case keys of a member, gathered: they open for that member's private key and for nobody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.vault.binding import OwnerPlace, Purpose
from safeconduct.vault.cases import CaseKey, Domain
from safeconduct.vault.envelope import derive, encrypt
from safeconduct.vault.errors import CannotOpenError
from safeconduct.vault.rings import close_ring, open_ring
from tests.vault.builders import ANNA, BORIS, a_key, a_private_key, an_id


def case_key(number=1, epoch=1, domain=Domain.INTERNAL):
    return CaseKey(case=an_id(number), domain=domain, epoch=epoch, key=a_key(number % 256))


def ring_of(*keys):
    return close_ring(keys, member=ANNA, private=a_private_key(1))


@given(st.lists(st.tuples(st.integers(0, 2**128 - 1), st.integers(1, 2**63)), max_size=5))
def test_what_is_gathered_comes_out_in_its_order(told):
    keys = [case_key(number, epoch) for number, epoch in told]
    opened = open_ring(ring_of(*keys), member=ANNA, private=a_private_key(1))
    assert [(key.case, key.epoch, key.domain, key.key.reveal()) for key in opened] == [
        (key.case, key.epoch, Domain.INTERNAL, key.key.reveal()) for key in keys
    ]


#   what is another         member   private key
OTHERS = [
    ("the member",          BORIS,   1),
    ("the private key",     ANNA,    2),
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize(("what", "member", "private"), OTHERS, ids=[what for what, *_ in OTHERS])
def test_a_ring_opens_for_its_member_alone(what, member, private):
    with pytest.raises(CannotOpenError):
        open_ring(ring_of(case_key()), member=member, private=a_private_key(private))


@pytest.mark.security
def test_a_changed_ring_does_not_open():
    ring = ring_of(case_key())
    for place in (0, 1, 5, 40, len(ring) - 1):
        changed = ring[:place] + bytes((ring[place] ^ 1,)) + ring[place + 1 :]
        with pytest.raises(CannotOpenError):
            open_ring(changed, member=ANNA, private=a_private_key(1))


def test_a_ring_of_a_wrong_length_does_not_open():
    key = derive(a_private_key(1).seed, info=b"safeconduct ring key", salt=ANNA.bytes)
    ring = encrypt(key, bytes(55), purpose=Purpose.RING, binding=OwnerPlace(owner=ANNA))
    with pytest.raises(CannotOpenError):
        open_ring(ring, member=ANNA, private=a_private_key(1))


@pytest.mark.security
def test_the_key_of_a_thread_is_not_gathered():
    with pytest.raises(ValueError, match="internal"):
        ring_of(case_key(domain=Domain.THREAD))
