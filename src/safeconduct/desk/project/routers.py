"""Which store a table lies in: the app `keyring` in the store of that name, all others in the usual one."""

from django.db.models import Model

KEYRING = "keyring"
DATA = "default"


class StoreRouter:
    """Django asks it before every query and migration. No table has relations into the other store."""

    def db_for_read(self, model: type[Model], **_hints: object) -> str:
        """The store a table is read from."""
        return _store(model._meta.app_label)  # noqa: SLF001 -- Django's documented way to the label

    def db_for_write(self, model: type[Model], **_hints: object) -> str:
        """The store a table is written to: the same."""
        return _store(model._meta.app_label)  # noqa: SLF001 -- as above

    def allow_relation(self, one: Model, other: Model, **_hints: object) -> bool:
        """Relations stay within a store."""
        return _store(one._meta.app_label) == _store(other._meta.app_label)  # noqa: SLF001 -- as above

    def allow_migrate(self, db: str, app_label: str, **_hints: object) -> bool:
        """A table is made in its own store only."""
        return db == _store(app_label)


def _store(app_label: str) -> str:
    return KEYRING if app_label == KEYRING else DATA
