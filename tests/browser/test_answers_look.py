"""Questions and answers in a browser: nothing that axe finds, nothing wider than the screen, sources within reach."""

import pytest

from tests.browser.looking import faults
from tools.picture_pages import LANGUAGES, open_page

pytestmark = pytest.mark.loopback


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_found_on_questions_and_an_answer(chromium, address, language):
    page = open_page(chromium, address, language=language, width=320, scripts=True)
    found = []
    for where in (f"/a/{language}", f"/a/{language}/28"):
        page.goto(where)
        for fold in page.locator("summary").all():
            fold.click()
        found += faults(page, where)
    page.context.close()
    assert found == []


def test_an_answer_is_read_with_the_keyboard_alone_and_its_number_leads_to_its_source(chromium, address):
    page = open_page(chromium, address, language="ru", width=320)
    page.emulate_media(reduced_motion="reduce")
    page.goto("/a/ru/28")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.locator("a[href='#n1']:focus").count():
            break
    page.keyboard.press("Enter")
    assert page.url.endswith("/a/ru/28#n1")
    top = page.locator("#n1").bounding_box()["y"]
    assert page.locator("header.top").bounding_box()["height"] <= top < page.viewport_size["height"]
    assert page.context.cookies() == []
    page.context.close()


def test_on_paper_nothing_but_the_answer_is_left(chromium, address):
    page = open_page(chromium, address, language="kk", width=1000)
    page.goto("/a/kk/28")
    page.emulate_media(media="print")
    assert page.locator("main h1").is_visible()
    assert [page.locator(one).first.is_visible() for one in (".exit", ".actions", ".links")] == [False] * 3
    page.context.close()
