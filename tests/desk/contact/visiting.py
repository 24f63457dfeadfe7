"""The contact site for tests, and somebody who visits it: opens a page, fills in its form, sends it. CSRF is on."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from uuid import UUID

import pytest

from safeconduct.desk.project.configuration import Site
from safeconduct.desk.project.settings_shared import settings_for

LANGUAGES = ("en", "ru", "uk", "kk")
_OF_A_SITE = ("CSRF_", "DESK", "ROOT_URLCONF", "SECRET_KEY", "SESSION_", "ALLOWED_HOSTS")


class Reading(HTMLParser):
    """What a page holds: forms with what they send, links, and words."""

    def __init__(self, page):
        super().__init__()
        self.forms, self.links, self.loads, self.words, self.tags = [], [], [], [], []
        self._form = self._text = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.tags.append((tag, told))
        if tag == "form":
            self._form = {"action": told.get("action", ""), "method": told.get("method", "get"), "fields": {}}
            self.forms.append(self._form)
        elif tag == "a":
            self.links.append(told)
        elif tag in {"link", "img", "script"}:
            self.loads.append(told.get("href") or told.get("src"))
        elif self._form is not None and tag in {"input", "textarea"}:
            chosen = told.get("type") != "radio" or "checked" in told
            if told.get("name") and chosen and told.get("type") != "file":
                self._form["fields"][told["name"]] = told.get("value", "")
            self._text = told.get("name") if tag == "textarea" else None

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._text = None

    def handle_data(self, data):
        if self._text and self._form is not None:
            self._form["fields"][self._text] += data.removeprefix("\n")
        self.words.append(data)

    def form(self, field):
        """The form that has this field."""
        return next(form for form in self.forms if field in form["fields"])


def reading(response):
    return Reading(response.content.decode())


class Visitor:
    """Somebody with a browser of their own."""

    def __init__(self, language="en", **headers):
        from django.test import Client

        self.client = Client(enforce_csrf_checks=True, headers={"accept-language": language, **headers})

    def get(self, address):
        return self.client.get(address)

    def send(self, address, field, *, files=(), on=None, without=(), **values):
        """Open a page, fill in the form that has this field, and send it to where it goes."""
        form = reading(on or self.get(address)).form(field)
        # Files go before the last field, as they stand on the page.
        whole = form["fields"].pop("whole", None)
        told = {**form["fields"], **values, **({"enclosed": list(files)} if files else {})}
        told |= {} if whole is None else {"whole": whole}
        for name in without:
            told.pop(name, None)
        return self.client.post(form["action"] or address, told)

    def write(self, text="Я в Алматы и мне нужен совет", **values):
        return self.send("/2", "for_whom", text=text, **values)

    def come_back(self, code, **values):
        return self.send("/3", "code", code=code, **values)


def code_in(response):
    """The digits that a page shows."""
    return " ".join(re.findall(r"<span>(\d+)</span>", response.content.decode()))


@pytest.fixture
def contact_site(desk):
    """This process is the contact site of an empty desk: its configuration."""
    from django.test import override_settings

    told = settings_for(Site.CONTACT, desk)
    with override_settings(**{name: value for name, value in told.items() if name.startswith(_OF_A_SITE)}):
        yield desk


@pytest.fixture
def open_site(contact_site):
    """The contact site with one channel and one member who reads it: the member."""
    from tests.desk.builders import a_channel, a_member

    member = a_member()
    a_channel(member)
    return member


RUN = UUID("00000000-0000-4000-8000-00000000000c")
"""The run of the check that `whoever_came_back` carries."""

EXAMPLES = {
    "<uuid:file>": "00000000-0000-4000-8000-000000000000",
    "<uuid:run>": str(RUN),
    "<int:number>": "1",
    "<slug:language>": "ru",
}
"""What stands in an address in place of each part that changes."""


def routes():
    """Every row of the site's table of addresses, as it is written there."""
    from safeconduct.desk.project.urls_contact import urlpatterns

    def below(patterns, before):
        for one in patterns:
            whole = f"{before}{one.pattern}"
            yield from below(one.url_patterns, whole) if hasattr(one, "url_patterns") else (whole,)

    return list(below(urlpatterns, "/"))


def every_address():
    """The address of every page of the site, with an example for each part that changes; ways out come last."""
    found = [re.sub("<[^>]*>", lambda part: EXAMPLES.get(part[0], part[0]), route) for route in routes()]
    return sorted(found, key=lambda address: address.endswith("x"))


def whoever_came_back():
    """Somebody who came back with their code, and goes through the check as well. Use it with `small_site`."""
    from tests.desk.check.finding_out import a_run, carrying

    visitor = Visitor()
    visitor.come_back(code_in(visitor.write()))
    return carrying(visitor, replace(a_run(None), id=RUN))


def rows(*, to_the_second=False):
    """Every row of both stores. Of a session its id and owner: with every visit it notes the hour, to end in time.

    Args:
        to_the_second: The whole rows of sessions too.
    """
    from django.apps import apps

    noted = {} if to_the_second else {"KeptSession": ("lookup", "owner")}
    told = {model.__name__: model.objects.values_list(*noted.get(model.__name__, ())) for model in apps.get_models()}
    return {name: sorted(map(repr, values)) for name, values in told.items()}


def same_for_everybody(response):
    """What is sent, but for the token of the form, which is fresh in every page."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content)
