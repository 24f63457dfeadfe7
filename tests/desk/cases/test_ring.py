"""A ring makes a list of many cases fast, and never opens what the grants do not."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connections

from safeconduct.desk.cases.actions.close import shred
from safeconduct.desk.cases.actions.list_cases import held
from safeconduct.desk.cases.actions.withdraw import renew_due, withdraw
from safeconduct.desk.cases.holders import take_grants
from safeconduct.desk.cases.models import Case
from safeconduct.desk.cases.ring import MANY, fill_ring, lacks_many, open_ring_of
from safeconduct.desk.cases.shredding import shred_wraps
from safeconduct.desk.keyring.models import Grant, Ring
from safeconduct.desk.members.actions.lock_member import lock_member
from safeconduct.desk.project.routers import KEYRING
from safeconduct.desk.project.stores import both_stores
from safeconduct.vault.errors import CannotOpenError
from tests.desk.builders import NOW, a_case, a_channel, a_member
from tests.desk.running import let_nothing_be_written

pytestmark = [pytest.mark.security, pytest.mark.usefixtures("desk")]


@pytest.fixture
def desk(either_desk):
    """The desk of these tests, once on each database."""
    return either_desk


def row_of(case):
    return Case.objects.get(pk=case)


@pytest.fixture
def many():
    """Two members and as many cases as a ring is made for, each held by both."""
    anna, boris = a_member(), a_member()
    channel = a_channel(anna, boris)
    cases = [a_case(channel=channel)[0] for _ in range(MANY)]
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


def test_a_list_for_which_the_ring_lacks_many_fills_it_and_says_the_same(many):
    anna, _, cases = many
    with_ring = held(anna)
    Ring.objects.all().delete()
    assert [held(anna) for _ in range(2)] == [with_ring] * 2
    assert {case for case, _ in open_ring_of(anna)} == set(cases)


def test_a_list_for_which_the_ring_lacks_few_writes_nothing(many):
    anna, boris, _ = many
    before = Ring.objects.get(pk=anna.member).kept
    for _ in range(3):
        a_case(channel=a_channel(anna, boris))
        held(anna)
    assert Ring.objects.get(pk=anna.member).kept == before


def test_a_list_is_given_also_where_no_ring_can_be_written(many):
    anna, _, cases = many
    Ring.objects.all().delete()
    let_nothing_be_written(KEYRING)
    try:
        assert {summary.case for summary in held(anna)} == set(cases)
    finally:
        connections.close_all()
    assert not Ring.objects.exists()


@pytest.mark.parametrize("taken", [lambda case, _: shred_wraps(case), lambda case, who: take_grants(row_of(case), who)])
def test_a_ring_that_is_filled_while_a_case_goes_has_no_key_of_it(many, taken):
    anna, _, cases = many
    begun, is_filled = Event(), Event()

    def take():
        with both_stores():
            taken(cases[0], anna.member)
            begun.set()
            # Whoever fills the ring has time to read the grants as they were, and then has to wait.
            assert not is_filled.wait(0.5)
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        going = pool.submit(take)
        assert begun.wait(10)
        fill_ring(anna)
        is_filled.set()
        going.result(10)
    assert cases[0] not in {case for case, _ in open_ring_of(anna)}


#   in the ring  others  filled anew
LACKS = [
    (0,     49,     False),
    (0,     50,     True),
    (500,   49,     False),
    (500,   50,     True),
    (3_000, 299,    False),
    (3_000, 300,    True),
]  # fmt: skip


@pytest.mark.parametrize(("kept", "others", "filled"), LACKS)
def test_a_large_ring_is_filled_anew_less_often(kept, others, filled):
    assert lacks_many(dict.fromkeys(range(kept)), others) is filled
