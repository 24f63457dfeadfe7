"""Filling the disk: what is there can still be read, and the sites go on, whatever cannot be written."""

import pytest
from django.db import OperationalError, connections

from safeconduct.desk.operating.serving import daily
from tests.desk.contact.visiting import Visitor, code_in, contact_site, open_site
from tests.desk.office.at_work import office

__all__ = ["contact_site", "office", "open_site"]
pytestmark = pytest.mark.security


def fill():
    """Let neither store take anything any more."""
    for alias in ("default", "keyring"):
        with connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA query_only=ON")


@pytest.fixture
def _emptied():
    yield
    connections.close_all()


@pytest.mark.usefixtures("_emptied")
def test_a_member_who_is_signed_in_reads_on_when_the_disk_is_full(office):
    anna = office.member("anna")
    case, _ = office.case(anna)
    browser = office.browser(anna)
    fill()
    for _ in range(2):
        assert str(case).encode() in browser.get("/inbox/").content
        assert browser.get(f"/cases/{case}/").status_code == 200
    with pytest.raises(OperationalError):
        browser.post(f"/cases/{case}/take/")


@pytest.mark.usefixtures("_emptied")
def test_a_contact_who_came_back_reads_on_when_the_disk_is_full(open_site):
    visitor = Visitor()
    visitor.come_back(code_in(visitor.write("marker-4711")))
    fill()
    for _ in range(2):
        assert b"marker-4711" in visitor.get("/4").content
    assert b"We could not store this" in visitor.send("/4", "text", text="more").content


@pytest.mark.usefixtures("_emptied")
def test_a_session_that_was_ended_does_not_come_back_because_the_disk_is_full(office):
    anna = office.member("anna")
    hers, stolen = office.browser(anna), office.browser()
    stolen.client.cookies["__Host-members"] = hers.client.cookies["__Host-members"].value
    hers.post("/sign-out/")
    fill()
    assert stolen.get("/inbox/").headers["Location"] == "/sign-in/"


@pytest.mark.usefixtures("desk", "_emptied")
def test_the_sites_go_on_when_the_work_of_the_day_cannot_be_written():
    said = []
    fill()
    daily(said.append)
    assert said == ["Nothing was shredded today: the stores cannot be written. Look with: safeconduct desk check"]
