"""Security keys in a real browser: Chromium with a virtual key, over its own protocol."""

import pytest
from django.core.handlers.wsgi import WSGIHandler

from tests.browser.looking import faults
from tests.desk.office.at_work import office
from tools.picture_pages import LANGUAGES, follow, open_page
from tools.serving import served

__all__ = ["office"]
pytestmark = pytest.mark.loopback


@pytest.fixture
def where(office):
    """The members' site, served on loopback: its address."""
    from django.test import override_settings

    with override_settings(ALLOWED_HOSTS=["localhost", "127.0.0.1"]), served(WSGIHandler()) as address:
        yield address


class Keys:
    """The keys that are plugged into a browser."""

    def __init__(self, page):
        self.line = page.context.new_cdp_session(page)
        self.line.send("WebAuthn.enable")

    def plug_in(self, protocol="ctap2"):
        told = {"protocol": protocol, "transport": "usb", "isUserVerified": protocol != "u2f"}
        return self.line.send("WebAuthn.addVirtualAuthenticator", {"options": told})["authenticatorId"]

    def pull_out(self, key):
        self.line.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})

    def credentials(self, key):
        return self.line.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]

    def lower_counter(self, key):
        (one,) = self.credentials(key)
        told = {"authenticatorId": key, "credentialId": one["credentialId"]}
        self.line.send("WebAuthn.removeCredential", told)
        self.line.send("WebAuthn.addCredential", {"authenticatorId": key, "credential": {**one, "signCount": 0}})


@pytest.fixture
def page(chromium, where):
    page = open_page(chromium, where, language="en", width=1000, scripts=True)
    page.set_default_timeout(10_000)
    said = []
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    yield page
    # A page that refuses is told there as well; what a policy stopped, or the script did wrong, must not be.
    assert [text for text in said if "status of 403" not in text] == []
    page.context.close()


@pytest.fixture
def anna(office):
    return office.member("anna")


def password_step(page, somebody):
    page.goto("/sign-in/")
    page.fill("[name=login]", somebody.login)
    page.fill("[name=password]", somebody.password)
    follow(page, "main button >> nth=0")


def sign_in(page, office, somebody):
    password_step(page, somebody)
    office.clock.on(seconds=60)
    page.fill("[name=code]", office.browser().code(somebody))
    follow(page, "main button:has-text('Sign in')")


def register(page, name):
    page.goto("/settings/keys/")
    page.fill("[name=name]", name)
    follow(page, "main button:has-text('Go on')")
    follow(page, "text=Register the key now")


def with_key(page):
    follow(page, "text=Use a security key")
    follow(page, "text=Use the key now")


@pytest.mark.parametrize("protocol", ["ctap2", "u2f"])
def test_a_member_registers_a_key_and_signs_in_with_it(page, office, anna, protocol):
    keys = Keys(page)
    key = keys.plug_in(protocol)
    sign_in(page, office, anna)
    register(page, "the blue one")
    assert "The security key was registered" in page.inner_text("[role=status]")
    assert "the blue one" in page.inner_text("table")
    assert "localhost" in page.inner_text("table")
    (kept,) = keys.credentials(key)
    assert (kept["isResidentCredential"], kept.get("userName", "desk")) == (False, "desk")
    follow(page, "text=Sign out")
    office.clock.on(minutes=1)
    password_step(page, anna)
    with_key(page)
    assert page.inner_text("h1") == "Inbox"
    page.goto("/trail/")
    assert "signed in with a security key" in page.inner_text("main")
    page.goto("/settings/keys/")
    follow(page, "button:has-text('Remove')")
    assert "You have no security key here." in page.inner_text("main")


def test_a_key_that_is_not_ones_own_or_is_not_plugged_in_does_not_sign_in(page, office, anna):
    keys = Keys(page)
    key = keys.plug_in()
    sign_in(page, office, anna)
    register(page, "the blue one")
    follow(page, "text=Sign out")
    keys.pull_out(key)
    keys.plug_in()
    password_step(page, anna)
    follow(page, "text=Use a security key")
    page.click("text=Use the key now")
    page.wait_for_selector("#key-failed:visible", timeout=20_000)
    assert page.is_enabled("text=Use the key now")
    # The telephone goes on working on the same page.
    office.clock.on(seconds=60)
    page.fill("[name=code]", office.browser().code(anna))
    follow(page, "main button:has-text('Sign in')")
    assert page.inner_text("h1") == "Inbox"


@pytest.mark.security
def test_a_key_whose_counter_went_back_is_refused_and_stands_in_the_trail(page, office, anna):
    keys = Keys(page)
    key = keys.plug_in()
    sign_in(page, office, anna)
    register(page, "the blue one")
    follow(page, "text=Sign out")
    password_step(page, anna)
    with_key(page)
    follow(page, "text=Sign out")
    keys.lower_counter(key)
    password_step(page, anna)
    with_key(page)
    assert "This does not fit" in page.inner_text("[role=alert]")
    office.clock.on(seconds=60)
    page.fill("[name=code]", office.browser().code(anna))
    follow(page, "main button:has-text('Sign in')")
    page.goto("/trail/")
    assert "perhaps a copy" in page.inner_text("main")


@pytest.mark.security
def test_the_browser_gives_no_signature_to_a_page_of_another_site(page, office, anna):
    keys = Keys(page)
    keys.plug_in()
    sign_in(page, office, anna)
    register(page, "the blue one")
    follow(page, "text=Sign out")
    password_step(page, anna)
    follow(page, "text=Use a security key")
    # As a false copy of the site would: the same page, which asks for another site's name.
    page.evaluate(
        """() => { const form = document.getElementById("key"); const told = JSON.parse(form.dataset.options);
        form.dataset.options = JSON.stringify({...told, rpId: "desk.example.org"}); }"""
    )
    page.click("text=Use the key now")
    page.wait_for_selector("#key-failed:visible")
    assert page.input_value("[name=answer]") == ""


def test_without_a_script_the_page_says_so_and_takes_the_telephone(chromium, where, office, anna):
    page = open_page(chromium, where, language="en", width=320)
    password_step(page, anna)
    follow(page, "text=Use a security key")
    assert page.is_visible("#key-cannot")
    assert not page.is_visible("text=Use the key now")
    office.clock.on(seconds=60)
    page.fill("[name=code]", office.browser().code(anna))
    follow(page, "main button:has-text('Sign in')")
    assert page.inner_text("h1") == "Inbox"
    page.context.close()


PLANTED = """() => {
  const refused = [];
  for (const plant of [
    () => { document.body.innerHTML = "<b>x</b>"; },
    () => { const tag = document.createElement("script"); tag.src = "/static/office/key.js"; },
    () => { const tag = document.createElement("script"); tag.text = "window.marker = 1"; },
  ]) try { plant(); refused.push(""); } catch (error) { refused.push(error.name); }
  const tag = document.createElement("img");
  tag.addEventListener("load", () => { window.marker = 1; });
  tag.src = "https://evil.example/x.png";
  document.body.append(tag);
  return new Promise((end) => setTimeout(() => end([refused, window.marker === undefined]), 300));
}"""


@pytest.mark.security
def test_a_page_with_the_script_lets_nothing_be_planted_in_it(chromium, where, anna):
    page = open_page(chromium, where, language="en", width=1000, scripts=True)
    password_step(page, anna)
    follow(page, "text=Use a security key")
    refused, is_clean = page.evaluate(PLANTED)
    assert all(refused)
    assert is_clean
    page.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_found_on_the_pages_of_keys(chromium, where, office, anna, language):
    page = open_page(chromium, where, language=language, width=320, scripts=True)
    Keys(page).plug_in()
    found = []
    password_step(page, anna)
    found += faults(page, "code")
    follow(page, "form[action='/sign-in/key/'] button")
    found += faults(page, "sign-in key")
    office.clock.on(seconds=60)
    page.fill("[name=code]", office.browser().code(anna))
    follow(page, "form[action='/sign-in/code/'] button")
    page.goto("/settings/keys/")
    found += faults(page, "no key")
    page.fill("[name=name]", "YubiKey 5C, синий, запасной")
    follow(page, "form[action='/settings/keys/add/'] button")
    found += faults(page, "add")
    follow(page, "#key button")
    found += faults(page, "keys")
    page.context.close()
    assert found == []
