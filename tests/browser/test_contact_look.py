"""Every page in every language, light and dark, narrow: nothing that axe finds, nothing wider than the screen."""

import pytest

from safeconduct.desk.cases.models import Channel
from tests.browser.looking import faults, of_axe
from tools.picture_pages import LANGUAGES, follow, journey, open_page

pytestmark = pytest.mark.loopback
PAGES = {
    "languages", "start", "protection", "questions", "answer", "write", "write-again", "code", "return", "return-wrong",
    "conversation", "sent", "end", "ended", "not-found",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_found_on_any_page(chromium, address, open_site, language):
    page = open_page(chromium, address, language=language, width=320, scripts=True)
    seen, found = set(), []
    for where in journey(page, open_site, language=language):
        seen.add(where)
        found += faults(page, where)
    page.context.close()
    assert found == []
    assert seen == PAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_found_on_the_pages_of_trouble(chromium, address, open_site, language):
    page = open_page(chromium, address, language=language, width=320, scripts=True)
    found = [fault for where in troubles(page) for fault in faults(page, where)]
    page.context.close()
    assert found == []


def troubles(page):
    """What stands in somebody's way: each page with its name."""
    page.goto("/2")
    page.fill("[name=text]", "text")
    page.set_input_files("[name=enclosed]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"x"})
    follow(page, "main button")
    code = " ".join(page.locator(".code").first.locator("span").all_inner_texts())
    page.fill("[name=code]", code)
    follow(page, "main button")
    yield "conversation with a file"
    page.context.clear_cookies(name="__Host-contact")
    page.fill("[name=text]", "a long letter")
    follow(page, "main button")
    yield "visit ended"
    Channel.objects.update(is_open=False)
    page.goto("/2")
    yield "closed"
    page.goto("/3")
    page.context.clear_cookies()
    follow(page, "main button")
    yield "form without its cookie"


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_found_on_the_style_page(chromium, address, width):
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import override_settings

    from tools.serving import served

    with override_settings(ROOT_URLCONF="tools.style_urls"), served(WSGIHandler()) as styled:
        page = open_page(chromium, styled, language="en", width=width, scripts=True)
        page.goto("/style")
        assert faults(page, "style") == []
        page.context.close()


def test_more_contrast_and_print_keep_everything_readable(chromium, address):
    page = open_page(chromium, address, language="ru", width=320, scripts=True)
    page.goto("/9")
    page.emulate_media(contrast="more")
    assert list(of_axe(page, "more contrast", "light", "dark")) == []
    page.emulate_media(media="print", color_scheme="light")
    assert not page.locator(".exit").is_visible()
    assert page.locator("main h1").is_visible()
    page.context.close()


def test_the_check_itself_finds_what_is_wrong(chromium, address):
    page = open_page(chromium, address, language="en", width=320, scripts=True)
    page.set_content("<html><body><p style='color:#eee;background:#fff'>pale</p><img src=x></body></html>")
    assert any("color-contrast" in fault for fault in of_axe(page, "made wrong", "light"))
    page.context.close()
