"""Which cases are of nobody, and until when: one list under the site's own secret, of the same size whatever it holds.

Nothing in the rows of a dummy tells it from a case, so whoever runs the server needs this list to let dummies go.
Without the site's secret, which is in no database and no backup of one, it opens to nobody.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from safeconduct.desk.cases.models import DummyList
from safeconduct.desk.project.configuration import in_use
from safeconduct.vault.site import decrypt_field, encrypt_field

MOST_DUMMIES = 200
_TABLE, _KEPT = "dummylist", "kept"
_ROW = UUID(int=1)
_BYTES = 16_000
"""The list is filled up to so many bytes: just under a size class, and enough for the most dummies there can be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dummy:
    """A case of nobody.

    Args:
        case: The case.
        closes_on: The day on which it is closed, as a member would close it; then it is shredded like any other.
    """

    case: UUID
    closes_on: date


def dummies() -> tuple[Dummy, ...]:
    """All that are listed, inside a transaction over the usual store: nobody else changes the list meanwhile."""
    row = DummyList.objects.select_for_update().filter(pk=1).first()
    if row is None:
        return ()
    told = json.loads(decrypt_field(in_use().keys, row.kept, table=_TABLE, column=_KEPT, row=_ROW))
    return tuple(Dummy(case=UUID(case), closes_on=date.fromisoformat(day)) for case, day in told.items())


def list_dummies(listed: Iterable[Dummy]) -> None:
    """Keep this list in place of the one before, inside the same transaction."""
    told = {str(one.case): one.closes_on.isoformat() for one in listed}
    content = json.dumps(told, separators=(",", ":")).ljust(_BYTES).encode()
    kept = encrypt_field(in_use().keys, content, table=_TABLE, column=_KEPT, row=_ROW)
    DummyList.objects.update_or_create(pk=1, defaults={"kept": kept})
