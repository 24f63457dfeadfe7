import re
from dataclasses import replace
from datetime import timedelta

import pytest

from safeconduct.desk.keyring.models import MemberKeys, Pending
from safeconduct.desk.members.actions.accept_invitation import accept_invitation
from safeconduct.desk.members.actions.begin_sign_in import begin_sign_in, is_known, known_browser
from safeconduct.desk.members.actions.change_password import change_password
from safeconduct.desk.members.actions.confirm_enrolment import confirm_enrolment
from safeconduct.desk.members.actions.confirm_password import confirm_password
from safeconduct.desk.members.actions.finish_sign_in import finish_sign_in
from safeconduct.desk.members.actions.invite_member import invite_member, reset_member
from safeconduct.desk.members.actions.print_code import door_code
from safeconduct.desk.members.door import door_code as of_name
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.naming import lookup_of
from safeconduct.desk.members.pending import Step, begin, forget, tried
from safeconduct.desk.members.roles import Role
from safeconduct.desk.members.totp import code_at, step_of
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.values.secret import Secret
from tests.desk.builders import LATER, NOW, TOMORROW, refused
from tests.desk.members.joining import PASSWORD, a_joined, an_administrator, as_actor, secret_in, sign_in

pytestmark = pytest.mark.usefixtures("desk")


def code(joined, now=LATER):
    return code_at(joined.totp, step_of(now))


def test_a_member_signs_in_with_password_and_code():
    anna = a_joined(an_administrator())
    signed_in = sign_in(anna)
    assert signed_in.member == anna.actor.member
    assert signed_in.private.public == anna.actor.private.public
    assert Member.objects.get(pk=anna.actor.member).seen == LATER.date()


#   login                password
WRONG = [
    ("anna",             "kestrel over the land"),
    ("nobody at all",    PASSWORD),
    ("",                 PASSWORD),
]  # fmt: skip


@pytest.mark.parametrize(("login", "password"), WRONG)
def test_a_wrong_password_and_an_unknown_name_are_refused_alike(login, password):
    a_joined(an_administrator())
    refused(Reason.WRONG, begin_sign_in, login=login, password=Secret(password), now=LATER)


def test_the_name_may_be_typed_in_any_case():
    anna = a_joined(an_administrator(), "Anna")
    assert sign_in(replace(anna, login=" ANNA ")).member == anna.actor.member


def test_a_code_that_was_used_is_refused_also_for_another_sign_in():
    anna = a_joined(an_administrator())
    tokens = [begin_sign_in(login="anna", password=Secret(PASSWORD), now=LATER) for _ in range(2)]
    finish_sign_in(token=tokens[0], code=code(anna), now=LATER)
    refused(Reason.WRONG, finish_sign_in, token=tokens[1], code=code(anna), now=LATER)


def test_the_code_of_joining_does_not_sign_in():
    a_joined(an_administrator())
    anna = a_joined(an_administrator_of_now(), "boris")
    token = begin_sign_in(login="boris", password=Secret(PASSWORD), now=NOW)
    refused(Reason.WRONG, finish_sign_in, token=token, code=code(anna, NOW), now=NOW)


def an_administrator_of_now():
    from safeconduct.desk.members.roles import Role
    from tests.desk.builders import a_member

    class Made:
        actor = a_member(Role.ADMINISTRATOR)

    return Made


def test_the_sixth_try_at_a_code_is_refused_even_if_it_is_right():
    anna = a_joined(an_administrator())
    token = begin_sign_in(login="anna", password=Secret(PASSWORD), now=LATER)
    for _ in range(5):
        refused(Reason.WRONG, finish_sign_in, token=token, code="000000", now=LATER)
    refused(Reason.TOO_OFTEN, finish_sign_in, token=token, code=code(anna), now=LATER)


def test_a_pending_sign_in_ends_after_ten_minutes():
    anna = a_joined(an_administrator())
    token = begin_sign_in(login="anna", password=Secret(PASSWORD), now=NOW)
    late = NOW + timedelta(minutes=11)
    refused(Reason.WRONG, finish_sign_in, token=token, code=code(anna, late), now=late)


def test_a_token_signs_in_once():
    anna = a_joined(an_administrator())
    token = begin_sign_in(login="anna", password=Secret(PASSWORD), now=LATER)
    finish_sign_in(token=token, code=code(anna), now=LATER)
    refused(Reason.WRONG, finish_sign_in, token=token, code=code(anna), now=LATER)


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "-" * 43, "Ж" * 43])
def test_what_is_no_token_of_ours_signs_nobody_in(token):
    refused(Reason.WRONG, finish_sign_in, token=Secret(token), code="123456", now=NOW)


def test_a_token_of_one_step_opens_no_other():
    token = begin(Step.ENROLMENT, owner=an_administrator().actor.member, content=Secret({}), now=NOW)
    with pytest.raises(RefusedError):
        tried(Step.SIGN_IN, token, now=NOW)


def test_after_ten_tries_a_name_waits_a_quarter_of_an_hour():
    a_joined(an_administrator())
    for _ in range(10):
        refused(Reason.WRONG, begin_sign_in, login="anna", password=Secret("wrong"), now=NOW)
    refused(Reason.TOO_OFTEN, begin_sign_in, login="anna", password=Secret(PASSWORD), now=NOW)
    assert begin_sign_in(login="anna", password=Secret(PASSWORD), now=NOW + timedelta(minutes=15)).reveal()


def test_an_unknown_name_waits_as_a_known_one_does():
    for _ in range(10):
        refused(Reason.WRONG, begin_sign_in, login="nobody", password=Secret("wrong"), now=NOW)
    refused(Reason.TOO_OFTEN, begin_sign_in, login="nobody", password=Secret("wrong"), now=NOW)


def test_a_browser_that_signed_in_before_is_not_locked_out_by_a_flood_of_others():
    anna = a_joined(an_administrator())
    browser = known_browser(anna.actor.member)
    for number in range(70):
        with pytest.raises(RefusedError):
            begin_sign_in(login=f"guess {number}", password=Secret("wrong"), now=NOW)
    for _ in range(11):
        with pytest.raises(RefusedError):
            begin_sign_in(login="anna", password=Secret("wrong"), now=NOW)
    assert begin_sign_in(login="anna", password=Secret(PASSWORD), now=NOW, browser=browser).reveal()


@pytest.mark.parametrize("browser", ["", "x", "A" * 88, "\0", "Ж"])
def test_a_browser_is_known_by_what_it_was_given_alone(browser):
    member, other = an_administrator().actor.member, a_joined(an_administrator_of_now()).actor.member
    assert is_known(known_browser(member), member=member)
    assert not is_known(known_browser(member), member=other)
    assert not is_known(browser, member=member)


def test_a_changed_password_opens_the_same_key_and_ends_other_sessions():
    anna = a_joined(an_administrator())
    pending = begin_sign_in(login="anna", password=Secret(PASSWORD), now=NOW)
    change_password(anna.actor, old=Secret(PASSWORD), new=Secret("heron under the bridge"), now=NOW)
    refused(Reason.WRONG, finish_sign_in, token=pending, code=code(anna, NOW), now=NOW)
    refused(Reason.WRONG, begin_sign_in, login="anna", password=Secret(PASSWORD), now=NOW)
    assert sign_in(anna, password="heron under the bridge").private.public == anna.actor.private.public


def test_the_old_password_is_asked_for_before_a_new_one_is_set():
    anna = a_joined(an_administrator())
    before = MemberKeys.objects.get(pk=anna.actor.member).password
    arguments = {"old": Secret("guess"), "new": Secret("heron under the bridge"), "now": NOW}
    refused(Reason.WRONG, lambda **told: change_password(anna.actor, **told), **arguments)
    assert MemberKeys.objects.get(pk=anna.actor.member).password == before


def test_a_password_is_confirmed_and_not_guessed():
    anna = a_joined(an_administrator())
    confirm_password(anna.actor, password=Secret(PASSWORD), now=NOW)
    for _ in range(9):
        refused(Reason.WRONG, lambda **told: confirm_password(anna.actor, **told), password=Secret("x"), now=NOW)
    refused(Reason.TOO_OFTEN, lambda **told: confirm_password(anna.actor, **told), password=Secret(PASSWORD), now=NOW)


def test_what_is_pending_goes_after_a_day():
    a_joined(an_administrator())
    begin_sign_in(login="anna", password=Secret(PASSWORD), now=NOW)
    forget(now=TOMORROW)
    assert Pending.objects.count() == 1
    forget(now=TOMORROW + timedelta(days=1))
    assert Pending.objects.count() == 0


def test_whoever_has_the_password_alone_does_not_use_up_the_codes_of_those_with_a_door_code():
    anna = a_joined(an_administrator())
    for _ in range(4):
        token = begin_sign_in(login="anna", password=Secret(PASSWORD), now=LATER)
        for _ in range(5):
            refused(Reason.WRONG, finish_sign_in, token=token, code="000000", now=LATER)
    token = begin_sign_in(login="anna", password=Secret(PASSWORD), now=LATER)
    refused(Reason.TOO_OFTEN, finish_sign_in, token=token, code=code(anna), now=LATER)
    token = begin_sign_in(login="anna", password=Secret(PASSWORD), now=LATER, door=door_code(anna.actor))
    assert finish_sign_in(token=token, code=code(anna), now=LATER).member == anna.actor.member


def test_a_door_code_is_of_a_name_and_of_how_often_it_was_replaced():
    logins = [lookup_of(login) for login in ("anna", "boris")]
    codes = {of_name(login, replaced=number).reveal() for login in logins for number in range(3)}
    assert len(codes) == 6
    assert all(re.fullmatch(r"\d{4} \d{4} \d{4}", one) for one in codes)
    assert of_name(lookup_of(" ANNA "), replaced=0).reveal() in codes


def test_a_door_code_is_that_of_the_page_of_joining_and_is_replaced_by_a_new_link():
    admin = an_administrator()
    link = invite_member(admin.actor, name="Eve", roles=frozenset({Role.LAWYER}), now=NOW)
    begun = accept_invitation(link=link, login="eve", password=Secret(PASSWORD), now=NOW)
    eve = as_actor(confirm_enrolment(token=begun.token, code=code_at(secret_in(begun), step_of(NOW)), now=NOW))
    assert door_code(eve).reveal() == begun.door.reveal()
    link = reset_member(admin.actor, member=eve.member, now=NOW)
    again = accept_invitation(link=link, login="eve", password=Secret(PASSWORD), now=NOW)
    eve = as_actor(confirm_enrolment(token=again.token, code=code_at(secret_in(again), step_of(NOW)), now=NOW))
    assert door_code(eve).reveal() == again.door.reveal() != begun.door.reveal()
