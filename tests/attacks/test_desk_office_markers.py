"""Attacks on the members' site by what is typed: markup in every field and file name; pages that load or tell more."""

import re

import pytest

from safeconduct.desk.members.roles import Role
from safeconduct.desk.project.headers import CONTENT_POLICY, HEADERS
from tests.desk.office.at_work import Page, office
from tests.desk.office.whole_case import Words, a_whole_case, addresses

__all__ = ["office"]
pytestmark = pytest.mark.security

MARKERS = [
    '<script>alert("{}")</script>',
    '"><img src=x onerror=alert("{}")>',
    "'><svg onload=alert('{}')>",
    "</textarea><h1 id=marker-{}>",
    "{{{{ {} }}}}{{% csrf_token %}}",
    "javascript:alert('{}')",
]
FIELDS = tuple(Words.__dataclass_fields__)
ALLOWED = {
    "html", "head", "meta", "title", "link", "body", "a", "header", "nav", "ul", "ol", "li", "form", "input", "button",
    "main", "h1", "h2", "h3", "h4", "p", "div", "span", "section", "article", "footer", "label", "select", "option",
    "textarea", "fieldset", "legend", "details", "summary", "table", "thead", "tbody", "tr", "th", "td", "time",
    "strong", "br", "dl", "dt", "dd", "svg", "rect", "path", "defs", "pattern", "circle", "text", "line",
}  # fmt: skip


def pages_of(office, marker):
    """Every page of a case in which everything that somebody typed is a marker, and the lists."""
    words = Words(**{name: marker.format(name) for name in FIELDS})
    anna = office.member("anna", Role.LAWYER, Role.CASEWORKER, name=marker.format("member"))
    parts = a_whole_case(office, anna, words)
    browser = office.browser(anna)
    found = {}
    for name, address in addresses(parts).items():
        answer = browser.get(address)
        if answer.status_code == 200 and name != "file":
            found[name] = answer
    found["searched"] = browser.post("/cases/", search=marker.format("search"))
    again = {"text": marker.format("text"), "token": "old"}
    found["sent again"] = browser.post(f"/cases/{parts['case']}/", again)
    faulty = {"f.birth_date": marker.format("fact"), "said_by": marker.format("said_by"), "on": "2026-11-22"}
    him = f"/cases/{parts['case']}/people/{parts['person']}/"
    found["facts again"] = browser.post(f"{him}facts/person/", faulty)
    found["event again"] = browser.post(f"{him}events/new/left_unit/", {"e.on": marker.format("day")})
    found["line again"] = browser.post(f"{him}told/closed/", {"code": marker.format("code"), "kind": "left_unit"})
    found["person again"] = browser.post(f"/cases/{parts['case']}/people/", pseudonym=marker.format("p"), consent="x")
    return found, browser, parts


@pytest.mark.parametrize("marker", MARKERS)
def test_what_was_typed_is_never_more_than_text(office, marker):
    found, browser, parts = pages_of(office, marker)
    seen = set()
    for name, answer in found.items():
        page = Page(answer)
        assert {tag for tag, _ in page.tags} <= ALLOWED, name
        for tag, told in page.tags:
            assert not any(key.startswith("on") or key == "style" for key in told), (name, tag)
            for key in ("href", "src", "action"):
                assert not told.get(key, "").startswith(("javascript", "data", "http", "//")), (name, tag)
            assert not told.get("id", "").startswith("marker"), name
        shown = page.text + " ".join(str(value) for _, told in page.tags for value in told.values())
        seen |= {field for field in FIELDS if " ".join(marker.format(field).split()) in shown}
    # A file's name loses what could be a folder; all else is shown as it was typed.
    assert seen >= set(FIELDS) - {"file"}
    answer = browser.get(addresses(parts)["file"])
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert re.fullmatch(
        r"attachment; filename(=\"[^\r\n]*\"|\*=utf-8''[\w%.\-~]+)", answer.headers["Content-Disposition"]
    )


#   a name of a file
NAMES = [
    'a"; filename="b.html',
    "a\r\nSet-Cookie: x=y",
    "../../etc/passwd",
    "..\\..\\a.exe",
    "a\u202efdp.exe",
    "=cmd|' /C calc'!A0",
    "x" * 500,
    "справка.pdf",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_only_ever_downloaded_whatever_it_is_called(office, name):
    anna = office.member("anna")
    parts = a_whole_case(office, anna, Words(file=name))
    answer = office.browser(anna).get(addresses(parts)["file"])
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment")
    assert not re.search(r"[\r\n/\\\u202e]", disposition.replace('\\"', ""))
    assert len(disposition) < 1000
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == b"scan of a summons"


def test_every_page_says_what_a_browser_may_do_with_it_and_loads_nothing_from_elsewhere(office):
    anna = office.member("anna", Role.LAWYER, Role.CASEWORKER)
    parts = a_whole_case(office, anna)
    for browser in (office.browser(anna), office.browser()):
        for name, address in addresses(parts).items():
            for answer in (browser.get(address), browser.client.post(address)):
                told = {key: answer.headers.get(key) for key in HEADERS}
                assert told == HEADERS, name
                assert answer.headers["Content-Security-Policy"] == CONTENT_POLICY
                assert answer.headers["Cache-Control"] == "no-store"
                if answer.headers.get("Content-Type", "").startswith("text/html") and answer.content:
                    loads = [told for tag, told in Page(answer).tags if tag in {"link", "img", "script", "iframe"}]
                    assert all(told["href"].startswith("/static/") for told in loads), name


def test_titles_tell_nothing_of_a_case(office):
    anna = office.member("anna", Role.LAWYER, Role.CASEWORKER)
    words = Words(**{name: f"marker {name}" for name in FIELDS})
    parts = a_whole_case(office, anna, words)
    browser = office.browser(anna)
    for name, address in addresses(parts).items():
        answer = browser.get(address)
        if answer.headers.get("Content-Type", "").startswith("text/html") and answer.content:
            title = re.search(r"<title>(.*?)</title>", answer.content.decode(), re.DOTALL)
            assert title, name
            assert "marker" not in title[1]
            assert title[1].strip()


def test_cookies_are_for_this_site_alone_and_out_of_reach_of_scripts(office):
    browser = office.browser(office.member("anna"))
    browser.post("/language/", language="ru", back="/")
    assert len(browser.client.cookies) == 4
    for name, cookie in browser.client.cookies.items():
        assert name.startswith("__Host-")
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Strict")
        assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_what_is_searched_for_stands_in_no_address(office):
    anna = office.member("anna")
    case, _ = office.case(anna)
    browser = office.browser(anna)
    for address in ("/cases/", f"/cases/{case}/search/"):
        page = Page(browser.get(address))
        (form,) = [told for tag, told in page.tags if tag == "form" and told.get("role") == "search"]
        assert form["method"] == "post"
        answer = browser.post(address, search="marker")
        assert not any("marker" in told.get("href", "") + told.get("action", "") for _, told in Page(answer).tags)


@pytest.mark.parametrize("address", ["/sign-in/", "/inbox/", "/cases/", "/settings/", "/members/", "/custodians/"])
def test_no_form_sends_what_was_typed_by_get(office, address):
    page = Page(office.browser(office.member("anna")).get(address))
    assert {told["method"] for tag, told in page.tags if tag == "form"} == {"post"}
