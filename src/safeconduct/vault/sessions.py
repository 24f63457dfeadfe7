"""What a session keeps open. The server stores a hash of the session id and a wrap only the id can open."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from safeconduct.values.secret import Secret
from safeconduct.vault.binding import OwnerPlace, Purpose
from safeconduct.vault.envelope import derive, new_key, unwrap, wrap


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SessionKeys:
    """What comes of a session id.

    Args:
        lookup: The row's key in the table of sessions (32 bytes); it does not lead back to the id.
        key: Opens what the session keeps.
    """

    lookup: bytes
    key: Secret[bytes]


def new_session_id() -> Secret[bytes]:
    """A fresh id: 256 random bits."""
    return new_key()


def session_keys(session_id: Secret[bytes]) -> SessionKeys:
    """The keys of a session id of at least 32 bytes."""
    return SessionKeys(
        lookup=hashlib.sha256(b"safeconduct session" + session_id.reveal()).digest(),
        key=derive(session_id, info=b"safeconduct session key"),
    )


def keep_in_session(secret: Secret[bytes], *, keys: SessionKeys, owner: UUID) -> bytes:
    """A secret for the length of a session: a member's private seed, or the thread's key of a contact.

    Args:
        secret: What is kept.
        keys: The keys of the session.
        owner: The member or contact whose session it is.
    """
    return wrap(keys.key, secret, purpose=Purpose.SESSION, binding=OwnerPlace(owner=owner))


def take_from_session(kept: bytes, *, keys: SessionKeys, owner: UUID) -> Secret[bytes]:
    """What `keep_in_session` closed.

    Raises:
        CannotOpenError: If it is another session, another owner, or was changed.
    """
    return unwrap(keys.key, kept, purpose=Purpose.SESSION, binding=OwnerPlace(owner=owner))
