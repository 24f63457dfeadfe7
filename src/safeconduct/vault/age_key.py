"""Age files sealed to a public key: a backup that the machine which makes it cannot open again.

The format is that of age, so other programs open it too. As `age_file`, this needs the age library alone. Content goes
through piece by piece: neither side holds the whole, and nothing is written in clear on the way.
"""

from collections.abc import Iterator
from typing import Protocol

import pyrage

from safeconduct.values.secret import Secret
from safeconduct.vault.errors import CannotOpenError, KeyFormatError


class Reader(Protocol):
    """Where bytes come from."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""


class Writer(Protocol):
    """Where bytes go."""

    def write(self, content: bytes, /) -> int:
        """Write, and say how many bytes were taken."""

    def flush(self) -> None:
        """Let nothing wait."""


def new_age_key() -> tuple[Secret[str], str]:
    """A fresh key pair: the private half, to be kept off line, and the public one (`age1...`)."""
    identity = pyrage.x25519.Identity.generate()
    return Secret(str(identity)), str(identity.to_public())


def seal_to_age_key(source: Reader, target: Writer, recipient: str) -> None:
    """Everything from the source, sealed into the target.

    Args:
        source: What is to be closed.
        target: Takes the age file.
        recipient: The public key, `age1...`.
    Raises:
        KeyFormatError: If it is none.
    """
    pyrage.encrypt_io(source, target, [_public(recipient)])


def check_age_key(recipient: str) -> None:
    """Refuse what is no public key of age, before anything is begun.

    Raises:
        KeyFormatError: If it is none.
    """
    _public(recipient)


def _public(recipient: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(recipient.strip())
    except pyrage.RecipientError:
        raise KeyFormatError from None


def open_with_age_key(source: Reader, target: Writer, private: Secret[str]) -> None:
    """The content of an age file, written piece by piece.

    Args:
        source: The age file.
        target: Takes the content; what it got before an error is to be thrown away.
        private: The private key, `AGE-SECRET-KEY-1...`, with or without the comments of a key file around it.
    Raises:
        CannotOpenError: If the key is another, or the file was changed or cut.
    """
    try:
        identities = [pyrage.x25519.Identity.from_str(line) for line in _lines(private)]
        pyrage.decrypt_io(source, target, identities)
    except (pyrage.DecryptError, pyrage.IdentityError, OSError, ValueError):
        opened = False
    else:
        opened = bool(identities)
    if not opened:
        raise CannotOpenError


def _lines(private: Secret[str]) -> Iterator[str]:
    for line in private.reveal().splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()
