"""A contact's keys: what comes of a codename, and the two slots every contact has.

The codename opens the contact's private key, and to its public half the thread's case key is sealed in every epoch. So
the case key can be renewed while the contact is away, and the codename never meets a key of the internal notes.

Every contact has exactly two slots of the same size. The second is random bytes: nobody can tell from the store whether
it was ever used. Why so: docs/decisions/0034.
"""

import secrets
from dataclasses import dataclass
from uuid import UUID

from safeconduct.values.secret import Secret
from safeconduct.vault.binding import OwnerPlace, Purpose, header
from safeconduct.vault.codename import Codename
from safeconduct.vault.envelope import OVERHEAD_BYTES, unwrap, wrap
from safeconduct.vault.sealing import SEED_BYTES, PrivateKey
from safeconduct.vault.site import SiteKeys, tag
from safeconduct.vault.stretching import CONTACT_COST, Cost, Stretching, part, stretch

LOOKUP_BYTES = 32
SLOT_BYTES = OVERHEAD_BYTES + SEED_BYTES


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ContactKeys:
    """What comes of a codename at one site.

    Args:
        lookup: The id under which the contact's slot is found; it tells nothing without the site's pepper.
        key: The key of the slot (KEK_c).
    """

    lookup: bytes
    key: Secret[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSlot:
    """One of the two slots of a contact.

    Args:
        lookup: 32 bytes by which the slot is found.
        wrapped: The contact's private key under the key of the codename, or random bytes that look the same.
    """

    lookup: bytes
    wrapped: bytes


def contact_keys(codename: Codename, *, site: SiteKeys, using: Stretching, floor: Cost = CONTACT_COST) -> ContactKeys:
    """The keys of a codename: one run of Argon2id.

    Args:
        codename: The codename.
        site: The site's keys.
        using: The site's salt and cost for codenames; all codenames of a site share them.
        floor: The site's floor.
    Raises:
        CostError: If the cost lies below the floor.
    """
    stretched = stretch(codename.canonical(), using=using, floor=floor)
    return ContactKeys(
        lookup=tag(site.pepper, "contact lookup", part(stretched, "contact lookup").reveal()),
        key=part(stretched, "contact slot"),
    )


def new_slots(private: PrivateKey, *, keys: ContactKeys, contact: UUID) -> tuple[ContactSlot, ContactSlot]:
    """The two slots of a new contact: the first holds the private key, the second nothing."""
    return close_slot(private, keys=keys, contact=contact, slot=0), empty_slot()


def close_slot(private: PrivateKey, *, keys: ContactKeys, contact: UUID, slot: int) -> ContactSlot:
    """A slot that the codename opens.

    Args:
        private: The contact's private key.
        keys: The keys of the codename.
        contact: The contact.
        slot: 0 or 1.
    """
    place = OwnerPlace(owner=contact, slot=slot)
    wrapped = wrap(keys.key, private.seed, purpose=Purpose.CONTACT_SLOT, binding=place)
    return ContactSlot(lookup=keys.lookup, wrapped=wrapped)


def empty_slot() -> ContactSlot:
    """A slot that nothing opens and that looks like any other. To erase a contact's access, write this over it."""
    random = secrets.token_bytes(SLOT_BYTES - len(header(Purpose.CONTACT_SLOT)))
    return ContactSlot(lookup=secrets.token_bytes(LOOKUP_BYTES), wrapped=header(Purpose.CONTACT_SLOT) + random)


def open_slot(wrapped: bytes, *, keys: ContactKeys, contact: UUID, slot: int) -> PrivateKey:
    """The contact's private key.

    Args:
        wrapped: The slot that was found by the lookup id.
        keys: The keys of the codename.
        contact: The contact the slot belongs to.
        slot: 0 or 1.
    Raises:
        CannotOpenError: If anything at all does not fit.
    """
    place = OwnerPlace(owner=contact, slot=slot)
    return PrivateKey(unwrap(keys.key, wrapped, purpose=Purpose.CONTACT_SLOT, binding=place))
