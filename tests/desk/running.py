"""Django for the tests, set up once in a process: an invented desk in a folder that goes with the process."""

import atexit
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from safeconduct.desk.project.configuration import Configuration, Site
from safeconduct.desk.project.settings_shared import databases, settings_for
from safeconduct.values.secret import Secret
from safeconduct.vault.site import SiteKeys
from safeconduct.vault.stretching import Stretching
from tests.vault.builders import TEST_COST

STORES = ("default", "keyring")
_NO_WRITING = {
    "sqlite": "PRAGMA query_only=ON",
    "postgresql": "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
}
SITE_KEY = bytes(range(32))
_HOME = Path(tempfile.mkdtemp(prefix="safeconduct-tests-"))
_TEMPLATE = _HOME / "template"
CONFIGURATION = Configuration(
    folder=_TEMPLATE,
    keys=SiteKeys.of(Secret(SITE_KEY)),
    stretching=Stretching(salt=b"salt of the site", cost=TEST_COST),
    django_secrets={site: Secret(f"invented secret of the {site.value} site, long enough") for site in Site},
    hosts=dict.fromkeys(Site, ("testserver",)),
    member_cost=TEST_COST,
    contact_cost=TEST_COST,
    least_seconds=0,
)


def set_up():
    """Configure Django as the members' site; `on_site` turns to the other."""
    if not settings.configured:
        _TEMPLATE.mkdir()
        atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
        settings.configure(**settings_for(Site.MEMBERS, CONFIGURATION))
        django.setup()


def made_stores():
    """The two stores, empty, as migrations make them; once in a process."""
    if not (_TEMPLATE / "data.sqlite3").exists():
        use(CONFIGURATION)
        for store in STORES:
            call_command("migrate", database=store, verbosity=0)
        connections.close_all()
    return _TEMPLATE


def use(configuration):
    """Let this process work with the stores of a configuration from now on."""
    connections.close_all()
    for alias, database in databases(configuration).items():
        told = connections.settings[alias]
        told.update({"USER": "", "PASSWORD": "", "HOST": "", "PORT": "", "OPTIONS": {}} | database)
        connections[alias].close()
        del connections[alias]


def fresh_desk(folder):
    """A configuration with empty stores of its own."""
    for name in ("data.sqlite3", "keyring.sqlite3"):
        shutil.copy(made_stores() / name, folder / name)
    return replace(CONFIGURATION, folder=folder)


def let_nothing_be_written(*stores):
    """Let some stores take nothing more over the connections there are, as on a full disk; all, if none is named."""
    for one in stores or STORES:
        with connections[one].cursor() as cursor:
            cursor.execute(_NO_WRITING[connections[one].vendor])
