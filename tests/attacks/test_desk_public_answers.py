"""What a page of questions and answers could give away of who opens it: nothing, because it does not look."""

import re

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.attacks.test_desk_contact_pages import HEADERS
from tests.desk.contact.visiting import LANGUAGES, Visitor, code_in, contact_site, open_site, rows

__all__ = ["contact_site", "open_site"]
pytestmark = pytest.mark.security
ADDRESSES = ["/a", *(f"/a/{language}" for language in LANGUAGES), *(f"/a/{language}/28" for language in LANGUAGES)]


@pytest.fixture
def back(open_site):
    """Somebody who chose a language and came back with their code."""
    visitor = Visitor("kk")
    visitor.come_back(code_in(visitor.write()))
    visitor.client.cookies["__Host-language"] = "uk"
    return visitor


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_of_answers_is_the_same_for_everybody(back, address):
    strangers = [Visitor(language).get(address) for language in LANGUAGES]
    known = back.get(address)
    assert {answer.content for answer in strangers} == {known.content}
    assert {tuple(sorted(answer.headers.items())) for answer in strangers} == {tuple(sorted(known.headers.items()))}
    assert "Vary" not in known.headers


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_of_answers_sets_no_cookie_and_touches_no_store(back, address):
    before = rows(to_the_second=True)
    with CaptureQueriesContext(connections["default"]) as data, CaptureQueriesContext(connections["keyring"]) as keys:
        answer = back.get(address)
    assert answer.cookies == {}
    assert "Set-Cookie" not in answer.headers
    assert len(data) + len(keys) == 0
    assert rows(to_the_second=True) == before


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_of_answers_carries_every_other_header(open_site, address):
    answer = Visitor().get(address)
    assert re.fullmatch(r"public, max-age=\d{1,4}", answer.headers["Cache-Control"])
    rest = [(header, said) for header, said in HEADERS if header != "Cache-Control"]
    assert [header for header, said in rest if not re.fullmatch(said, answer.headers[header])] == []


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options", "trace"])
def test_only_looking_at_an_answer_is_kept(back, method):
    before = rows()
    answer = getattr(back.client, method)("/a/ru/28")
    assert answer.status_code in {403, 405}
    assert answer.headers["Cache-Control"] == "no-store"
    assert rows() == before


@pytest.mark.parametrize("address", ["/1", "/2", "/4", "/9", "/astray", "/A/ru", "//a/ru"])
def test_no_other_page_is_kept_or_answered_without_looking(back, address):
    answer = back.get(address)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


def test_what_stands_behind_the_question_mark_changes_nothing(open_site):
    plain = Visitor().get("/a/ru/28")
    told = Visitor().get("/a/ru/28?language=kk&name=Alex&<script>")
    assert told.content == plain.content
    assert b"Alex" not in told.content
