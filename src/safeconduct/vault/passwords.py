"""A member's password: one run of Argon2id gives both the proof of knowing it and the key of the password's slot."""

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass

from safeconduct.values.secret import Secret
from safeconduct.vault.binding import Purpose, header
from safeconduct.vault.errors import CannotOpenError
from safeconduct.vault.stretching import MEMBER_COST, STORED_BYTES, Cost, Stretching, part, stretch

_HASH_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordRecord:
    """What is stored to check a password. It opens nothing.

    Args:
        stretching: Salt and cost.
        verifier_hash: SHA-256 of the verifier.
    """

    stretching: Stretching
    verifier_hash: bytes

    def to_bytes(self) -> bytes:
        """Version, purpose, salt and cost, hash."""
        return header(Purpose.PASSWORD) + self.stretching.to_bytes() + self.verifier_hash

    @classmethod
    def from_bytes(cls, stored: bytes) -> "PasswordRecord":
        """What `to_bytes` wrote.

        Raises:
            CannotOpenError: If the version or the length is another.
            CostError: If the cost is above the ceiling.
        """
        if len(stored) != 2 + STORED_BYTES + _HASH_BYTES or stored[:2] != header(Purpose.PASSWORD):
            raise CannotOpenError
        return cls(stretching=Stretching.from_bytes(stored[2:-_HASH_BYTES]), verifier_hash=stored[-_HASH_BYTES:])


def set_password(
    password: Secret[str], *, cost: Cost = MEMBER_COST, floor: Cost = MEMBER_COST
) -> tuple[PasswordRecord, Secret[bytes]]:
    """A new password.

    Args:
        password: What the member chose; how good it must be is the desk's to say.
        cost: What a guess is to cost.
        floor: The site's floor.
    Returns:
        What is stored, and the key of the password's slot (KEK_pw).
    Raises:
        CostError: If the cost lies below the floor.
    """
    using = Stretching.new(cost)
    verifier, key = _split(password, using=using, floor=floor)
    return PasswordRecord(stretching=using, verifier_hash=_hashed(verifier)), key


def check_password(
    record: PasswordRecord | None, password: Secret[str], *, cost: Cost = MEMBER_COST, floor: Cost = MEMBER_COST
) -> Secret[bytes]:
    """The key of the password's slot, for whoever knows the password.

    Args:
        record: What is stored, or None for a member who does not exist: then the same work is done for nothing.
        password: What was typed.
        cost: What new passwords cost; the work done for a member who does not exist.
        floor: The site's floor.
    Raises:
        CannotOpenError: If there is no such member, or the password is another: nobody can tell which.
        CostError: If the stored cost lies below the floor.
    """
    known = (
        record
        if record is not None
        else PasswordRecord(stretching=Stretching.new(cost), verifier_hash=bytes(_HASH_BYTES))
    )
    verifier, key = _split(password, using=known.stretching, floor=floor)
    if not hmac.compare_digest(_hashed(verifier), known.verifier_hash):
        raise CannotOpenError
    return key


def _split(password: Secret[str], *, using: Stretching, floor: Cost) -> tuple[Secret[bytes], Secret[bytes]]:
    # Keyboards differ in how they write й or ё: one letter, or a letter and a sign. NFKC makes them the same.
    typed = Secret(unicodedata.normalize("NFKC", password.reveal()).encode())
    stretched = stretch(typed, using=using, floor=floor)
    return part(stretched, "member verifier"), part(stretched, "member slot")


def _hashed(verifier: Secret[bytes]) -> bytes:
    return hashlib.sha256(verifier.reveal()).digest()
