"""The state of one run of the public check, as the person's browser keeps it: sealed, and always of one length.

The server keeps nothing of it. It opens for this site and this run alone, and its length says nothing of what is in it.
"""

import secrets
from uuid import UUID

from safeconduct.values.secret import Secret
from safeconduct.vault.binding import OwnerPlace, Purpose
from safeconduct.vault.envelope import OVERHEAD_BYTES, decrypt, derive, encrypt
from safeconduct.vault.errors import CannotOpenError, TooLargeError
from safeconduct.vault.site import SiteKeys

_LENGTH_BYTES = 2
_PADDED_BYTES = 2051  # with what an envelope adds a multiple of three: no bit of its base64 is idle
LONGEST_STATE = _PADDED_BYTES - _LENGTH_BYTES
"""Bytes that fit into the state of a run."""
SEALED_BYTES = _PADDED_BYTES + OVERHEAD_BYTES
"""Bytes of every sealed state. In base64 and with its name and its attributes it stays below 3 KiB."""


def new_run_id() -> UUID:
    """A fresh id: 128 random bits."""
    return UUID(bytes=secrets.token_bytes(16))


def seal_run(site: SiteKeys, state: bytes, *, run: UUID) -> bytes:
    """The state, sealed for one run.

    Args:
        site: The keys of the site.
        state: At most LONGEST_STATE bytes.
        run: The run.
    Returns:
        Exactly SEALED_BYTES bytes.
    Raises:
        TooLargeError: If the state is longer.
    """
    if len(state) > LONGEST_STATE:
        raise TooLargeError(LONGEST_STATE)
    padded = (len(state).to_bytes(_LENGTH_BYTES, "big") + state).ljust(_PADDED_BYTES, b"\0")
    return encrypt(_key(site, run), padded, purpose=Purpose.RUN, binding=OwnerPlace(owner=run))


def open_run(site: SiteKeys, sealed: bytes, *, run: UUID) -> bytes:
    """What `seal_run` sealed.

    Raises:
        CannotOpenError: If anything at all does not fit: the site, the run, a bit, the length.
    """
    padded = decrypt(_key(site, run), sealed, purpose=Purpose.RUN, binding=OwnerPlace(owner=run))
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    if len(padded) != _PADDED_BYTES or length > LONGEST_STATE:
        raise CannotOpenError
    return padded[_LENGTH_BYTES : _LENGTH_BYTES + length]


def _key(site: SiteKeys, run: UUID) -> Secret[bytes]:
    return derive(site.field, info=b"safeconduct run key", salt=run.bytes)
