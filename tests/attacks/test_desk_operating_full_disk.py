"""A store that takes nothing more: what is there can still be read, and the sites go on, whatever cannot be written."""

import pytest
from django.db import connections

from safeconduct.desk.operating.serving import daily
from safeconduct.desk.project.stores import NothingKept
from tests.desk.contact.visiting import Visitor, code_in, contact_site, open_site
from tests.desk.office.at_work import Page, office, rows
from tests.desk.running import let_nothing_be_written

__all__ = ["contact_site", "office", "open_site"]
pytestmark = pytest.mark.security


@pytest.fixture
def desk(either_desk):
    """The desk of these tests, once on each database."""
    return either_desk


@pytest.fixture
def _emptied():
    yield
    connections.close_all()


@pytest.mark.usefixtures("_emptied")
def test_a_member_who_is_signed_in_reads_on_when_the_disk_is_full(office):
    anna = office.member("anna")
    case, _ = office.case(anna)
    browser = office.browser(anna)
    let_nothing_be_written()
    for _ in range(2):
        assert str(case).encode() in browser.get("/inbox/").content
        assert browser.get(f"/cases/{case}/").status_code == 200
    with pytest.raises(NothingKept):
        browser.post(f"/cases/{case}/take/")


@pytest.mark.usefixtures("_emptied")
def test_a_contact_who_came_back_reads_on_when_the_disk_is_full(open_site):
    visitor = Visitor()
    visitor.come_back(code_in(visitor.write("marker-4711")))
    let_nothing_be_written()
    for _ in range(2):
        assert b"marker-4711" in visitor.get("/4").content
    assert b"We could not store this" in visitor.send("/4", "text", text="more").content


#   how the stores take nothing more
FULL = {
    "no row can be written": let_nothing_be_written,
    "not a page is left": lambda: leave_pages(0),
    "one page is left": lambda: leave_pages(1),
}


def leave_pages(number):
    """Let each store grow by so many pages of its file and no more, as a disk without a free byte does."""
    for alias in ("default", "keyring"):
        if connections[alias].vendor != "sqlite":
            pytest.skip("only a store in one file can be held to so many pages")
        with connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA page_count")
            (pages,) = cursor.fetchone()
            cursor.execute(f"PRAGMA max_page_count={pages + number}")


def nothing_is_added(before, after, *, full):
    """Whether no row came or went; where pages have room left, a try may be counted and a visit be noted in them."""
    if full == "no row can be written":
        return after == before
    numbers = [{name: len(found) for name, found in one.items() if name != "Throttle"} for one in (before, after)]
    return numbers[0] == numbers[1]


#   who   address            what is sent
OF_MEMBERS = [
    (None,   "/sign-in/",       {"login": "anna", "password": "kestrel over the water"}),
    (None,   "/recover/ask/",   {"login": "anna"}),
    ("anna", "/cases/{}/",      {"text": "marker-4711 " * 2000}),
    ("anna", "/cases/{}/notes/", {"text": "marker-4711 " * 2000}),
]  # fmt: skip


@pytest.mark.usefixtures("_emptied")
@pytest.mark.parametrize("full", FULL)
@pytest.mark.parametrize(("who", "address", "told"), OF_MEMBERS)
def test_a_member_is_told_that_nothing_was_kept_when_the_disk_is_full(office, full, who, address, told):
    anna = office.member("anna")
    case, _ = office.case(anna)
    browser = office.browser(office.people[who] if who else None)
    browser.client.raise_request_exception = False
    browser.token()
    page = Page(browser.get(address.format(case)))
    office.clock.on(seconds=30)
    before = rows()
    FULL[full]()
    hidden = {key: page.value(key) for key in ("token",)} if who else {}
    answer = browser.post(address.format(case), {**told, **hidden})
    if "page" in full and answer.status_code != 503:
        # What little was to be written found a place in a page that was there.
        assert answer.status_code in {200, 302, 403}
        return
    assert answer.status_code == 503
    assert b"Nothing was kept." in answer.content
    assert b"marker-4711" not in answer.content
    assert answer.headers["Cache-Control"] == "no-store"
    assert nothing_is_added(before, rows(), full=full)


@pytest.mark.usefixtures("_emptied")
@pytest.mark.parametrize("full", FULL)
def test_a_contact_who_comes_back_is_told_that_nothing_was_kept_when_the_disk_is_full(open_site, full):
    code = code_in(Visitor().write("marker-4711"))
    visitor = Visitor()
    visitor.client.raise_request_exception = False
    visitor.get("/3")
    before = rows()
    FULL[full]()
    answer = visitor.come_back(code)
    if answer.status_code != 503:
        assert full != "no row can be written"
        return
    assert b"Nothing was kept." in answer.content
    assert nothing_is_added(before, rows(), full=full)


@pytest.mark.usefixtures("_emptied")
@pytest.mark.parametrize("full", FULL)
def test_a_first_message_is_whole_or_not_there_when_the_disk_is_full(open_site, full):
    visitor = Visitor()
    visitor.client.raise_request_exception = False
    before = rows()
    FULL[full]()
    answer = visitor.write("marker-4711 " * 2000)
    assert (answer.status_code, rows()) == (422, before)
    assert b"We could not store this" in answer.content
    assert b"marker-4711" in answer.content


@pytest.mark.usefixtures("_emptied")
def test_a_session_that_was_ended_does_not_come_back_because_the_disk_is_full(office):
    anna = office.member("anna")
    hers, stolen = office.browser(anna), office.browser()
    stolen.client.cookies["__Host-members"] = hers.client.cookies["__Host-members"].value
    hers.post("/sign-out/")
    let_nothing_be_written()
    assert stolen.get("/inbox/").headers["Location"] == "/sign-in/"


@pytest.mark.usefixtures("desk", "_emptied")
def test_the_sites_go_on_when_the_work_of_the_day_cannot_be_written():
    said = []
    let_nothing_be_written()
    daily(said.append)
    assert said == ["Nothing was shredded today: the stores cannot be written. Look with: safeconduct desk check"]
