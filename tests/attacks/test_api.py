"""What somebody gains from the API for partners: by reading what it leaves, by flooding it, by a page elsewhere."""

import json
import logging
from dataclasses import replace
from io import BytesIO

import pytest

from safeconduct.desk.api import middleware
from safeconduct.desk.api.calls import MOST_EVENTS
from safeconduct.desk.api.turns import Turns
from safeconduct.desk.project.configuration import Site, make_folder, read_folder
from safeconduct.desk.project.logs import ScrubbingFormatter
from safeconduct.desk.project.settings_shared import settings_for
from tests.desk.api.calling import ASSESS, CALL, DESCRIPTION, NEXT, Partner, partner, problem, site_with
from tests.desk.contact.visiting import Visitor, contact_site, reading, rows
from tests.desk.operating.scanning import hits

__all__ = ["contact_site", "partner"]
pytestmark = pytest.mark.security
MARKER = "Planted-7261-word"
ADDRESS, AGENT = "127.0.0.2", "Agent-of-a-partner/7.1"
# Answered, refused for its word, its form, its name, its reply, its length: a marker in every place of a call.
SENT = [
    {**CALL, "situation": {"person": {"sex": "male"}, "history": [{"event": "summons", "assumed": MARKER}]}},
    {**CALL, "situation": {"person": {"sex": MARKER}}},
    {**CALL, "situation": {"person": {MARKER: "yes"}}},
    {**CALL, "situation": {MARKER: {}}},
    {**CALL, MARKER: MARKER},
    {**CALL, "on": MARKER},
    {**CALL, "language": MARKER},
    {**CALL, "about": [MARKER]},
    {**CALL, "reply": {"question": {"subject": "fact", "name": MARKER}, "told": MARKER}},
    {**CALL, "reply": {"question": {"subject": "fact", "name": "region"}, "told": MARKER}},
    {**CALL, "situation": {"person": {"region": MARKER * 6_000}}},
]


def send_all(program):
    """Every call to every address, and what is no call at all."""
    program.client.defaults.update({"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": AGENT})
    answers = [program.send(address, told) for told in SENT for address in (ASSESS, NEXT)]
    answers += [program.send(ASSESS, MARKER.encode()), program.send(f"/api/{MARKER}", CALL)]
    answers += [program.send(ASSESS, CALL, HTTP_COOKIE=f"__Host-contact={MARKER}")]
    answers += [program.client.get(f"{ASSESS}?{MARKER}"), program.client.get(DESCRIPTION)]
    return answers


@pytest.mark.parametrize("address", [ASSESS, NEXT, DESCRIPTION])
def test_a_desk_that_was_not_set_up_with_the_api_has_no_such_addresses(contact_site, tmp_path, address):
    make_folder(tmp_path / "new")
    assert read_folder(tmp_path / "new").api is False
    missing = Visitor().get("/no-such-page")
    assert Visitor().get(address).status_code == missing.status_code == 404
    assert Partner().send(address, CALL).status_code == 404


def test_the_members_site_has_no_api_even_where_the_contact_site_has_one(desk):
    told = {site: settings_for(site, replace(desk, api=True))["MIDDLEWARE"] for site in Site}
    assert any(".api." in name for name in told[Site.CONTACT])
    assert not any(".api." in name for name in told[Site.MEMBERS])


def test_a_call_leaves_nothing_in_the_stores_the_folder_or_beside_them(partner, desk, tmp_path):
    def whole():
        return {path: path.read_bytes() for path in desk.folder.rglob("*") if path.is_file()}

    before = rows(to_the_second=True), whole()
    answers = send_all(partner)
    assert {200, 400, 404, 413, 422} <= {answer.status_code for answer in answers}
    assert (rows(to_the_second=True), whole()) == before
    assert hits([MARKER, ADDRESS, AGENT], tmp_path) == []


def test_a_call_asks_the_stores_nothing(partner):
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    with (
        CaptureQueriesContext(connections["default"]) as first,
        CaptureQueriesContext(connections["keyring"]) as second,
    ):
        send_all(partner)
    assert [*first.captured_queries, *second.captured_queries] == []


def test_a_call_leaves_no_line_in_a_log_at_its_most_talkative(partner, caplog):
    with caplog.at_level(logging.DEBUG):
        send_all(partner)
    ours = [record for record in caplog.records if not record.name.startswith(("asyncio", "hypothesis"))]
    assert [ScrubbingFormatter().format(record) for record in ours] == []


def test_no_answer_sets_a_cookie_or_may_be_kept(partner):
    for answer in send_all(partner):
        assert not answer.cookies
        assert answer["Cache-Control"] == "no-store"
        assert "Cookie" not in answer.get("Vary", "")


def test_a_cookie_of_the_site_opens_nothing_here_and_is_refused(partner):
    before = rows(to_the_second=True)
    for name in ("__Host-contact", "__Host-language", "__Host-form-contact"):
        assert problem(partner.send(ASSESS, CALL, HTTP_COOKIE=f"{name}={MARKER}"))[:2] == (400, "cookie")
    assert rows(to_the_second=True) == before


def test_no_problem_repeats_a_word_that_was_sent(partner):
    refused = [answer for answer in send_all(partner) if answer.status_code >= 400]
    assert len(refused) > 15
    assert [answer.content for answer in refused if MARKER.encode() in answer.content] == []


#   what the browser is made to send by a page elsewhere                                         status
FROM_ELSEWHERE = [
    ("OPTIONS", "application/json",                  {"HTTP_ACCESS_CONTROL_REQUEST_METHOD": "POST"}, 405),
    ("POST",    "text/plain",                        {},                                             415),
    ("POST",    "application/x-www-form-urlencoded", {},                                             415),
    ("POST",    "multipart/form-data; boundary=x",   {},                                             415),
    ("GET",     "",                                  {},                                             405),
]  # fmt: skip


@pytest.mark.parametrize(("method", "kind", "more", "status"), FROM_ELSEWHERE)
def test_a_page_elsewhere_cannot_make_a_browser_call_it(partner, method, kind, more, status):
    told = {"CONTENT_TYPE": kind, "HTTP_ORIGIN": "https://elsewhere.example", **more}
    answer = partner.client.generic(method, ASSESS, json.dumps(CALL).encode(), **told)
    assert answer.status_code == status
    assert [name for name in answer.headers if name.lower().startswith("access-control")] == []


def test_a_page_elsewhere_that_may_send_json_reads_no_answer(partner):
    answer = partner.send(ASSESS, CALL, HTTP_ORIGIN="https://elsewhere.example")
    assert [name for name in answer.headers if name.lower().startswith("access-control")] == []
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_what_is_too_large_is_refused_before_a_byte_of_it_is_read(partner):
    class Untouched(BytesIO):
        def read(self, *_size):
            raise AssertionError

    for length in ("65537", "1" * 100):
        answer = partner.send(ASSESS, CALL, CONTENT_LENGTH=length, **{"wsgi.input": Untouched()})
        assert problem(answer)[:2] == (413, "too-large")


def test_a_history_that_is_long_to_take_up_a_processor_is_refused_at_once(partner):
    for kind in ("summons", "entered"):
        told = {"history": [{"event": kind}] * (MOST_EVENTS + 1)}
        assert problem(partner.send(NEXT, {**CALL, "situation": told})) == (422, "call", ["API06"])


def test_a_flood_of_calls_does_not_keep_people_from_the_pages_of_the_site(partner, monkeypatch):
    turns = Turns(at_once=1, waiting=0, patience_s=0)
    monkeypatch.setattr(middleware, "turns", turns)
    with turns.taken():
        assert {partner.send(ASSESS, CALL).status_code for _ in range(20)} == {503}
        assert Visitor().get("/").status_code == 200


def test_beside_the_api_the_site_has_its_pages_its_cookies_and_its_check_of_forms(desk):
    with site_with(replace(desk, api=True)):
        visitor = Visitor()
        form = reading(visitor.get("/")).form("csrfmiddlewaretoken")
        token = form["fields"]["csrfmiddlewaretoken"]
        chosen = visitor.client.post("/", {"csrfmiddlewaretoken": token, "language": "ru"})
        assert chosen.cookies["__Host-language"].value == "ru"
        assert Visitor().client.post("/", {"language": "ru"}).status_code == 403
