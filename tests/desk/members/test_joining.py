from datetime import timedelta
from uuid import uuid4

import pytest

from safeconduct.desk.keyring.models import MemberKeys
from safeconduct.desk.members.actions.accept_invitation import accept_invitation
from safeconduct.desk.members.actions.confirm_enrolment import confirm_enrolment
from safeconduct.desk.members.actions.invite_member import first_administrator, invite_member, reset_member
from safeconduct.desk.members.actions.links import open_links, take_link_back
from safeconduct.desk.members.actions.list_members import list_members, read_system_trail
from safeconduct.desk.members.actions.lock_member import lock_member
from safeconduct.desk.members.actions.print_code import print_code, prove_code
from safeconduct.desk.members.actor import Operator
from safeconduct.desk.members.models import Invitation, Member, SystemTrail
from safeconduct.desk.members.password_rule import may_be_password
from safeconduct.desk.members.roles import Role, State, from_text, may_have, to_text
from safeconduct.desk.members.system_trail import Happened
from safeconduct.desk.members.totp import code_at, step_of
from safeconduct.desk.refusals import Allow, Reason, RefusedError
from safeconduct.values.secret import Secret
from safeconduct.vault.errors import CodeError
from tests.desk.builders import NOW, refused, stale
from tests.desk.members.joining import PASSWORD, a_joined, an_administrator, joined_by, secret_in, sign_in

A, E, C, L, K = Role.ADMINISTRATOR, Role.INTAKE, Role.CASEWORKER, Role.LAWYER, Role.CUSTODIAN

#   roles          may one member have them
ROLES = [
    ((A,),         True),
    ((C,),         True),
    ((E, C, L),    True),
    ((C, K),       True),
    ((K,),         True),
    ((),           False),
    ((A, C),       False),
    ((A, K),       False),
]  # fmt: skip


@pytest.mark.parametrize(("roles", "allowed"), ROLES)
def test_an_administrator_has_no_other_role(roles, allowed):
    assert isinstance(may_have(frozenset(roles)), Allow) is allowed
    assert from_text(to_text(roles)) == frozenset(roles)


#   password                     login      good
PASSWORDS = [
    ("kestrel over the water",   "anna",    True),
    ("пустельга над водой",      "anna",    True),
    ("elevenchars",              "anna",    False),
    ("aaaaaaaaaaaaaaaaaaaa",     "anna",    False),
    ("annaannaannaanna",         "anna",    False),
    ("anna-anna-2026",           "ANNA",    False),
    ("kestrel over the water",   "",        True),
    ("x" * 257,                  "anna",    False),
]  # fmt: skip


@pytest.mark.parametrize(("password", "login", "good"), PASSWORDS)
def test_a_password_is_long_and_not_the_name_again(password, login, good):
    assert isinstance(may_be_password(Secret(password), login=login), Allow) is good


@pytest.mark.usefixtures("desk")
def test_the_first_administrator_joins_by_a_link_and_there_is_no_second_link():
    admin = an_administrator()
    assert admin.actor.roles == {Role.ADMINISTRATOR}
    refused(Reason.ROLES_CLASH, first_administrator, Operator(), now=NOW)


@pytest.mark.usefixtures("desk")
def test_a_link_serves_once():
    link = first_administrator(Operator(), now=NOW)
    joined_by(link, "root")
    refused(Reason.WRONG, accept_invitation, link=link, login="other", password=Secret(PASSWORD), now=NOW)
    assert Invitation.objects.count() == 0


@pytest.mark.usefixtures("desk")
def test_two_who_use_one_link_at_once_make_one_member():
    link = first_administrator(Operator(), now=NOW)
    begun = [accept_invitation(link=link, login=name, password=Secret(PASSWORD), now=NOW) for name in ("one", "two")]
    codes = [code_at(secret_in(each), step_of(NOW)) for each in begun]
    confirm_enrolment(token=begun[0].token, code=codes[0], now=NOW)
    refused(Reason.WRONG, confirm_enrolment, token=begun[1].token, code=codes[1], now=NOW)
    assert Member.objects.count() == MemberKeys.objects.count() == 1


@pytest.mark.usefixtures("desk")
def test_a_link_is_good_for_a_week():
    link = first_administrator(Operator(), now=NOW)
    late = NOW + timedelta(days=8)
    refused(Reason.WRONG, accept_invitation, link=link, login="root", password=Secret(PASSWORD), now=late)


@pytest.mark.usefixtures("desk")
def test_nothing_is_made_before_the_telephone_shows_the_right_code():
    link = first_administrator(Operator(), now=NOW)
    begun = accept_invitation(link=link, login="root", password=Secret(PASSWORD), now=NOW)
    refused(Reason.WRONG, confirm_enrolment, token=begun.token, code="000000", now=NOW)
    assert Member.objects.count() == MemberKeys.objects.count() == 0


@pytest.mark.usefixtures("desk")
def test_two_members_cannot_sign_in_by_one_name():
    admin = an_administrator()
    a_joined(admin, "anna")
    link = invite_member(admin.actor, name="Another", roles=frozenset({C}), now=NOW)
    refused(Reason.NAME_TAKEN, accept_invitation, link=link, login="Anna", password=Secret(PASSWORD), now=NOW)


@pytest.mark.usefixtures("desk")
def test_two_who_choose_one_name_at_once_make_one_member():
    admin = an_administrator()
    links = [invite_member(admin.actor, name="Anna", roles=frozenset({C}), now=NOW) for _ in range(2)]
    begun = [accept_invitation(link=link, login="anna", password=Secret(PASSWORD), now=NOW) for link in links]
    codes = [code_at(secret_in(each), step_of(NOW)) for each in begun]
    confirm_enrolment(token=begun[0].token, code=codes[0], now=NOW)
    refused(Reason.NAME_TAKEN, confirm_enrolment, token=begun[1].token, code=codes[1], now=NOW)
    assert Member.objects.count() == MemberKeys.objects.count() == 2


@pytest.mark.usefixtures("desk")
def test_an_empty_name_and_a_weak_password_are_refused():
    link = first_administrator(Operator(), now=NOW)
    refused(Reason.NOTHING_SAID, accept_invitation, link=link, login=" ", password=Secret(PASSWORD), now=NOW)
    refused(Reason.WEAK_PASSWORD, accept_invitation, link=link, login="root", password=Secret("short"), now=NOW)


@pytest.mark.usefixtures("desk")
def test_only_an_administrator_invites_and_resets():
    anna = a_joined(an_administrator()).actor
    refused(Reason.ROLE, invite_member, anna, name="x", roles=frozenset({C}), now=NOW)
    refused(Reason.ROLE, reset_member, anna, member=anna.member, now=NOW)


@pytest.mark.usefixtures("desk")
def test_a_reset_asks_for_a_fresh_password_and_for_somebody_who_is_there():
    admin = an_administrator()
    anna = a_joined(admin).actor
    refused(Reason.FRESH_PASSWORD, reset_member, stale(admin.actor), member=anna.member, now=NOW)
    refused(Reason.NOT_HERE, reset_member, admin.actor, member=uuid4(), now=NOW)


@pytest.mark.usefixtures("desk")
def test_after_a_reset_the_member_joins_again_with_another_key():
    admin = an_administrator()
    anna = a_joined(admin)
    link = reset_member(admin.actor, member=anna.actor.member, now=NOW)
    again = joined_by(link, "anna", password="heron under the bridge")
    assert again.actor.member == anna.actor.member
    assert again.actor.private.public != anna.actor.private.public
    assert again.actor.roles == anna.actor.roles
    with pytest.raises(RefusedError):
        sign_in(anna)


@pytest.mark.usefixtures("desk")
def test_a_locked_member_cannot_sign_in_and_nobody_else_locks():
    admin = an_administrator()
    anna, boris = a_joined(admin), a_joined(admin, "boris")
    refused(Reason.ROLE, lock_member, boris.actor, member=anna.actor.member, now=NOW)
    lock_member(admin.actor, member=anna.actor.member, now=NOW)
    with pytest.raises(RefusedError) as error:
        sign_in(anna)
    assert error.value.reason is Reason.WRONG
    assert not MemberKeys.objects.filter(pk=anna.actor.member).exists()
    refused(Reason.NOT_HERE, lock_member, admin.actor, member=uuid4(), now=NOW)


@pytest.mark.usefixtures("desk")
def test_a_member_may_lock_themselves():
    anna = a_joined(an_administrator())
    lock_member(anna.actor, member=anna.actor.member, now=NOW)
    assert Member.objects.get(pk=anna.actor.member).state == State.LOCKED.value


@pytest.mark.usefixtures("desk")
def test_a_printed_code_is_proven_and_a_new_one_takes_its_place():
    anna = a_joined(an_administrator())
    prove_code(anna.actor, typed=Secret(anna.printed))
    assert Member.objects.get(pk=anna.actor.member).recovery_proven
    new = print_code(anna.actor, now=NOW)
    assert not Member.objects.get(pk=anna.actor.member).recovery_proven
    refused(Reason.WRONG, prove_code, anna.actor, typed=Secret(anna.printed))
    prove_code(anna.actor, typed=new)
    with pytest.raises(CodeError):
        prove_code(anna.actor, typed=Secret("123"))
    refused(Reason.FRESH_PASSWORD, print_code, stale(anna.actor), now=NOW)


@pytest.mark.usefixtures("desk")
def test_members_see_each_other_and_what_happened():
    admin = an_administrator()
    anna = a_joined(admin)
    told = {member.name: member for member in list_members(anna.actor)}
    assert told["Anna"].roles == {Role.CASEWORKER}
    assert told["Anna"].has_key
    assert told["Anna"].state is State.ACTIVE
    kinds = {line.kind for line in read_system_trail(anna.actor)}
    assert {Happened.INVITED, Happened.JOINED} <= kinds
    assert all(line.is_whole for line in read_system_trail(anna.actor))


@pytest.mark.usefixtures("desk")
def test_a_line_of_the_system_trail_that_was_changed_is_shown_as_such():
    admin = an_administrator()
    SystemTrail.objects.update(kind=Happened.SHREDDED.value)
    assert not any(line.is_whole for line in read_system_trail(admin.actor))


#   days after it was made   whether the link is listed
LISTED = [
    (-1,                     False),
    (0,                      True),
    (7,                      True),
    (8,                      False),
]  # fmt: skip


@pytest.mark.parametrize(("days", "listed"), LISTED)
@pytest.mark.usefixtures("desk")
def test_a_link_is_listed_for_as_long_as_it_opens_something(days, listed):
    admin = an_administrator()
    link = invite_member(admin.actor, name="Boris", roles=frozenset({L, C}), now=NOW)
    when = NOW + timedelta(days=days)
    told = [
        (one.name, one.roles, one.is_new_key, one.last, Invitation.objects.filter(id=one.id).exists())
        for one in open_links(admin.actor, now=when)
    ]
    assert told == ([("Boris", {L, C}, False, (NOW + timedelta(days=7)).date(), True)] if listed else [])
    if not listed:
        refused(Reason.WRONG, accept_invitation, link=link, login="boris", password=Secret(PASSWORD), now=when)


@pytest.mark.usefixtures("desk")
def test_links_are_listed_by_their_last_day_and_a_new_key_as_such():
    admin = an_administrator()
    anna = a_joined(admin).actor.member
    invite_member(admin.actor, name="Boris", roles=frozenset({L}), now=NOW + timedelta(days=1))
    reset_member(admin.actor, member=anna, now=NOW)
    told = [(one.name, one.is_new_key) for one in open_links(admin.actor, now=NOW + timedelta(days=2))]
    assert told == [("Anna", True), ("Boris", False)]


@pytest.mark.usefixtures("desk")
def test_only_administrators_see_links_and_take_them_back_and_the_trail_says_so():
    admin = an_administrator()
    anna = a_joined(admin)
    invite_member(admin.actor, name="Boris", roles=frozenset({L}), now=NOW)
    (told,) = open_links(admin.actor, now=NOW)
    refused(Reason.ROLE, open_links, anna.actor, now=NOW)
    refused(Reason.ROLE, take_link_back, anna.actor, link=told.id, now=NOW)
    assert Invitation.objects.count() == 1
    take_link_back(admin.actor, link=told.id, now=NOW)
    refused(Reason.NOT_HERE, take_link_back, admin.actor, link=told.id, now=NOW)
    lines = [line for line in read_system_trail(anna.actor) if line.kind is Happened.LINK_TAKEN_BACK]
    assert [(line.by, line.about, line.is_whole) for line in lines] == [(admin.actor.member, None, True)]
