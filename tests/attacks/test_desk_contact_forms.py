"""Attacks on the forms of the contact site: forged, repeated, replayed, filled in by programs, in great number."""

from dataclasses import replace

import pytest

from safeconduct.desk.cases.actions.return_with_code import return_with_code
from safeconduct.desk.cases.models import Case
from safeconduct.values.secret import Secret
from tests.desk.contact.visiting import Visitor, code_in, contact_site, every_address, open_site, reading, rows

__all__ = ["contact_site", "open_site"]
pytestmark = pytest.mark.security
ADDRESSES = every_address()
UNSAFE = ("post", "put", "patch", "delete")


@pytest.fixture
def back(open_site):
    """Somebody who came back with their code."""
    visitor = Visitor()
    visitor.come_back(code_in(visitor.write()))
    return visitor


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
