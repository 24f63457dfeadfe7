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

OFFICE = (
    "sign-in", "code", "recover", "recover-code", "recover-ask", "recover-asked", "recover-finish", "join",
    "join-telephone", "inbox", "cases", "all-days", "law-changed", "thread", "notes", "search", "files",
    "people", "holders", "trail", "close", "shred", "days", "withdraw", "told", "facts", "event", "remove",
    "position", "timeline", "counts", "settings", "keys", "drill", "password-again", "system-trail", "compare",
    "saved", "paper", "brought", "brought-open", "refused", "request", "members", "custodians", "channels",
    "channel", "lock", "reset", "take-cases",
)  # fmt: skip
"""The pages, in the order in which they are gone through; each has its picture in every language and width."""
# A page of law is longer than anybody looks at as a picture; and a few colours are enough for pages of words.
HIGHEST = {"narrow": 3000, "wide": 2000}
COLOURS = 16
_LONGEST_MS = 180_000


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
            for somebody in (organisation.caseworker, organisation.custodian, organisation.admin)
        }
        # Without scripts a page is the same at every width: it is opened once, and stretched.
        page = open_page(browser, address, language=language, width=WIDTHS["narrow"])
        page.set_default_timeout(_LONGEST_MS)
        for step, expected in zip(_pages(page, organisation, signed_in, wanted), OFFICE, strict=True):
            if step != f"office-{expected}":
                raise RuntimeError(f"{step} came where {expected} stands in the list of pictures")
            for name, width in WIDTHS.items() if not wanted or step in wanted else ():
                page.set_viewport_size({"width": width, "height": 640})
                take(page, folder / f"{step}-{language}-{name}.png", highest=HIGHEST[name], colours=COLOURS)
                made += 1
        page.context.close()
    return made


def _signed_in(browser: Browser, address: str, somebody: Somebody) -> str:
    """The value of the cookie of somebody who has signed in; a code of a telephone works once, so this is done once."""
    page = open_page(browser, address, language="en", width=1000)
    page.set_default_timeout(_LONGEST_MS)
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


def _pages(page: Page, organisation: Organisation, signed_in: dict[str, str], wanted: frozenset[str]) -> Iterator[str]:
    """Whenever a page is open that is worth a picture, its name is given out; one that nobody wants is not opened."""
    yield from _doors(page, organisation)
    _be(page, signed_in[organisation.caseworker.login])
    yield from _by_address(page, _caseworkers(organisation), wanted)
    yield from _worked_out(page, organisation)
    yield from _typed(page, organisation)
    _be(page, signed_in[organisation.custodian.login])
    page.goto("/custodians/")
    yield "office-request"
    _be(page, signed_in[organisation.admin.login])
    yield from _by_address(page, _administrators(organisation), wanted)


def _by_address(page: Page, addresses: dict[str, str], wanted: frozenset[str]) -> Iterator[str]:
    for name, address in addresses.items():
        if not wanted or f"office-{name}" in wanted:
            page.goto(address)
        yield f"office-{name}"


def _caseworkers(organisation: Organisation) -> dict[str, str]:
    """What a caseworker opens by address."""
    case = f"/cases/{organisation.case}/"
    person = f"{case}people/{organisation.person}/"
    own = {
        name: f"{case}{name}/" for name in ("notes", "search", "files", "people", "holders", "trail", "close", "shred")
    }
    return {
        "inbox": "/inbox/",
        "cases": "/cases/",
        "all-days": "/days/",
        "law-changed": "/law-changed/",
        "thread": case,
        **own,
        "days": f"{case}days/",
        "withdraw": f"{case}withdraw/{organisation.caseworker.actor.member}/",
        "told": f"{person}told/",
        "facts": f"{person}facts/person/",
        "event": f"{person}events/new/left_unit/",
        "remove": f"{person}remove/",
        "position": f"{person}position/",
        "timeline": f"{person}timeline/",
        "counts": "/counts/",
        "settings": "/settings/",
        "keys": "/settings/keys/",
        "drill": "/settings/drill/",
        "password-again": "/password-again/",
        "system-trail": "/trail/",
    }


def _worked_out(page: Page, organisation: Organisation) -> Iterator[str]:
    """A saved position, what changed since, and the paper."""
    position = f"/cases/{organisation.case}/people/{organisation.person}/position/"
    page.goto(position)
    follow(page, "main a[href$='/compare/'] >> nth=-1")
    yield "office-compare"
    page.goto(page.url.removesuffix("compare/"))
    yield "office-saved"
    page.goto(position)
    follow(page, "form[action$='/print/'] button")
    yield "office-paper"


def _typed(page: Page, organisation: Organisation) -> Iterator[str]:
    """What is shown after something was typed: what was brought, words that were found."""
    page.goto("/brought/")
    yield "office-brought"
    page.fill("[name=block]", organisation.brought)
    follow(page, "main form button")
    yield "office-brought-open"
    page.goto(f"/cases/{organisation.case}/people/")
    follow(page, "main form button >> nth=-1")
    yield "office-refused"


def _administrators(organisation: Organisation) -> dict[str, str]:
    """What an administrator opens by address."""
    member = f"/members/{organisation.caseworker.actor.member}/"
    return {
        "members": "/members/",
        "custodians": "/custodians/",
        "channels": "/channels/",
        "channel": f"/channels/{organisation.channel}/",
        "lock": f"{member}lock/",
        "reset": f"{member}reset/",
        "take-cases": f"{member}withdraw/",
    }


def _doors(page: Page, organisation: Organisation) -> Iterator[str]:
    """The pages before somebody is signed in."""
    page.goto("/sign-in/")
    yield "office-sign-in"
    _password(page, organisation.caseworker)
    yield "office-code"
    for name in ("recover", "recover/code", "recover/ask"):
        page.goto(f"/{name}/")
        yield f"office-{name.replace('/', '-')}"
    # A name that nobody has is answered alike, and no second request comes to the custodians.
    page.fill("[name=login]", "nobody")
    follow(page, "main button")
    yield "office-recover-asked"
    page.goto("/recover/finish/")
    yield "office-recover-finish"
    page.goto(f"/join/{organisation.link.reveal()}/")
    yield "office-join"
    page.fill("[name=login]", "nina")
    for name in ("new", "again"):
        page.fill(f"[name={name}]", PASSWORD)
    # Until the telephone is proven nothing is kept, and the link stays good for the next picture.
    follow(page, "main button")
    yield "office-join-telephone"
