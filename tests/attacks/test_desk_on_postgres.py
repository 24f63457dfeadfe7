"""The attacks on both sites once more, where the stores lie on PostgreSQL.

Every address is tried, in a few runs: rows are compared after a whole table, not after each of its lines.
"""

from contextlib import closing

import psycopg
import pytest
from django.db import connections

from safeconduct.desk.cases.actions.close import shred
from safeconduct.desk.cases.models import Record
from safeconduct.desk.keyring.models import DataKey
from safeconduct.vault.wording import Language
from tests.attacks.test_desk_keys_at_rest import MARKER, answered, forms_of, planted
from tests.desk.builders import NOW, a_case
from tests.desk.check.small_site import contact_site, open_site, small_site
from tests.desk.contact.visiting import Visitor, every_address, reading, rows, whoever_came_back
from tests.desk.fixtures import desk_on_postgres as desk
from tests.desk.members.joining import PASSWORD, sign_in
from tests.desk.office.at_work import NOWHERE
from tests.desk.office.whole_case import OTHERS, SENT, addresses, at_work_on_postgres
from tests.desk.postgres import empty_desk, own_server
from tests.desk.running import CONFIGURATION, use

__all__ = ["at_work_on_postgres", "contact_site", "desk", "open_site", "small_site"]
pytestmark = pytest.mark.security
_ANY = dict.fromkeys(
    ("case", "person", "position", "member", "file", "due", "channel", "custodians", "request_id", "link_id"), NOWHERE
) | {"event": NOWHERE, "group": "person", "kind": "left_unit", "link": "x" * 43}
ALL = sorted(addresses(_ANY))
OF_A_CASE = [name for name in ALL if addresses(_ANY)[name].startswith("/cases/0")]
OF_A_THING = [name for name in OF_A_CASE if addresses(_ANY)[name].count(NOWHERE) > 1]
UNSAFE = ("post", "put", "patch", "delete")


@pytest.fixture
def desk_with_files(settings_of):
    """An empty desk on a PostgreSQL that was started here, so that its files can be looked at."""
    configuration = empty_desk(own_server())
    settings_of(configuration)
    yield configuration
    use(CONFIGURATION)


def files_of_the_server(configuration):
    """What lies on the disk, everything written out: (files of the two databases, the write-ahead log and all else)."""
    tables = []
    for address in configuration.postgres:
        with closing(psycopg.connect(address.reveal(), autocommit=True)) as connection:
            connection.execute("CHECKPOINT")
            told = connection.execute("SELECT oid::text FROM pg_database WHERE datname = current_database()")
            tables += told.fetchone()
    folder = own_server().folder
    # What else lies under `base` are the databases with which a server comes.
    others = [path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).parts[0] != "base"]
    pages = [path for oid in tables for path in (folder / "base" / oid).iterdir()]
    return tuple(b"".join(path.read_bytes() for path in paths) for paths in (pages, others))


def written_anew(configuration):
    """What docs/how-to/desk-postgresql.md lets a server do every night."""
    for address in configuration.postgres:
        with closing(psycopg.connect(address.reveal(), autocommit=True)) as connection:
            connection.execute("VACUUM FULL")


def test_nothing_that_anybody_wrote_lies_in_the_files_or_the_log_of_postgresql_in_clear(desk_with_files):
    anna, case, code = planted(desk_with_files, judged=True)
    sign_in(anna)
    pages, others = files_of_the_server(desk_with_files)
    secrets = [
        MARKER, PASSWORD, anna.printed, code.canonical().reveal().decode(), code.digits().reveal(),
        code.words(Language.ENGLISH).reveal(), *answered(anna.actor, case)[:3],
    ]  # fmt: skip
    whole = pages + others
    assert [secret for secret in secrets for form in forms_of(secret) if form in whole] == []
    keys = [anna.actor.private.seed.reveal(), anna.totp.reveal()]
    assert not any(form in whole for key in keys for form in (key, key.hex().encode()))
    # The scan sees what does lie in clear, in pages and in the write-ahead log.
    assert b"caseworker" in pages
    assert b"caseworker" in others


def test_a_shredded_case_leaves_the_tables_of_postgresql_once_they_are_written_anew(desk_with_files):
    anna, case, _ = planted(desk_with_files)
    a_case(anna.actor)
    bodies = [record.body[40:120] for record in Record.objects.filter(case_id=case)]
    wraps = [wrap.wrapped[40:100] for wrap in DataKey.objects.filter(case=case)]
    before, _ = files_of_the_server(desk_with_files)
    assert all(piece in before for piece in (*bodies, *wraps))
    shred(anna.actor, case=case, now=NOW)
    written_anew(desk_with_files)
    after, _ = files_of_the_server(desk_with_files)
    assert not any(piece in after for piece in (*bodies, *wraps))


@pytest.mark.usefixtures("at_work_on_postgres")
def test_these_tables_are_tried_on_postgresql():
    assert {connections[alias].vendor for alias in ("default", "keyring")} == {"postgresql"}
    assert len(OF_A_CASE) >= 30
    assert len(OF_A_THING) >= 12


@pytest.mark.parametrize("login", OTHERS)
def test_on_postgresql_a_case_of_somebody_else_answers_like_one_that_there_is_not(at_work_on_postgres, login):
    parts, browser = at_work_on_postgres.parts, at_work_on_postgres.browser(login)
    member = str(at_work_on_postgres.people[login].member)
    nothing, before, different = browser.get("/there/is/no/such/page/"), rows(), []
    for name in OF_A_CASE:
        pair = addresses(parts)[name], addresses({**parts, **_ANY})[name]
        answers = [browser.get(address) for address in pair]
        answers += [browser.post(address, SENT, member=member) for address in pair]
        seen = {(answer.status_code, answer.content, str(answer.headers)) for answer in answers}
        if seen != {(404, nothing.content, str(nothing.headers))}:
            different.append(name)
    assert (different, rows()) == ([], before)


def test_on_postgresql_a_thing_of_another_case_is_not_reached_through_ones_own(at_work_on_postgres):
    browser, own = at_work_on_postgres.browser("clara"), at_work_on_postgres.other["case"]
    before, different = rows(), []
    for name in OF_A_THING:
        pair = [addresses({**parts, "case": own})[name] for parts in (at_work_on_postgres.parts, _ANY)]
        sent = {**SENT, "finding": "RU-CON-01"}
        seen = {(answer.status_code, answer.content) for answer in map(browser.get, pair)}
        done = {(answer.status_code, answer.content) for answer in (browser.post(one, sent) for one in pair)}
        if [status for status, _ in (*seen, *done)] != [404, 404]:
            different.append(name)
    assert (different, rows()) == ([], before)


@pytest.mark.parametrize("method", UNSAFE)
def test_on_postgresql_a_request_to_the_members_site_forged_elsewhere_changes_no_row(at_work_on_postgres, method):
    client, before, done = at_work_on_postgres.browser("anna").client, rows(), []
    for name, address in addresses(at_work_on_postgres.parts).items():
        answer = getattr(client, method)(address, SENT)
        if answer.status_code != 403:
            done.append(name)
    assert (done, rows()) == ([], before)


def test_on_postgresql_opening_a_page_of_the_members_site_changes_no_row(at_work_on_postgres):
    browser, before, asked = at_work_on_postgres.browser("anna"), rows(), []
    for address in addresses(at_work_on_postgres.parts).values():
        asked += [browser.get(address).status_code, browser.client.options(address).status_code]
    assert rows() == before
    assert asked.count(200) >= len(OF_A_CASE) / 2


@pytest.mark.usefixtures("small_site")
@pytest.mark.parametrize("method", UNSAFE)
def test_on_postgresql_a_request_to_the_contact_site_forged_elsewhere_changes_no_row(method):
    back = whoever_came_back()
    other = reading(Visitor().get("/2")).form("for_whom")["fields"]["csrfmiddlewaretoken"]
    before, done = rows(), []
    for address in every_address():
        for told in ({"text": "x"}, {"text": "x", "csrfmiddlewaretoken": other}):
            answer = getattr(back.client, method)(address, told)
            if answer.status_code != 403:
                done.append(address)
    assert (done, rows()) == ([], before)


@pytest.mark.usefixtures("small_site")
def test_on_postgresql_opening_a_page_of_the_contact_site_changes_no_row():
    back = whoever_came_back()
    before, asked = rows(), []
    for address in every_address():
        asked += [back.get(address).status_code, back.client.options(address).status_code]
    assert rows() == before
    assert asked.count(200) >= len(every_address()) / 2
