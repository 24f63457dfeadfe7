"""A ring makes a list of many cases fast, and never opens what the grants do not."""

import pytest

from safeconduct.desk.cases import ring
from safeconduct.desk.cases.actions.close import shred
from safeconduct.desk.cases.actions.list_cases import held
from safeconduct.desk.cases.actions.withdraw import renew_due, withdraw
from safeconduct.desk.cases.ring import fill_ring, open_ring_of
from safeconduct.desk.keyring.models import Grant, Ring
from safeconduct.desk.members.actions.lock_member import lock_member
from safeconduct.vault.errors import CannotOpenError
from tests.desk.builders import NOW, a_case, a_channel, a_member

pytestmark = [pytest.mark.security, pytest.mark.usefixtures("desk")]


@pytest.fixture
def many():
    """Two members and as many cases as a ring is made for, each held by both."""
    anna, boris = a_member(), a_member()
    channel = a_channel(anna, boris)
    cases = [a_case(channel=channel)[0] for _ in range(ring._LEAST)]
    for member in (anna, boris):
        renew_due(member, now=NOW)
    return anna, boris, cases


def test_a_list_is_the_same_with_a_ring_and_without(many):
    anna, _, cases = many
    with_ring = held(anna)
    assert len(open_ring_of(anna)) == len(cases)
    Ring.objects.all().delete()
    assert held(anna) == with_ring


def test_a_case_that_came_in_since_is_in_the_list(many):
    anna, boris, cases = many
    new, _ = a_case(channel=a_channel(anna, boris))
    assert {summary.case for summary in held(anna)} == {*cases, new}


def test_a_withdrawn_member_has_neither_ring_nor_case_and_others_see_the_renewed_one(many):
    anna, boris, cases = many
    withdraw(anna, case=cases[0], member=boris.member, now=NOW)
    assert not Ring.objects.filter(pk=boris.member).exists()
    assert {summary.case for summary in held(boris)} == set(cases[1:])
    assert {summary.case for summary in held(anna)} == set(cases)


def test_a_ring_alone_opens_no_case_of_which_the_grant_is_gone(many):
    anna, _, cases = many
    Grant.objects.filter(holder=anna.member, case=cases[0]).delete()
    assert {summary.case for summary in held(anna)} == set(cases[1:])


def test_a_locked_member_has_no_ring(many):
    _, boris, _ = many
    lock_member(boris, member=boris.member, now=NOW)
    assert not Ring.objects.filter(pk=boris.member).exists()


def test_no_ring_keeps_the_key_of_a_shredded_case(many):
    anna, _, cases = many
    shred(anna, case=cases[0], now=NOW)
    assert not Ring.objects.exists()
    fill_ring(anna)
    assert cases[0] not in {case for case, _ in open_ring_of(anna)}


def test_the_ring_of_another_does_not_open(many):
    anna, boris, _ = many
    row = Ring.objects.get(pk=boris.member)
    Ring.objects.filter(pk=anna.member).update(kept=row.kept)
    with pytest.raises(CannotOpenError):
        held(anna)


def test_a_few_cases_need_no_ring():
    anna = a_member()
    a_case(anna)
    renew_due(anna, now=NOW)
    assert not Ring.objects.exists()
    assert len(held(anna)) == 1
