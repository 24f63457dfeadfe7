"""Writing to both stores: one short transaction, the keyring's commit first.

Between the two commits lies a moment in which a process may be killed. Then wraps exist that belong to no rows: they
open nothing and `sweep` takes them away. The other way round there would be rows that nobody can ever open.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import InternalError, OperationalError, connections
from django.db.transaction import atomic

from safeconduct.desk.project.routers import DATA, KEYRING
from safeconduct.desk.project.sqlite.base import DatabaseWrapper

NothingKept = (OperationalError, InternalError)
"""What is raised where a store keeps nothing: a full disk, a server that is away, one that may only be read."""


@contextmanager
def both_stores() -> Iterator[None]:
    """A transaction over both stores. No key is derived from a password or a code inside it."""
    with atomic(using=DATA), atomic(using=KEYRING):
        yield


def cleaned_up() -> bool:
    """Let nothing of what was deleted stay in the journal. Call it after a commit that deleted something.

    In SQLite the deleted pages are overwritten already (`secure_delete`); the write-ahead log is emptied here. Where
    somebody is reading at this moment it stays for now: nobody else is kept from writing for that. The process that
    serves the sites calls this again every few seconds.
    PostgreSQL keeps dead rows, those of the keyring too, until its tables are written anew (see
    docs/how-to/desk-postgresql.md).

    Returns:
        Whether nothing is left in a journal.
    """
    stores = [connections[alias] for alias in (KEYRING, DATA)]
    # Each is tried, also where the one before could not be emptied.
    emptied = [_is_emptied(one) for one in stores if isinstance(one, DatabaseWrapper)]
    return all(emptied)


def _is_emptied(store: DatabaseWrapper) -> bool:
    return not store.has_journal() or store.empty_journal()
