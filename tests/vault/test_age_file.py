"""Age files under a passphrase: what others can open, and one error for everything that does not open."""

import pyrage
import pytest

from safeconduct.values.secret import Secret
from safeconduct.vault.age_file import open_age_file, seal_age_file
from safeconduct.vault.errors import CannotOpenError

CONTENT = b"person: {sex: male}\n"
PASSPHRASE = Secret("harbour at night")


@pytest.fixture(scope="module")
def sealed():
    return seal_age_file(CONTENT, PASSPHRASE)


def test_what_was_sealed_opens_with_its_passphrase(sealed):
    assert open_age_file(sealed, PASSPHRASE) == CONTENT


def test_the_file_is_one_that_the_age_library_opens_by_itself(sealed):
    assert sealed.startswith(b"age-encryption.org/v1\n")
    assert pyrage.passphrase.decrypt(sealed, "harbour at night") == CONTENT


def test_a_file_in_letters_opens_too():
    letters = pyrage.passphrase.encrypt(CONTENT, "harbour at night", armored=True)
    assert letters.startswith(b"-----BEGIN AGE ENCRYPTED FILE-----")
    assert open_age_file(letters, PASSPHRASE) == CONTENT


def broken(sealed, how):
    identity = pyrage.x25519.Identity.generate()
    return {
        "other passphrase": sealed,
        "a changed content": sealed[:-1] + bytes([sealed[-1] ^ 1]),
        "cut short": sealed[:-1],
        "more behind it": sealed + b"x",
        "sealed to a key": pyrage.encrypt(CONTENT, [identity.to_public()]),
        "only the first line": b"age-encryption.org/v1\n",
        "no age file": CONTENT,
        "nothing": b"",
    }[how]


@pytest.mark.parametrize(
    "how",
    [
        "other passphrase",
        "a changed content",
        "cut short",
        "more behind it",
        "sealed to a key",
        "only the first line",
        "no age file",
        "nothing",
    ],
)
def test_whatever_does_not_open_gives_the_same_error_without_a_word_of_the_library(sealed, how):
    passphrase = Secret("another") if how == "other passphrase" else PASSPHRASE
    with pytest.raises(CannotOpenError) as refused:
        open_age_file(broken(sealed, how), passphrase)
    assert str(refused.value) == str(CannotOpenError())
    assert refused.value.__context__ is None
