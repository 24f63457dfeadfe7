"""Writing to both stores: one short transaction, the keyring's commit first.

Between the two commits lies a moment in which a process may be killed. Then wraps exist that belong to no rows: they
open nothing and `sweep` takes them away. The other way round there would be rows that nobody can ever open.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.db.transaction import atomic

from safeconduct.desk.project.routers import DATA, KEYRING


@contextmanager
def both_stores() -> Iterator[None]:
    """A transaction over both stores. No key is derived from a password or a code inside it."""
    with atomic(using=DATA), atomic(using=KEYRING):
        yield


def cleaned_up() -> None:
    """Let nothing of what was deleted stay in the journal. Call it after a commit that deleted something.

    In SQLite the deleted pages are overwritten already (`secure_delete`); the write-ahead log is emptied here.
    PostgreSQL keeps dead rows until its own VACUUM: what they hold opens nothing once its wraps are gone.
    """
    for alias in (KEYRING, DATA):
        connection = connections[alias]
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
