"""Every page in every language, light and dark, narrow: nothing that axe finds, nothing wider than the screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from safeconduct.desk.cases.models import Channel
from tools.picture_pages import LANGUAGES, follow, journey, open_page

pytestmark = pytest.mark.loopback
# Everything is looked at light; of the dark page what colours can change.
OPTIONS = {
    "light": {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}},
}
PAGES = {
    "languages", "start", "protection", "write", "write-again", "code", "return", "return-wrong", "conversation",
    "sent", "end", "ended", "not-found",
}  # fmt: skip


def faults(page, where):
    """What axe finds on a page, in short, light and dark."""
    for scheme, options in OPTIONS.items():
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options=options).response["violations"]
        yield from (f"{where} {scheme}: {fault['id']}: {fault['nodes'][0]['html']}" for fault in found)


def narrow_faults(page, where):
    """What is wider than the screen, or too small for a thumb."""
    if page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"]:
        yield f"{where}: wider than the screen"
    for one in page.locator("button:visible, .button:visible, .exit:visible, textarea:visible").all():
        if one.bounding_box()["height"] < 44:
            yield f"{where}: lower than a thumb: {one.inner_text()}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_found_on_any_page(chromium, address, open_site, language):
    page = open_page(chromium, address, language=language, width=320, scripts=True)
    seen, found = set(), []
    for where in journey(page, open_site, language=language):
        seen.add(where)
        found += [*faults(page, where), *narrow_faults(page, where)]
    page.context.close()
    assert found == []
    assert seen == PAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_found_on_the_pages_of_trouble(chromium, address, open_site, language):
    page = open_page(chromium, address, language=language, width=320, scripts=True)
    found = [fault for where in troubles(page) for fault in (*faults(page, where), *narrow_faults(page, where))]
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
        assert [*faults(page, "style"), *narrow_faults(page, "style")] == []
        page.context.close()


def test_more_contrast_and_print_keep_everything_readable(chromium, address):
    page = open_page(chromium, address, language="ru", width=320, scripts=True)
    page.goto("/9")
    page.emulate_media(contrast="more")
    assert list(faults(page, "more contrast")) == []
    page.emulate_media(media="print", color_scheme="light")
    assert not page.locator(".exit").is_visible()
    assert page.locator("main h1").is_visible()
    page.context.close()


def test_the_check_itself_finds_what_is_wrong(chromium, address):
    page = open_page(chromium, address, language="en", width=320, scripts=True)
    page.set_content("<html><body><p style='color:#eee;background:#fff'>pale</p><img src=x></body></html>")
    assert any("color-contrast" in fault for fault in faults(page, "made wrong"))
    page.context.close()
