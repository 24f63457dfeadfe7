"""The settings of both sites that decide who may send a form."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.middleware.csrf import CsrfViewMiddleware
from django.test import RequestFactory, override_settings

from safeconduct.desk.project.configuration import Site
from safeconduct.desk.project.settings_shared import databases, settings_for

HOSTS = ("desk.example.org", ".helpers.example.org")

#   origin                                       host                      taken
ORIGINS = [
    ("https://desk.example.org",                 "desk.example.org",       True),   # TLS ends at a proxy
    ("http://desk.example.org",                  "desk.example.org",       True),   # an onion service, no proxy
    ("https://one.helpers.example.org",          "one.helpers.example.org", True),
    ("https://elsewhere.example.org",            "desk.example.org",       False),
    ("https://desk.example.org.evil.example",    "desk.example.org",       False),
    ("null",                                     "desk.example.org",       False),
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize("site", Site)
@pytest.mark.parametrize(("origin", "host", "taken"), ORIGINS)
def test_a_form_is_taken_from_the_site_itself_also_behind_a_proxy_and_from_nowhere_else(site, origin, host, taken):
    configuration = replace(settings.DESK, hosts=dict.fromkeys(Site, HOSTS))
    found = settings_for(site, configuration)
    with override_settings(CSRF_TRUSTED_ORIGINS=found["CSRF_TRUSTED_ORIGINS"], ALLOWED_HOSTS=found["ALLOWED_HOSTS"]):
        request = RequestFactory().post("/", HTTP_ORIGIN=origin, HTTP_HOST=host)
        assert CsrfViewMiddleware(lambda _: None)._origin_verified(request) is taken


def test_a_store_that_is_there_can_be_opened_without_writing_to_it(tmp_path):
    configuration = replace(settings.DESK, folder=tmp_path, postgres=None)
    before = databases(configuration)["default"]["OPTIONS"]["init_command"]
    (tmp_path / "data.sqlite3").write_bytes(b"SQLite format 3")
    after = databases(configuration)["default"]["OPTIONS"]["init_command"]
    assert before == f"PRAGMA auto_vacuum=FULL;{after}"
    assert "auto_vacuum" not in after
