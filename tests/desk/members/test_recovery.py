"""Every way back brings back the same private key, and with it every case."""

from itertools import permutations

import pytest

from safeconduct.desk.members.actions.ask_custodians import ask_custodians, finish_recovery
from safeconduct.desk.members.actions.confirm_enrolment import confirm_enrolment
from safeconduct.desk.members.actions.custody import Step, help_recover, requests
from safeconduct.desk.members.actions.name_custodians import custodians, name_custodians, trust_custodians
from safeconduct.desk.members.actions.print_code import door_code
from safeconduct.desk.members.actions.recover_with_code import recover_with_code
from safeconduct.desk.members.roles import Role
from safeconduct.desk.members.totp import code_at, step_of
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.values.secret import Secret
from safeconduct.vault.errors import CodeError
from tests.desk.builders import LATER, NOW, TOMORROW, refused, stale
from tests.desk.members.joining import PASSWORD, a_joined, an_administrator, as_actor, secret_in, sign_in

pytestmark = pytest.mark.usefixtures("desk")
NEW = "heron under the bridge"


def code(joined, now):
    return code_at(joined.totp, step_of(now))


def recover(anna, **changed):
    usual = {
        "login": "anna",
        "typed": Secret(anna.printed),
        "new_password": Secret(NEW),
        "code": code(anna, LATER),
        "now": LATER,
    }
    recover_with_code(**usual | changed)


def test_the_printed_code_restores_the_key():
    anna = a_joined(an_administrator())
    recover(anna)
    refused(Reason.WRONG, sign_in, anna, now=TOMORROW)
    assert sign_in(anna, password=NEW, now=TOMORROW).private.public == anna.actor.private.public


#   what                 changed
WRONG = [
    ("another code",     {"typed": Secret("0" * 40 + "98")}),
    ("another name",     {"login": "boris"}),
    ("no telephone",     {"code": "000000"}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "changed"), WRONG, ids=[what for what, _ in WRONG])
def test_a_recovery_in_which_one_thing_is_wrong_changes_nothing(what, changed):
    anna = a_joined(an_administrator())
    if what == "another code":
        from safeconduct.vault.members import RecoveryCode

        changed = {"typed": RecoveryCode.new().digits()}
    with pytest.raises(RefusedError) as error:
        recover(anna, **changed)
    assert error.value.reason is Reason.WRONG
    assert sign_in(anna, now=TOMORROW)


def test_a_slip_in_the_printed_code_is_told_before_anything_is_tried():
    with pytest.raises(CodeError):
        recover(a_joined(an_administrator()), typed=Secret("123456"))


def test_the_printed_code_is_not_guessed_for_long():
    anna = a_joined(an_administrator())
    for _ in range(10):
        with pytest.raises(RefusedError):
            recover(anna, code="000000")
    refused(Reason.TOO_OFTEN, recover, anna)


def an_organisation():
    """An administrator, three custodians, and Anna who trusts them."""
    admin = an_administrator()
    three = tuple(a_joined(admin, name, Role.CUSTODIAN) for name in ("boris", "chloe", "dmitri"))
    anna = a_joined(admin)
    name_custodians(admin.actor, members=tuple(one.actor.member for one in three), now=NOW)
    told = custodians(anna.actor)
    assert not told.is_trusted
    assert {name for _, name, _ in told.members} == {"Boris", "Chloe", "Dmitri"}
    trust_custodians(anna.actor, custodian_set=told.id, now=NOW)
    assert custodians(anna.actor).is_trusted
    return admin, three, anna


@pytest.mark.parametrize("pair", list(permutations(range(3), 2)))
def test_any_two_custodians_restore_the_key_in_any_order(pair):
    _, three, anna = an_organisation()
    asked = ask_custodians(login="anna", now=NOW)
    (request,) = requests(three[0].actor)
    assert (request.fingerprint, request.member) == (asked.fingerprint, anna.actor.member)
    for place in (*pair, *pair):
        help_recover(three[place].actor, request=request.id, now=NOW)
    begun = finish_recovery(token=asked.token, new_password=Secret(NEW), now=NOW)
    signed_in = confirm_enrolment(token=begun.token, code=code_at(secret_in(begun), step_of(NOW)), now=NOW)
    assert as_actor(signed_in).private.public == anna.actor.private.public
    assert door_code(anna.actor).reveal() == begun.door.reveal()
    assert requests(three[0].actor) == ()
    refused(Reason.WRONG, sign_in, anna)


@pytest.mark.parametrize("alone", range(3))
def test_one_custodian_alone_restores_nothing(alone):
    _, three, _ = an_organisation()
    asked = ask_custodians(login="anna", now=NOW)
    (request,) = requests(three[alone].actor)
    steps = {help_recover(three[alone].actor, request=request.id, now=NOW) for _ in range(3)}
    assert steps <= {Step.FIRST, Step.WAITS}
    refused(Reason.NO_CUSTODIANS, finish_recovery, token=asked.token, new_password=Secret(NEW), now=NOW)


def test_until_the_recovery_is_confirmed_the_old_password_serves():
    _, three, anna = an_organisation()
    asked = ask_custodians(login="anna", now=NOW)
    (request,) = requests(three[0].actor)
    for place in (0, 1):
        help_recover(three[place].actor, request=request.id, now=NOW)
    finish_recovery(token=asked.token, new_password=Secret(NEW), now=NOW)
    assert sign_in(anna)


def test_who_asks_for_an_unknown_name_is_answered_as_for_a_known_one():
    _, three, _ = an_organisation()
    known, unknown = ask_custodians(login="anna", now=NOW), ask_custodians(login="nobody", now=NOW)
    assert len(known.token.reveal()) == len(unknown.token.reveal())
    assert len(known.fingerprint) == len(unknown.fingerprint)
    assert len(requests(three[0].actor)) == 1
    refused(Reason.NO_CUSTODIANS, finish_recovery, token=unknown.token, new_password=Secret(NEW), now=NOW)
    refused(Reason.WRONG, finish_recovery, token=Secret("x"), new_password=Secret(NEW), now=NOW)


def test_custodians_are_not_asked_without_end():
    for _ in range(10):
        ask_custodians(login="anna", now=NOW)
    refused(Reason.TOO_OFTEN, ask_custodians, login="anna", now=NOW)


def test_only_custodians_help_and_with_a_fresh_password():
    _, three, anna = an_organisation()
    ask_custodians(login="anna", now=NOW)
    (request,) = requests(three[0].actor)
    refused(Reason.ROLE, requests, anna.actor)
    refused(Reason.ROLE, help_recover, anna.actor, request=request.id, now=NOW)
    refused(Reason.FRESH_PASSWORD, help_recover, stale(three[0].actor), request=request.id, now=NOW)


def test_a_custodian_of_others_sees_and_opens_nothing():
    admin, _, _ = an_organisation()
    other = a_joined(admin, "egor", Role.CUSTODIAN)
    ask_custodians(login="anna", now=NOW)
    assert requests(other.actor) == ()
    from safeconduct.desk.keyring.models import RecoveryRequest

    refused(Reason.NOT_HERE, help_recover, other.actor, request=RecoveryRequest.objects.get().pk, now=NOW)


def test_custodians_are_three_who_may_be_and_nobody_trusts_themselves():
    admin, three, anna = an_organisation()
    two_and_a_caseworker = (three[0].actor.member, three[1].actor.member, anna.actor.member)
    refused(Reason.NO_CUSTODIANS, name_custodians, admin.actor, members=two_and_a_caseworker, now=NOW)
    one_twice = (three[0].actor.member, three[0].actor.member, three[1].actor.member)
    refused(Reason.NO_CUSTODIANS, name_custodians, admin.actor, members=one_twice, now=NOW)
    told = custodians(three[0].actor)
    refused(Reason.NO_CUSTODIANS, trust_custodians, three[0].actor, custodian_set=told.id, now=NOW)


def test_an_administrator_who_names_others_gets_nobodys_key_by_that():
    admin, three, anna = an_organisation()
    shown = custodians(anna.actor)
    egor = a_joined(admin, "egor", Role.CUSTODIAN)
    others = (egor.actor.member, three[1].actor.member, three[2].actor.member)
    name_custodians(admin.actor, members=others, now=NOW)
    assert not custodians(anna.actor).is_trusted
    refused(Reason.NO_CUSTODIANS, trust_custodians, anna.actor, custodian_set=shown.id, now=NOW)
    ask_custodians(login="anna", now=NOW)
    assert requests(egor.actor) == ()


def test_without_custodians_there_is_nobody_to_trust():
    assert custodians(an_administrator().actor) is None


def test_a_password_of_the_recovery_is_held_to_the_rule():
    refused(Reason.WEAK_PASSWORD, finish_recovery, token=Secret("x"), new_password=Secret("short"), now=NOW)
    assert PASSWORD
