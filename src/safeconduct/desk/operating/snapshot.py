"""Both stores as they were at one moment, while everybody goes on working."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from safeconduct.desk.project.routers import DATA, KEYRING

_LOCKED = ("cases_case", "members_member")


@contextmanager
def one_moment() -> Iterator[None]:
    """Within it, queries of this process see both stores as they were at one moment.

    Whoever changes both stores holds a lock on a row or on the whole of the usual store until the keyring's commit is
    done. So that lock is taken here for as long as it takes to begin reading, and given back before the first row.
    """
    locking = connections.create_connection(DATA)
    postgres = locking.vendor == "postgresql"
    reading = [connections[store] for store in (DATA, KEYRING)]
    try:
        for connection in reading:
            # A new connection sets its store up, for which it would wait for the lock.
            connection.ensure_connection()
        with locking.cursor() as cursor:
            if postgres:
                cursor.execute("BEGIN")
                cursor.execute(f"LOCK TABLE {', '.join(_LOCKED)} IN EXCLUSIVE MODE")
            else:
                # As every writer does, so that it gets its turn among them.
                locking.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
            try:
                for connection in reading:
                    with connection.cursor() as own:
                        own.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if postgres else "BEGIN")
                        # The moment of a transaction is that of its first query.
                        own.execute("SELECT count(*) FROM django_migrations")
            finally:
                cursor.execute("ROLLBACK") if postgres else locking.rollback()
        yield
    finally:
        locking.close()
        for connection in reading:
            # What is not in a transaction any more ends with its connection.
            connection.close()
