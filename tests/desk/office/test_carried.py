"""What somebody brought from the public check: shown to those who read the channel, with the position, and not kept."""

from datetime import date

import pytest

from safeconduct.desk.cases.actions.channels import set_channel_members
from safeconduct.desk.cases.block_pairs import pair_in_use
from safeconduct.desk.cases.helper_block import Carried, block_parts
from safeconduct.desk.members.actor import Operator
from safeconduct.rules.telling.draft import Draft
from tests.desk.builders import a_channel
from tests.desk.office.at_work import Page, rows

TOLD = Draft(
    person={"sex": "male", "citizenships": ["RU"]},
    history=({"event": "entered", "country": "KZ", "on": "2022-09"},),
    others={"not_happened": ["left_unit", {"event": "left_country", "country": "KZ"}]},
)
WEIRD = Draft(person={"sex": {"is": ["<b>"]}, "no_such_fact": "<script>"})


def brought(office, anna, told=TOLD):
    channel = a_channel()
    set_channel_members(Operator(), channel=channel.pk, members=[anna.member], now=office.clock.moment)
    pair, public = pair_in_use(channel.pk)
    return block_parts(Carried(draft=told, on=date(2023, 12, 12)), pair=pair, public=public)


@pytest.mark.parametrize("language", ["en", "ru", "uk", "kk"])
def test_a_reader_sees_what_was_told_and_the_position(office, language):
    anna = office.member("anna")
    parts = brought(office, anna)
    browser = office.browser(anna, language)
    assert "/brought/" in browser.get("/inbox/").content.decode()
    before = rows()
    page = browser.post("/brought/", block="\n".join(parts))
    text = page.content.decode()
    assert (page.status_code, text.count('class="notice wrong"')) == (200, 0)
    assert 'id="f-XX-' in text
    assert text.index("<ul><li") < text.index("<article")
    assert rows() == before


def test_more_events_than_are_worked_out_are_shown_as_they_were_told(office):
    anna = office.member("anna")
    arrived = {"event": "entered", "country": "KZ", "on": "2022-09"}
    page = office.browser(anna).post(
        "/brought/", block="\n".join(brought(office, anna, Draft(history=(arrived,) * 61)))
    )
    text = page.content.decode()
    assert "There are too many events here" in Page(page).text
    assert text.count("2022-09") >= 61
    assert "<article" not in text


#   what is sent                        what is said
PROBLEMS = [
    (lambda parts: parts[0],            "These parts are missing: 2."),
    (lambda parts: parts[0][:2],        "This is no whole block."),
    (lambda parts: parts[0] + parts[1], ""),
]  # fmt: skip


@pytest.mark.parametrize(("made", "said"), PROBLEMS)
def test_what_cannot_be_opened_is_explained(office, made, said):
    anna = office.member("anna")
    page = office.browser(anna).post("/brought/", block=made(brought(office, anna)))
    assert said in Page(page).text
    assert ("notice wrong" in page.content.decode()) is bool(said)


@pytest.mark.security
def test_a_member_of_another_channel_opens_nothing(office):
    anna, clara = office.member("anna"), office.member("clara")
    page = office.browser(clara).post("/brought/", block="\n".join(brought(office, anna)))
    assert "This does not open for you." in Page(page).text
    assert "2022" not in Page(page).text


@pytest.mark.security
def test_what_a_stranger_wrote_is_shown_as_text(office):
    anna = office.member("anna")
    page = office.browser(anna).post("/brought/", block="\n".join(brought(office, anna, WEIRD)))
    assert page.status_code == 200
    assert "&lt;script&gt;" in page.content.decode()
    assert "<script>" not in page.content.decode()


def test_an_empty_field_is_said_so(office):
    anna = office.member("anna")
    assert office.browser(anna).post("/brought/", block="").status_code == 200
