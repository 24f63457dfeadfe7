"""A small case as it lies in the store: what an attacker with a copy has, and the keys that its people have."""

from dataclasses import dataclass

from safeconduct.values.secret import Secret
from safeconduct.vault.cases import CaseKey, Domain, grant, grant_to_contact
from safeconduct.vault.contacts import contact_keys, new_slots
from safeconduct.vault.custodians import close_for_custodians
from safeconduct.vault.members import RecoveryCode, close_password_slot, close_recovery_slot
from safeconduct.vault.passwords import set_password
from safeconduct.vault.records import RecordId, encrypt_text, new_data_key
from safeconduct.vault.sessions import keep_in_session, new_session_id, session_keys
from safeconduct.vault.site import SiteKeys, encrypt_field
from tests.vault.builders import (
    ANNA,
    BORIS,
    CASE,
    CONTACT,
    TEST_COST,
    TEST_STRETCHING,
    a_codename,
    a_key,
    a_place,
    a_private_key,
    an_id,
    three_custodians,
)

SITE = SiteKeys.of(a_key(99))
MESSAGE = RecordId(table="message", record=an_id(0x111))
NOTE = RecordId(table="note", record=an_id(0x222))
SAID, NOTED = "я в безопасности".encode(), b"call her on Tuesday"
PASSWORD = "kestrel over the water"
NAME = b"Anna of the intake"


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """A domain as it is stored: grants by holder, and one record."""

    grants: dict
    contact_grant: bytes | None
    wrapped: bytes
    content: bytes


def place_of(record, epoch=1):
    return a_place(table=record.table, record=record.record, epoch=epoch)


def stored_domain(case_key, *, record, text, holders):
    data_key, wrapped = new_data_key(case_key, record)
    thread = case_key.domain is Domain.THREAD
    return Sealed(
        grants={holder: grant(case_key, holder=holder, public=a_private_key(holder.int).public) for holder in holders},
        contact_grant=grant_to_contact(case_key, contact=CONTACT, public=a_private_key(0xC0).public)
        if thread
        else None,
        wrapped=wrapped,
        content=encrypt_text(data_key, text, place_of(record)),
    )


def a_stored_case(holders=(ANNA, BORIS)):
    """Both domains of one case, by name."""
    return {
        Domain.THREAD: stored_domain(CaseKey.new(CASE, Domain.THREAD), record=MESSAGE, text=SAID, holders=holders),
        Domain.INTERNAL: stored_domain(CaseKey.new(CASE, Domain.INTERNAL), record=NOTE, text=NOTED, holders=holders),
    }


def codename_keys():
    return contact_keys(a_codename(), site=SITE, using=TEST_STRETCHING, floor=TEST_COST)


def everything_stored():
    """Every blob of a site with one member, one contact and one case: (name, bytes)."""
    case = a_stored_case()
    record, key = set_password(Secret(PASSWORD), cost=TEST_COST, floor=TEST_COST)
    session = session_keys(new_session_id())
    slots = new_slots(a_private_key(0xC0), keys=codename_keys(), contact=CONTACT)
    pairs = close_for_custodians(a_private_key(1), member=ANNA, custodians=three_custodians())
    blobs = {
        "password record": record.to_bytes(),
        "password slot": close_password_slot(a_private_key(1), key=key, member=ANNA),
        "recovery slot": close_recovery_slot(a_private_key(1), code=RecoveryCode.new(), member=ANNA),
        "session lookup": session.lookup,
        "session": keep_in_session(a_private_key(1).seed, keys=session, owner=ANNA),
        "name": encrypt_field(SITE, NAME, table="member", column="name", row=ANNA),
        "salt of the site": TEST_STRETCHING.to_bytes(),
        "public key": a_private_key(1).public.raw,
        **{f"custodians {number}": pair.sealed for number, pair in enumerate(pairs)},
    }
    for number, slot in enumerate(slots):
        blobs |= {f"contact lookup {number}": slot.lookup, f"contact slot {number}": slot.wrapped}
    for domain, sealed in case.items():
        blobs |= {f"{domain.value} wrap": sealed.wrapped, f"{domain.value} content": sealed.content}
        blobs |= {f"{domain.value} grant {holder.int}": blob for holder, blob in sealed.grants.items()}
    blobs["contact grant"] = case[Domain.THREAD].contact_grant
    return blobs
