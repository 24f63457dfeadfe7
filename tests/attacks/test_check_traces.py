"""What the check leaves behind: nothing in the stores, nothing in logs, neutral addresses, a cookie that opens once."""

import logging
import re
import tempfile
from base64 import urlsafe_b64decode, urlsafe_b64encode
from pathlib import Path

import pytest
from django.db import connections

from tests.attacks.test_desk_contact_traces import talkative
from tests.desk.check.browsing import TextBrowser
from tests.desk.check.small_site import contact_site, open_site, small_site
from tests.desk.contact.visiting import rows
from tests.desk.operating.scanning import hits

__all__ = ["contact_site", "open_site", "small_site", "talkative"]
pytestmark = [pytest.mark.security, pytest.mark.usefixtures("small_site")]
MARKERS = ("Каракалпакия-маркер", "planted-for-the-search-1937")
COUNTRY, YEAR = "Burkina Faso", "1917"
NEUTRAL = re.compile(r"/c/|/c/[0-9a-f-]{36}/(\d+|result|x)|/1")


def a_whole_run(visitor=None):
    """Somebody goes through the check, types words that can be found again, goes back, and asks for the result."""
    visitor = visitor or TextBrowser("ru")
    run = visitor.begin()
    replies = {
        "events": {"v": ["left_unit", "entered"]},
        "entered": {"answer": "yes", "on__year": YEAR, "where__other": COUNTRY},
        "citizenships": {"v__other": COUNTRY},
        "birth_date": {"on__year": YEAR, "on__about": "on"},
    }
    seen = set()
    while not visitor.address.endswith("/result"):
        if visitor.asked not in seen:
            for marker in MARKERS:
                visitor.send(**dict.fromkeys(("v", "v__other", "on__year", "answer", "r1__dependent", marker), marker))
        seen.add(visitor.asked)
        visitor.send(
            **{"v__other": None, "v": None, "on__year": None, **replies.get(visitor.asked, {"answer": "unknown"})}
        )
        if visitor.page.forms and "right" in visitor.page.forms[0]["offered"]:
            visitor.send(right="yes")
    assert {"events", "entered", "citizenships", "birth_date"} <= seen
    visitor.open(f"{run}/1")
    visitor.open(f"{run}/result")
    return visitor


def test_no_row_of_any_store_is_written():
    before = rows(to_the_second=True)
    a_whole_run()
    assert rows(to_the_second=True) == before


def test_an_open_conversation_is_not_touched_either(open_site):
    from tests.desk.contact.visiting import Visitor, code_in

    writer = Visitor()
    writer.come_back(code_in(writer.write()))
    before = rows(to_the_second=True)
    visitor = TextBrowser()
    visitor.jar["__Host-contact", "/"] = writer.client.cookies["__Host-contact"].value
    visitor.begin()
    visitor.send(answer="none")
    assert rows(to_the_second=True) == before
    assert {name for name, _ in visitor.cookies_set} == {"__Host-form-contact", "__Secure-c"}


def test_no_word_that_was_typed_lies_in_any_file(small_site, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    a_whole_run()
    folders = (small_site.folder, Path(tempfile.gettempdir()))
    assert hits([*MARKERS, COUNTRY], *folders) == []
    connections.close_all()
    assert hits([*MARKERS, COUNTRY], *folders) == []
    (small_site.folder / "leak").write_text(COUNTRY)
    assert hits([COUNTRY], *folders) != []


def test_logs_at_their_most_talkative_hold_no_answer_and_no_run(talkative, capsys):
    visitor = a_whole_run()
    printed = capsys.readouterr()
    told = "\n".join((*talkative.lines, printed.out, printed.err))
    assert talkative.lines
    run = visitor.address.split("/")[2]
    assert [marker for marker in (*MARKERS, COUNTRY, f"={YEAR}", run) if marker in told] == []
    assert logging.getLogger().handlers


def test_nothing_but_neutral_addresses_is_in_the_history_and_nothing_in_titles():
    visitor = a_whole_run()
    assert [address for address in visitor.history if not NEUTRAL.fullmatch(address)] == []
    page = visitor.answer.content.decode()
    assert re.search(r"<title>(.*?)</title>", page)[1] in {"Страница", "Page"}


def test_no_cookie_is_set_outside_the_run_but_that_of_forms_which_holds_nothing():
    visitor = a_whole_run()
    run = visitor.address.rpartition("/")[0]
    assert set(visitor.cookies_set) == {("__Host-form-contact", "/"), ("__Secure-c", f"{run}/")}


def test_the_cookie_is_locked_small_always_of_one_size_and_gone_with_the_browser():
    visitor = TextBrowser()
    sizes = set()
    for told in (None, {"v": ["left_unit", "entered", "called"]}, {"answer": "unknown"}):
        answer = None
        if told is None:
            visitor.open("/c/")
            form = visitor.page.forms[0]
            answer = visitor._ask("post", "/c/", form["sent"])
            visitor.open(answer.headers["Location"])
        else:
            form = visitor.page.forms[0]
            answer = visitor._ask("post", visitor.address, {**form["sent"], **told})
            visitor.open(answer.headers["Location"])
        cookie = answer.cookies["__Secure-c"]
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Strict")
        assert (cookie["max-age"], cookie["expires"]) == ("", "")
        sizes.add(len(cookie.OutputString()))
    assert len(sizes) == 1
    assert sizes.pop() <= 3 * 1024


# --- a cookie that is not what was sent ----------------------------------------------------------------------------


def again(visitor):
    """The page that is shown, and what was set with it."""
    visitor.open(visitor.address)
    return visitor.answer.status_code, "Please start again" in visitor.text


def key_of(visitor):
    return next(key for key in visitor.jar if key[0] == "__Secure-c")


@pytest.fixture
def visitor():
    visitor = TextBrowser()
    visitor.begin()
    visitor.send(v=["left_unit"])
    return visitor


#   what is done                         to the cookie
CHANGES = [
    ("nothing is left",                  lambda _told: ""),
    ("one bit, first byte",              lambda told: flipped(told, 0)),
    ("one bit, in the salt",             lambda told: flipped(told, 20)),
    ("one bit, in the middle",           lambda told: flipped(told, 1000)),
    ("one bit, the last byte",           lambda told: flipped(told, -1)),
    ("cut",                              lambda told: told[:-4]),
    ("longer",                           lambda told: told + "AAAA"),
    ("a sign that base64 has not",       lambda told: f"!{told}"),
    ("letters of another alphabet",      lambda told: "é" + told[1:]),
    ("nothing of ours",                  lambda _told: "A" * 2844),
    ("only the end of it",               lambda told: told[4:]),
]  # fmt: skip


def flipped(told, place):
    raw = bytearray(urlsafe_b64decode(told))
    raw[place] ^= 1
    return urlsafe_b64encode(bytes(raw)).decode()


@pytest.mark.parametrize("change", [change for _, change in CHANGES], ids=[what for what, _ in CHANGES])
def test_an_altered_cookie_starts_again(visitor, change):
    key = key_of(visitor)
    visitor.jar[key] = change(visitor.jar[key])
    assert again(visitor) == (410, True)
    visitor.client.cookies[key[0]] = visitor.jar[key]
    assert visitor._ask("post", visitor.address, {}).status_code in (403, 410)


def test_a_cookie_of_another_run_starts_again(visitor):
    other = visitor.twin()
    other.begin()
    mine, theirs = key_of(visitor), next(key for key in visitor.jar if key[1] == f"{other.address.rpartition('/')[0]}/")
    visitor.jar[mine] = visitor.jar[theirs]
    assert again(visitor) == (410, True) or visitor.address.startswith(theirs[1])
    visitor.jar[theirs] = "x"
    visitor.open(f"{mine[1]}1")
    assert (visitor.answer.status_code, "Please start again" in visitor.text) == (410, True)


def test_a_cookie_of_another_site_starts_again(visitor, settings_of, small_site):
    from dataclasses import replace

    from safeconduct.vault.site import SiteKeys, new_site_key

    settings_of(replace(small_site, keys=SiteKeys.of(new_site_key())))
    assert again(visitor) == (410, True)


def test_a_cookie_from_before_the_law_changed_starts_again(visitor, settings_of, small_site):
    from dataclasses import replace

    settings_of(replace(small_site, law=replace(small_site.law, digest="0" * 64)))
    assert again(visitor) == (410, True)


def test_a_run_that_nobody_began_starts_again():
    visitor = TextBrowser()
    visitor.open("/c/00000000-0000-4000-8000-000000000000/1")
    assert (visitor.answer.status_code, "Please start again" in visitor.text) == (410, True)
    assert visitor.cookies_set == []


def test_a_form_without_its_mark_is_refused_and_changes_nothing(visitor):
    before = visitor.jar[key_of(visitor)]
    for address in ("/c/", visitor.address):
        answer = visitor._ask("post", address, {"asked": visitor.asked, "answer": "unknown"})
        assert answer.status_code == 403
        assert "__Secure-c" not in answer.cookies
    assert visitor.jar[key_of(visitor)] == before


def test_no_page_of_the_check_may_be_kept_or_framed_or_loads_anything_from_elsewhere(visitor):
    for address in ("/c/", visitor.address, f"{visitor.address.rpartition('/')[0]}/1", "/c/none"):
        answer = visitor._ask("get", address)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "<script" not in answer.content.decode()
        assert not re.search(r'(?:src|href)="(?:https?:)?//', answer.content.decode())
