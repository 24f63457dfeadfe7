"""What a person can do with their answers: carry them away, closed; or send them, after seeing exactly what is sent."""

import re
import struct
import zlib
from datetime import timedelta
from itertools import pairwise

import pytest

from safeconduct.desk.cases.actions.channels import set_channel_members
from safeconduct.desk.cases.actions.open_block import open_block
from safeconduct.desk.cases.helper_block import BlockError, block_in
from safeconduct.desk.cases.models import Case, Channel
from safeconduct.desk.cases.square_image import square_image
from safeconduct.desk.check.run import draft_in
from safeconduct.desk.members.actor import Operator
from tests.desk.builders import NOW
from tests.desk.check.finding_out import a_run, carrying, law
from tests.desk.contact.visiting import LANGUAGES, Visitor, code_in, reading, rows


def visit(run, language="en"):
    return carrying(Visitor(language), run)


def address(run, page):
    return f"/c/{run.id}/{page}"


@pytest.fixture
def reader(open_site):
    """A member who reads the channel, to whose key its blocks are sealed."""
    set_channel_members(Operator(), channel=Channel.objects.get().pk, members=[open_site.member], now=NOW)
    return open_site


def parts_on(page):
    return re.findall(r"<p>(SC1-[^<]+)</p>", page.content.decode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reader_opens_what_the_page_shows(reader, language):
    page = visit(run := a_run(), language).get(address(run, "helper"))
    parts = parts_on(page)
    found = open_block(reader, text=" ".join(parts))
    assert (found.draft, found.on) == (draft_in(run, law()), run.day)
    assert len(parts) == 2


@pytest.mark.security
def test_what_is_carried_holds_no_answer_in_clear(reader):
    page = visit(run := a_run()).get(address(run, "helper")).content.decode()
    block = block_in(page)
    assert not any(word in block for word in (b"2022", b"desertion", b"male", b"left_unit", b"history"))
    one, other = (parts_on(visit(run).get(address(run, "helper"))) for _ in range(2))
    assert one != other


def test_the_picture_is_small_and_as_large_as_its_squares(reader):
    answer = visit(run := a_run()).get(address(run, "square"))
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "image/png", "no-store")
    assert len(answer.content) < 5_000
    width, height = struct.unpack(">II", answer.content[16:24])
    assert height == 2 * width + 24


def test_without_a_key_of_the_channel_nothing_is_made(open_site):
    visitor = visit(run := a_run())
    page = visitor.get(address(run, "helper"))
    assert (page.status_code, parts_on(page)) == (200, [])
    assert "This cannot be made now." in page.content.decode()
    assert visitor.get(address(run, "square")).status_code == 404


def test_two_squares_hold_their_texts():
    image = square_image(["SC1-1-2-ABCD-" + "A" * 40, "SC1-2-2-ABCD-B"])
    width, height, depth = struct.unpack(">IIB", image[16:25])
    pixels = zlib.decompress(image[image.index(b"IDAT") + 4 : image.index(b"IEND") - 8])
    assert depth == 1
    assert len(pixels) == height * (1 + -(-width // 8))
    dark = [
        line for line in range(height) if pixels[line * (1 + -(-width // 8)) + 1 :][: -(-width // 8)].strip(b"\xff")
    ]
    gaps = [after - before for before, after in pairwise(dark) if after - before > 1]
    assert gaps == [2 * 4 + 24 + 1]


# --- as a first message ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_that_is_shown_is_what_is_sent(open_site, language):
    visitor = visit(run := a_run(), language)
    page = visitor.get(address(run, "continue"))
    shown = reading(page).form("text")["fields"]["text"]
    sent = visitor.send(address(run, "continue"), "text", agreed="on")
    assert sent.status_code == 200
    code = code_in(sent)
    thread = visitor.send("/3", "code", code=code)
    thread = visitor.get("/4").content.decode() if thread.status_code == 303 else thread.content.decode()
    assert len(shown.splitlines()) > 8
    assert all(part in thread for part in shown.splitlines()[0].split("&")[0].split())
    assert Case.objects.count() == 1


def test_what_is_taken_out_is_not_sent(open_site):
    visitor = visit(run := a_run())
    sent = visitor.send(address(run, "continue"), "text", agreed="on", text="Only this line")
    visitor.send("/3", "code", code=code_in(sent))
    thread = visitor.get("/4").content.decode()
    assert "Only this line" in thread
    assert "Kazakhstan" not in thread


@pytest.mark.security
def test_nothing_is_stored_before_somebody_agrees(open_site):
    visitor = visit(run := a_run())
    visitor.get(address(run, "continue"))
    before = rows()
    refused = visitor.send(address(run, "continue"), "text")
    assert refused.status_code == 422
    assert "Nothing was sent. Say first that you agree." in refused.content.decode()
    assert reading(refused).form("text")["fields"]["text"].startswith("My answers in the check")
    assert rows() == before
    assert Case.objects.count() == 0


def test_the_same_form_sent_twice_gives_the_same_code(open_site):
    visitor = visit(run := a_run())
    page = visitor.get(address(run, "continue"))
    first = visitor.send(address(run, "continue"), "text", on=page, agreed="on")
    again = visitor.send(address(run, "continue"), "text", on=page, agreed="on")
    assert code_in(first) == code_in(again)
    assert Case.objects.count() == 1


@pytest.mark.security
def test_without_the_token_of_forms_nothing_is_taken(open_site):
    run = a_run()
    answer = visit(run).client.post(address(run, "continue"), {"text": "x", "agreed": "on"})
    assert answer.status_code == 403
    assert Case.objects.count() == 0


def test_an_empty_or_old_form_is_explained(open_site):
    visitor = visit(run := a_run())
    for changed in ({"text": ""}, {"token": "no token"}, {"website": "https://spam"}, {"channel": "none"}):
        answer = visitor.send(address(run, "continue"), "text", **{"agreed": "on"} | changed)
        assert answer.status_code == 422
    assert visitor.send(address(run, "continue"), "text", without=("whole",), agreed="on").status_code == 422
    assert Case.objects.count() == 0


def test_where_nobody_reads_the_page_says_so_before_anything_is_typed(contact_site):
    answer = visit(run := a_run()).get(address(run, "continue"))
    assert answer.status_code == 503
    assert "print" in answer.content.decode().lower()


def test_a_run_that_has_expired_sends_nothing(open_site):
    from dataclasses import replace

    from safeconduct.desk.project.clock import now

    run = replace(a_run(), until=now() - timedelta(seconds=1))
    assert visit(run).get(address(run, "continue")).status_code == 410


def test_a_part_alone_is_no_block(reader):
    page = visit(run := a_run()).get(address(run, "helper"))
    with pytest.raises(BlockError):
        open_block(reader, text=parts_on(page)[0])
