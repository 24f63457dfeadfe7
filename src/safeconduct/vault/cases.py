"""The two keys of a case, to whom they are sealed, and how they are renewed when somebody is withdrawn.

The thread is read by the contact and the assigned members, the internal notes by the members alone: two keys, so that a
seized codename never opens the notes. Each key has an epoch; a withdrawal begins the next.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from safeconduct.values.secret import Secret
from safeconduct.vault.binding import KeyPlace, Purpose
from safeconduct.vault.envelope import new_key
from safeconduct.vault.errors import ForbiddenError
from safeconduct.vault.sealing import PrivateKey, PublicKey, seal, unseal

FIRST_EPOCH = 1


class Domain(Enum):
    """One of the two parts of a case."""

    THREAD = "thread"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CaseKey:
    """The key of one domain of a case in one epoch (CK_thread, CK_internal).

    Args:
        case: The case.
        domain: The domain.
        epoch: The epoch, >= 1.
        key: Thirty-two bytes.
    """

    case: UUID
    domain: Domain
    epoch: int
    key: Secret[bytes]

    @classmethod
    def new(cls, case: UUID, domain: Domain) -> "CaseKey":
        """The first key of a domain."""
        return cls(case=case, domain=domain, epoch=FIRST_EPOCH, key=new_key())

    def next(self) -> "CaseKey":
        """The key of the next epoch: fresh, so that nobody who had this one has that one."""
        return CaseKey(case=self.case, domain=self.domain, epoch=self.epoch + 1, key=new_key())

    def place(self, holder: UUID, *, table: str = "") -> KeyPlace:
        """What a seal or a wrap of this key, or under this key, is bound to."""
        return KeyPlace(case=self.case, domain=self.domain.value, epoch=self.epoch, table=table, holder=holder)


def grant(case_key: CaseKey, *, holder: UUID, public: PublicKey) -> bytes:
    """A case key sealed to a member, or to the offline key of a channel.

    Args:
        case_key: The key; whoever grants holds it.
        holder: The member or the offline key.
        public: Their public key.
    """
    return seal(public, case_key.key, purpose=Purpose.GRANT, binding=case_key.place(holder))


def open_grant(  # noqa: PLR0913 -- what a grant is bound to, each by its name
    sealed: bytes, *, case: UUID, domain: Domain, epoch: int, holder: UUID, private: PrivateKey
) -> CaseKey:
    """The case key that was sealed to this holder.

    Raises:
        CannotOpenError: If it is of another case, domain, epoch or holder, or was changed.
    """
    place = KeyPlace(case=case, domain=domain.value, epoch=epoch, table="", holder=holder)
    key = unseal(private, sealed, purpose=Purpose.GRANT, binding=place)
    return CaseKey(case=case, domain=domain, epoch=epoch, key=key)


def grant_to_contact(case_key: CaseKey, *, contact: UUID, public: PublicKey) -> bytes:
    """The thread's key sealed to the contact.

    Raises:
        ForbiddenError: If it is the key of the internal notes.
    """
    if case_key.domain is not Domain.THREAD:
        raise ForbiddenError(
            "the key of the internal notes is never given to a contact",
            remedy="give the contact the thread's key",
        )
    return seal(public, case_key.key, purpose=Purpose.CONTACT_GRANT, binding=case_key.place(contact))


def open_contact_grant(sealed: bytes, *, case: UUID, epoch: int, contact: UUID, private: PrivateKey) -> CaseKey:
    """The thread's key that was sealed to this contact.

    Raises:
        CannotOpenError: If it is of another case, epoch or contact, is no grant to a contact, or was changed.
    """
    place = KeyPlace(case=case, domain=Domain.THREAD.value, epoch=epoch, table="", holder=contact)
    key = unseal(private, sealed, purpose=Purpose.CONTACT_GRANT, binding=place)
    return CaseKey(case=case, domain=Domain.THREAD, epoch=epoch, key=key)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Renewal:
    """A domain's next epoch.

    Args:
        key: The new case key.
        grants: For each who remains, the new key sealed to them.
        contact_grant: The new key sealed to the contact; None for the internal notes, or for a case without contact.
    """

    key: CaseKey
    grants: Mapping[UUID, bytes]
    contact_grant: bytes | None


def renew(
    old: CaseKey, *, remaining: Mapping[UUID, PublicKey], contact: tuple[UUID, PublicKey] | None = None
) -> Renewal:
    """The next epoch of a domain, after somebody was withdrawn. Then wrap each data key anew (`records.rewrap`).

    Args:
        old: The key of the epoch that ends.
        remaining: The members and offline keys who still hold the case, with their public keys.
        contact: The contact with its public key, or None; never for the internal notes.
    Raises:
        ForbiddenError: If nobody remains, or if a contact is named for the internal notes.
    """
    if not remaining:
        raise ForbiddenError("nobody would hold the case any more", remedy="assign somebody else first")
    key = old.next()
    return Renewal(
        key=key,
        grants={holder: grant(key, holder=holder, public=public) for holder, public in remaining.items()},
        contact_grant=None if contact is None else grant_to_contact(key, contact=contact[0], public=contact[1]),
    )
