"""Two keys for a case, sealed to who holds it, and renewed when somebody leaves."""

import pytest

from safeconduct.vault.cases import CaseKey, Domain, grant, grant_to_contact, open_contact_grant, open_grant, renew
from safeconduct.vault.errors import CannotOpenError, ForbiddenError
from tests.vault.builders import ANNA, BORIS, CASE, CONTACT, OTHER_CASE, a_private_key, a_public_key

THREAD, INTERNAL = Domain.THREAD, Domain.INTERNAL


def a_grant(domain=THREAD, holder=ANNA):
    key = CaseKey.new(CASE, domain)
    return key, grant(key, holder=holder, public=a_public_key(holder.int))


@pytest.mark.parametrize("domain", Domain)
def test_the_holder_opens_a_grant(domain):
    key, sealed = a_grant(domain)
    opened = open_grant(sealed, case=CASE, domain=domain, epoch=1, holder=ANNA, private=a_private_key(1))
    assert (opened.case, opened.domain, opened.epoch) == (CASE, domain, 1)
    assert opened.key.reveal() == key.key.reveal()


def test_the_two_keys_of_a_case_differ():
    assert CaseKey.new(CASE, THREAD).key.reveal() != CaseKey.new(CASE, INTERNAL).key.reveal()


def test_a_holder_grants_the_case_to_another():
    _, sealed = a_grant()
    mine = open_grant(sealed, case=CASE, domain=THREAD, epoch=1, holder=ANNA, private=a_private_key(1))
    passed_on = grant(mine, holder=BORIS, public=a_public_key(2))
    theirs = open_grant(passed_on, case=CASE, domain=THREAD, epoch=1, holder=BORIS, private=a_private_key(2))
    assert theirs.key.reveal() == mine.key.reveal()


#   what                 changed
WRONG = [
    ("another case",     {"case": OTHER_CASE}),
    ("the other domain", {"domain": INTERNAL}),
    ("the next epoch",   {"epoch": 2}),
    ("epoch nought",     {"epoch": 0}),
    ("another holder",   {"holder": BORIS}),
    ("another key",      {"private": a_private_key(2)}),
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize(("what", "changed"), WRONG, ids=[what for what, _ in WRONG])
def test_a_grant_opens_in_its_own_place_only(what, changed):
    _, sealed = a_grant()
    right = {"case": CASE, "domain": THREAD, "epoch": 1, "holder": ANNA, "private": a_private_key(1)}
    with pytest.raises(CannotOpenError):
        open_grant(sealed, **{**right, **changed})


def test_the_contact_opens_the_thread():
    key = CaseKey.new(CASE, THREAD)
    sealed = grant_to_contact(key, contact=CONTACT, public=a_public_key(9))
    opened = open_contact_grant(sealed, case=CASE, epoch=1, contact=CONTACT, private=a_private_key(9))
    told = (opened.case, opened.domain, opened.epoch, opened.key.reveal())
    assert told == (CASE, THREAD, 1, key.key.reveal())


@pytest.mark.security
def test_the_key_of_the_internal_notes_is_never_sealed_to_a_contact():
    with pytest.raises(
        ForbiddenError, match=r"^the key of the internal notes is never given to a contact \["
    ) as refused:
        grant_to_contact(CaseKey.new(CASE, INTERNAL), contact=CONTACT, public=a_public_key(9))
    assert refused.value.remedy == "give the contact the thread's key"


CONTACT_WRONG = [
    ("another case",    {"case": OTHER_CASE}),
    ("the next epoch",  {"epoch": 2}),
    ("another contact", {"contact": ANNA}),
    ("another key",     {"private": a_private_key(2)}),
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize(("what", "changed"), CONTACT_WRONG, ids=[what for what, _ in CONTACT_WRONG])
def test_a_grant_to_a_contact_opens_in_its_own_place_only(what, changed):
    sealed = grant_to_contact(CaseKey.new(CASE, THREAD), contact=CONTACT, public=a_public_key(9))
    right = {"case": CASE, "epoch": 1, "contact": CONTACT, "private": a_private_key(9)}
    with pytest.raises(CannotOpenError):
        open_contact_grant(sealed, **{**right, **changed})


@pytest.mark.security
def test_a_grant_to_a_member_is_not_taken_for_one_to_a_contact_nor_the_other_way():
    key = CaseKey.new(CASE, THREAD)
    to_member = grant(key, holder=CONTACT, public=a_public_key(9))
    to_contact = grant_to_contact(key, contact=CONTACT, public=a_public_key(9))
    with pytest.raises(CannotOpenError):
        open_contact_grant(to_member, case=CASE, epoch=1, contact=CONTACT, private=a_private_key(9))
    with pytest.raises(CannotOpenError):
        open_grant(to_contact, case=CASE, domain=THREAD, epoch=1, holder=CONTACT, private=a_private_key(9))


def test_a_renewal_gives_the_next_epoch_to_who_remains_and_to_the_contact():
    old = CaseKey.new(CASE, THREAD)
    renewal = renew(old, remaining={BORIS: a_public_key(2)}, contact=(CONTACT, a_public_key(9)))
    assert renewal.key.epoch == old.epoch + 1
    assert renewal.key.key.reveal() != old.key.reveal()
    assert list(renewal.grants) == [BORIS]
    to_boris = open_grant(
        renewal.grants[BORIS], case=CASE, domain=THREAD, epoch=2, holder=BORIS, private=a_private_key(2)
    )
    to_contact = open_contact_grant(
        renewal.contact_grant, case=CASE, epoch=2, contact=CONTACT, private=a_private_key(9)
    )
    assert to_boris.key.reveal() == to_contact.key.reveal() == renewal.key.key.reveal()


def test_a_renewal_of_the_internal_notes_has_no_grant_to_a_contact():
    assert renew(CaseKey.new(CASE, INTERNAL), remaining={BORIS: a_public_key(2)}).contact_grant is None


@pytest.mark.security
def test_a_renewal_of_the_internal_notes_refuses_a_contact():
    with pytest.raises(ForbiddenError):
        renew(CaseKey.new(CASE, INTERNAL), remaining={BORIS: a_public_key(2)}, contact=(CONTACT, a_public_key(9)))


def test_a_renewal_that_would_leave_nobody_is_refused():
    with pytest.raises(ForbiddenError, match=r"^nobody would hold the case any more \[") as refused:
        renew(CaseKey.new(CASE, THREAD), remaining={})
    assert refused.value.remedy == "assign somebody else first"
