"""An envelope gives back what was put in, and nothing to whoever lacks the key or the place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.values.secret import Secret
from safeconduct.vault.binding import Purpose
from safeconduct.vault.envelope import OVERHEAD_BYTES, decrypt, derive, encrypt, new_key, unwrap, wrap
from safeconduct.vault.errors import CannotOpenError
from tests.vault.builders import a_key, a_place

PURPOSES = st.sampled_from(Purpose)
# Awkward bytes first: nothing, zeros in front, 0xff.
TEXTS = st.one_of(st.sampled_from([b"", b"\0", b"\0\0key", b"\xff" * 32, b"\0" * 32]), st.binary(max_size=200))
KEYS = st.one_of(st.sampled_from([b"\0" * 32, b"\xff" * 32, b"\0" * 31 + b"\x01"]), st.binary(min_size=32, max_size=32))


@given(KEYS, TEXTS, PURPOSES)
def test_an_envelope_gives_back_what_was_put_in(key, text, purpose):
    envelope = encrypt(Secret(key), text, purpose=purpose, binding=a_place())
    assert len(envelope) == len(text) + OVERHEAD_BYTES
    assert decrypt(Secret(key), envelope, purpose=purpose, binding=a_place()) == text


def test_the_same_text_never_gives_the_same_envelope():
    made = {encrypt(a_key(), b"text", purpose=Purpose.CONTENT, binding=a_place()) for _ in range(20)}
    assert len(made) == 20
    assert len({envelope[2:34] for envelope in made}) == 20


@given(KEYS, KEYS)
def test_only_the_same_key_opens(key, other):
    envelope = encrypt(Secret(key), b"text", purpose=Purpose.CONTENT, binding=a_place())
    if key == other:
        assert decrypt(Secret(other), envelope, purpose=Purpose.CONTENT, binding=a_place()) == b"text"
    else:
        with pytest.raises(CannotOpenError):
            decrypt(Secret(other), envelope, purpose=Purpose.CONTENT, binding=a_place())


@given(TEXTS)
def test_a_key_is_wrapped_and_unwrapped(inner):
    wrapped = wrap(a_key(), Secret(inner), purpose=Purpose.DATA_KEY, binding=a_place())
    assert unwrap(a_key(), wrapped, purpose=Purpose.DATA_KEY, binding=a_place()).reveal() == inner


def test_keys_for_different_uses_differ():
    assert derive(a_key(), info=b"one").reveal() != derive(a_key(), info=b"two").reveal()
    assert derive(a_key(), info=b"one", salt=b"a").reveal() != derive(a_key(), info=b"one", salt=b"b").reveal()


@pytest.mark.parametrize("length", [0, 1, 16, 31])
def test_a_key_too_short_is_refused(length):
    with pytest.raises(ValueError, match="at least 32 bytes"):
        encrypt(Secret(bytes(length)), b"text", purpose=Purpose.CONTENT, binding=a_place())


def test_new_keys_are_32_bytes_and_differ():
    made = {new_key().reveal() for _ in range(20)}
    assert len(made) == 20
    assert {len(key) for key in made} == {32}
