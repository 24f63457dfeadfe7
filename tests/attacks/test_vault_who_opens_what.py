"""Somebody has one key and a copy of the whole store. What opens?"""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.values.secret import Secret
from safeconduct.vault.binding import Purpose
from safeconduct.vault.cases import CaseKey, Domain, grant, grant_to_contact, open_contact_grant, open_grant, renew
from safeconduct.vault.codename import Codename
from safeconduct.vault.contacts import contact_keys, new_slots, open_slot
from safeconduct.vault.custodians import close_for_custodians, open_first, open_second
from safeconduct.vault.envelope import decrypt
from safeconduct.vault.errors import CannotOpenError
from safeconduct.vault.records import decrypt_text, encrypt_text, new_data_key, open_data_key, rewrap
from safeconduct.vault.sealing import PrivateKey, unseal
from safeconduct.vault.sessions import keep_in_session, new_session_id, session_keys, take_from_session
from safeconduct.vault.wording import Language
from tests.vault.builders import (
    ANNA,
    BORIS,
    CASE,
    CHLOE,
    CONTACT,
    DMITRI,
    TEST_COST,
    TEST_STRETCHING,
    a_place,
    a_private_key,
    an_id,
    three_custodians,
)
from tests.vault.store import (
    MESSAGE,
    NOTE,
    NOTED,
    SAID,
    SITE,
    a_stored_case,
    codename_keys,
    everything_stored,
    place_of,
)

pytestmark = pytest.mark.security
RECORDS = {Domain.THREAD: MESSAGE, Domain.INTERNAL: NOTE}


def read(case_key, sealed, record, *, written=1):
    return decrypt_text(open_data_key(case_key, sealed.wrapped, record), sealed.content, place_of(record, written))


def member_key(case, domain, member):
    right = {"case": CASE, "domain": domain, "epoch": 1, "holder": member, "private": a_private_key(member.int)}
    return open_grant(case[domain].grants[member], **right)


def places():
    """Every place that stands anywhere in the store, in two epochs."""
    owners = [ANNA, BORIS, CONTACT, MESSAGE.record, NOTE.record]
    keys = [
        CaseKey(case=CASE, domain=domain, epoch=epoch, key=Secret(bytes(32))).place(owner, table=table)
        for domain, epoch, owner, table in product(Domain, (1, 2), owners, ["", "message", "note"])
    ]
    return [*keys, place_of(MESSAGE), place_of(NOTE), a_place()]


def opens(attempt, key, blob, purpose, place):
    try:
        attempt(key, blob, purpose=purpose, binding=place)
    except CannotOpenError:
        return False
    return True


def opened_with(secrets, privates, blobs, *, where=None):
    """Names of the blobs that any of the keys opens, for any purpose and in any place."""
    keys = [(decrypt, key) for key in secrets] + [(unseal, key) for key in privates]
    return {
        name
        for (name, blob), purpose, place, (attempt, key) in product(blobs.items(), Purpose, where or places(), keys)
        # An envelope of another purpose is refused by its second byte; what is tried is what gets further.
        if blob[1:2] == bytes((purpose.value,)) and opens(attempt, key, blob, purpose, place)
    }


def test_members_read_both_domains_and_the_contact_reads_the_thread():
    case = a_stored_case()
    for member in (ANNA, BORIS):
        assert read(member_key(case, Domain.THREAD, member), case[Domain.THREAD], MESSAGE) == SAID
        assert read(member_key(case, Domain.INTERNAL, member), case[Domain.INTERNAL], NOTE) == NOTED
    thread = open_contact_grant(
        case[Domain.THREAD].contact_grant, case=CASE, epoch=1, contact=CONTACT, private=a_private_key(0xC0)
    )
    assert read(thread, case[Domain.THREAD], MESSAGE) == SAID


@settings(max_examples=5)
@given(st.integers(0, 10**24 - 1), st.sampled_from(Language))
def test_a_codename_never_opens_the_internal_notes(number, language):
    case = a_stored_case()
    codename = Codename.read(Codename(Secret(number)).words(language))
    keys = contact_keys(codename, site=SITE, using=TEST_STRETCHING, floor=TEST_COST)
    slot, _ = new_slots(a_private_key(0xC0), keys=keys, contact=CONTACT)
    private = open_slot(slot.wrapped, keys=keys, contact=CONTACT, slot=0)
    thread = open_contact_grant(case[Domain.THREAD].contact_grant, case=CASE, epoch=1, contact=CONTACT, private=private)
    data_key = open_data_key(thread, case[Domain.THREAD].wrapped, MESSAGE)
    # Everything the codename leads to, tried on everything of the notes, for every purpose and in every place.
    secrets = [keys.key, Secret(keys.lookup), private.seed, thread.key, data_key]
    notes = case[Domain.INTERNAL]
    blobs = {"wrap": notes.wrapped, "content": notes.content, **{str(who): blob for who, blob in notes.grants.items()}}
    assert opened_with(secrets, [private], blobs) == set()
    # The same search does find what the codename may open.
    assert opened_with(secrets, [private], {"wrap": case[Domain.THREAD].wrapped}) == {"wrap"}


def test_an_administrator_with_the_site_keys_and_the_whole_store_opens_no_case():
    blobs = everything_stored()
    site = [SITE.pepper, SITE.field, SITE.rate, SITE.log]
    own = PrivateKey.new()
    assert opened_with(site, [own], {name: blob for name, blob in blobs.items() if name != "name"}) == set()


def test_a_stolen_store_opens_nothing_with_what_lies_in_it():
    blobs = everything_stored()
    # Every run of 32 bytes at the beginning, the end and after the header of every blob, tried as a key.
    cuts = {piece for blob in blobs.values() for piece in (blob[:32], blob[-32:], blob[2:34], blob[34:66])}
    keys = [Secret(cut) for cut in cuts if len(cut) == 32]
    small = {name: blob for name, blob in blobs.items() if "wrap" in name or "slot" in name}
    assert len(keys) > 50
    assert opened_with(keys, [], small) == set()


def test_a_withdrawn_member_with_an_old_copy_opens_nothing_of_the_new_epoch():
    case = a_stored_case()
    for domain, record in RECORDS.items():
        old = member_key(case, domain, ANNA)
        contact = (CONTACT, a_private_key(0xC0).public) if domain is Domain.THREAD else None
        renewal = renew(old, remaining={BORIS: a_private_key(2).public}, contact=contact)
        wrapped = rewrap(case[domain].wrapped, record, old=old, new=renewal.key)
        # Anna was withdrawn. She has her private key, the old case key, the old data key and the new store.
        assert ANNA not in renewal.grants
        data_key = open_data_key(old, case[domain].wrapped, record)
        new = {"wrap": wrapped, "grant": renewal.grants[BORIS]}
        if renewal.contact_grant is not None:
            new["contact grant"] = renewal.contact_grant
        assert opened_with([old.key, data_key, a_private_key(1).seed], [a_private_key(1)], new) == set()
        # A record written in the new epoch has a new data key: the old one does not open it.
        with pytest.raises(CannotOpenError):
            open_data_key(old, wrapped, record)


def test_who_remains_reads_old_and_new_after_a_withdrawal():
    case = a_stored_case()
    for domain, record in RECORDS.items():
        old = member_key(case, domain, ANNA)
        renewal = renew(old, remaining={BORIS: a_private_key(2).public})
        wrapped = rewrap(case[domain].wrapped, record, old=old, new=renewal.key)
        right = {"case": CASE, "domain": domain, "epoch": 2, "holder": BORIS, "private": a_private_key(2)}
        new = open_grant(renewal.grants[BORIS], **right)
        text = decrypt_text(open_data_key(new, wrapped, record), case[domain].content, place_of(record, 1))
        assert text == {Domain.THREAD: SAID, Domain.INTERNAL: NOTED}[domain]


def test_the_contact_reads_on_after_a_withdrawal_in_which_it_took_no_part():
    case = a_stored_case()
    old = member_key(case, Domain.THREAD, BORIS)
    contact = (CONTACT, a_private_key(0xC0).public)
    renewal = renew(old, remaining={BORIS: a_private_key(2).public}, contact=contact)
    wrapped = rewrap(case[Domain.THREAD].wrapped, MESSAGE, old=old, new=renewal.key)
    thread = open_contact_grant(renewal.contact_grant, case=CASE, epoch=2, contact=CONTACT, private=a_private_key(0xC0))
    text = decrypt_text(open_data_key(thread, wrapped, MESSAGE), case[Domain.THREAD].content, place_of(MESSAGE, 1))
    assert text == SAID


@pytest.mark.parametrize("member", [an_id(5), CHLOE])
def test_a_member_to_whom_nothing_was_granted_opens_nothing(member):
    case = a_stored_case()
    blobs = {
        f"{domain} {what}": blob
        for domain, sealed in case.items()
        for what, blob in [("wrap", sealed.wrapped), ("content", sealed.content), *sealed.grants.items()]
    }
    private = a_private_key(member.int)
    assert opened_with([private.seed], [private], blobs) == set()


@pytest.mark.parametrize("alone", [BORIS, CHLOE, DMITRI])
def test_no_custodian_alone_restores_a_members_key(alone):
    seals = close_for_custodians(a_private_key(1), member=ANNA, custodians=three_custodians())
    private = a_private_key(alone.int)
    restored = []
    for pair in seals:
        halves = [pair.sealed]
        try:
            halves.append(open_first(pair, private=private))
        except CannotOpenError:
            assert alone != pair.first
        for half, other in product(halves, seals):
            try:
                restored.append(open_second(half, other, private=private))
            except CannotOpenError:
                continue
    assert restored == []


def test_a_custodian_who_is_no_holder_opens_no_case():
    case = a_stored_case(holders=(ANNA,))
    blobs = {str(domain): sealed.grants[ANNA] for domain, sealed in case.items()}
    assert opened_with([], [a_private_key(3)], blobs) == set()


def test_a_codename_opens_no_other_case():
    other = CaseKey.new(an_id(0xBEEF), Domain.THREAD)
    _, wrapped = new_data_key(other, MESSAGE)
    blobs = {
        "wrap": wrapped,
        "contact grant": grant_to_contact(other, contact=an_id(0xBB), public=a_private_key(0xBB).public),
        "grant": grant(other, holder=ANNA, public=a_private_key(1).public),
    }
    keys = codename_keys()
    secrets = [keys.key, a_private_key(0xC0).seed]
    where = [*places(), other.place(an_id(0xBB)), other.place(ANNA), other.place(MESSAGE.record, table="message")]
    assert opened_with(secrets, [a_private_key(0xC0)], blobs, where=where) == set()
    # The same search finds what each of them is for.
    assert opened_with([other.key], [a_private_key(1), a_private_key(0xBB)], blobs, where=where) == set(blobs)


def test_a_contact_of_one_case_cannot_be_given_the_grant_of_another():
    other = CaseKey.new(an_id(0xBEEF), Domain.THREAD)
    moved = grant_to_contact(other, contact=CONTACT, public=a_private_key(0xC0).public)
    with pytest.raises(CannotOpenError):
        open_contact_grant(moved, case=CASE, epoch=1, contact=CONTACT, private=a_private_key(0xC0))


def test_an_offline_key_opens_what_was_sealed_to_it_and_not_the_notes():
    offline = an_id(0x0FF)
    case = a_stored_case(holders=(ANNA,))
    thread = member_key(case, Domain.THREAD, ANNA)
    blobs = {
        "thread": grant(thread, holder=offline, public=a_private_key(0x0F).public),
        "notes": case[Domain.INTERNAL].grants[ANNA],
    }
    where = [*places(), thread.place(offline)]
    assert opened_with([], [a_private_key(0x0F)], blobs, where=where) == {"thread"}


def test_a_stolen_table_of_sessions_opens_no_session():
    rows = []
    for member in (ANNA, BORIS):
        keys = session_keys(new_session_id())
        rows.append((keys.lookup, keep_in_session(a_private_key(member.int).seed, keys=keys, owner=member), member))
    stolen = [session_keys(Secret(lookup)) for lookup, *_ in rows]
    for (_, kept, member), keys in product(rows, stolen):
        with pytest.raises(CannotOpenError):
            take_from_session(kept, keys=keys, owner=member)
    assert len({lookup for lookup, *_ in rows}) == 2


def test_a_data_key_kept_from_an_old_epoch_opens_no_later_record():
    old = CaseKey.new(CASE, Domain.THREAD)
    kept, _ = new_data_key(old, MESSAGE)
    written = encrypt_text(kept, SAID, place_of(MESSAGE, 1))
    new = old.next()
    later_key, _ = new_data_key(new, MESSAGE)
    later = encrypt_text(later_key, SAID, place_of(MESSAGE, 2))
    # What could be read stays read: this is said in docs/explanation/keys.md and not hidden.
    assert decrypt_text(kept, written, place_of(MESSAGE, 1)) == SAID
    for epoch in (1, 2):
        with pytest.raises(CannotOpenError):
            decrypt_text(kept, later, place_of(MESSAGE, epoch))
