"""How many cases a member holds alone, and who learns it; whether anybody still reads a thread."""

from uuid import UUID

import pytest

from safeconduct.desk.cases.actions.read_thread import is_read
from safeconduct.desk.cases.actions.withdraw_everywhere import withdraw_everywhere
from safeconduct.desk.keyring.models import Grant
from safeconduct.desk.members.actions.lock_member import cases_lost_with, lock_member
from safeconduct.desk.members.permissions import may_lose
from safeconduct.desk.members.roles import Role
from safeconduct.desk.refusals import Allow, Reason, Refuse
from tests.desk.builders import NOW, a_case, a_channel, a_contact, a_member, refused

#   cases nobody else holds     named     what is decided
TABLE = [
    (0,                         0,        Allow()),
    (0,                         5,        Allow()),
    (1,                         0,        Refuse(Reason.CASES_LOST)),
    (2,                         1,        Refuse(Reason.CASES_LOST)),
    (2,                         2,        Allow()),
    (2,                         3,        Allow()),
]  # fmt: skip


@pytest.mark.parametrize(("alone", "losing", "decision"), TABLE)
def test_no_more_cases_are_lost_than_were_named(alone, losing, decision):
    assert may_lose(alone=alone, losing=losing) == decision


@pytest.mark.usefixtures("either_desk")
def test_a_withdrawal_leaves_what_only_they_hold_with_them():
    root, anna, boris = a_member(Role.ADMINISTRATOR), a_member(), a_member()
    case, code = a_case(anna)
    a_case(anna, boris)
    assert withdraw_everywhere(root, member=anna.member, now=NOW).alone == 1
    assert Grant.objects.filter(case=case, holder=anna.member).exists()
    assert is_read(a_contact(code))


@pytest.mark.usefixtures("desk")
def test_only_an_administrator_and_they_themselves_learn_the_number():
    anna, boris = a_member(), a_member(Role.CUSTODIAN)
    a_case(anna)
    assert cases_lost_with(anna, member=anna.member) == 1
    refused(Reason.ROLE, cases_lost_with, boris, member=anna.member)
    assert cases_lost_with(a_member(Role.ADMINISTRATOR), member=UUID(int=7)) == 0


@pytest.mark.usefixtures("desk")
def test_an_offline_key_alone_answers_nobody():
    from safeconduct.vault.sealing import PrivateKey

    anna = a_member()
    channel = a_channel(anna, offline_public=PrivateKey.new().public.raw)
    _, code = a_case(channel=channel)
    lock_member(anna, member=anna.member, now=NOW, losing=1)
    assert Grant.objects.filter(holder=channel.pk).exists()
    assert not is_read(a_contact(code))
