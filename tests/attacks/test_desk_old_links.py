"""A link that was made earlier opens nothing once it was taken back, or the account was reset again or locked."""

import pytest

from safeconduct.desk.members.actions.accept_invitation import accept_invitation
from safeconduct.desk.members.actions.confirm_enrolment import confirm_enrolment
from safeconduct.desk.members.actions.invite_member import invite_member, reset_member
from safeconduct.desk.members.actions.links import open_links, take_link_back
from safeconduct.desk.members.actions.lock_member import lock_member
from safeconduct.desk.members.models import Invitation, Member
from safeconduct.desk.members.roles import Role, State
from safeconduct.desk.members.totp import code_at, step_of
from safeconduct.desk.refusals import Reason
from safeconduct.values.secret import Secret
from tests.desk.builders import LATER, NOW, refused
from tests.desk.members.joining import a_joined, an_administrator, joined_by, secret_in, sign_in

pytestmark = [pytest.mark.security, pytest.mark.usefixtures("either_desk")]
PASSWORD = "heron under the bridge"


def reset_again(admin, anna):
    return joined_by(reset_member(admin.actor, member=anna, now=NOW), "anna", password=PASSWORD)


def lock(admin, anna):
    lock_member(admin.actor, member=anna, now=NOW)


@pytest.mark.parametrize("then", [reset_again, lock])
def test_a_link_of_before_a_reset_or_a_lock_opens_nothing(then):
    admin = an_administrator()
    anna = a_joined(admin).actor.member
    old = reset_member(admin.actor, member=anna, now=NOW)
    again = then(admin, anna)
    before = Member.objects.get(pk=anna)
    thief = Secret("a thief under the bridge")
    refused(Reason.WRONG, accept_invitation, link=old, login="anna", password=thief, now=LATER)
    after = Member.objects.get(pk=anna)
    assert (after.state, after.public) == (before.state, before.public)
    assert not Invitation.objects.filter(member=anna).exists()
    if again is not None:
        assert sign_in(again, password=PASSWORD, now=LATER).member == anna


def test_who_had_begun_to_join_with_an_old_link_cannot_end_it_after_a_lock():
    admin = an_administrator()
    anna = a_joined(admin).actor.member
    old = reset_member(admin.actor, member=anna, now=NOW)
    begun = accept_invitation(link=old, login="anna", password=Secret(PASSWORD), now=NOW)
    lock_member(admin.actor, member=anna, now=NOW)
    code = code_at(secret_in(begun), step_of(LATER))
    refused(Reason.WRONG, confirm_enrolment, token=begun.token, code=code, now=LATER)
    assert Member.objects.get(pk=anna).state == State.LOCKED.value


def invited(admin):
    return invite_member(admin.actor, name="Boris", roles=frozenset({Role.LAWYER}), now=NOW)


def new_key(admin):
    return reset_member(admin.actor, member=a_joined(admin).actor.member, now=NOW)


@pytest.mark.parametrize("made", [invited, new_key])
def test_a_link_that_was_taken_back_opens_nothing_and_ends_no_joining(made):
    admin = an_administrator()
    link = made(admin)
    begun = accept_invitation(link=link, login="boris", password=Secret(PASSWORD), now=NOW)
    before = Member.objects.count()
    (told,) = open_links(admin.actor, now=NOW)
    take_link_back(admin.actor, link=told.id, now=NOW)
    assert open_links(admin.actor, now=NOW) == ()
    refused(Reason.WRONG, accept_invitation, link=link, login="boris", password=Secret(PASSWORD), now=NOW)
    code = code_at(secret_in(begun), step_of(LATER))
    refused(Reason.WRONG, confirm_enrolment, token=begun.token, code=code, now=LATER)
    assert Member.objects.count() == before
    assert not Member.objects.filter(state=State.ACTIVE.value).exclude(pk=admin.actor.member).exists()
