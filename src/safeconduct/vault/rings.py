"""Case keys of one member, gathered under a key that only their private key makes, so that a list opens them at once.

It opens nothing that the member's grants do not open, and is as good as they are: whoever takes a grant away deletes
the ring as well.
"""

from collections.abc import Iterable
from uuid import UUID

from safeconduct.values.secret import Secret
from safeconduct.vault.binding import OwnerPlace, Purpose, number
from safeconduct.vault.cases import CaseKey, Domain
from safeconduct.vault.envelope import KEY_BYTES, decrypt, derive, encrypt
from safeconduct.vault.errors import CannotOpenError
from safeconduct.vault.sealing import PrivateKey

_ID_BYTES, _EPOCH_BYTES = 16, 8
_ENTRY_BYTES = _ID_BYTES + _EPOCH_BYTES + KEY_BYTES


def close_ring(keys: Iterable[CaseKey], *, member: UUID, private: PrivateKey) -> bytes:
    """Keys of the internal domain, gathered.

    Args:
        keys: The keys; how many can be seen, as it can from the grants.
        member: Whose ring it is.
        private: Their private key.
    Raises:
        ValueError: If a key is of the thread: those are not in rings.
    """
    entries = [_entry(key) for key in keys]
    plain = b"".join(entry.reveal() for entry in entries)
    return encrypt(_key(private, member), plain, purpose=Purpose.RING, binding=OwnerPlace(owner=member))


def _entry(key: CaseKey) -> Secret[bytes]:
    if key.domain is not Domain.INTERNAL:
        raise ValueError("a ring holds keys of the internal domain alone")
    return Secret(key.case.bytes + number(key.epoch) + key.key.reveal())


def open_ring(ring: bytes, *, member: UUID, private: PrivateKey) -> tuple[CaseKey, ...]:
    """What `close_ring` gathered.

    Raises:
        CannotOpenError: If anything at all does not fit.
    """
    plain = Secret(decrypt(_key(private, member), ring, purpose=Purpose.RING, binding=OwnerPlace(owner=member)))
    length = len(plain.reveal())
    if length % _ENTRY_BYTES:
        raise CannotOpenError
    return tuple(_read(plain, start) for start in range(0, length, _ENTRY_BYTES))


def _read(plain: Secret[bytes], start: int) -> CaseKey:
    entry = Secret(plain.reveal()[start : start + _ENTRY_BYTES])
    case = UUID(bytes=entry.reveal()[:_ID_BYTES])
    epoch = int.from_bytes(entry.reveal()[_ID_BYTES:-KEY_BYTES], "big")
    return CaseKey(case=case, domain=Domain.INTERNAL, epoch=epoch, key=Secret(entry.reveal()[-KEY_BYTES:]))


def _key(private: PrivateKey, member: UUID) -> Secret[bytes]:
    return derive(private.seed, info=b"safeconduct ring key", salt=member.bytes)
