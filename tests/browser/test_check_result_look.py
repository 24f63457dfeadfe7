"""What the check found, in a real browser: every kind of page in every language, light and dark, narrow, on paper."""

import pytest

from safeconduct.desk.cases.actions.channels import set_channel_members
from safeconduct.desk.cases.models import Channel
from safeconduct.desk.check.keeping import COOKIE
from safeconduct.desk.members.actor import Operator
from tests.browser.looking import faults
from tests.desk.builders import NOW
from tests.desk.check.finding_out import a_run, carrying
from tests.desk.contact.visiting import Visitor
from tools.picture_pages import LANGUAGES, follow, open_page

pytestmark = pytest.mark.loopback
KINDS = ("result", "result/1", "result/11", "print", "helper", "continue")


def page_of_a_run(chromium, address, language, *, width=320, dark=False, scripts=True):
    """A browser that has the state of a run of alex: a page, and where its addresses begin."""
    run = a_run()
    page = open_page(chromium, address, language=language, width=width, dark=dark, scripts=scripts)
    value = carrying(Visitor(), run).client.cookies[COOKIE].value
    where = f"/c/{run.id}/"
    page.context.add_cookies([
        {"name": COOKIE, "value": value, "domain": "localhost", "path": where, "secure": True, "httpOnly": True}
    ])  # fmt: skip
    return page, where


@pytest.fixture
def reader(open_site):
    """A member who reads the channel, to whose key blocks are sealed."""
    set_channel_members(Operator(), channel=Channel.objects.get().pk, members=[open_site.member], now=NOW)
    return open_site


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("reader")
def test_nothing_is_found_on_any_page_of_a_result(chromium, address, language):
    page, where = page_of_a_run(chromium, address, language)
    found = []
    for kind in KINDS:
        assert page.goto(where + kind).status == 200
        for fold in page.locator("summary").all()[:3]:
            fold.click()
        found += faults(page, kind)
    page.context.close()
    assert found == []


@pytest.mark.usefixtures("reader")
def test_on_paper_there_are_no_buttons_and_nothing_is_folded_away(chromium, address):
    page, where = page_of_a_run(chromium, address, "ru")
    page.goto(f"{where}print")
    page.emulate_media(media="print")
    first = page.locator("main .notice").first
    assert "Бумагу могут найти" in first.inner_text()
    assert page.locator(".top, footer .links, .screen").locator("visible=true").count() == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.context.close()


@pytest.mark.usefixtures("reader")
def test_a_person_sends_their_answers_without_a_script(chromium, address):
    page, where = page_of_a_run(chromium, address, "uk", scripts=False)
    page.goto(f"{where}result")
    follow(page, f"a[href='{where}continue']")
    page.check("[name=agreed]")
    follow(page, "main button")
    assert page.locator(".code").first.locator("span").count() > 3
    page.context.close()
