"""What was deleted does not stay in the journal, and nobody is kept from writing while it cannot be emptied."""

import sqlite3
from contextlib import closing
from threading import Thread

import pytest
from django.db import connections

from safeconduct.desk.cases.actions.end_and_erase import end_and_erase
from safeconduct.desk.operating.serving import empty_journals
from safeconduct.desk.project.stores import cleaned_up
from tests.desk.builders import NOW, a_case, a_contact, a_member

STORES = ("data.sqlite3", "keyring.sqlite3")
pytestmark = pytest.mark.security


def journals(desk):
    return [(desk.folder / f"{store}-wal").stat().st_size for store in STORES]


@pytest.fixture
def reader(desk, request):
    """Somebody who reads one of the stores and does not come to an end: a backup, a slow download."""
    with closing(sqlite3.connect(desk.folder / request.param, isolation_level=None, check_same_thread=False)) as one:
        one.execute("BEGIN")
        one.execute("SELECT count(*) FROM django_migrations").fetchall()
        yield one


@pytest.mark.usefixtures("desk")
def test_without_readers_both_journals_are_empty_at_once(desk):
    a_case(a_member())
    assert all(journals(desk))
    assert cleaned_up()
    assert journals(desk) == [0, 0]


@pytest.mark.parametrize("reader", STORES, indirect=True)
def test_who_reads_keeps_nobody_from_erasing_or_writing(desk, reader):
    anna = a_member()
    _, code = a_case(anna)
    done = []

    def erase_and_write():
        end_and_erase(a_contact(code), now=NOW)
        a_case(anna)
        done.append(True)
        connections.close_all()

    # A guard against waiting for SQLite's own patience of half a minute for each store, not a measurement.
    ending = Thread(target=erase_and_write, daemon=True)
    ending.start()
    ending.join(25)
    assert done
    assert any(journals(desk)), "somebody still reads what was there before"
    assert not empty_journals()
    reader.execute("ROLLBACK")
    assert empty_journals()
    assert journals(desk) == [0, 0]


@pytest.mark.parametrize("reader", STORES[:1], indirect=True)
def test_after_a_try_in_vain_writers_are_as_patient_as_before(desk, reader):
    a_case(a_member())
    assert not cleaned_up()
    with connections["default"].cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchall() == [(30_000,)]
