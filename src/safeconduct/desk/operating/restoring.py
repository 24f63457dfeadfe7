"""The way back: a backup into a desk that is empty, and what is then no longer to be opened taken away."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

from safeconduct.desk.cases.actions.retention import sweep
from safeconduct.desk.cases.models import Case
from safeconduct.desk.cases.shredding import shred_wraps
from safeconduct.desk.keyring.fields import BytesField
from safeconduct.desk.keyring.models import Contact, DataKey, Grant, MemberKeys, RenewalDue
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.roles import State
from safeconduct.desk.operating.archive import ArchiveError, Head, Row, Unpacking, bytes_of
from safeconduct.desk.operating.backing_up import models_of, schema_of, seal_of
from safeconduct.desk.operating.unsealing import check_manifest, must_be, open_into
from safeconduct.desk.project.stores import both_stores, cleaned_up
from safeconduct.values.secret import Secret

_BATCH = 100
_BATCH_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came back.

    Args:
        rows: How many of each table.
        cases: Cases that somebody can open.
        gone: Cases of the bulk whose keys are in no keyring any more: shredded since, and shredded again.
        newer: Cases that only the keyring knew: they came in after the bulk was backed up, and are lost.
        locked: Members of the bulk without keys: locked since, and locked again.
    """

    rows: Mapping[str, int]
    cases: int
    gone: int
    newer: int
    locked: int


def restore(*, data: Path, keyring: Path, private: Secret[str], now: datetime, is_own: bool = True) -> Restored:
    """Fill both stores, which must be empty.

    Args:
        data: Backup of the bulk.
        keyring: Backup of the keyring; of the same day or later, or what was shredded between the two comes back.
        private: The private age key.
        now: The moment, in UTC.
        is_own: Whether the folder has the secrets of the desk that made the backup; a rehearsal may do without.
    Raises:
        ArchiveError: If the stores are not empty, or a backup is of other parts, days, tables, or another desk.
        CannotOpenError: If the key is another, or a file was changed.
    """
    for path in (data, keyring):
        check_manifest(path)
    if any(model._default_manager.exists() for part in ("data", "keyring") for model in models_of(part)):  # noqa: SLF001
        raise ArchiveError("this desk is not empty", remedy="restore into a new folder: --folder")
    with both_stores():
        loaded = [_loaded(path, part, private) for path, part in ((data, "data"), (keyring, "keyring"))]
        bulk, wraps = loaded
        if wraps.made < bulk.made:
            raise ArchiveError(
                "the keyring is older than the bulk", remedy="take a backup of the keyring of the same day or later"
            )
        for one in loaded if is_own else ():
            if not hmac.compare_digest(seal_of(one.part, one.digest), one.seal):
                raise ArchiveError(
                    "the backup is not of this desk", remedy="put its own site.key into the folder first"
                )
        newer = _without_rows()
        locked = _without_keys()
    before = Case.objects.count()
    sweep(now=now)
    cleaned_up()
    cases = Case.objects.count()
    rows = {name: number for one in loaded for name, number in one.rows.items()}
    return Restored(rows=rows, cases=cases, gone=before - cases, newer=newer, locked=locked)


@dataclass(slots=True, kw_only=True)
class _Loaded:
    """A part on its way into its store."""

    part: str
    made: Any = None
    rows: dict[str, int] = field(default_factory=dict)
    digest: bytes = b""
    seal: str = ""
    waiting: list[Model] = field(default_factory=list)
    weight: int = 0

    def begin(self, head: Head) -> None:
        must_be(head.part, self.part)
        if head.schema != schema_of(self.part):
            raise ArchiveError(
                "the backup was made by a version with other tables",
                remedy="restore it with the version that made it, then bring the desk up to date",
            )
        self.made = head.made

    def row(self, table: str, columns: tuple[str, ...], values: Row) -> None:
        model = apps.get_model(table)
        if model not in models_of(self.part):
            raise ArchiveError("the backup holds a table that is none of ours")
        fields = {one.attname: one for one in model._meta.concrete_fields}  # noqa: SLF001 -- Django's way
        if set(columns) != set(fields):
            raise ArchiveError("the backup was made by a version with other tables")
        if self.waiting and type(self.waiting[0]) is not model:
            self.save()
        told = {name: _value(fields[name], value) for name, value in zip(columns, values, strict=True)}
        self.waiting.append(model(**told))
        self.weight += sum(len(value) for value in told.values() if isinstance(value, bytes))
        self.rows[table] = self.rows.get(table, 0) + 1
        if len(self.waiting) >= _BATCH or self.weight > _BATCH_BYTES:
            self.save()

    def save(self) -> None:
        if self.waiting:
            type(self.waiting[0])._default_manager.bulk_create(self.waiting)  # noqa: SLF001 -- Django's way
        self.waiting, self.weight = [], 0


def _value(column: "Field[Any, Any]", value: object) -> object:
    if value is None:
        return None
    if isinstance(column, BytesField):
        return bytes_of(str(value))
    read: Callable[[object], object] = (getattr(column, "target_field", None) or column).to_python
    return read(value)


def _loaded(path: Path, part: str, private: Secret[str]) -> _Loaded:
    loaded = _Loaded(part=part)
    unpacking = Unpacking(begin=loaded.begin, row=loaded.row)
    open_into(path, unpacking, private)
    loaded.digest, loaded.seal = unpacking.finished()
    loaded.save()
    return loaded


def _without_rows() -> int:
    """Take wraps away that belong to no row."""
    known = set(Case.objects.values_list("pk", flat=True))
    lost = set()
    for table in (Grant, DataKey, Contact, RenewalDue):
        name = "pk" if table is RenewalDue else "case"
        lost |= set(table._default_manager.values_list(name, flat=True)) - known  # noqa: SLF001 -- Django's way
    shred_wraps(*lost)
    MemberKeys.objects.exclude(pk__in=list(Member.objects.values_list("pk", flat=True))).delete()
    return len(lost)


def _without_keys() -> int:
    """Lock members whose keys are gone: nothing new may be sealed to a key that somebody else may have."""
    keys = list(MemberKeys.objects.values_list("pk", flat=True))
    lost = Member.objects.filter(state=State.ACTIVE.value).exclude(pk__in=keys)
    return lost.update(state=State.LOCKED.value, public=b"", custodian_set=None)
