"""Every page of the members' site in every language, narrow: nothing that axe finds, nothing wider than the screen."""

from contextlib import contextmanager

import pytest
from django.core.handlers.wsgi import WSGIHandler

from tests.browser.filled import filled
from tests.browser.looking import SCRIPT, faults
from tests.desk.office.test_carried import brought
from tests.desk.office.whole_case import addresses, at_work
from tools.picture_pages import LANGUAGES, follow, open_page
from tools.serving import served

__all__ = ["at_work", "filled"]
pytestmark = pytest.mark.loopback
FOR_ALL = {"sign-in", "recover", "recover-code", "recover-ask", "recover-finish"}
OF_ADMINISTRATORS = {"members", "channels", "channel", "lock", "reset", "withdraw-everywhere"}
OF_CUSTODIANS = {"custody"}
# What a visit by address shows; every name of the table of addresses stands here or in one of the two sets below.
PAGES = FOR_ALL | OF_ADMINISTRATORS | OF_CUSTODIANS | {
    "inbox", "cases", "counts", "carried", "days", "law-changed", "thread", "search", "notes", "files",
    "holders", "withdraw", "dues", "close", "shred", "trail", "people", "remove", "situation", "facts",
    "new-event", "event", "position", "timeline", "saved", "compare", "settings", "drill", "keys",
    "password-again", "system-trail",
}  # fmt: skip
# What a form is sent to: a visit by address is answered as if it were not there.
SENT_ONLY = {
    "sign-in-code", "sign-in-key", "sign-in-key-done", "sign-out", "language", "join-code", "take", "read", "name",
    "assign", "refer", "due-done", "due-again", "reopen", "consent", "take-back", "closed", "save", "remind", "print",
    "law-noted", "invite", "channel-open", "custodians-name", "custodians-trust", "custodians-help", "new-code",
    "keys-add", "keys-done", "keys-remove", "take-link-back",
}  # fmt: skip
# Goes on to another page; is taken to the disk; is looked at below with a link that is good.
ELSEWHERE = {"home", "file", "join"}
#   page           what must be there, so that it is looked at filled
FILLED = {
    "law-changed": "main details",
    "members":     "main form[action*='/take-back/']",
    "custody":     "main form[action*='/help/']",
    "channels":    "main a[href*='/channels/']",
    "compare":     "main details",
    "inbox":       "main a[href='/brought/']",
}  # fmt: skip


@contextmanager
def site(urls="safeconduct.desk.project.urls_members"):
    """The members' site, served on loopback: its address."""
    from django.test import override_settings

    told = override_settings(ALLOWED_HOSTS=["localhost"], ROOT_URLCONF=urls, DEBUG=False)
    with told, served(WSGIHandler()) as address:
        yield address


@pytest.fixture
def where(at_work):
    with site() as address:
        yield address


@pytest.fixture
def where_filled(filled):
    with site() as address:
        yield address


def signed_in(chromium, where, people, login, language):
    """A page of the browser of somebody who has signed in, or of nobody; axe comes with every page it opens."""
    page = open_page(chromium, where, language=language, width=320, scripts=True)
    page.set_default_timeout(20_000)
    page.context.add_init_script(SCRIPT)
    cookies = people.browser(login).client.cookies if login else {}
    told = {"url": "https://localhost/", "secure": True, "httpOnly": True, "sameSite": "Strict"}
    page.context.add_cookies([{"name": name, "value": one.value, **told} for name, one in cookies.items()])
    return page


def who_opens(name):
    """The login of one who has this page; None for somebody who is not signed in."""
    if name in FOR_ALL:
        return None
    return "root" if name in OF_ADMINISTRATORS else "kirill" if name in OF_CUSTODIANS else "anna"


def test_every_address_is_a_page_that_is_looked_at_or_one_that_a_form_is_sent_to(at_work):
    answers = {
        name: at_work.browser(who_opens(name) or "ivan").get(address).status_code
        for name, address in addresses(at_work.parts).items()
    }
    assert set(answers) == PAGES | SENT_ONLY | ELSEWHERE
    assert {name for name, status in answers.items() if status == 404} == SENT_ONLY | {"join"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_found_on_any_page(chromium, filled, where_filled, language):
    browsers = {
        login: signed_in(chromium, where_filled, filled, login, language) for login in (None, "anna", "root", "kirill")
    }
    seen, found = set(), []
    for name, address in filled.addresses.items():
        page = browsers[who_opens(name)]
        if name not in SENT_ONLY | ELSEWHERE and page.goto(address).status == 200:
            seen.add(name)
            assert page.locator(FILLED.get(name, "main")).count() >= 1, name
            found += faults(page, name)
    for page in browsers.values():
        page.context.close()
    assert found == []
    assert seen == PAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_found_on_the_pages_of_somebody_who_comes(chromium, at_work, where, language):
    page, password = signed_in(chromium, where, at_work, None, language), at_work.people["anna"].password
    found = {name: faults(page, name) for name in coming(page, password)}
    page.context.close()
    root = signed_in(chromium, where, at_work, "root", language)
    for name in inviting(root, at_work.people["clara"].member):
        found[name] = faults(root, name)
    link = root.inner_text(".code")
    root.context.close()
    new = signed_in(chromium, where, at_work, None, language)
    for name in joining(new, link, password):
        found[name] = faults(new, name)
    new.context.close()
    assert [fault for faulty in found.values() for fault in faulty] == []
    assert list(found) == [
        "sign-in refused", "code", "code refused", "asked", "members refused", "link", "reset link",
        "join", "enrolment", "enrolment refused",
    ]  # fmt: skip


def coming(page, password):
    """Signing in, and asking for a lost key: each page with its name."""
    page.goto("/sign-in/")
    follow(page, "main button >> nth=0")
    yield "sign-in refused"
    page.fill("[name=login]", "anna")
    page.fill("[name=password]", password)
    follow(page, "main button >> nth=0")
    yield "code"
    page.fill("[name=code]", "000000")
    follow(page, "form[action='/sign-in/code/'] button")
    yield "code refused"
    page.goto("/recover/ask/")
    page.fill("[name=login]", "anna")
    follow(page, "main button >> nth=0")
    yield "asked"


def inviting(page, member):
    """A link for somebody new, and another for somebody whose key is given up."""
    page.goto("/members/")
    page.fill("[name=name]", "Boris")
    page.check("[name=roles][value=administrator]")
    page.check("[name=roles][value=lawyer]")
    follow(page, "main form[action='/members/invite/'] button")
    yield "members refused"
    page.uncheck("[name=roles][value=administrator]")
    follow(page, "main form[action='/members/invite/'] button")
    yield "link"
    page.goto(f"/members/{member}/reset/")
    # She alone holds a case, which is lost with her key: that is ticked first.
    page.check("main form [type=checkbox]")
    follow(page, "main button.grave")
    yield "reset link"


def joining(page, link, password):
    """Joining by a link, up to a code that does not fit."""
    page.goto(link)
    yield "join"
    page.fill("[name=login]", "boris")
    for name in ("new", "again"):
        page.fill(f"[name={name}]", password)
    follow(page, "main button >> nth=0")
    yield "enrolment"
    page.fill("[name=code]", "1")
    follow(page, "main button >> nth=0")
    yield "enrolment refused"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_found_where_something_is_shown_once_or_nothing_is_there_yet(chromium, at_work, where, language):
    block = "\n".join(brought(Brought(at_work), at_work.people["anna"]))
    anna = signed_in(chromium, where, at_work, "anna", language)
    found = {name: faults(anna, name) for name in shown_once(anna, at_work.parts, block)}
    anna.context.close()
    ivan = signed_in(chromium, where, at_work, "ivan", language)
    for address in ("/inbox/", "/cases/", "/law-changed/", "/custodians/", "/counts/"):
        ivan.goto(address)
        found[f"empty {address}"] = faults(ivan, f"empty {address}")
    ivan.context.close()
    assert [fault for faulty in found.values() for fault in faulty] == []
    assert len(found) == 12


class Brought:
    """What `brought` needs of an organisation."""

    def __init__(self, at_work):
        self.clock = at_work.clock


def shown_once(page, parts, block):
    """What a caseworker sees after a form was sent: a paper, what was brought, a new code, refusals."""
    page.goto(f"/cases/{parts['case']}/people/{parts['person']}/position/")
    follow(page, "form[action$='/print/'] button")
    yield "paper"
    page.emulate_media(media="print")
    yield "paper in print"
    page.emulate_media(media="screen")
    page.goto("/brought/")
    page.fill("[name=block]", block)
    follow(page, "main button >> nth=0")
    assert page.locator("main article").count() > 3
    yield "brought"
    page.fill("[name=block]", "nothing whole")
    follow(page, "main form button >> nth=-1")
    assert page.locator("[role=alert]").count() == 1
    yield "brought refused"
    page.goto("/settings/")
    follow(page, "form[action='/settings/code/'] button")
    assert page.locator(".code span").count() >= 7
    yield "printed code"
    page.fill("[name=printed]", "1" * 42)
    follow(page, "main form button")
    yield "drill refused"
    page.goto(f"/cases/{parts['case']}/people/{parts['person']}/facts/person/")
    follow(page, "main form button >> nth=-1")
    yield "facts refused"


#   address            status  what went wrong
TROUBLES = [
    ("/nothing-here/",  404),  # No such page, or none for this member.
    ("/refused/",       409),  # An action refused, and its page has no place for the words.
    ("/broken/",        500),  # A fault of ours.
    ("/full/",          503),  # The store has no room.
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_found_on_the_pages_of_trouble(chromium, at_work, language):
    found = []
    with site("tests.browser.faulty_urls") as where:
        page = signed_in(chromium, where, at_work, "anna", language)
        for address, status in TROUBLES:
            assert page.goto(address).status == status
            found += faults(page, address)
        page.goto("/settings/")
        page.context.clear_cookies(name="__Host-form-members")
        with page.expect_response("**/settings/code/") as answer:
            follow(page, "form[action='/settings/code/'] button")
        assert answer.value.status == 403
        found += faults(page, "form without its cookie")
        page.context.close()
    assert found == []
