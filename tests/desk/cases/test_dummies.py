"""Cases of nobody look like any other to a thief, are in no list, and go by themselves."""

from datetime import timedelta

import pytest

from safeconduct.desk.cases.actions.list_cases import held, inbox
from safeconduct.desk.cases.actions.make_dummies import make_dummies
from safeconduct.desk.cases.actions.retention import retention
from safeconduct.desk.cases.actions.withdraw import renew_due
from safeconduct.desk.cases.models import Case, Record
from safeconduct.desk.keyring.models import Contact, Grant
from safeconduct.desk.members.actor import Operator
from tests.desk.builders import NOW, a_case, a_channel, a_member

pytestmark = [pytest.mark.security, pytest.mark.usefixtures("desk")]


def shape(case):
    """What can be counted of a case without a key, apart from the size class of its text."""
    records = sorted(Record.objects.filter(case_id=case).values_list("domain", "kind", "epoch"))
    return records, Grant.objects.filter(case=case).count(), Contact.objects.filter(case=case).count()


def test_a_dummy_has_the_shape_of_a_case_and_is_in_no_list():
    anna = a_member()
    channel = a_channel(anna)
    case, _ = a_case(channel=channel)
    make_dummies(Operator(), number=5, now=NOW)
    assert Case.objects.count() == 6
    assert {str(shape(row.pk)) for row in Case.objects.all()} == {str(shape(case))}
    assert [summary.case for summary in held(anna)] == [summary.case for summary in inbox(anna)] == [case]
    assert renew_due(anna, now=NOW) == 0


def test_dummies_go_by_themselves_within_half_a_year():
    a_channel(a_member())
    make_dummies(Operator(), number=5, now=NOW)
    assert retention(Operator(), now=NOW + timedelta(days=29)) == 0
    assert retention(Operator(), now=NOW + timedelta(days=180), confirmed=True) == 5
    assert not Case.objects.exists()
    assert not Contact.objects.exists()


def test_where_nobody_reads_there_are_no_dummies():
    a_channel()
    make_dummies(Operator(), number=5, now=NOW)
    assert not Case.objects.exists()
