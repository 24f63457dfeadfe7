"""Who opens what on the desk, with a copy of the stores and the keys they have: tried on the keys, not on the pages."""

from itertools import product

import pytest

from safeconduct.desk.cases.actions.assign import assign
from safeconduct.desk.cases.actions.end_and_erase import end_and_erase
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.take_in import take_in
from safeconduct.desk.cases.actions.withdraw import renew_due, withdraw
from safeconduct.desk.cases.actions.write_as_member import write_as_member, write_note
from safeconduct.desk.cases.keeping import TABLE
from safeconduct.desk.cases.models import Record
from safeconduct.desk.cases.shredding import shred_case
from safeconduct.desk.keyring.models import (
    Contact,
    CustodianSeal,
    DataKey,
    Grant,
    IntakeReceipt,
    KeptSession,
    MemberKeys,
    Pending,
)
from safeconduct.desk.members.actions.begin_sign_in import begin_sign_in
from safeconduct.desk.members.actions.lock_member import lock_member
from safeconduct.desk.members.roles import Role
from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.refusals import RefusedError
from safeconduct.values.secret import Secret
from safeconduct.vault.binding import KeyPlace, OwnerPlace, Purpose
from safeconduct.vault.cases import CaseKey, Domain, open_contact_grant, open_grant
from safeconduct.vault.contacts import contact_keys, open_slot
from safeconduct.vault.envelope import unwrap
from safeconduct.vault.errors import CannotOpenError
from safeconduct.vault.records import RecordId, open_data_key
from tests.desk.builders import LATER, NOW, AFile, a_case, a_channel, a_contact, a_form, a_member, an_intake
from tests.desk.members.joining import PASSWORD, a_joined, an_administrator

pytestmark = [pytest.mark.security, pytest.mark.usefixtures("either_desk")]


def opens_grant(private, row, *, holder, epoch=None):
    """Whether a private key opens a grant, as this holder and in this epoch."""
    try:
        open_grant(
            row.sealed,
            case=row.case,
            domain=Domain(row.domain),
            epoch=epoch or row.epoch,
            holder=holder,
            private=private,
        )
    except CannotOpenError:
        return False
    return True


def opens_wrap(key, row):
    """Whether a case key opens a data key."""
    try:
        open_data_key(key, row.wrapped, RecordId(table=TABLE, record=row.record))
    except CannotOpenError:
        return False
    return True


def everything_in_the_keyring():
    """Every sealed or wrapped thing: (what, bytes)."""
    found = []
    for table in (Contact, CustodianSeal, DataKey, Grant, IntakeReceipt, KeptSession, MemberKeys, Pending):
        for row in table.objects.all():
            fields = ((field.name, getattr(row, field.name)) for field in table._meta.fields)
            found += [(f"{table.__name__}.{name}", value) for name, value in fields if isinstance(value, bytes)]
    return [(what, value) for what, value in found if value]


def case_keys(private, *, holder, rows=None):
    """All case keys that a private key opens, from these grants."""
    opened = []
    for row in rows if rows is not None else Grant.objects.all():
        if opens_grant(private, row, holder=holder):
            place = {"case": row.case, "domain": Domain(row.domain), "epoch": row.epoch, "holder": holder}
            opened.append(open_grant(row.sealed, private=private, **place))
    return opened


def a_working_desk():
    """Two holders, a case with thread, note and file, and its code."""
    anna, boris = a_member(), a_member()
    case, code = a_case(anna, boris, files=(AFile(),))
    write_as_member(anna, case=case, text="Are you safe?", token=a_form(), now=NOW)
    write_note(anna, case=case, text="Call on Tuesday", token=a_form(), now=NOW, files=(AFile(),))
    return anna, boris, case, code


def keys_of_a_codename(code):
    """Everything a codename leads to: the contact's private key and the thread's key."""
    site = in_use()
    keys = contact_keys(code, site=site.keys, using=site.stretching, floor=site.contact_cost)
    row = Contact.objects.get(lookup_0=keys.lookup.hex())
    private = open_slot(row.slot_0, keys=keys, contact=row.pk, slot=0)
    thread = open_contact_grant(row.grant, case=row.case, epoch=row.epoch, contact=row.pk, private=private)
    return row, private, thread


def test_a_codename_opens_its_thread_and_never_the_notes():
    _, _, case, code = a_working_desk()
    row, private, thread = keys_of_a_codename(code)
    opened = {wrap.domain for wrap in DataKey.objects.all() if opens_wrap(thread, wrap)}
    assert opened == {"thread"}
    # The thread's key under the name of the other domain is no key of it.
    disguised = CaseKey(case=case, domain=Domain.INTERNAL, epoch=thread.epoch, key=thread.key)
    assert not any(opens_wrap(disguised, wrap) for wrap in DataKey.objects.all())
    holders = [row.pk, *set(Grant.objects.values_list("holder", flat=True))]
    assert not any(
        opens_grant(private, grant, holder=holder) for grant, holder in product(Grant.objects.all(), holders)
    )


def test_an_administrator_with_both_databases_and_the_sites_key_opens_no_case():
    a_working_desk()
    admin = a_member(Role.ADMINISTRATOR)
    holders = [admin.member, *set(Grant.objects.values_list("holder", flat=True))]
    grants = list(Grant.objects.all())
    assert grants
    assert not any(opens_grant(admin.private, grant, holder=holder) for grant, holder in product(grants, holders))
    children = in_use().keys
    site = [children.pepper, children.field, children.rate, children.log, Secret(bytes(range(32)))]
    wraps = everything_in_the_keyring()
    assert {what for what, _ in wraps} >= {"Grant.sealed", "DataKey.wrapped", "Contact.slot_0", "IntakeReceipt.kept"}
    for (_, blob), key, purpose, place in product(wraps, site, Purpose, places()):
        with pytest.raises(CannotOpenError):
            unwrap(key, blob, purpose=purpose, binding=place)


def places():
    """Where the wraps of a desk stand, as far as a few tries go."""
    contact = Contact.objects.first()
    grant = Grant.objects.first()
    return (
        OwnerPlace(owner=contact.pk),
        OwnerPlace(owner=grant.holder),
        KeyPlace(case=grant.case, domain="thread", epoch=1, table=TABLE, holder=DataKey.objects.first().record),
    )


def test_an_administrator_cannot_be_given_a_case():
    anna, _, case, _ = a_working_desk()
    admin = a_member(Role.ADMINISTRATOR)
    with pytest.raises(RefusedError):
        assign(anna, case=case, member=admin.member, now=NOW)
    assert not Grant.objects.filter(holder=admin.member).exists()


def test_a_member_who_holds_another_case_opens_nothing_of_this_one():
    anna, _, case, _ = a_working_desk()
    chloe = a_member()
    a_case(chloe)
    mine = case_keys(chloe.private, holder=chloe.member)
    assert {key.domain for key in mine} == set(Domain)
    of_this = list(DataKey.objects.filter(case=case))
    assert not any(opens_wrap(key, wrap) for key, wrap in product(mine, of_this))
    moved = [CaseKey(case=case, domain=key.domain, epoch=key.epoch, key=key.key) for key in mine]
    assert not any(opens_wrap(key, wrap) for key, wrap in product(moved, of_this))
    assert open_case(anna, case=case).notes


def test_a_withdrawn_members_old_copy_of_the_stores_opens_nothing_of_the_new_epoch():
    anna, boris, case, _ = a_working_desk()
    old_grants = list(Grant.objects.filter(holder=boris.member))
    withdraw(anna, case=case, member=boris.member, now=NOW)
    write_note(anna, case=case, text="After Boris left", token=a_form(LATER), now=LATER)
    old = case_keys(boris.private, holder=boris.member, rows=old_grants)
    assert {key.epoch for key in old} == {1}
    renamed = [CaseKey(case=case, domain=key.domain, epoch=2, key=key.key) for key in old]
    wraps = list(DataKey.objects.all())
    assert wraps
    assert not any(opens_wrap(key, wrap) for key, wrap in product([*old, *renamed], wraps))
    new_grants = list(Grant.objects.all())
    tried = product(new_grants, (boris.member, anna.member), (1, 2))
    assert not any(opens_grant(boris.private, row, holder=who, epoch=epoch) for row, who, epoch in tried)


def test_what_an_administrator_withdrew_is_under_new_keys_after_the_next_sign_in():
    anna, boris, case, _ = a_working_desk()
    old = case_keys(boris.private, holder=boris.member)
    withdraw(a_member(Role.ADMINISTRATOR), case=case, member=boris.member, now=NOW)
    assert case_keys(boris.private, holder=boris.member) == []
    renew_due(anna, now=LATER)
    assert not any(opens_wrap(key, wrap) for key, wrap in product(old, DataKey.objects.all()))


def test_a_locked_members_key_opens_nothing_that_is_left():
    _, boris, _, _ = a_working_desk()
    lock_member(boris, member=boris.member, now=NOW)
    assert case_keys(boris.private, holder=boris.member) == []
    assert not MemberKeys.objects.filter(pk=boris.member).exists()


def test_a_stolen_table_of_sessions_opens_no_case():
    from safeconduct.desk.cases.contact_actor import begin_contact_session
    from safeconduct.desk.cases.session_store import SessionStore as ContactStore
    from safeconduct.desk.members.actor import SignedIn, begin_member_session
    from safeconduct.desk.members.session_store import SessionStore

    anna, _, _, code = a_working_desk()
    member, contact = SessionStore(), ContactStore()
    begin_member_session(member, SignedIn(member=anna.member, private=anna.private), now=NOW)
    begin_contact_session(contact, a_contact(code))
    member.save()
    contact.save()
    _, contact_private, thread = keys_of_a_codename(code)
    for row in KeptSession.objects.all():
        assert not any(secret.reveal() in row.kept for secret in (anna.private.seed, contact_private.seed, thread.key))
        guesses = [bytes.fromhex(row.pk), bytes.fromhex(row.pk)[::-1], bytes(32)]
        for guess in guesses:
            with pytest.raises(CannotOpenError):
                unwrap(Secret(guess), row.kept, purpose=Purpose.SESSION, binding=OwnerPlace(owner=row.owner))


def test_the_session_of_a_contact_holds_neither_the_code_nor_what_it_opens():
    from safeconduct.desk.cases.contact_actor import begin_contact_session
    from safeconduct.desk.cases.session_store import SessionStore

    _, _, _, code = a_working_desk()
    session = SessionStore()
    begin_contact_session(session, a_contact(code))
    session.save()
    again = SessionStore(session.session_key)
    _, private, thread = keys_of_a_codename(code)
    assert again.kept_seed().reveal() == thread.key.reveal()
    assert again.kept_seed().reveal() != private.seed.reveal()
    assert code.canonical().reveal().decode() not in str(dict(again.items()))


def test_the_receipt_of_a_form_opens_by_the_form_alone_and_goes_when_the_contact_returns():
    anna = a_member()
    token = a_form()
    code = take_in(an_intake(a_channel(anna)), token=token, now=NOW).codename
    row = IntakeReceipt.objects.get()
    assert code.canonical().reveal() not in row.kept
    with pytest.raises(CannotOpenError):
        unwrap(Secret(bytes.fromhex(row.pk)), row.kept, purpose=Purpose.SESSION, binding=OwnerPlace(owner=row.contact))
    a_contact(code)
    assert IntakeReceipt.objects.get().kept == b""


def test_a_password_without_its_code_leaves_a_row_that_only_its_token_opens():
    anna = a_joined(an_administrator())
    token = begin_sign_in(login="anna", password=Secret(PASSWORD), now=LATER)
    row = Pending.objects.get()
    assert anna.actor.private.seed.reveal() not in row.kept
    assert anna.actor.private.seed.reveal().hex().encode() not in row.kept
    assert token.reveal() not in row.pk
    assert not KeptSession.objects.exists()


def test_the_usual_store_alone_is_noise_even_to_a_holder():
    anna, _, case, _ = a_working_desk()
    keys = case_keys(anna.private, holder=anna.member)
    for record in Record.objects.filter(case_id=case):
        for key in keys:
            for purpose in Purpose:
                with pytest.raises(CannotOpenError):
                    unwrap(key.key, record.body, purpose=purpose, binding=OwnerPlace(owner=record.pk))


def test_an_old_backup_of_the_usual_store_stays_shut_once_the_wraps_are_shredded():
    anna, _, case, _ = a_working_desk()
    backup = list(Record.objects.filter(case_id=case))
    keys = case_keys(anna.private, holder=anna.member)
    shred_case(case)
    assert backup
    assert keys
    assert not DataKey.objects.filter(pk__in=[record.pk for record in backup]).exists()
    assert case_keys(anna.private, holder=anna.member) == []


def test_a_thread_that_its_contact_erased_opens_by_no_code_and_to_no_holder():
    anna, _, case, code = a_working_desk()
    backup = list(Record.objects.filter(case_id=case, domain="thread"))
    end_and_erase(a_contact(code), now=NOW)
    assert backup
    assert not DataKey.objects.filter(pk__in=[record.pk for record in backup]).exists()
    assert {key.domain for key in case_keys(anna.private, holder=anna.member)} == {Domain.INTERNAL}
    assert not Contact.objects.exists()
