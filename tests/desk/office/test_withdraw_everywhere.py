"""An administrator takes the cases of a member: those that somebody else holds too, and nothing is opened by it."""

from uuid import UUID

import pytest

from safeconduct.desk.cases.actions.list_cases import held
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.withdraw import renew_due
from safeconduct.desk.cases.actions.withdraw_everywhere import Holdings, holdings_of, renewals_due, withdraw_everywhere
from safeconduct.desk.keyring.models import Grant, RenewalDue
from safeconduct.desk.members.roles import Role
from safeconduct.desk.refusals import Reason
from tests.desk.builders import refused
from tests.desk.office.at_work import NOWHERE, Page

pytestmark = pytest.mark.security


def built(office):
    """Two who hold two cases together, and one case that only the first holds."""
    anna, boris = office.member("anna"), office.member("boris")
    shared = [office.case(anna, boris)[0] for _ in range(2)]
    alone, _ = office.case(anna)
    return anna, boris, shared, alone


def test_shared_cases_go_at_once_and_what_only_they_hold_stays(office):
    anna, boris, shared, alone = built(office)
    root, now = office.admin().actor, office.clock.moment
    assert holdings_of(root, member=anna.member) == Holdings(shared=2, alone=1)
    assert withdraw_everywhere(root, member=anna.member, now=now) == Holdings(shared=2, alone=1)
    assert [told.case for told in held(anna.actor)] == [alone]
    for case in shared:
        refused(Reason.NOT_HERE, open_case, anna.actor, case=case)
    assert renewals_due(root) == 2
    assert renew_due(boris.actor, now=now) == 2
    assert {grant.epoch for grant in Grant.objects.filter(holder=boris.member)} == {2}
    assert renewals_due(root) == 0
    assert withdraw_everywhere(root, member=anna.member, now=now) == Holdings(shared=0, alone=1)


def test_only_an_administrator_does_it_and_only_to_a_member(office):
    anna, boris, _, _ = built(office)
    clara = office.member("clara", Role.CUSTODIAN)
    before = set(Grant.objects.values_list("pk", flat=True))
    for actor in (anna.actor, boris.actor, clara.actor):
        refused(Reason.ROLE, withdraw_everywhere, actor, member=boris.member, now=office.clock.moment)
        refused(Reason.ROLE, holdings_of, actor, member=boris.member)
    root = office.admin().actor
    refused(Reason.NOT_HERE, withdraw_everywhere, root, member=UUID(NOWHERE), now=office.clock.moment)
    refused(Reason.NOT_HERE, holdings_of, root, member=UUID(NOWHERE))
    assert set(Grant.objects.values_list("pk", flat=True)) == before
    assert not RenewalDue.objects.exists()


def test_the_page_asks_first_and_the_list_shows_what_waits(office):
    anna, boris, _, _ = built(office)
    browser = office.browser(office.admin())
    assert f"/members/{anna.member}/withdraw/" in browser.get("/members/").content.decode()
    address = f"/members/{anna.member}/withdraw/"
    page = Page(browser.get(address)).text
    assert "They hold 2 cases that somebody else holds too." in page
    assert "Nobody else holds 1 case." in page
    assert Grant.objects.filter(holder=anna.member).count() == 6
    assert browser.post(address).headers["Location"] == "/members/"
    page = Page(browser.get("/members/")).text
    assert "What only they hold stays with them." in page
    assert "The keys of 2 cases wait to be renewed." in page
    assert "took a case from Anna" in Page(browser.get("/trail/")).text
    again = browser.get(address).content.decode()
    assert "grave" not in again
    browser.post(f"/members/{boris.member}/withdraw/")
    assert "The cases were taken" not in Page(browser.get("/inbox/")).text


def test_where_all_is_shared_all_goes(office):
    anna, boris = office.member("anna"), office.member("boris")
    office.case(anna, boris)
    browser = office.browser(office.admin())
    browser.post(f"/members/{anna.member}/withdraw/")
    assert "Their keys are renewed by the next holders who sign in." in Page(browser.get("/members/")).text
    assert not Grant.objects.filter(holder=anna.member).exists()
