"""Every page of the members' site in every language, narrow: nothing that axe finds, nothing wider than the screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.handlers.wsgi import WSGIHandler

from tests.browser.test_contact_look import OPTIONS
from tests.desk.office.whole_case import addresses, at_work
from tools.picture_pages import LANGUAGES, follow, open_page
from tools.serving import served

__all__ = ["at_work"]
pytestmark = pytest.mark.loopback
FOR_ALL = {"sign-in", "recover", "recover-code", "recover-ask", "recover-finish"}
OF_ADMINISTRATORS = {"members", "channels", "channel", "custody", "lock", "reset", "withdraw-everywhere"}
LEAST = 39


@pytest.fixture
def where(at_work):
    """The members' site, served on loopback: its address."""
    from django.test import override_settings

    with override_settings(ALLOWED_HOSTS=["localhost"]), served(WSGIHandler()) as address:
        yield address


def signed_in(chromium, where, at_work, login, language):
    page = open_page(chromium, where, language=language, width=320, scripts=True)
    page.set_default_timeout(20_000)
    cookies = at_work.browser(login).client.cookies if login else {}
    told = {"url": "https://localhost/", "secure": True, "httpOnly": True, "sameSite": "Strict"}
    page.context.add_cookies([{"name": name, "value": one.value, **told} for name, one in cookies.items()])
    return page


def faults(page, name):
    yield from of_axe(page, name, "light")
    if page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"]:
        yield f"{name}: wider than the screen"
    for one in page.locator("button:visible, .button:visible, textarea:visible, select:visible").all():
        if one.bounding_box()["height"] < 44:
            yield f"{name}: lower than a thumb: {one.inner_text()}"


def of_axe(page, name, scheme):
    found = Axe().run(page, options=OPTIONS[scheme]).response["violations"]
    yield from (f"{name} {scheme}: {fault['id']}: {fault['nodes'][0]['html']}" for fault in found)


def pages_of(at_work):
    """Who opens which page: name, login and address."""
    for name, address in addresses(at_work.parts).items():
        if name in FOR_ALL:
            yield name, None, address
        elif name in OF_ADMINISTRATORS:
            yield name, "root", address
        elif name not in {"home", "file", "join"}:
            yield name, "anna", address
    yield "custody", "kirill", "/custodians/"
    yield "nothing", "anna", "/nothing-here/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_found_on_any_page(chromium, at_work, where, language):
    browsers = {
        login: signed_in(chromium, where, at_work, login, language) for login in (None, "anna", "root", "kirill")
    }
    seen, found = set(), []
    for name, login, address in pages_of(at_work):
        page = browsers[login]
        answer = page.goto(address)
        if answer.status == 404 and name != "nothing":
            continue
        seen.add(name)
        found += faults(page, name)
        page.emulate_media(color_scheme="dark")
        found += of_axe(page, name, "dark")
        page.emulate_media(color_scheme="light")
    for page in browsers.values():
        page.context.close()
    assert found == []
    assert len(seen) >= LEAST


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_found_where_something_was_refused_or_is_shown_once(chromium, at_work, where, language):
    page = signed_in(chromium, where, at_work, None, language)
    found = []
    page.goto("/sign-in/")
    follow(page, "main button >> nth=0")
    found += faults(page, "sign-in refused")
    page.fill("[name=login]", "anna")
    page.fill("[name=password]", at_work.people["anna"].password)
    follow(page, "main button >> nth=0")
    found += faults(page, "code")
    page.goto("/recover/ask/")
    page.fill("[name=login]", "anna")
    follow(page, "main button >> nth=0")
    found += faults(page, "asked")
    page.context.close()
    anna = signed_in(chromium, where, at_work, "anna", language)
    anna.goto(f"/cases/{at_work.parts['case']}/people/{at_work.parts['person']}/position/")
    follow(anna, "form[action$='/print/'] button")
    for colours in ("light", "dark"):
        anna.emulate_media(color_scheme=colours)
        found += faults(anna, f"paper {colours}")
    anna.emulate_media(media="print")
    found += faults(anna, "paper in print")
    anna.context.close()
    root = signed_in(chromium, where, at_work, "root", language)
    root.goto("/members/")
    root.fill("[name=name]", "Boris")
    root.check("[name=roles][value=lawyer]")
    follow(root, "main form button >> nth=0")
    found += faults(root, "link")
    link = root.inner_text(".code")
    root.context.close()
    new = signed_in(chromium, where, at_work, None, language)
    new.goto(link)
    found += faults(new, "join")
    new.fill("[name=login]", "boris")
    for name in ("new", "again"):
        new.fill(f"[name={name}]", at_work.people["anna"].password)
    follow(new, "main button >> nth=0")
    found += faults(new, "enrolment")
    new.fill("[name=code]", "1")
    follow(new, "main button >> nth=0")
    found += faults(new, "enrolment refused")
    new.context.close()
    assert found == []
