"""What is sealed to a person opens with that person's private key alone."""

import copy
import pickle

import pytest
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.values.secret import Secret
from safeconduct.vault.binding import Purpose
from safeconduct.vault.errors import CannotOpenError, KeyFormatError
from safeconduct.vault.sealing import PUBLIC_BYTES, PrivateKey, PublicKey, seal, unseal
from tests.vault.builders import a_place, a_private_key, a_public_key

SECRETS = st.one_of(st.sampled_from([b"", b"\0" * 32, b"\xff" * 32]), st.binary(max_size=64))


@given(SECRETS, st.binary(min_size=32, max_size=32))
def test_the_holder_opens_what_was_sealed(secret, seed):
    private = PrivateKey(Secret(seed))
    sealed = seal(private.public, Secret(secret), purpose=Purpose.GRANT, binding=a_place())
    assert unseal(private, sealed, purpose=Purpose.GRANT, binding=a_place()).reveal() == secret


def test_nobody_else_opens_it():
    sealed = seal(a_public_key(1), Secret(b"key"), purpose=Purpose.GRANT, binding=a_place())
    with pytest.raises(CannotOpenError):
        unseal(a_private_key(2), sealed, purpose=Purpose.GRANT, binding=a_place())


def test_the_same_secret_is_never_sealed_alike():
    made = {seal(a_public_key(), Secret(b"key"), purpose=Purpose.GRANT, binding=a_place()) for _ in range(10)}
    assert len(made) == 10


def test_new_private_keys_differ_and_their_seeds_give_them_again():
    one, two = PrivateKey.new(), PrivateKey.new()
    assert one.public != two.public
    assert PrivateKey(one.seed).public == one.public


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_seed_of_another_length_is_refused(length):
    with pytest.raises(ValueError, match="32 bytes"):
        PrivateKey(Secret(bytes(length)))


#   what                      bytes
NO_KEYS = [
    ("nothing",               b""),
    ("one byte too few",      bytes(PUBLIC_BYTES - 1)),
    ("one byte too many",     a_public_key().raw + b"\0"),
    ("numbers too large",     b"\xff" * PUBLIC_BYTES),
    ("half of one",           a_public_key().raw[:1184]),
    ("point of order one",    a_public_key().raw[:1184] + bytes(32)),
    ("point of order two",    a_public_key().raw[:1184] + b"\x01" + bytes(31)),
    ("point of order eight",  a_public_key().raw[:1184]
                              + bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")),
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize(("what", "raw"), NO_KEYS, ids=[what for what, _ in NO_KEYS])
def test_what_is_no_public_key_is_refused_before_anything_is_sealed(what, raw):
    with pytest.raises(KeyFormatError):
        PublicKey(raw)


def test_a_fingerprint_is_of_one_key_and_easy_to_read_aloud():
    assert a_public_key(1).fingerprint() != a_public_key(2).fingerprint()
    assert a_public_key(1).fingerprint() == PublicKey(a_public_key(1).raw).fingerprint()
    assert [len(group) for group in a_public_key().fingerprint().split()] == [4] * 8


@pytest.mark.security
def test_a_private_key_shows_nothing_and_is_not_copied():
    assert repr(a_private_key()) == "<private key>"
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="not pickled or copied"):
            attempt(a_private_key())


@pytest.mark.security
def test_both_halves_of_the_hybrid_are_needed():
    # Either key replaced by another leaves a pair that does not open what was sealed to the first.
    sealed = seal(a_public_key(), Secret(b"key"), purpose=Purpose.GRANT, binding=a_place())
    other_post_quantum = MLKEM768PrivateKey.generate().public_key().public_bytes_raw()
    mixed = PublicKey(other_post_quantum + a_public_key().raw[1184:])
    swapped = PublicKey(a_public_key(1).raw[:1184] + a_public_key(2).raw[1184:])
    for public in (mixed, swapped):
        with pytest.raises(CannotOpenError):
            unseal(
                a_private_key(),
                seal(public, Secret(b"key"), purpose=Purpose.GRANT, binding=a_place()),
                purpose=Purpose.GRANT,
                binding=a_place(),
            )
    assert unseal(a_private_key(), sealed, purpose=Purpose.GRANT, binding=a_place()).reveal() == b"key"
