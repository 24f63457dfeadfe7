"""The contact site with the API for tests, and a partner's program that calls it. The checks of forms are on."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from safeconduct.desk.project.configuration import Site
from safeconduct.desk.project.settings_shared import settings_for
from safeconduct.rules.telling.draft import draft_of

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
ASSESS, NEXT, DESCRIPTION = "/api/assess", "/api/next-question", "/api/openapi.json"
# A person to whom little can have happened: answered in a moment.
TOLD = {
    "person": {"sex": "male", "citizenships": ["KZ"]},
    "not_happened": ["left_unit", "enlisted", "mobilised", "summons", "contract", "case_opened", "entered"],
}
CALL = {"situation": TOLD, "on": "2023-12-12"}
_OF_A_SITE = ("CSRF_", "DESK", "ROOT_URLCONF", "SECRET_KEY", "SESSION_", "ALLOWED_HOSTS", "MIDDLEWARE")


class Partner:
    """A program that calls the API."""

    def __init__(self):
        from django.test import Client

        self.client = Client(enforce_csrf_checks=True)

    def send(self, address, told, **headers):
        """Send bytes, or what becomes JSON."""
        content = told if isinstance(told, bytes) else json.dumps(told).encode()
        headers = {"CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(content)), **headers}
        return self.client.generic("POST", address, content, **headers)

    def answer(self, address, told):
        """The answer to a call that is answered."""
        response = self.send(address, told)
        assert response.status_code == 200, response.content
        return response.json()


def example(name):
    """A situation of the examples, as JSON."""
    return json.loads(draft_of((EXAMPLES / f"{name}.yaml").read_bytes(), "yaml").content())


def site_with(configuration):
    """Settings that make this process the contact site of a configuration."""
    from django.test import override_settings

    told = settings_for(Site.CONTACT, configuration)
    return override_settings(**{name: value for name, value in told.items() if name.startswith(_OF_A_SITE)})


@pytest.fixture
def partner(desk):
    """This process is the contact site of an empty desk with the API, and the law of this version."""
    with site_with(replace(desk, api=True)):
        yield Partner()


@pytest.fixture
def partner_of_invented_law(desk):
    """As `partner`, with a small invented law that is answered at once."""
    from tests.cli.invented import corpus

    with site_with(replace(desk, api=True, law=corpus())):
        yield Partner()


def problem(response):
    """The problem that was answered: status, kind, codes of its faults."""
    assert response["Content-Type"] == "application/problem+json"
    told = response.json()
    assert told["status"] == response.status_code
    assert told["to_fix"]
    assert told["title"]
    codes = [fault["code"] for fault in told.get("faults", [])]
    return response.status_code, told["type"].removeprefix("urn:safeconduct:problem:"), codes
