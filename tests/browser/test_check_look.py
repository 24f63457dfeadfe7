"""The check in a real browser: every kind of page in every language, light and dark, narrow, with keys alone, small."""

import pytest

from tests.browser.looking import faults
from tests.desk.check.small_site import small_site
from tools.picture_pages import LANGUAGES, follow, open_page

__all__ = ["small_site"]
pytestmark = pytest.mark.loopback
LARGEST_BYTES = 30_000
PUT = {"events", "entered", "birth_date", "citizenships", "permit"}


def answer(page, name):
    """Fill in something that is a reply to the question."""
    match name:
        case "events":
            page.check("[value=left_unit]")
            page.check("[value=entered]")
        case "entered":
            page.check("[name=answer][value=yes]")
            page.fill("[name=on-year]", "2022")
            page.select_option("[name=on-month]", "autumn")
        case "birth_date":
            page.fill("[name=v-age]", "30")
            page.check("[name=v-about]")
        case _:
            page.check("[name=answer][value=unknown]")


def through(page):
    """Go through the check: the name of each page."""
    page.goto("/c/")
    yield "begin"
    follow(page, "main button")
    for _ in range(60):
        name = page.locator("[name=asked]").first.get_attribute("value")
        yield name
        answer(page, name)
        follow(page, "main button")
        if page.locator("[name=right]").count():
            yield f"{name} read back"
            follow(page, "[name=right][value=yes]")
        if page.url.endswith("/result"):
            return


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("small_site")
def test_nothing_is_found_on_any_page_of_the_check(chromium, address, language):
    page = open_page(chromium, address, language=language, width=320, scripts=True)
    seen, found = set(), []
    for where in through(page):
        kind = where if where in PUT or " " in where or where == "begin" else "choice"
        if kind in seen:
            continue
        seen.add(kind)
        found += faults(page, where)
    page.goto("/c/00000000-0000-4000-8000-000000000000/1")
    found += faults(page, "again")
    page.context.close()
    assert found == []
    assert seen >= PUT | {"begin", "choice", "entered read back", "birth_date read back"}


def test_a_page_with_everything_that_it_loads_is_small(chromium, address):
    page = open_page(chromium, address, language="ru", width=320)
    sizes, took = [], []
    page.on("response", lambda response: sizes.append(len(response.body()) if response.ok else 0))
    page.goto("/c/")
    follow(page, "main button")
    for _ in range(12):
        sizes.clear()
        page.reload()
        took.append(sum(sizes))
        kind = "none" if page.locator("[name=answer][value=none]").count() else "unknown"
        page.check(f"[name=answer][value={kind}]")
        follow(page, "main form button")
        if page.url.endswith("/result"):
            break
    page.context.close()
    assert max(took) <= LARGEST_BYTES


@pytest.mark.usefixtures("small_site")
def test_it_is_gone_through_with_keys_alone(chromium, address):
    page = open_page(chromium, address, language="en", width=320)
    page.goto("/c/")
    reach(page, "main button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    for _ in range(3):
        before = page.url
        reach(page, "[name=answer]")
        for _ in range(8):
            if page.locator("[name=answer][value=unknown]").is_checked():
                break
            page.keyboard.press("ArrowDown")
        reach(page, "main form button")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.url != before
    page.context.close()


def reach(page, selector):
    """Press the tab key until something has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(selector)


@pytest.mark.usefixtures("small_site")
def test_back_and_refresh_of_the_browser_show_the_same_question(chromium, address):
    page = open_page(chromium, address, language="en", width=320)
    page.goto("/c/")
    follow(page, "main button")
    first = page.locator("h1").inner_text()
    page.check("[value=left_unit]")
    follow(page, "main form button")
    second = page.locator("h1").inner_text()
    page.reload()
    assert page.locator("h1").inner_text() == second
    page.go_back()
    assert page.locator("h1").inner_text() == first
    page.go_forward()
    assert page.locator("h1").inner_text() == second
    page.context.close()


@pytest.mark.usefixtures("small_site")
def test_the_browser_sends_the_cookie_of_a_run_to_that_run_alone(chromium, address):
    page = open_page(chromium, address, language="en", width=320)
    page.goto("/c/")
    follow(page, "main button")
    run = page.url.rpartition("/")[0].removeprefix(address)
    cookie = next(one for one in page.context.cookies() if one["name"] == "__Secure-c")
    assert (cookie["path"], cookie["secure"], cookie["httpOnly"]) == (f"{run}/", True, True)
    assert (cookie["sameSite"], cookie["expires"]) == ("Strict", -1)
    page.context.close()
