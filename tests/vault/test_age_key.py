"""Age files sealed to a key: what others can open, piece by piece, and one error for everything that does not open."""

import io

import pyrage
import pytest

from safeconduct.values.secret import Secret
from safeconduct.vault.age_key import check_age_key, new_age_key, open_with_age_key, seal_to_age_key
from safeconduct.vault.errors import CannotOpenError, KeyFormatError

CONTENT = bytes(range(256)) * 1000


class Counting(io.BytesIO):
    """A source that knows the most it was asked for."""

    most = 0

    def read(self, size=-1):
        self.most = max(self.most, size)
        return super().read(size)


@pytest.fixture(scope="module")
def pair():
    return new_age_key()


def sealed(public, content=CONTENT):
    target = io.BytesIO()
    seal_to_age_key(io.BytesIO(content), target, public)
    return target.getvalue()


def opened(file, private):
    target = io.BytesIO()
    open_with_age_key(io.BytesIO(file), target, private)
    return target.getvalue()


def test_what_was_sealed_opens_with_the_private_half(pair):
    private, public = pair
    assert opened(sealed(public), private) == CONTENT


def test_the_file_is_one_that_the_age_library_opens_by_itself(pair):
    private, public = pair
    assert pyrage.decrypt(sealed(public), [pyrage.x25519.Identity.from_str(private.reveal())]) == CONTENT


def test_a_key_file_with_its_comments_opens_too(pair):
    private, public = pair
    file = Secret(f"# created: long ago\n# public key: {public}\n\n{private.reveal()}\n")
    assert opened(sealed(public), file) == CONTENT


def test_neither_side_holds_the_whole(pair):
    source = Counting(CONTENT * 4)
    seal_to_age_key(source, io.BytesIO(), pair[1])
    assert 0 < source.most < 100_000


def broken(how, pair):
    file = sealed(pair[1])
    other = new_age_key()[0]
    return {
        "other key":         (file, other),
        "no key":            (file, Secret("")),
        "not a key":         (file, Secret("AGE-SECRET-KEY-1NONE")),
        "a changed content": (file[:-1] + bytes([file[-1] ^ 1]), pair[0]),
        "cut short":         (file[:-1], pair[0]),
        "cut at a chunk":    (file[: 200 + 64 * 1024], pair[0]),
        "no age file":       (b"hello", pair[0]),
        "nothing":           (b"", pair[0]),
    }[how]  # fmt: skip


HOWS = [
    "other key",
    "no key",
    "not a key",
    "a changed content",
    "cut short",
    "cut at a chunk",
    "no age file",
    "nothing",
]


@pytest.mark.parametrize("how", HOWS)
def test_what_does_not_open_says_so_with_one_error(how, pair):
    with pytest.raises(CannotOpenError) as error:
        opened(*broken(how, pair))
    assert error.value.__cause__ is None


@pytest.mark.parametrize("key", ["", "age1bad", "ssh-ed25519 AAAA", "AGE-SECRET-KEY-1NONE"])
def test_what_is_no_public_key_is_refused(key):
    with pytest.raises(KeyFormatError):
        check_age_key(key)
    with pytest.raises(KeyFormatError):
        seal_to_age_key(io.BytesIO(b"x"), io.BytesIO(), key)
