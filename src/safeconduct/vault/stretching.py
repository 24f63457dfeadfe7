"""Making guesses dear: Argon2id over a password or a code, once, and then HKDF for the keys that come of it.

Salt and cost are stored together. A stored cost is used only between the floor of the site and a ceiling: below it,
somebody made guessing cheap; above it, somebody wants to exhaust the machine.

Source: RFC 9106. Numbers: desk measurements of 2026; docs/decisions/0032.
"""

import secrets
import struct
from dataclasses import dataclass
from threading import BoundedSemaphore

# Called through the module, so that a test may count the runs of the library itself.
from cryptography.hazmat.primitives.kdf import argon2

from safeconduct.values.secret import Secret
from safeconduct.vault.binding import Purpose, header
from safeconduct.vault.envelope import KEY_BYTES, derive
from safeconduct.vault.errors import CannotOpenError, CostError, WaitedTooLongError

SALT_BYTES = 16
_STRETCHED_BYTES = 64
_FORM = struct.Struct(">III")
STORED_BYTES = 2 + _FORM.size + SALT_BYTES

_LEAST_MEMORY_KIB = 8  # For each lane; Argon2 itself can do with no less.
_CEILING = (1024 * 1024, 16, 4)  # Memory in KiB, passes, lanes: a stored cost above it is an attack on the machine.

# One process works on at most so many at once: its peak is this number times the memory of one run (128 MiB).
AT_ONCE = 2
PATIENCE_S = 10
"""For so many seconds a run waits for the others. Who waits holds a thread that others need."""
_free = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one guess costs.

    Args:
        memory_kib: Memory, in KiB.
        passes: Passes over the memory.
        lanes: Lanes.
    Raises:
        CostError: If it is no setting at all, or above the ceiling (1 GiB, 16 passes, 4 lanes).
    """

    memory_kib: int
    passes: int
    lanes: int = 1

    def __post_init__(self) -> None:
        enough = self.lanes >= 1 and self.passes >= 1 and self.memory_kib >= _LEAST_MEMORY_KIB * self.lanes
        most_memory_kib, most_passes, most_lanes = _CEILING
        bearable = self.memory_kib <= most_memory_kib and self.passes <= most_passes and self.lanes <= most_lanes
        if not (enough and bearable):
            raise CostError

    def reaches(self, floor: "Cost") -> bool:
        """Whether no part of this cost lies below the floor."""
        return (
            self.memory_kib >= floor.memory_kib
            and self.passes >= floor.passes
            # More lanes make a guess cheaper for whoever has many cores, so the floor's number is the most.
            and self.lanes <= floor.lanes
        )


# What new secrets get, and the least that a site may set as its floor.
MEMBER_COST = Cost(memory_kib=64 * 1024, passes=3)  # passwords that people choose
CONTACT_COST = Cost(memory_kib=19 * 1024, passes=2)  # codenames: 79.7 random bits do not need more


def site_floor(floor: Cost, *, least: Cost) -> Cost:
    """The floor a site has set.

    Args:
        floor: What the site's settings say.
        least: MEMBER_COST or CONTACT_COST.
    Raises:
        CostError: If the site would allow less than this version does.
    """
    if not floor.reaches(least):
        raise CostError
    return floor


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretching:
    """Salt and cost of one derivation, as they are stored.

    Args:
        salt: Sixteen random bytes.
        cost: The cost.
    """

    salt: bytes
    cost: Cost

    @classmethod
    def new(cls, cost: Cost) -> "Stretching":
        """A fresh salt with this cost."""
        return cls(salt=secrets.token_bytes(SALT_BYTES), cost=cost)

    def to_bytes(self) -> bytes:
        """Version, purpose, cost and salt: 30 bytes."""
        cost = _FORM.pack(self.cost.memory_kib, self.cost.passes, self.cost.lanes)
        return header(Purpose.STRETCHING) + cost + self.salt

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Stretching":
        """What `to_bytes` wrote.

        Raises:
            CannotOpenError: If the version or the length is another.
            CostError: If the cost is above the ceiling. The floor is checked where the cost is used.
        """
        if len(stored) != STORED_BYTES or stored[:2] != header(Purpose.STRETCHING):
            raise CannotOpenError
        memory_kib, passes, lanes = _FORM.unpack_from(stored, 2)
        return cls(salt=stored[-SALT_BYTES:], cost=Cost(memory_kib=memory_kib, passes=passes, lanes=lanes))


def stretch(secret: Secret[bytes], *, using: Stretching, floor: Cost) -> Secret[bytes]:
    """Sixty-four bytes made from a password or code by one run of Argon2id.

    It waits while `AT_ONCE` runs are under way in this process. Call it before a transaction begins, never inside.

    Args:
        secret: The password or code.
        using: Salt and cost.
        floor: The least cost that is accepted here.
    Raises:
        CostError: If the cost lies below the floor.
        WaitedTooLongError: If others were at work for `PATIENCE_S` seconds; nothing was begun.
    """
    if not using.cost.reaches(floor):
        raise CostError
    derivation = argon2.Argon2id(
        salt=using.salt,
        length=_STRETCHED_BYTES,
        iterations=using.cost.passes,
        lanes=using.cost.lanes,
        memory_cost=using.cost.memory_kib,
    )
    if not _free.acquire(timeout=PATIENCE_S):
        raise WaitedTooLongError
    try:
        return Secret(derivation.derive(secret.reveal()))
    finally:
        _free.release()


def part(stretched: Secret[bytes], use: str) -> Secret[bytes]:
    """One of the keys that come of a stretched secret.

    Args:
        stretched: What `stretch` gave.
        use: Name of the use; different names give keys that tell nothing of one another.
    """
    return derive(stretched, info=b"safeconduct stretched " + use.encode(), length=KEY_BYTES)
