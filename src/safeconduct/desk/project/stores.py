"""Writing to both stores: one short transaction, the keyring's commit first.

Between the two commits lies a moment in which a process may be killed. Then wraps exist that belong to no rows: they
open nothing and `sweep` takes them away. The other way round there would be rows that nobody can ever open.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.transaction import atomic

from safeconduct.desk.project.routers import DATA, KEYRING


@contextmanager
def both_stores() -> Iterator[None]:
    """A transaction over both stores. No key is derived from a password or a code inside it."""
    with atomic(using=DATA), atomic(using=KEYRING):
        yield
