"""Giving a case to somebody, taking it away, and what happens to its keys."""

from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from safeconduct.desk.cases.actions.assign import assign, refer
from safeconduct.desk.cases.actions.close import Outcome, close
from safeconduct.desk.cases.actions.list_cases import held
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.people import add_person, set_consent
from safeconduct.desk.cases.actions.read_thread import read_thread
from safeconduct.desk.cases.actions.withdraw import renew_due, withdraw
from safeconduct.desk.cases.actions.write_as_contact import write_as_contact
from safeconduct.desk.cases.actions.write_as_member import write_as_member, write_note
from safeconduct.desk.cases.contact_actor import contact_of
from safeconduct.desk.cases.decisions import may_be_given, may_be_withdrawn, may_leave
from safeconduct.desk.cases.holders import grants_of, how_many
from safeconduct.desk.cases.models import Case
from safeconduct.desk.cases.session_store import SessionStore
from safeconduct.desk.cases.values import CaseState, Consent
from safeconduct.desk.keyring.models import Contact, DataKey, Grant, RenewalDue
from safeconduct.desk.members.actions.lock_member import lock_member
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.roles import Role
from safeconduct.desk.refusals import Allow, Reason, Refuse
from safeconduct.vault.sealing import PrivateKey
from tests.desk.builders import LATER, NOW, TOMORROW, AFile, a_case, a_channel, a_contact, a_form, a_member, refused

NEW, OPEN, CLOSED = CaseState.NEW, CaseState.OPEN, CaseState.CLOSED
W, L, A, K = Role.CASEWORKER, Role.LAWYER, Role.ADMINISTRATOR, Role.CUSTODIAN

#   roles    has key  holds  state   reason, None if allowed
GIVEN = [
    ({W},    True,    False, NEW,    None),
    ({L},    True,    False, OPEN,   None),
    ({W, K}, True,    False, OPEN,   None),
    ({A},    True,    False, OPEN,   Reason.ROLE),
    ({K},    True,    False, OPEN,   Reason.ROLE),
    ({W},    False,   False, OPEN,   Reason.NO_KEY_YET),
    ({W},    True,    True,  OPEN,   Reason.HOLDS_ALREADY),
    ({W},    True,    False, CLOSED, Reason.CLOSED),
]  # fmt: skip


def reason_of(decision):
    return None if isinstance(decision, Allow) else decision.reason


@pytest.mark.parametrize(("roles", "has_key", "holds", "state", "reason"), GIVEN)
def test_to_whom_a_case_may_be_given(roles, has_key, holds, state, reason):
    assert reason_of(may_be_given(roles=roles, has_key=has_key, holds_already=holds, state=state)) is reason


Y, U, N = Consent.KNOWN, Consent.NOT_KNOWN, Consent.REFUSED

#   consents    reason, None if allowed
LEAVES = [
    ((Y,),      None),
    ((Y, Y),    None),
    ((),        Reason.CONSENT_NOT_KNOWN),
    ((U,),      Reason.CONSENT_NOT_KNOWN),
    ((Y, U),    Reason.CONSENT_NOT_KNOWN),
    ((N,),      Reason.CONSENT_REFUSED),
    ((Y, U, N), Reason.CONSENT_REFUSED),
]  # fmt: skip


@pytest.mark.parametrize(("consents", "reason"), LEAVES)
def test_nothing_leaves_a_case_unless_everybody_in_it_agrees(consents, reason):
    assert reason_of(may_leave(consents)) is reason


#   holders  holds   decision
WITHDRAWN = [
    (2,      True,   Allow()),
    (1,      True,   Refuse(Reason.LAST_HOLDER)),
    (2,      False,  Refuse(Reason.NOT_HERE)),
]  # fmt: skip


@pytest.mark.parametrize(("holders", "holds", "decision"), WITHDRAWN)
def test_a_case_keeps_a_holder(holders, holds, decision):
    assert may_be_withdrawn(holders=holders, holds=holds) == decision


@pytest.mark.usefixtures("desk")
def test_whoever_is_assigned_reads_everything_and_the_case_is_not_flagged_any_more():
    anna, boris = a_member(), a_member()
    case, _ = a_case(anna)
    write_note(anna, case=case, text="Call on Tuesday", token=a_form(), now=NOW)
    assert open_case(anna, case=case).summary.one_holder
    assign(anna, case=case, member=boris.member, now=NOW)
    opened = open_case(boris, case=case)
    assert opened.thread.messages
    assert [note.text for note in opened.notes] == ["Call on Tuesday"]
    assert not opened.summary.one_holder
    assert set(opened.holders) == {anna.member, boris.member}
    assert opened.summary.state is OPEN


@pytest.mark.usefixtures("desk")
def test_what_keeps_a_case_from_being_assigned():
    anna, boris = a_member(), a_member()
    case, _ = a_case(anna)
    for member, reason in (
        (anna.member, Reason.HOLDS_ALREADY),
        (a_member(Role.ADMINISTRATOR).member, Reason.ROLE),
        (uuid4(), Reason.NOT_HERE),
    ):
        refused(reason, assign, anna, case=case, member=member, now=NOW)
    Member.objects.filter(pk=boris.member).update(public=b"")
    refused(Reason.NO_KEY_YET, assign, anna, case=case, member=boris.member, now=NOW)
    refused(Reason.NOT_HERE, assign, boris, case=case, member=boris.member, now=NOW)


@pytest.mark.usefixtures("desk")
def test_a_referral_needs_the_consent_of_everybody_and_leaves_a_note():
    anna, lawyer = a_member(), a_member(Role.LAWYER)
    case, _ = a_case(anna)
    arguments = {"case": case, "member": lawyer.member, "reason": "Needs a lawyer", "now": NOW}
    refused(Reason.CONSENT_NOT_KNOWN, refer, anna, **arguments)
    person = add_person(anna, case=case, pseudonym="Alex", consent=Consent.REFUSED, now=NOW)
    refused(Reason.CONSENT_REFUSED, refer, anna, **arguments)
    set_consent(anna, case=case, person=person, consent=Consent.KNOWN, now=NOW)
    refer(anna, **arguments)
    assert [note.text for note in open_case(lawyer, case=case).notes] == ["Needs a lawyer"]


@pytest.mark.usefixtures("desk")
def test_a_withdrawn_member_is_out_at_once_and_everybody_else_goes_on():
    anna, boris = a_member(), a_member()
    case, code = a_case(anna, boris, files=(AFile(),))
    write_as_member(boris, case=case, text="From Boris", token=a_form(), now=NOW)
    withdraw(anna, case=case, member=boris.member, now=NOW)
    refused(Reason.NOT_HERE, open_case, boris, case=case)
    assert held(boris) == ()
    assert set(Grant.objects.values_list("epoch", flat=True)) == {2}
    assert set(DataKey.objects.values_list("epoch", flat=True)) == {2}
    assert Contact.objects.get().epoch == 2
    assert "From Boris" in [message.text for message in open_case(anna, case=case).thread.messages]
    assert "From Boris" in [message.text for message in read_thread(a_contact(code)).messages]


@pytest.mark.usefixtures("desk")
def test_a_case_goes_on_through_many_renewals():
    anna, boris = a_member(), a_member()
    case, code = a_case(anna)
    for _ in range(3):
        assign(anna, case=case, member=boris.member, now=NOW)
        write_as_member(boris, case=case, text="Hello", token=a_form(), now=NOW)
        withdraw(anna, case=case, member=boris.member, now=NOW)
    assert len(open_case(anna, case=case).thread.messages) == 4
    assert len(read_thread(a_contact(code)).messages) == 4
    assert set(Grant.objects.values_list("epoch", flat=True)) == {4}
    assert open_case(anna, case=case).trail_is_whole


@pytest.mark.usefixtures("desk")
def test_a_contact_in_a_session_of_the_old_key_is_asked_for_the_code_again():
    anna, boris = a_member(), a_member()
    case, code = a_case(anna, boris)
    contact = a_contact(code)
    session = SessionStore()
    from safeconduct.desk.cases.contact_actor import begin_contact_session

    begin_contact_session(session, contact)
    session.save()
    assert contact_of(SessionStore(session.session_key)).contact == contact.contact
    withdraw(anna, case=case, member=boris.member, now=NOW)
    refused(Reason.RENEWED, contact_of, SessionStore(session.session_key))
    refused(Reason.RENEWED, write_as_contact, contact, text="lost?", token=a_form(), now=NOW)
    write_as_contact(a_contact(code), text="not lost", token=a_form(), now=NOW)


@pytest.mark.usefixtures("desk")
def test_the_last_holder_stays_and_strangers_withdraw_nobody():
    anna, boris = a_member(), a_member()
    case, _ = a_case(anna)
    refused(Reason.LAST_HOLDER, withdraw, anna, case=case, member=anna.member, now=NOW)
    refused(Reason.NOT_HERE, withdraw, anna, case=case, member=boris.member, now=NOW)
    refused(Reason.NOT_HERE, withdraw, boris, case=case, member=anna.member, now=NOW)


@pytest.mark.usefixtures("desk")
def test_a_member_may_withdraw_themselves():
    anna, boris = a_member(), a_member()
    case, _ = a_case(anna, boris)
    withdraw(boris, case=case, member=boris.member, now=NOW)
    assert open_case(anna, case=case).holders == (anna.member,)


@pytest.mark.usefixtures("desk")
def test_an_administrators_withdrawal_takes_the_grant_and_waits_for_a_holder_to_renew_the_keys():
    admin, anna, boris = a_member(Role.ADMINISTRATOR), a_member(), a_member()
    case, code = a_case(anna, boris)
    refused(Reason.NOT_HERE, withdraw, admin, case=uuid4(), member=boris.member, now=NOW)
    withdraw(admin, case=case, member=boris.member, now=NOW)
    refused(Reason.NOT_HERE, open_case, boris, case=case)
    assert held(anna)[0].rotation_due
    assert set(Grant.objects.values_list("epoch", flat=True)) == {1}
    assert renew_due(anna, now=LATER) == 1
    assert not held(anna)[0].rotation_due
    assert set(Grant.objects.values_list("epoch", flat=True)) == {2}
    assert renew_due(anna, now=LATER) == 0
    assert read_thread(a_contact(code)).messages


@pytest.mark.usefixtures("desk")
def test_what_is_written_while_a_renewal_is_due_stands_under_the_new_keys():
    anna, boris = a_member(), a_member()
    case, _ = a_case(anna, boris)
    lock_member(boris, member=boris.member, now=NOW)
    assert RenewalDue.objects.count() == 1
    write_note(anna, case=case, text="After", token=a_form(TOMORROW), now=TOMORROW)
    assert RenewalDue.objects.count() == 0
    assert set(DataKey.objects.values_list("epoch", flat=True)) == {2}
    assert [note.text for note in open_case(anna, case=case).notes] == ["After"]


@pytest.mark.usefixtures("desk")
def test_an_offline_key_holds_new_cases_keeps_them_through_a_renewal_and_counts_as_nobody():
    offline, anna, boris = PrivateKey.new(), a_member(), a_member()
    channel = a_channel(anna, boris, offline_public=offline.public.raw)
    case, _ = a_case(channel=channel)
    withdraw(anna, case=case, member=boris.member, now=NOW)
    grants = Grant.objects.filter(holder=channel.pk)
    assert {grant.epoch for grant in grants} == {2}
    from safeconduct.vault.cases import Domain, open_grant

    opened = {
        open_grant(
            grant.sealed,
            case=case,
            domain=Domain(grant.domain),
            epoch=2,
            holder=channel.pk,
            private=offline,
        ).domain
        for grant in grants
    }
    assert opened == {Domain.THREAD}
    assert open_case(anna, case=case).summary.one_holder
    refused(Reason.LAST_HOLDER, withdraw, anna, case=case, member=anna.member, now=NOW)


@pytest.mark.usefixtures("desk")
def test_a_renewal_after_the_contact_has_ended_renews_the_notes_alone():
    from safeconduct.desk.cases.actions.end_and_erase import end_and_erase

    anna, boris = a_member(), a_member()
    case, code = a_case(anna, boris)
    end_and_erase(a_contact(code), now=NOW)
    withdraw(anna, case=case, member=boris.member, now=NOW)
    assert set(Grant.objects.values_list("domain", "epoch")) == {("internal", 2)}
    assert open_case(anna, case=case).summary.ended


@pytest.mark.usefixtures("desk")
def test_a_closed_case_is_given_to_nobody():
    anna, boris = a_member(), a_member()
    case, _ = a_case(anna)
    close(anna, case=case, outcome=Outcome.HELPED, now=NOW)
    refused(Reason.CLOSED, assign, anna, case=case, member=boris.member, now=NOW)


@pytest.mark.usefixtures("either_desk")
def test_holders_are_counted_case_by_case_and_no_offline_key_among_them():
    anna, boris, chloe = a_member(), a_member(), a_member()
    offline = a_channel(anna, offline_public=PrivateKey.new().public.raw)
    cases = {
        a_case(channel=offline)[0]: 1,
        a_case(anna, boris)[0]: 2,
        a_case(anna, boris, chloe)[0]: 3,
        a_case(channel=a_channel(boris, chloe, offline_public=PrivateKey.new().public.raw))[0]: 2,
    }
    assert how_many(Case.objects.all()) == cases
    assert how_many([]) == {}


@pytest.mark.usefixtures("desk")
def test_the_grants_of_a_member_for_a_case_are_not_looked_for_among_all_of_theirs():
    anna = a_member()
    case, _ = a_case(anna)
    assert set(grants_of(case, anna.member)) == set(Grant.objects.filter(case=case, holder=anna.member))
    assert "(case=? AND domain=? AND holder=?)" in grants_of(case, anna.member).explain()


@pytest.mark.usefixtures("desk")
def test_holders_are_counted_without_reading_the_sealed_keys():
    case, _ = a_case(a_member())
    with CaptureQueriesContext(connections["keyring"]) as asked:
        how_many([Case.objects.get(pk=case)])
        counted = next(one["sql"] for one in asked if "COUNT" in one["sql"])
        with connections["keyring"].cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {counted}")
            assert "COVERING INDEX" in str(cursor.fetchall())
