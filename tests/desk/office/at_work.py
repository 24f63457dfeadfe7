"""The members' site for tests: an organisation at work, a clock that can be moved, and browsers that are signed in."""

import re
from base64 import b32decode
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

from safeconduct.desk.project.configuration import Site
from safeconduct.desk.project.settings_shared import settings_for
from safeconduct.packs.store import compiled, packaged_pages
from safeconduct.values.secret import Secret
from tests.desk.builders import NOW, a_case, a_channel

PASSWORD = "kestrel over the water"
NOWHERE = "00000000-0000-4000-8000-000000000000"
_OF_A_SITE = ("CSRF_", "ROOT_URLCONF", "SECRET_KEY", "SESSION_", "ALLOWED_HOSTS")


class Page(HTMLParser):
    """What a page holds: tags with their attributes, and words."""

    def __init__(self, response):
        super().__init__()
        self.tags, self.words = [], []
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())

    def forms(self):
        return [told["action"] for tag, told in self.tags if tag == "form"]

    def value(self, name):
        return next(told.get("value", "") for tag, told in self.tags if tag == "input" and told.get("name") == name)


@dataclass
class Clock:
    """The moment, for everything that reads the clock."""

    moment: object = NOW

    def on(self, **length):
        self.moment += timedelta(**length)


@dataclass
class Somebody:
    """A member with what they have in their hands."""

    login: str
    totp: Secret
    printed: str
    member: object
    actor: object
    password: str = PASSWORD
    used: int = 0


@dataclass
class Office:
    """An organisation: its members by login, and its clock."""

    clock: Clock
    people: dict = field(default_factory=dict)

    def joined(self, link, login):
        from safeconduct.desk.members.actions.accept_invitation import accept_invitation
        from safeconduct.desk.members.actions.confirm_enrolment import confirm_enrolment
        from safeconduct.desk.members.actions.print_code import prove_code
        from safeconduct.desk.members.actor import Actor
        from safeconduct.desk.members.models import Member
        from safeconduct.desk.members.roles import from_text
        from safeconduct.desk.members.totp import code_at, step_of

        now = self.clock.moment
        enrolment = accept_invitation(link=link, login=login, password=Secret(PASSWORD), now=now)
        totp = Secret(b32decode(enrolment.totp_secret.reveal()))
        done = confirm_enrolment(token=enrolment.token, code=code_at(totp, step_of(now)), now=now)
        roles = from_text(Member.objects.get(pk=done.member).roles)
        actor = Actor(member=done.member, roles=roles, private=done.private, is_fresh=True)
        prove_code(actor, typed=enrolment.recovery_code)
        somebody = Somebody(login, totp, enrolment.recovery_code.reveal(), done.member, actor)
        self.people[login] = somebody
        return somebody

    def admin(self, login="root"):
        from safeconduct.desk.members.actions.invite_member import first_administrator
        from safeconduct.desk.members.actor import Operator

        if login not in self.people:
            self.joined(first_administrator(Operator(), now=self.clock.moment), login)
        return self.people[login]

    def member(self, login, *roles, name=None):
        from safeconduct.desk.members.actions.invite_member import invite_member
        from safeconduct.desk.members.roles import Role

        held = frozenset(roles or (Role.CASEWORKER,))
        admin = self.admin().actor
        link = invite_member(admin, name=name or login.title(), roles=held, now=self.clock.moment)
        return self.joined(link, login)

    def case(self, *holders, **changed):
        actors = [one.actor for one in holders]
        case, code = a_case(*actors, now=self.clock.moment, channel=a_channel(*actors), **changed)
        return case, code

    def browser(self, somebody=None, language="en"):
        browser = Browser(self.clock, language)
        if somebody is not None:
            browser.sign_in(somebody)
        return browser


class Browser:
    """Somebody's browser. CSRF is on; a form is sent with the token that its page held, unless it is left out."""

    def __init__(self, clock, language="en"):
        from django.test import Client

        self.clock = clock
        self.client = Client(enforce_csrf_checks=True, headers={"accept-language": language})
        self.client.raise_request_exception = True

    def get(self, address, **headers):
        return self.client.get(address, headers=headers or None)

    def token(self):
        if "__Host-form-members" not in self.client.cookies:
            self.get("/sign-in/")
        return self.client.cookies["__Host-form-members"].value

    def post(self, address, values=None, **more):
        told = {"csrfmiddlewaretoken": self.token(), **(values or {}), **more}
        return self.client.post(address, told)

    def code(self, somebody):
        """The next code that was not used yet; the clock goes on until there is one."""
        from safeconduct.desk.members.totp import code_at, step_of

        while step_of(self.clock.moment) <= somebody.used:
            self.clock.on(seconds=30)
        somebody.used = step_of(self.clock.moment)
        return code_at(somebody.totp, somebody.used)

    def password_step(self, somebody, password=None):
        return self.post("/sign-in/", login=somebody.login, password=password or somebody.password)

    def sign_in(self, somebody):
        first = self.password_step(somebody)
        assert first.status_code == 200
        # The code of joining was used: the clock goes on.
        self.clock.on(seconds=60)
        second = self.post("/sign-in/code/", token=Page(first).value("token"), code=self.code(somebody))
        assert second.status_code == 302, second.content.decode()
        return second


def without_tokens(response):
    """What is sent, but for the tokens of forms, which are fresh in every page."""
    return re.sub(rb'name="(csrfmiddlewaretoken|token)" value="[^"]+"', b"", response.content)


def rows(*, whole_sessions=False):
    """Every row of both stores; of a session its id and owner, because each visit notes the hour."""
    from django.apps import apps

    noted = {} if whole_sessions else {"KeptSession": ("lookup", "owner")}
    told = {model.__name__: model.objects.values_list(*noted.get(model.__name__, ())) for model in apps.get_models()}
    return {name: sorted(map(repr, values)) for name, values in told.items()}


def id_after(word, response):
    """The first id that stands after a word in an address of a page."""
    return re.search(rf"/{word}/([0-9a-f-]{{36}})/", response.content.decode())[1]


def link_to(secret):
    return f"/join/{quote(secret.reveal())}/"


def members_site(configuration):
    """This process is the members' site of a desk, for a while."""
    from django.test import override_settings

    told = settings_for(Site.MEMBERS, configuration)
    return override_settings(**{name: value for name, value in told.items() if name.startswith(_OF_A_SITE)})


@cache
def small_law():
    """The vocabulary of the pages and the invented jurisdiction: small, and no real person's law."""
    pages = packaged_pages(with_invented=True)
    return compiled({name: text for name, text in pages.items() if name.startswith(("xx/", "vocabulary/"))})


@pytest.fixture
def office(desk, monkeypatch, settings_of):
    """The members' site of an empty desk."""
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.moment)
    configuration = replace(desk, law=small_law())
    with members_site(configuration):
        settings_of(configuration)
        yield Office(clock)
