"""The pages of the members' site that `tools/pictures.py` takes pictures of: a caseworker's, and an administrator's."""

from collections.abc import Iterator
from pathlib import Path

from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, Page

from safeconduct.desk.members.totp import code_at, step_of
from safeconduct.desk.project.clock import now
from tools.picture_office import PASSWORD, Organisation, Somebody, at_work
from tools.picture_pages import WIDTHS, a_browser, follow, open_page, take
from tools.serving import served

# A page of law is longer than anybody looks at as a picture; and a few colours are enough for pages of words.
HIGHEST = {"narrow": 3000, "wide": 2000}
COLOURS = 32


def draw_office(folder: Path, language: str, wanted: frozenset[str]) -> int:
    """Take the pictures of one language.

    Args:
        folder: Where they go.
        language: The language.
        wanted: Pages; none means all.
    Returns:
        How many were taken.
    """
    folder.mkdir(parents=True, exist_ok=True)
    organisation = at_work(language, now=now())
    made = 0
    with served(WSGIHandler()) as address, a_browser() as browser:
        signed_in = {
            somebody.login: _signed_in(browser, address, somebody)
            for somebody in (organisation.caseworker, organisation.admin)
        }
        for name, width in WIDTHS.items():
            page = open_page(browser, address, language=language, width=width)
            for step in _pages(page, organisation, signed_in):
                if not wanted or step in wanted:
                    take(page, folder / f"{step}-{language}-{name}.png", highest=HIGHEST[name], colours=COLOURS)
                    made += 1
            page.context.close()
    return made


def _signed_in(browser: Browser, address: str, somebody: Somebody) -> str:
    """The value of the cookie of somebody who has signed in; a code of a telephone works once, so this is done once."""
    page = open_page(browser, address, language="en", width=1000)
    _password(page, somebody)
    page.fill("[name=code]", code_at(somebody.totp, step_of(now())))
    follow(page, "main button")
    (cookie,) = (one["value"] for one in page.context.cookies() if one["name"] == "__Host-members")
    page.context.close()
    return cookie


def _password(page: Page, somebody: Somebody) -> None:
    page.goto("/sign-in/")
    page.fill("[name=login]", somebody.login)
    page.fill("[name=password]", PASSWORD)
    follow(page, "main button")


def _be(page: Page, cookie: str) -> None:
    # Given by address, such a cookie must be of https; browsers send it to localhost all the same.
    page.context.add_cookies([
        {
            "name": "__Host-members", "value": cookie, "url": "https://localhost/",
            "secure": True, "httpOnly": True, "sameSite": "Strict",
        }
    ])  # fmt: skip


def _pages(page: Page, organisation: Organisation, signed_in: dict[str, str]) -> Iterator[str]:
    """Whenever a page is open that is worth a picture, its name is given out."""
    yield from _doors(page, organisation)
    _be(page, signed_in[organisation.caseworker.login])
    case = f"/cases/{organisation.case}/"
    person = f"{case}people/{organisation.person}/"
    for name, address in {
        "inbox": "/inbox/",
        "cases": "/cases/",
        "thread": case,
        "notes": f"{case}notes/",
        "files": f"{case}files/",
        "people": f"{case}people/",
        "told": f"{person}told/",
        "facts": f"{person}facts/person/",
        "position": f"{person}position/",
        "timeline": f"{person}timeline/",
        "holders": f"{case}holders/",
        "close": f"{case}close/",
        "counts": "/counts/",
        "settings": "/settings/",
    }.items():
        page.goto(address)
        yield f"office-{name}"
    page.goto(f"{person}position/")
    follow(page, "a[href$='/compare/']")
    yield "office-compare"
    page.goto(f"{person}position/")
    follow(page, "form[action$='/print/'] button")
    yield "office-paper"
    _be(page, signed_in[organisation.admin.login])
    for name in ("members", "custodians"):
        page.goto(f"/{name}/")
        yield f"office-{name}"
    page.goto(f"/members/{organisation.caseworker.actor.member}/withdraw/")
    yield "office-take-cases"


def _doors(page: Page, organisation: Organisation) -> Iterator[str]:
    """The pages before somebody is signed in."""
    page.goto("/sign-in/")
    yield "office-sign-in"
    _password(page, organisation.caseworker)
    yield "office-code"
    page.goto(f"/join/{organisation.link.reveal()}/")
    yield "office-join"
    page.fill("[name=login]", "nina")
    for name in ("new", "again"):
        page.fill(f"[name={name}]", PASSWORD)
    # Until the telephone is proven nothing is kept, and the link stays good for the next picture.
    follow(page, "main button")
    yield "office-join-telephone"
