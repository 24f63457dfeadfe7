"""What an envelope is bound to: opened for another purpose or in another place, it does not open.

The associated data of an envelope are its format version, its purpose and the parts of its place, each with its length
in front, so that no two different places give the same bytes.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol
from uuid import UUID

VERSION = 1  # Of the format of all envelopes. A reader refuses every version but this one.

_LABEL = b"safeconduct vault"


class Purpose(Enum):
    """What an envelope is for; the number is its second byte."""

    CONTENT = 1  # a text of a record, under the record's data key
    FILE = 2  # the chunks of a file, under the record's data key
    FILE_SEAL = 3  # the length of a file, under the record's data key
    DATA_KEY = 4  # a data key, under the case key of its domain and epoch
    GRANT = 5  # a case key, sealed to a member or to an offline key
    CONTACT_GRANT = 6  # the thread's case key, sealed to the contact
    CONTACT_SLOT = 7  # the contact's private key, under the key of the codename
    PASSWORD_SLOT = 8  # a member's private key, under the key of the password
    RECOVERY_SLOT = 9  # a member's private key, under the printed recovery code
    CUSTODIAN_OUTER = 10  # a member's private key for two custodians: the seal the first of them opens
    CUSTODIAN_INNER = 11  # the same: the seal inside, which the second opens
    FIELD = 12  # a field of no case, under the site's key for fields
    SESSION = 13  # what a session keeps open, under the key of the session id
    STRETCHING = 14  # salt and cost of a key derivation (in clear)
    PASSWORD = 15  # what is stored to check a password (salt, cost, hash)
    HANDED_OVER = 16  # a restored private key, sealed to the fresh key of the member who asked for it
    RING = 17  # case keys of one member, under a key made of their private key
    RUN = 18  # the state of one run of the public check, under a key made of the site's and bound to the run
    BLOCK_KEY = 19  # the private key of a channel's blocks, sealed to a member who reads the channel
    BLOCK = 20  # what a person carries to a helper, sealed to the key of a channel's blocks


class Binding(Protocol):
    """A place an envelope can be bound to."""

    def parts(self) -> tuple[bytes, ...]:
        """The parts of the place, always as many and in the same order for one kind of place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPlace:
    """One column of one record of one case.

    Args:
        table: Name of the table.
        column: Name of the column.
        case: The case.
        record: The record: a message, a note, a version of a form, a file.
        epoch: Epoch of the case key when the content was written, >= 1; it stays when the data key is wrapped anew.
    """

    table: str
    column: str
    case: UUID
    record: UUID
    epoch: int

    def parts(self) -> tuple[bytes, ...]:
        """Table, column, case, record and epoch."""
        return (self.table.encode(), self.column.encode(), self.case.bytes, self.record.bytes, number(self.epoch))


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPlace:
    """A key of a case: which domain, which epoch, and what or whom it is for.

    Args:
        case: The case.
        domain: Name of the domain.
        epoch: Epoch of the case key, >= 1.
        table: Table of the record the key is for; "" when it is a case key.
        holder: The record the key is for, or the member, offline key or contact it is sealed to.
    """

    case: UUID
    domain: str
    epoch: int
    table: str
    holder: UUID

    def parts(self) -> tuple[bytes, ...]:
        """Case, domain, epoch, table and holder."""
        return (self.case.bytes, self.domain.encode(), number(self.epoch), self.table.encode(), self.holder.bytes)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerPlace:
    """Something of one member, contact or session, outside every case.

    Args:
        owner: Whose it is.
        others: Who else takes part, in order: the two custodians of a pair.
        slot: Number of the slot, >= 0.
    """

    owner: UUID
    others: tuple[UUID, ...] = ()
    slot: int = 0

    def parts(self) -> tuple[bytes, ...]:
        """Owner, the others as one part, and the slot."""
        return (self.owner.bytes, b"".join(other.bytes for other in self.others), number(self.slot))


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPlace:
    """One column of one row that belongs to no case: a member's name, address for notices, second-factor secret.

    Args:
        table: Name of the table.
        column: Name of the column.
        row: The row.
    """

    table: str
    column: str
    row: UUID

    def parts(self) -> tuple[bytes, ...]:
        """Table, column and row."""
        return (self.table.encode(), self.column.encode(), self.row.bytes)


def number(value: int) -> bytes:
    """A whole number, 0 <= value < 2**64, as eight bytes."""
    return value.to_bytes(8, "big")


def joined(*parts: bytes) -> bytes:
    """The parts one after another, each with its length in front (four bytes): different parts give different bytes."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def header(purpose: Purpose) -> bytes:
    """The two bytes in clear with which everything stored begins: version and purpose."""
    return bytes((VERSION, purpose.value))


def associated(purpose: Purpose, binding: Binding) -> bytes:
    """The associated data of an envelope: label, version, purpose and the parts of its place."""
    return joined(_LABEL, header(purpose), *binding.parts())
