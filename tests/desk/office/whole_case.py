"""A case with one of everything in it, and what every address of the site needs to name one of its things."""

import atexit
import shutil
import tempfile
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from unittest import mock
from uuid import UUID

import pytest
from django.core.management.color import no_style
from django.db import connections, router
from django.db.transaction import atomic

from safeconduct.desk.cases.actions.dues import set_due
from safeconduct.desk.cases.actions.handle import name_case
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.people import Told, add_person, set_facts
from safeconduct.desk.cases.actions.position import judge, save_position
from safeconduct.desk.cases.actions.write_as_member import write_as_member, write_note
from safeconduct.desk.cases.form_token import issue
from safeconduct.desk.cases.models import Channel
from safeconduct.desk.cases.values import Consent, Opinion
from tests.desk.builders import AFile
from tests.desk.office.at_work import Browser, Clock, Office, members_site, small_law
from tests.desk.postgres import empty_desk
from tests.desk.running import CONFIGURATION, STORES, fresh_desk, use

TODAY = date(2026, 11, 22)


@dataclass
class Words:
    """What somebody types into each field."""

    text: str = "We can help"
    note: str = "Call him on Monday"
    label: str = "The man from Almaty"
    pseudonym: str = "Alex"
    said_by: str = "his sister"
    assumed: str = "no day told"
    due: str = "Ask for the paper"
    reason: str = "The court reads it otherwise"
    file: str = "summons.pdf"
    contact: str = "I left the base"


def a_whole_case(office, holder, words=None):
    """A case of a member with a person, facts, events, a saved position with a lawyer's view, days, notes and files.

    Returns:
        The values of every part of an address, as text.
    """
    say, now, actor = words or Words(), office.clock.moment, holder.actor
    case, _ = office.case(holder, text=say.contact, files=[AFile(name=say.file)])
    where = {"case": case, "now": now}
    name_case(actor, label=say.label, **where)
    write_as_member(actor, text=say.text, token=issue(now=now), files=[AFile(name=say.file)], **where)
    write_note(actor, text=say.note, token=issue(now=now), files=[AFile(name=say.file)], **where)
    person = add_person(actor, pseudonym=say.pseudonym, consent=Consent.KNOWN, **where)
    event = {"event": "left_unit", "on": "2022-10", "permission": "no", "assumed": say.assumed}
    told = Told(
        facts={"sex": "male", "citizenships": ["RU"], "birth_date": "1993"},
        events=((None, event),),
        closed=(("not_happened", "discharged"),),
    )
    set_facts(actor, person=person, told=told, said_by=say.said_by, on=TODAY, **where)
    saved = save_position(actor, person=person, on=TODAY, **where)
    set_due(actor, on=TODAY, text=say.due, **where)
    opened = open_case(actor, case=case)
    if "lawyer" in {role.value for role in actor.roles}:
        finding = next(iter(opened.positions[0].answers))
        judge(actor, position=saved, finding=finding, opinion=Opinion.DOUBTFUL, reason=say.reason, **where)
    parts = {
        "case": case,
        "person": person,
        "position": saved,
        "member": holder.member,
        "file": opened.thread.files[0].id,
        "due": opened.dues[0].id,
        "event": next(iter(opened.people[0].events)),
        "channel": Channel.objects.get().pk if Channel.objects.count() == 1 else UUID(int=1),
        "custodians": UUID(int=2),
        "request_id": UUID(int=3),
        "link_id": UUID(int=4),
        "group": "person",
        "kind": "left_unit",
        "link": "x" * 43,
    }
    return {name: str(value) for name, value in parts.items()}


SENT = {
    "text": "written",
    "label": "called",
    "on": "2026-11-22",
    "first": "2026-11-22",
    "last": "2027-11-22",
    "pseudonym": "Boris",
    "consent": "known",
    "outcome": "helped",
    "said_by": "he himself",
    "f.sex": "male",
    "e.on": "2022-10",
    "section": "complete",
    "what": "sex",
    "opinion": "agreed",
    "reason": "because",
    "name": "somebody",
    "roles": "caseworker",
    "days": "90",
    "open": "no",
    "search": "man",
    "language": "ru",
    "login": "somebody",
    "password": "kestrel over the water",
    "code": "000000",
}
"""Values that fit the fields of every form."""


def addresses(parts):
    """Every address of the site with these parts, by name, as its table of addresses says."""
    from safeconduct.desk.office.urls import urlpatterns

    found = {}
    for pattern in urlpatterns:
        if pattern.name == "nothing":
            continue
        address = f"/{pattern.pattern}"
        for name in pattern.pattern.converters:
            for kind in ("uuid", "str", "slug"):
                address = address.replace(f"<{kind}:{name}>", parts[name])
        found[pattern.name] = address
    return found


# --- an organisation that was built once ------------------------------------------------------------------------


@dataclass
class Built:
    """An organisation at work, as it was when it was built.

    Args:
        folder: Its two stores.
        moment: The moment at which it was built.
        people: Its members by login.
        cookies: What the browser of each holds, who is signed in.
        parts: The parts of the addresses of anna's case; of clara's, under `other`.
        other: As `parts`, of a case of clara's.
    """

    folder: Path
    moment: datetime
    people: dict
    cookies: dict
    parts: dict
    other: dict


OTHERS = ("ivan", "clara", "lena", "kirill", "root")
"""Members with every role, none of whom holds anna's case."""


@cache
def _built():
    from django.test import override_settings

    from safeconduct.desk.members.roles import Role

    folder = Path(tempfile.mkdtemp(prefix="safeconduct-office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    configuration = replace(fresh_desk(folder), law=small_law())
    use(configuration)
    clock = Clock()
    told = override_settings(DESK=configuration)
    with mock.patch("django.utils.timezone.now", side_effect=lambda: clock.moment), members_site(configuration), told:
        office = Office(clock)
        office.admin()
        roles = {
            "anna": (Role.CASEWORKER, Role.LAWYER),
            "ivan": (Role.INTAKE,),
            "clara": (Role.CASEWORKER,),
            "lena": (Role.LAWYER,),
            "kirill": (Role.CUSTODIAN,),
        }
        for login, held in roles.items():
            office.member(login, *held)
        parts = a_whole_case(office, office.people["anna"])
        other = a_whole_case(office, office.people["clara"])
        cookies = {login: office.browser(one).client.cookies for login, one in office.people.items()}
    connections.close_all()
    return Built(folder, clock.moment, office.people, cookies, parts, other)


@dataclass
class AtWork:
    """The organisation, for one test: a copy of its stores, and browsers that are signed in."""

    built: Built
    clock: Clock

    @property
    def parts(self):
        return self.built.parts

    @property
    def other(self):
        return self.built.other

    @property
    def people(self):
        return self.built.people

    def browser(self, login, language="en"):
        browser = Browser(self.clock, language)
        browser.client.cookies = deepcopy(self.built.cookies[login])
        return browser


def _copied_to_postgres(folder):
    """A desk on PostgreSQL with every row of these two stores: its configuration, in use."""
    from django.apps import apps

    use(replace(CONFIGURATION, folder=folder))
    rows = {model: list(model.objects.all()) for model in apps.get_models()}
    configuration = empty_desk()
    for alias in STORES:
        here = [model for model in rows if router.db_for_write(model) == alias]
        # References are checked when the transaction ends, so the order is of no matter.
        with atomic(using=alias), connections[alias].cursor() as cursor:
            for model in here:
                model.objects.bulk_create(rows[model])
            for statement in connections[alias].ops.sequence_reset_sql(no_style(), here):
                cursor.execute(statement)
    return replace(configuration, law=small_law())


@pytest.fixture
def at_work_on_postgres(monkeypatch, settings_of):
    """As `at_work`, on PostgreSQL."""
    built = _built()
    configuration = _copied_to_postgres(built.folder)
    settings_of(configuration)
    clock = Clock(built.moment)
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.moment)
    with members_site(configuration):
        yield AtWork(built, clock)
    use(CONFIGURATION)


@pytest.fixture
def at_work(tmp_path, monkeypatch, settings_of):
    """An organisation with members of every role; anna has a case with one of everything in it."""
    built = _built()
    for name in ("data.sqlite3", "keyring.sqlite3"):
        shutil.copy(built.folder / name, tmp_path / name)
    configuration = replace(CONFIGURATION, folder=tmp_path, law=small_law())
    settings_of(configuration)
    use(configuration)
    clock = Clock(built.moment)
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.moment)
    with members_site(configuration):
        yield AtWork(built, clock)
    use(CONFIGURATION)
