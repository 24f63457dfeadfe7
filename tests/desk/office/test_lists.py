"""Lists of cases page by page, and what a search finds in them and inside one case."""

import re

import pytest

from safeconduct.desk.cases.actions.handle import name_case, take_over
from safeconduct.desk.cases.actions.list_cases import held, inbox
from tests.desk.office.at_work import Page, rows
from tests.desk.office.whole_case import at_work

__all__ = ["at_work"]


#   which page is asked for     how many of five stand on it, two a page
INBOX = [("", 2), ("1", 2), ("2", 2), ("3", 1), ("4", 2), ("0", 2), ("-1", 2), ("x", 2), ("9" * 5000, 2), ("%D9%A3", 2)]


@pytest.mark.parametrize(("asked", "number"), INBOX)
def test_a_flood_of_contacts_is_read_page_by_page(office, monkeypatch, asked, number):
    monkeypatch.setattr("safeconduct.desk.office.views.lists._AT_ONCE", 2)
    anna = office.member("anna")
    for _ in range(5):
        office.case(anna)
    page = office.browser(anna).get(f"/inbox/?page={asked}").content.decode()
    assert len(cases_on(page)) == number
    assert len(re.findall(r"\?page=", page)) == 2


def test_every_new_contact_stands_on_one_page_of_the_inbox_and_in_its_order(office, monkeypatch):
    monkeypatch.setattr("safeconduct.desk.office.views.lists._AT_ONCE", 2)
    anna = office.member("anna")
    for _ in range(5):
        office.case(anna)
    browser = office.browser(anna)
    pages = [browser.get(f"/inbox/?page={number}").content.decode() for number in (1, 2, 3)]
    assert [case for page in pages for case in cases_on(page)] == [str(told.case) for told in inbox(anna.actor)]


#   which page is asked for     how many of five stand on it, two a page
@pytest.mark.parametrize(("asked", "number"), INBOX)
def test_a_long_list_of_cases_is_read_page_by_page(office, monkeypatch, asked, number):
    monkeypatch.setattr("safeconduct.desk.office.views.lists._AT_ONCE", 2)
    anna = office.member("anna")
    for _ in range(5):
        take_over(anna.actor, case=office.case(anna)[0], now=office.clock.moment)
    page = office.browser(anna).get(f"/cases/?page={asked}").content.decode()
    assert len(cases_on(page)) == number
    assert len(re.findall(r"\?page=", page)) == 2


@pytest.mark.parametrize("search", ["", "harbour"])
def test_every_case_stands_on_one_page_of_the_list_also_of_what_a_search_found(office, monkeypatch, search):
    monkeypatch.setattr("safeconduct.desk.office.views.lists._AT_ONCE", 2)
    anna = office.member("anna")
    for number in range(5):
        name_case(anna.actor, case=office.case(anna)[0], label=f"harbour {number}", now=office.clock.moment)
    browser = office.browser(anna)
    if search:
        pages = [browser.post("/cases/", search=search, page=str(number)).content.decode() for number in (1, 2, 3)]
        assert not any("?page=" in page or "search=" in page for page in pages)
        assert all(page.count('name="page"') == 2 for page in pages)
    else:
        pages = [browser.get(f"/cases/?page={number}").content.decode() for number in (1, 2, 3)]
    assert [case for page in pages for case in cases_on(page)] == [str(told.case) for told in held(anna.actor)]


def test_a_case_without_a_label_is_found_by_the_short_id_that_the_list_shows(office):
    anna = office.member("anna")
    case, _ = office.case(anna)
    other, _ = office.case(anna)
    browser = office.browser(anna)
    assert f"without label {str(case)[:8]}" in Page(browser.get("/cases/")).text
    assert cases_on(browser.post("/cases/", search=str(case)[:8]).content.decode()) == [str(case)]
    assert str(other) != str(case)


#   what is sought           what is found of: what the contact wrote, the answer, the note
SOUGHT = [
    ("BASE left",            (True,  False, False)),
    ("we can help",          (False, True,  False)),
    ("monday",               (False, False, True)),
    ("a",                    (True,  True,  True)),
    ("left monday",          (False, False, False)),
    ("   ",                  (False, False, False)),
]  # fmt: skip


@pytest.mark.parametrize(("search", "found"), SOUGHT)
def test_words_are_sought_in_the_messages_and_notes_of_one_case_and_nothing_is_kept(at_work, search, found):
    browser, address = at_work.browser("anna"), f"/cases/{at_work.parts['case']}/search/"
    before = rows()
    answer = browser.post(address, search=search)
    page = Page(answer).text
    assert tuple(text in page for text in ("I left the base", "We can help", "Call him on Monday")) == found
    assert search.strip() in ("", Page(answer).value("search"))
    assert rows() == before
    assert "I left the base" not in Page(browser.get(f"{address}?search=left")).text


def cases_on(page):
    return list(dict.fromkeys(re.findall(r"/cases/([0-9a-f-]{36})/", page)))
