"""What leaves a case without anybody who could open it: a lock in haste, and a contact who writes on."""

import pytest

from safeconduct.desk.cases.actions.assign import assign
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.read_thread import is_read, read_thread
from safeconduct.desk.cases.actions.write_as_contact import write_as_contact
from safeconduct.desk.keyring.models import Grant
from safeconduct.desk.members.actions.ask_custodians import ask_custodians, finish_recovery
from safeconduct.desk.members.actions.confirm_enrolment import confirm_enrolment
from safeconduct.desk.members.actions.custody import help_recover, requests
from safeconduct.desk.members.actions.invite_member import reset_member
from safeconduct.desk.members.actions.lock_member import cases_lost_with, lock_member
from safeconduct.desk.members.actions.name_custodians import custodians, name_custodians, trust_custodians
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.roles import Role, State
from safeconduct.desk.members.totp import code_at, step_of
from safeconduct.desk.refusals import Reason
from safeconduct.values.secret import Secret
from tests.desk.builders import LATER, NOW, TOMORROW, a_case, a_contact, a_form, a_member, refused
from tests.desk.members.joining import a_joined, an_administrator, as_actor, secret_in

pytestmark = [pytest.mark.security, pytest.mark.usefixtures("either_desk")]


@pytest.mark.parametrize("verb", [lock_member, reset_member])
def test_the_last_holder_is_taken_away_only_by_who_named_how_many_cases_go(verb):
    root, anna, boris = a_member(Role.ADMINISTRATOR), a_member(), a_member()
    a_case(anna)
    a_case(anna)
    a_case(anna, boris)
    a_case(boris)
    assert cases_lost_with(root, member=anna.member) == 2
    for losing in (0, 1):
        refused(Reason.CASES_LOST, verb, root, member=anna.member, now=NOW, losing=losing)
    assert Grant.objects.filter(holder=anna.member).count() == 6
    assert Member.objects.get(pk=anna.member).state == State.ACTIVE.value
    verb(root, member=anna.member, now=NOW, losing=2)
    assert not Grant.objects.filter(holder=anna.member).exists()
    # The case that both held is lost with the second now.
    assert cases_lost_with(root, member=boris.member) == 2
    assert cases_lost_with(root, member=anna.member) == 0


def test_a_contact_whose_case_nobody_holds_cannot_write_and_can_again_when_somebody_is_back():
    anna, boris = a_member(), a_member()
    case, code = a_case(anna)
    kept = list(Grant.objects.filter(case=case))
    write_as_contact(a_contact(code), text="before", files=(), token=a_form(LATER), now=LATER)
    lock_member(anna, member=anna.member, now=NOW, losing=1)
    contact = a_contact(code)
    assert not is_read(contact)
    refused(Reason.NO_HOLDER, write_as_contact, contact, text="x", files=(), token=a_form(), now=NOW)
    assert [message.text for message in read_thread(contact).messages][1:] == ["before"]
    # A keyring that was restored brings the grants back, and an active member with them.
    Grant.objects.bulk_create(kept)
    refused(Reason.NO_HOLDER, write_as_contact, contact, text="x", files=(), token=a_form(), now=NOW)
    Member.objects.filter(pk=anna.member).update(state=State.ACTIVE.value, public=anna.private.public.raw)
    assert is_read(contact)
    assign(anna, case=case, member=boris.member, now=TOMORROW)
    write_as_contact(a_contact(code), text="after", files=(), token=a_form(TOMORROW), now=TOMORROW)
    assert [message.text for message in read_thread(a_contact(code)).messages][2:] == ["after"]


def test_what_a_contact_writes_while_the_only_holder_asks_the_custodians_is_read_afterwards():
    admin = an_administrator()
    anna = a_joined(admin)
    three = [a_joined(admin, name, Role.CUSTODIAN) for name in ("boris", "chloe", "dmitri")]
    name_custodians(admin.actor, members=tuple(one.actor.member for one in three), now=NOW)
    trust_custodians(anna.actor, custodian_set=custodians(anna.actor).id, now=NOW)
    case, code = a_case(anna.actor)
    asked = ask_custodians(login="anna", now=NOW)
    (request,) = requests(three[0].actor)
    assert is_read(a_contact(code))
    write_as_contact(a_contact(code), text="I wait", files=(), token=a_form(LATER), now=LATER)
    for one in three[:2]:
        help_recover(one.actor, request=request.id, now=NOW)
    begun = finish_recovery(token=asked.token, new_password=Secret("heron under the bridge"), now=NOW)
    signed_in = confirm_enrolment(token=begun.token, code=code_at(secret_in(begun), step_of(NOW)), now=NOW)
    assert [message.text for message in open_case(as_actor(signed_in), case=case).thread.messages][1:] == ["I wait"]
    assert is_read(a_contact(code))
