"""Every way back to a lost key restores every case, and an administrator's reset restores none."""

import pytest

from safeconduct.desk.cases.actions.assign import assign
from safeconduct.desk.cases.actions.list_cases import held
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.keyring.models import Grant
from safeconduct.desk.members.actions.ask_custodians import ask_custodians, finish_recovery
from safeconduct.desk.members.actions.confirm_enrolment import confirm_enrolment
from safeconduct.desk.members.actions.custody import help_recover, requests
from safeconduct.desk.members.actions.invite_member import reset_member
from safeconduct.desk.members.actions.list_members import read_system_trail
from safeconduct.desk.members.actions.name_custodians import custodians, name_custodians, trust_custodians
from safeconduct.desk.members.actions.recover_with_code import recover_with_code
from safeconduct.desk.members.roles import Role
from safeconduct.desk.members.system_trail import Happened
from safeconduct.desk.members.totp import code_at, step_of
from safeconduct.desk.refusals import Reason
from safeconduct.values.secret import Secret
from tests.desk.builders import LATER, NOW, TOMORROW, a_case, a_member, refused
from tests.desk.members.joining import a_joined, an_administrator, as_actor, joined_by, secret_in, sign_in

pytestmark = [pytest.mark.security, pytest.mark.usefixtures("either_desk")]
NEW = "heron under the bridge"
CASES = 7


def a_loaded_member():
    """An administrator, Anna, and the cases she holds."""
    admin = an_administrator()
    anna = a_joined(admin)
    return admin, anna, {a_case(anna.actor)[0] for _ in range(CASES)}


def opens(actor):
    return {summary.case for summary in held(actor) if open_case(actor, case=summary.case).thread.messages}


def test_the_printed_code_restores_every_case():
    _, anna, cases = a_loaded_member()
    recover_with_code(
        login="anna",
        typed=Secret(anna.printed),
        new_password=Secret(NEW),
        code=code_at(anna.totp, step_of(LATER)),
        now=LATER,
    )
    assert opens(sign_in(anna, password=NEW, now=TOMORROW)) == cases


def test_two_of_three_custodians_restore_every_case_and_everybody_sees_it():
    admin, anna, cases = a_loaded_member()
    three = [a_joined(admin, name, Role.CUSTODIAN) for name in ("boris", "chloe", "dmitri")]
    name_custodians(admin.actor, members=tuple(one.actor.member for one in three), now=NOW)
    trust_custodians(anna.actor, custodian_set=custodians(anna.actor).id, now=NOW)
    asked = ask_custodians(login="anna", now=NOW)
    (request,) = requests(three[0].actor)
    for one in three[:2]:
        help_recover(one.actor, request=request.id, now=NOW)
    begun = finish_recovery(token=asked.token, new_password=Secret(NEW), now=NOW)
    signed_in = confirm_enrolment(token=begun.token, code=code_at(secret_in(begun), step_of(NOW)), now=NOW)
    assert opens(as_actor(signed_in)) == cases
    seen = {line.kind for line in read_system_trail(three[2].actor)}
    assert {Happened.CUSTODIANS_ASKED, Happened.CUSTODIAN_HELPED, Happened.RECOVERED_BY_CUSTODIANS} <= seen


def test_a_custodian_who_helps_learns_no_key():
    admin, anna, _ = a_loaded_member()
    three = [a_joined(admin, name, Role.CUSTODIAN) for name in ("boris", "chloe", "dmitri")]
    name_custodians(admin.actor, members=tuple(one.actor.member for one in three), now=NOW)
    trust_custodians(anna.actor, custodian_set=custodians(anna.actor).id, now=NOW)
    ask_custodians(login="anna", now=NOW)
    (request,) = requests(three[0].actor)
    for one in three[:2]:
        step = help_recover(one.actor, request=request.id, now=NOW)
        assert not hasattr(step, "seed")
        assert opens(one.actor) == set()
    from safeconduct.desk.keyring.models import RecoveryRequest

    row = RecoveryRequest.objects.get()
    assert anna.actor.private.seed.reveal() not in row.handed
    assert row.halves == b""


def test_a_stranger_who_asks_in_a_members_name_has_another_fingerprint():
    admin, anna, _ = a_loaded_member()
    three = [a_joined(admin, name, Role.CUSTODIAN) for name in ("boris", "chloe", "dmitri")]
    name_custodians(admin.actor, members=tuple(one.actor.member for one in three), now=NOW)
    trust_custodians(anna.actor, custodian_set=custodians(anna.actor).id, now=NOW)
    hers, a_strangers = ask_custodians(login="anna", now=NOW), ask_custodians(login="anna", now=NOW)
    shown = {request.fingerprint for request in requests(three[0].actor)}
    assert hers.fingerprint != a_strangers.fingerprint
    assert shown == {hers.fingerprint, a_strangers.fingerprint}
    # What custodians open for her request, the stranger's token does not take over.
    mine = next(one for one in requests(three[0].actor) if one.fingerprint == hers.fingerprint)
    for one in three[:2]:
        help_recover(one.actor, request=mine.id, now=NOW)
    refused(Reason.NO_CUSTODIANS, finish_recovery, token=a_strangers.token, new_password=Secret(NEW), now=NOW)


def test_an_administrators_reset_restores_no_case_until_a_colleague_grants_it_again():
    admin, anna, cases = a_loaded_member()
    case, *_ = sorted(cases)
    boris = a_member()
    assign(anna.actor, case=case, member=boris.member, now=NOW)
    link = reset_member(admin.actor, member=anna.actor.member, now=NOW, losing=CASES - 1)
    again = joined_by(link, "anna", password=NEW)
    assert opens(again.actor) == set()
    assert not Grant.objects.filter(holder=anna.actor.member).exists()
    assign(boris, case=case, member=again.actor.member, now=LATER)
    assert opens(again.actor) == {case}


def test_an_administrator_who_opens_the_link_of_a_reset_themselves_opens_no_case():
    admin, anna, _ = a_loaded_member()
    link = reset_member(admin.actor, member=anna.actor.member, now=NOW, losing=CASES)
    taken = joined_by(link, "anna", password="chosen by the administrator")
    assert opens(taken.actor) == set()
    kinds = [line.kind for line in read_system_trail(admin.actor)]
    assert Happened.RESET in kinds
