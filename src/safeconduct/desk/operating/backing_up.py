"""A backup: both stores as of one moment, each sealed to an offline key before a byte of it leaves this process."""

import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from safeconduct.desk.operating.archive import ArchiveError, Head, Streamed, Table, written
from safeconduct.desk.operating.checking import BACKUP_MARK, SECRETS
from safeconduct.desk.operating.snapshot import one_moment
from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.project.routers import DATA, KEYRING
from safeconduct.vault.age_key import check_age_key, seal_to_age_key
from safeconduct.vault.site import tag

PARTS = {"data": ("members", "cases"), "keyring": ("keyring",)}
STORE_OF = {"data": DATA, "keyring": KEYRING}
# What lasts for minutes, and would only let somebody come back into a session.
_PASSING = {"keptsession", "pending", "throttle"}
_AT_ONCE = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file of a backup.

    Args:
        path: Where it lies.
        length: Its bytes.
        sha256: Its digest.
    """

    path: Path
    length: int
    sha256: str


def back_up(*, data: Path, keyring: Path, recipient: str, today: date, keep_keyring: int = 14) -> tuple[Kept, Kept]:
    """Write a backup of both stores.

    Args:
        data: Folder for the bulk; old ones may stay there for years.
        keyring: Another folder, for the wraps of keys: what opens the bulk.
        recipient: The public age key; its private half is off line.
        today: The day.
        keep_keyring: Days after which an older backup of the keyring in that folder is deleted: then what was shredded
            before is gone from every older backup of the bulk, too.
    Returns:
        The two files, each with its manifest beside it.
    Raises:
        KeyFormatError: If the key is none.
        ArchiveError: If the folders are one, or cannot be written.
    """
    check_age_key(recipient)
    for folder in (data, keyring):
        _private(folder)
    if data.samefile(keyring):
        raise ArchiveError(
            "bulk and keyring would lie together",
            remedy="name another folder, on another disk: together they open what was shredded since",
        )
    with one_moment():
        bulk, wraps = (
            _sealed_part(folder, part, recipient=recipient, today=today)
            for part, folder in (("data", data), ("keyring", keyring))
        )
    _forget(keyring, before=today - timedelta(days=keep_keyring))
    (in_use().folder / BACKUP_MARK).write_text(today.isoformat(), encoding="ascii")
    return bulk, wraps


def back_up_secrets(folder: Path, *, recipient: str, today: date) -> Kept:
    """Write the site's own secrets into a file of their own: needed once, and to be kept apart from every backup.

    Args:
        folder: Where it goes; take it away from this machine.
        recipient: The public age key.
        today: The day.
    Raises:
        KeyFormatError: If the key is none.
        ArchiveError: If the folder cannot be written.
    """
    check_age_key(recipient)
    _private(folder)
    home = in_use().folder
    rows = ((name, (home / name).read_bytes()) for name in SECRETS)
    table = Table(name="secrets", columns=("name", "content"), rows=rows)
    return _sealed(folder, Head(part="secrets", made=today, schema=""), (table,), recipient=recipient)


def _private(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        shared = folder.stat().st_mode & 0o022
    except OSError:
        raise ArchiveError("the folder for the backup cannot be made", remedy="name one of this account") from None
    if shared:
        raise ArchiveError("others may write into the folder for the backup", remedy="chmod 700 on it")


def _sealed_part(folder: Path, part: str, *, recipient: str, today: date) -> Kept:
    tables = (_table(model) for model in models_of(part))
    return _sealed(folder, Head(part=part, made=today, schema=schema_of(part)), tables, recipient=recipient)


def models_of(part: str) -> list[type[Model]]:
    """The tables of a part, each after those it refers to."""
    models = [model for label in PARTS[part] for model in apps.get_app_config(label).get_models()]
    return [model for model in models if model._meta.model_name not in _PASSING]  # noqa: SLF001 -- Django's way


def schema_of(part: str) -> str:
    """The newest migration of each app of a part: a backup is restored by the version that made it."""
    applied = MigrationRecorder.Migration.objects.using(STORE_OF[part]).filter(app__in=PARTS[part])
    return " ".join(sorted(f"{row.app}.{row.name}" for row in applied))


def _table(model: type[Model]) -> Table:
    columns = tuple(field.attname for field in model._meta.concrete_fields)  # noqa: SLF001 -- as above
    # By key, so that no order in the file tells what came in first.
    rows: Any = model._default_manager.order_by("pk").values_list(*columns)  # noqa: SLF001 -- as above
    return Table(name=model._meta.label_lower, columns=columns, rows=rows.iterator(chunk_size=_AT_ONCE))  # noqa: SLF001


def seal_of(part: str, digest: bytes) -> str:
    """The site's tag of a backup: whoever has only the public age key cannot make one."""
    return tag(in_use().keys.log, "backup", part.encode(), digest).hex()


def _sealed(folder: Path, head: Head, tables: Iterable[Table], *, recipient: str) -> Kept:
    pieces = written(head, tables, seal=lambda digest: seal_of(head.part, digest))
    name = f"{head.part}-{head.made.isoformat()}-{secrets.token_hex(4)}"
    kept = _write(folder / f"{name}.age", pieces, recipient=recipient)
    manifest = {"part": head.part, "made": head.made.isoformat(), "bytes": kept.length, "sha256": kept.sha256}
    number = os.open(folder / f"{name}.json", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "w", encoding="utf-8") as file:
        json.dump({"file": kept.path.name, **manifest}, file, indent=2)
    return kept


class _Counted:
    """A file that is written, counted and digested on the way."""

    def __init__(self, number: int) -> None:
        self._number = number
        self.length, self.digest = 0, hashlib.sha256()

    def write(self, content: bytes, /) -> int:
        left = memoryview(content)
        while left:
            left = left[os.write(self._number, left) :]
        self.length += len(content)
        self.digest.update(content)
        return len(content)

    def flush(self) -> None:
        """Nothing waits here."""


def _write(path: Path, pieces: Iterator[bytes], *, recipient: str) -> Kept:
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    target = _Counted(number)
    done = False
    try:
        seal_to_age_key(Streamed(pieces), target, recipient)
        os.fsync(number)
        done = True
    finally:
        os.close(number)
        if not done:
            path.unlink()
    return Kept(path=path, length=target.length, sha256=target.digest.hexdigest())


def _forget(folder: Path, *, before: date) -> None:
    """Delete backups of the keyring of days before."""
    for path in (*folder.glob("keyring-*.age"), *folder.glob("keyring-*.json")):
        day = path.name.removeprefix("keyring-")[:10]
        try:
            is_old = date.fromisoformat(day) < before
        except ValueError:
            continue
        if is_old:
            path.unlink()
