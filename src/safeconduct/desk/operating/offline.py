"""The other end of an offline channel: reads a bundle with the offline key, on a machine that is never on line.

It needs neither Django nor a store: a bundle, the key, and the vault.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from safeconduct.desk.cases.values import EMPTY_TEXT
from safeconduct.desk.operating.archive import ArchiveError, Head, Row, Unpacking, bytes_of
from safeconduct.values.secret import Secret
from safeconduct.vault.age_file import open_age_file, seal_age_file
from safeconduct.vault.binding import RecordPlace
from safeconduct.vault.cases import CaseKey, Domain, open_grant
from safeconduct.vault.files import decrypt_file
from safeconduct.vault.records import RecordId, decrypt_text, open_data_key
from safeconduct.vault.sealing import PrivateKey

_READ = 1024 * 1024
Told = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineMessage:
    """A message of a thread.

    Args:
        at: When, in UTC.
        by_contact: Whether the contact wrote it, or a member.
        text: What was written.
    """

    at: datetime
    by_contact: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineFile:
    """A file of a thread.

    Args:
        at: When, in UTC.
        name: Its name, as the sender gave it: for the eye, never for a file system.
        pieces: Its bytes; the end may still raise CannotOpenError.
    """

    at: datetime
    name: str
    pieces: Iterator[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineCase:
    """A thread that the offline key opens.

    Args:
        case: Which.
        messages: Oldest first.
        files: Oldest first.
    """

    case: UUID
    messages: tuple[OfflineMessage, ...]
    files: tuple[OfflineFile, ...]


def new_offline_key(passphrase: Secret[str]) -> tuple[bytes, bytes]:
    """A fresh offline key: its private half as an age file under a passphrase, and the public half.

    Args:
        passphrase: What will open it.
    """
    private = PrivateKey.new()
    return seal_age_file(private.seed.reveal(), passphrase), private.public.raw


def open_offline_key(sealed: bytes, passphrase: Secret[str]) -> PrivateKey:
    """The private half.

    Raises:
        CannotOpenError: If the passphrase is another, or the file was changed.
        ArchiveError: If something else is in it.
    """
    try:
        return PrivateKey(Secret(open_age_file(sealed, passphrase)))
    except ValueError:
        raise ArchiveError("this is no offline key", remedy="make one: safeconduct desk open --new-key") from None


def read_bundle(path: Path, private: PrivateKey) -> tuple[OfflineCase, ...]:
    """What a bundle holds, newest thread last.

    Args:
        path: The bundle.
        private: The offline key.
    Raises:
        ArchiveError: If it is no bundle, or not whole.
        CannotOpenError: If it was sealed to another key, or changed.
    """
    tables: dict[str, list[Told]] = defaultdict(list)

    def begin(head: Head) -> None:
        if head.part != "bundle":
            raise ArchiveError("this is a backup and no bundle", remedy="safeconduct desk bundle makes one")

    def row(table: str, columns: tuple[str, ...], values: Row) -> None:
        tables[table].append(dict(zip(columns, values, strict=True)))

    unpacking = Unpacking(begin=begin, row=row)
    try:
        with path.open("rb") as file:
            while content := file.read(_READ):
                unpacking.write(content)
    except OSError:
        raise ArchiveError("the bundle cannot be read", remedy="check its name and permissions") from None
    unpacking.finished()
    try:
        cases = (_case(grant, tables, private) for grant in tables["grants"])
        found = [case for case in cases if not _is_of_nobody(case)]
    except (KeyError, ValueError, TypeError):
        raise ArchiveError("the bundle holds rows that no desk makes") from None
    return tuple(sorted(found, key=_last))


def _is_of_nobody(case: OfflineCase) -> bool:
    """Whether the desk made it so that the number of cases tells less."""
    return any(message.text.startswith(EMPTY_TEXT) for message in case.messages)


def _last(case: OfflineCase) -> datetime:
    return max([one.at for one in case.messages] + [one.at for one in case.files])


def _case(grant: Told, tables: dict[str, list[Told]], private: PrivateKey) -> OfflineCase:
    case = UUID(grant["case"])
    key = open_grant(
        bytes_of(grant["sealed"]),
        case=case,
        domain=Domain.THREAD,
        epoch=grant["epoch"],
        holder=UUID(grant["holder"]),
        private=private,
    )
    messages, files = [], []
    for row in (row for row in tables["records"] if row["case"] == grant["case"]):
        data_key, place = _opened(key, row)
        told = json.loads(decrypt_text(data_key, bytes_of(row["body"]), place))
        at = datetime.fromisoformat(told["at"])
        if row["kind"] == "message":
            messages.append(OfflineMessage(at=at, by_contact=not told["by"], text=told["text"]))
        else:
            pieces = _pieces(row, data_key, place, tables)
            files.append(OfflineFile(at=at, name=told["name"], pieces=pieces))
    messages.sort(key=lambda message: message.at)
    files.sort(key=lambda file: file.at)
    return OfflineCase(case=case, messages=tuple(messages), files=tuple(files))


def _opened(key: CaseKey, row: Told) -> tuple[Secret[bytes], RecordPlace]:
    record = UUID(row["record"])
    data_key = open_data_key(key, bytes_of(row["wrapped"]), RecordId(table=row["table"], record=record))
    place = RecordPlace(table=row["table"], column=row["column"], case=key.case, record=record, epoch=row["epoch"])
    return data_key, place


def _pieces(row: Told, data_key: Secret[bytes], place: RecordPlace, tables: dict[str, list[Told]]) -> Iterator[bytes]:
    (body,) = (one for one in tables["files"] if one["record"] == row["record"])
    stored = (bytes_of(one["content"]) for one in tables["pieces"] if one["record"] == row["record"])
    at = RecordPlace(table=place.table, column=body["column"], case=place.case, record=place.record, epoch=place.epoch)
    return decrypt_file(data_key, stored, seal=bytes_of(body["seal"]), place=at)
