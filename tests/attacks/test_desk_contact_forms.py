"""Attacks on the forms of the contact site: forged, repeated, replayed, filled in by programs, in great number."""

from dataclasses import replace
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeconduct.desk.cases.actions.return_with_code import return_with_code
from safeconduct.desk.cases.models import Case
from safeconduct.values.secret import Secret
from tests.desk.check.small_site import contact_site, open_site, small_site
from tests.desk.contact.visiting import RUN, Visitor, code_in, every_address, reading, rows, whoever_came_back

__all__ = ["contact_site", "open_site", "small_site"]
pytestmark = pytest.mark.security
ADDRESSES = every_address()
UNSAFE = ("post", "put", "patch", "delete")


@pytest.fixture
def back(small_site):
    """Somebody who came back with their code, and goes through the check."""
    return whoever_came_back()


def test_every_address_of_the_site_is_in_these_tables():
    assert [address for address in ADDRESSES if "<" in address] == []
    assert {"/", "/2", "/4", "/a", "/a/ru/1", "/c/", f"/c/{RUN}/1", f"/c/{RUN}/continue"} <= set(ADDRESSES)
    assert len(set(ADDRESSES)) == len(ADDRESSES) >= 25


@pytest.mark.parametrize("method", UNSAFE)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_request_forged_from_elsewhere_is_refused_and_changes_nothing(back, address, method):
    before = rows()
    answer = getattr(back.client, method)(address, {"text": "x", "code": "1", "language": "ru"})
    assert answer.status_code == 403
    assert rows() == before
    assert not answer.cookies.get("__Host-language")


@pytest.mark.parametrize("method", UNSAFE)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_token_of_another_visitor_is_refused(back, address, method):
    other = reading(Visitor().get("/2")).form("for_whom")["fields"]["csrfmiddlewaretoken"]
    before = rows()
    answer = getattr(back.client, method)(address, {"csrfmiddlewaretoken": other, "text": "x"})
    assert answer.status_code == 403
    assert rows() == before


@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_opening_a_page_changes_no_row(back, address, method):
    before = rows()
    getattr(back.client, method)(address)
    assert rows() == before


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_stands_in_an_address_is_not_taken_for_a_form(back, address):
    before = rows()
    back.get(f"{address}?code=1&text=x&language=ru&token=x&csrfmiddlewaretoken=x")
    assert rows() == before


def test_the_same_form_sent_by_two_at_once_gives_one_code_and_one_case(open_site):
    visitor = Visitor()
    page = visitor.get("/2")
    codes = {code_in(visitor.send("/2", "for_whom", on=page, text="x")) for _ in range(5)}
    assert len(codes) == Case.objects.count() == 1


def test_a_form_replayed_after_the_contact_came_back_tells_no_code(open_site):
    from safeconduct.desk.project.clock import now

    visitor = Visitor()
    page = visitor.get("/2")
    code = code_in(visitor.send("/2", "for_whom", on=page, text="x"))
    return_with_code(Secret(code), now=now())
    replayed = visitor.send("/2", "for_whom", on=page, text="x")
    assert code_in(replayed) == ""
    assert Case.objects.count() == 1


def test_a_token_taken_from_another_page_tells_no_code_of_it(open_site):
    visitor, other = Visitor(), Visitor()
    visitor.write()
    fresh = reading(other.get("/2")).form("for_whom")["fields"]["token"]
    answer = other.send("/3", "code", code="1", token=fresh)
    assert code_in(answer) == ""


@pytest.mark.parametrize("token", ["", "x", "A" * 96, "🔑", "é" * 40, "=" * 96])
def test_a_forged_token_takes_nothing_in(open_site, token):
    answer = Visitor().write(token=token)
    assert answer.status_code == 422
    assert Case.objects.count() == 0


def test_a_program_that_fills_in_every_field_is_not_taken_in(open_site):
    assert Visitor().write(website="https://spam.example").status_code == 422
    assert Case.objects.count() == 0


def test_a_flood_goes_to_the_queue_and_nobody_is_lost(open_site, contact_site, settings_of):
    settings_of(replace(contact_site, intakes_a_minute=3))
    codes = [code_in(Visitor().write(f"number {number}")) for number in range(8)]
    assert all(codes)
    assert len(set(codes)) == Case.objects.count() == 8
    assert Case.objects.filter(in_queue=True).count() == 5


#   channel that was posted
CHANNELS = ["", "x", "00000000-0000-0000-0000-000000000000", "../../etc/passwd", "' OR 1=1 --"]


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_channel_that_there_is_not_takes_nothing_in_and_breaks_nothing(open_site, channel):
    assert Visitor().write(channel=channel).status_code == 422
    assert Case.objects.count() == 0


@pytest.mark.parametrize("for_whom", ["", "x", "all"])
def test_a_choice_that_there_is_not_takes_nothing_in_and_breaks_nothing(open_site, for_whom):
    assert Visitor().write(for_whom=for_whom).status_code == 422
    assert Case.objects.count() == 0


def test_fields_larger_than_any_message_are_refused_before_they_are_read(open_site):
    answer = Visitor().write("x" * 3_000_000)
    assert answer.status_code == 400
    assert Case.objects.count() == 0


def test_more_files_than_any_message_has_are_refused_before_they_are_read(open_site):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = Visitor().write(files=[SimpleUploadedFile(f"{number}", b"x") for number in range(30)])
    assert answer.status_code == 400
    assert Case.objects.count() == 0


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")])
def test_signs_that_stores_refuse_break_nothing(open_site, text):
    assert Visitor().write(text=f"x{text}").status_code in {200, 422}


ANYTHING = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=80)
FIELDS = ("text", "code", "token", "channel", "for_whom", "website", "whole", "draft", "language")
FUZZ = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)


@FUZZ
@given(address=st.sampled_from(ADDRESSES), told=st.dictionaries(st.sampled_from(FIELDS), ANYTHING))
def test_whatever_is_sent_gets_a_page_and_no_fault(back, address, told):
    token = reading(back.get("/2")).form("for_whom")["fields"]["csrfmiddlewaretoken"]
    answer = back.client.post(address, {"csrfmiddlewaretoken": token, **told})
    assert answer.status_code in {200, 303, 403, 404, 405, 410, 422}  # 410: answers that are not kept any more


@FUZZ
@given(path=ANYTHING, query=ANYTHING)
def test_whatever_address_is_opened_gets_a_page_and_no_fault(open_site, path, query):
    answer = Visitor().client.get(f"/{quote(path)}", query_params={"q": query})
    assert answer.status_code in {200, 301, 303, 400, 403, 404}  # 301: an address without its last stroke
    assert answer.headers["Cache-Control"] == "no-store" or answer.status_code == 200


@FUZZ
@given(
    cookie=st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126, exclude_characters='",;\\'), max_size=60)
)
def test_whatever_cookie_is_shown_opens_nothing_and_is_no_fault(open_site, cookie):
    visitor = Visitor()
    for name in ("__Host-contact", "__Host-language", "__Host-form-contact"):
        visitor.client.cookies[name] = cookie
    assert visitor.get("/4").status_code == 403
    assert visitor.get("/").status_code == 200


def test_what_was_typed_comes_back_as_text_and_not_as_markup(open_site):
    typed = "</textarea><script>alert(1)</script>"
    visitor = Visitor()
    for answer in (
        visitor.write(typed, website="x"),
        visitor.client.post("/4", {**token_of(visitor), "text": typed}),
        visitor.client.post("/3", {**token_of(visitor), "code": typed, "draft": typed}),
    ):
        assert b"<script" not in answer.content
        assert answer.content.count(b"</textarea>") == answer.content.count(b"<textarea")


def token_of(visitor):
    return {"csrfmiddlewaretoken": reading(visitor.get("/2")).form("for_whom")["fields"]["csrfmiddlewaretoken"]}
