"""The organisation of `whole_case` with what seldom is there: custodians, a request, a way in, a law that changed."""

import atexit
import shutil
import tempfile
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from unittest import mock
from uuid import UUID

import pytest
from django.db import connections

from safeconduct.desk.cases.actions.channels import make_channel, set_channel_members
from safeconduct.desk.cases.actions.position import save_position
from safeconduct.desk.members.actions.ask_custodians import ask_custodians
from safeconduct.desk.members.actions.invite_member import invite_member
from safeconduct.desk.members.actions.name_custodians import custodians, name_custodians, trust_custodians
from safeconduct.desk.members.actor import Operator
from safeconduct.desk.members.roles import Role
from safeconduct.packs.store import compiled, packaged_pages
from tests.desk.office.at_work import Browser, Clock, Office, members_site, small_law
from tests.desk.office.whole_case import TODAY, _built, addresses
from tests.desk.running import CONFIGURATION, use

NEWER = "xx/forms.md"
"""The page of law that came after a position was saved."""


@cache
def older_law():
    """The small law, without one page."""
    pages = packaged_pages(with_invented=True)
    kept = {name: text for name, text in pages.items() if name.startswith(("xx/", "vocabulary/")) and name != NEWER}
    return compiled(kept)


@dataclass
class Filled:
    """The organisation, for one test: a copy of its stores, and what is needed to open its pages.

    Args:
        clock: What the desk reads.
        people: Its members by login; kirill is one of three custodians, whom anna trusts and asks for her key.
        cookies: What the browser of each holds, who is signed in.
        parts: The parts of the addresses of anna's case.
        older: A position of hers that was saved under the older law.
    """

    clock: Clock
    people: dict
    cookies: dict
    parts: dict
    older: str

    @property
    def addresses(self):
        """Every address by name; what is compared is the position of the older law."""
        return addresses(self.parts) | {"compare": addresses(self.parts | {"position": self.older})["compare"]}

    def browser(self, login, language="en"):
        browser = Browser(self.clock, language)
        browser.client.cookies = deepcopy(self.cookies[login])
        return browser


def _copy(source, folder):
    for name in ("data.sqlite3", "keyring.sqlite3"):
        shutil.copy(source / name, folder / name)
    return replace(CONFIGURATION, folder=folder, law=small_law())


@cache
def _filled():
    """The stores, filled once in a process: their folder, the parts of addresses, and the older position."""
    from django.test import override_settings

    built, folder = _built(), Path(tempfile.mkdtemp(prefix="safeconduct-filled-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    configuration, clock = _copy(built.folder, folder), Clock(built.moment)
    use(configuration)
    told = override_settings(DESK=configuration)
    with mock.patch("django.utils.timezone.now", side_effect=lambda: clock.moment), members_site(configuration), told:
        office = Office(clock, dict(built.people))
        parts = dict(built.parts) | {"channel": str(_channel(office)), "request_id": _asked(office)}
        root = office.people["root"].actor
        invite_member(root, name="Boris", roles=frozenset({Role.LAWYER, Role.CASEWORKER}), now=clock.moment)
        where = {"case": UUID(parts["case"]), "person": UUID(parts["person"])}
        with override_settings(DESK=replace(configuration, law=older_law())):
            older = save_position(office.people["anna"].actor, **where, on=TODAY, now=clock.moment)
    connections.close_all()
    return folder, parts, str(older)


def _channel(office):
    channel = make_channel(Operator(), name="Safe Harbour", now=office.clock.moment)
    readers = (office.people["anna"].member, office.people["ivan"].member)
    set_channel_members(Operator(), channel=channel, members=readers, now=office.clock.moment)
    return channel


def _asked(office):
    """Three custodians, whom anna trusts and whom she asks: the request."""
    from safeconduct.desk.keyring.models import RecoveryRequest

    now, anna = office.clock.moment, office.people["anna"].actor
    keepers = [office.people["kirill"], *(office.member(login, Role.CUSTODIAN) for login in ("kim", "karl"))]
    name_custodians(office.people["root"].actor, members=tuple(one.member for one in keepers), now=now)
    trust_custodians(anna, custodian_set=custodians(anna).id, now=now)
    ask_custodians(login="anna", now=now)
    return str(RecoveryRequest.objects.get(member=anna.member).pk)


@pytest.fixture
def filled(tmp_path, monkeypatch, settings_of):
    """The organisation with everything in it."""
    built, (folder, parts, older) = _built(), _filled()
    configuration = _copy(folder, tmp_path)
    settings_of(configuration)
    use(configuration)
    clock = Clock(built.moment)
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.moment)
    with members_site(configuration):
        yield Filled(clock, built.people, built.cookies, parts, older)
    use(CONFIGURATION)
