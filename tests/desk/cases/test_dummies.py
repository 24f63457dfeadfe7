"""Cases of nobody look like any other to a thief, are in no list, and go by themselves."""

from dataclasses import replace
from datetime import timedelta

import pytest

from safeconduct.desk.cases.actions.assign import assign
from safeconduct.desk.cases.actions.count_outcomes import count_outcomes
from safeconduct.desk.cases.actions.keep_dummies import keep_dummies
from safeconduct.desk.cases.actions.law_changed import law_changed
from safeconduct.desk.cases.actions.list_cases import held, inbox
from safeconduct.desk.cases.actions.make_dummies import make_dummies
from safeconduct.desk.cases.actions.retention import retention
from safeconduct.desk.cases.actions.withdraw import renew_due
from safeconduct.desk.cases.dummies import dummies
from safeconduct.desk.cases.models import Case, Counter, DummyList
from safeconduct.desk.cases.reminders import agenda
from safeconduct.desk.cases.values import EMPTY_TEXT
from safeconduct.desk.keyring.models import Contact, Grant
from safeconduct.desk.members.actor import Operator
from safeconduct.desk.project.stores import both_stores
from tests.desk.builders import NOW, a_case, a_channel, a_member

pytestmark = [pytest.mark.security, pytest.mark.usefixtures("desk")]


def listed():
    with both_stores():
        return dummies()


def test_dummies_are_in_no_list_no_search_no_count_and_no_agenda():
    anna = a_member()
    channel = a_channel(anna)
    case, _ = a_case(channel=channel)
    make_dummies(Operator(), number=10, now=NOW)
    assert [summary.case for summary in held(anna)] == [summary.case for summary in inbox(anna)] == [case]
    assert held(anna, search="nobody") == held(anna, search=EMPTY_TEXT) == ()
    assert renew_due(anna, now=NOW) == 0
    assert law_changed(anna).cases == count_outcomes(anna) == agenda(held(anna)) == ()
    keep_dummies(Operator(), now=NOW + timedelta(days=200))
    assert not Counter.objects.exists()
    assert not Case.objects.filter(in_queue=True).exists()


def test_dummies_take_no_place_from_those_who_write(desk, settings_of):
    settings_of(replace(desk, intakes_a_minute=1))
    channel = a_channel(a_member())
    make_dummies(Operator(), number=5, now=NOW)
    case, _ = a_case(channel=channel)
    assert not Case.objects.get(pk=case).in_queue


def test_a_dummy_goes_to_a_colleague_with_nobody_and_opens_to_no_code():
    anna, boris = a_member(), a_member()
    channel = a_channel(anna)
    make_dummies(Operator(), number=3, now=NOW)
    assert set(Grant.objects.values_list("holder", flat=True)) == {anna.member}
    case, _ = a_case(channel=channel)
    assign(anna, case=case, member=boris.member, now=NOW)
    assert set(Grant.objects.filter(holder=boris.member).values_list("case", flat=True)) == {case}


def test_dummies_go_by_themselves_within_months():
    a_channel(a_member(), retention_days=30)
    make_dummies(Operator(), number=5, now=NOW)
    for day in (0, 29):
        keep_dummies(Operator(), now=NOW + timedelta(days=day))
    assert Case.objects.filter(shred_on__isnull=False).count() == 0
    first = {one.case for one in listed()}
    keep_dummies(Operator(), now=NOW + timedelta(days=210))
    assert set(Case.objects.filter(shred_on__isnull=False).values_list("pk", flat=True)) == first
    retention(Operator(), now=NOW + timedelta(days=240), confirmed=True)
    assert Case.objects.filter(shred_on__isnull=False).count() == 0
    gone = {one.case for one in listed()}
    assert set(Case.objects.values_list("pk", flat=True)) == set(Contact.objects.values_list("case", flat=True)) == gone


def test_a_new_desk_gets_them_all_at_once_and_only_when_somebody_reads(desk):
    a_channel()
    assert keep_dummies(Operator(), now=NOW) == 0
    assert not DummyList.objects.exists()
    a_channel(a_member())
    assert keep_dummies(Operator(), now=NOW) == desk.dummies == 12
    assert {one.case for one in listed()} == set(Case.objects.values_list("pk", flat=True))


def test_later_they_come_one_by_one_and_never_without_end(desk, settings_of):
    settings_of(replace(desk, dummies=4))
    a_channel(a_member(), retention_days=1)
    numbers = [keep_dummies(Operator(), now=NOW + timedelta(days=day)) for day in range(0, 400, 5)]
    assert numbers[0] == 4
    assert max(numbers) <= 8
    assert any(number != 4 for number in numbers)
    assert {row.day for row in Case.objects.all()} != {NOW.date()}


def test_a_desk_that_wants_none_gets_none(desk, settings_of):
    settings_of(replace(desk, dummies=0))
    a_channel(a_member())
    assert keep_dummies(Operator(), now=NOW) == 0
    assert not Case.objects.exists()


def test_there_are_never_more_than_the_list_holds(monkeypatch):
    monkeypatch.setattr("safeconduct.desk.cases.actions.make_dummies.MOST_DUMMIES", 3)
    a_channel(a_member())
    assert make_dummies(Operator(), number=5, now=NOW) == 3
    assert make_dummies(Operator(), number=5, now=NOW) == 0
    assert Case.objects.count() == 3


def test_a_dummy_that_is_gone_is_not_looked_for_again():
    a_channel(a_member())
    make_dummies(Operator(), number=3, now=NOW)
    Case.objects.filter(pk=listed()[0].case).delete()
    keep_dummies(Operator(), now=NOW)
    assert {one.case for one in listed()} <= set(Case.objects.values_list("pk", flat=True))
