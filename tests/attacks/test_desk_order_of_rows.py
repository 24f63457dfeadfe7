"""A stolen store does not tell in which order its rows came, nor which were written together."""

from contextlib import closing
from sqlite3 import OperationalError, connect

import pytest
from django.db import connections

from safeconduct.desk.cases.actions.make_dummies import make_dummies
from safeconduct.desk.cases.models import Case
from safeconduct.desk.members.actor import Operator
from tests.desk.builders import NOW, a_case, a_channel, a_member

pytestmark = pytest.mark.security
STORES = ("data.sqlite3", "keyring.sqlite3")
OF_DJANGO = {"django_migrations", "sqlite_sequence"}
"""What these hold is the same on every desk."""


def tables(store):
    return {name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")} - OF_DJANGO


def numbered(store, table):
    try:
        store.execute(f"SELECT rowid FROM {table} LIMIT 1")  # noqa: S608 -- a name out of the store itself
    except OperationalError:
        return False
    return True


@pytest.mark.parametrize("name", STORES)
def test_no_table_of_either_store_numbers_its_rows(desk, name):
    connections.close_all()
    with closing(connect(desk.folder / name)) as store:
        assert len(tables(store)) >= 8
        assert {table for table in tables(store) if numbered(store, table)} == set()
        assert numbered(store, "django_migrations"), "the search finds numbers where there are some"


def test_the_rows_of_a_store_lie_in_another_order_than_that_in_which_cases_came(desk):
    channel = a_channel(a_member(), a_member())
    came = [a_case(channel=channel)[0] for _ in range(12)]
    make_dummies(Operator(), number=4, now=NOW)
    connections.close_all()
    with closing(connect(desk.folder / "data.sqlite3")) as store:
        found = [key for key, *_ in store.execute("SELECT * FROM cases_case NOT INDEXED")]
        records = [key for key, *_ in store.execute("SELECT * FROM cases_record NOT INDEXED")]
    assert found == sorted(found)
    assert records == sorted(records)
    assert [key for key in found if key in {case.hex for case in came}] != [case.hex for case in came]
    assert len(found) == Case.objects.count()
