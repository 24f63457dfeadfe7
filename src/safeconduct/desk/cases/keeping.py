"""Records: how the content of a case gets into the stores and out again.

A record is prepared before a transaction and saved inside it: its ciphertext in the usual store, the wrap of its data
key in the keyring.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Protocol
from uuid import UUID, uuid4

from safeconduct.desk.cases.models import FileBody, Piece, Record
from safeconduct.desk.cases.values import Kind
from safeconduct.desk.keyring.models import DataKey
from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.values.secret import Secret
from safeconduct.vault.binding import RecordPlace
from safeconduct.vault.cases import CaseKey
from safeconduct.vault.files import FileEncryptor, decrypt_file
from safeconduct.vault.records import RecordId, decrypt_text, encrypt_text, new_data_key, open_data_key

Content = dict[str, Any]
TABLE, BODY, FILE = "record", "body", "file"
_PIECE_BYTES = 256 * 1024
_SUMMARY_BYTES = 3_000
"""A summary is filled up to so many bytes: its size class does not tell an untouched case from one with reminders."""


class Upload(Protocol):
    """A file that somebody sends, as forms give it."""

    name: str | None

    def chunks(self) -> Iterable[bytes]:
        """Its bytes, piece by piece."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A record that is encrypted and not yet saved."""

    record: Record
    key: DataKey
    files: tuple[FileBody, ...] = ()
    pieces: tuple[Piece, ...] = field(default=(), repr=False)

    def save(self) -> None:
        """Write it, inside a transaction."""
        # A wrap of the same form may be there already, from a process that was killed before the record followed.
        columns = ("case", "domain", "epoch", "wrapped")
        DataKey.objects.bulk_create([self.key], update_conflicts=True, unique_fields=("record",), update_fields=columns)
        self.record.save(force_insert=True)
        for body in self.files:
            body.save(force_insert=True)
        Piece.objects.bulk_create(self.pieces)


def prepare(key: CaseKey, kind: Kind, content: Content, *, record: UUID | None = None) -> Prepared:
    """A record of a case.

    Args:
        key: The key of its domain.
        kind: What it is.
        content: What it says, ready for JSON.
        record: Its id; None for a fresh one.
    Raises:
        TooLargeError: If it does not fit the largest size class.
    """
    prepared, data_key = _begun(key, kind, record or uuid4())
    prepared.record.body = encrypt_text(data_key, _text(content, kind.value), _place(prepared.record))
    return prepared


def prepare_file(key: CaseKey, upload: Upload, content: Content, *, record: UUID | None = None) -> Prepared:
    """A file of a case, encrypted piece by piece.

    Args:
        key: The key of its domain.
        upload: What was sent.
        content: Who sent it and when.
        record: Its id; None for a fresh one.
    Raises:
        RefusedError: TOO_LONG, if it is longer than the desk takes.
    """
    prepared, data_key = _begun(key, Kind.FILE, record or uuid4())
    row = prepared.record
    encryptor = FileEncryptor(data_key, _place(row, column=FILE))
    stored, length = bytearray(), 0
    for chunk in upload.chunks():
        length += len(chunk)
        if length > in_use().longest_file:
            raise RefusedError(Reason.TOO_LONG)
        stored += encryptor.update(chunk)
    rest, seal = encryptor.finish()
    stored += rest
    row.body = encrypt_text(data_key, _text({**content, "length": length}, row.kind), _place(row))
    body = FileBody(record=row, seal=seal)
    starts = range(0, len(stored), _PIECE_BYTES)
    pieces = tuple(
        Piece(body=body, number=number, content=bytes(stored[start : start + _PIECE_BYTES]))
        for number, start in enumerate(starts)
    )
    return Prepared(record=row, key=prepared.key, files=(body,), pieces=pieces)


def rewrite(key: CaseKey, row: Record, content: Content) -> None:
    """A record with new content, inside a transaction.

    The data key stays: killed between the commits of the two stores, the record has its old content or its new one, and
    either opens. (Each envelope has a salt of its own, so a key may serve for many.)
    """
    data_key = _data_key(key, row, wrapped_key(row))
    row.epoch = key.epoch
    row.body = encrypt_text(data_key, _text(content, row.kind), _place(row))
    row.save(update_fields=("epoch", "body"))


def read(key: CaseKey, row: Record, wrapped: bytes) -> Content:
    """What a record says.

    Args:
        key: The key of its domain.
        row: The record.
        wrapped: The wrap of its data key.
    Raises:
        CannotOpenError: If anything at all does not fit.
    """
    content: Content = json.loads(decrypt_text(_data_key(key, row, wrapped), row.body, _place(row)))
    return content


def read_kinds(key: CaseKey, *kinds: Kind) -> Iterator[tuple[Record, Content]]:
    """The records of some kinds in one domain of a case, in no order that tells anything.

    Args:
        key: The key of the domain.
        kinds: Which kinds.
    """
    names = [kind.value for kind in kinds]
    rows = list(Record.objects.filter(case_id=key.case, domain=key.domain.value, kind__in=names))
    wraps = dict(DataKey.objects.filter(case=key.case, domain=key.domain.value).values_list("pk", "wrapped"))
    for row in rows:
        # A record without its wrap was being shredded when the process was killed: it says nothing any more.
        if row.pk in wraps:
            yield row, read(key, row, wraps[row.pk])


def read_pieces(key: CaseKey, row: Record) -> Iterator[bytes]:
    """The bytes of a file, each piece checked before it is given out.

    Each piece is a question of its own: somebody on a slow line reads for minutes, and a question that stays open so
    long keeps the journal of the store from being emptied, and what was erased from leaving the disk.

    Raises:
        CannotOpenError: If anything at all does not fit; also if the file is erased while it is read.
    """
    body = FileBody.objects.get(pk=row.pk)
    data_key = _data_key(key, row, wrapped_key(row))
    return decrypt_file(data_key, _stored(row), seal=body.seal, place=_place(row, column=FILE))


def _stored(row: Record) -> Iterator[bytes]:
    for number in count():
        piece = Piece.objects.filter(body=row.pk, number=number).values_list("content", flat=True).first()
        if piece is None:
            return
        yield piece


def _begun(key: CaseKey, kind: Kind, record: UUID) -> tuple[Prepared, Secret[bytes]]:
    data_key, wrapped = new_data_key(key, RecordId(table=TABLE, record=record))
    domain = key.domain.value
    row = Record(id=record, case_id=key.case, domain=domain, kind=kind.value, epoch=key.epoch)
    wrap = DataKey(record=record, case=key.case, domain=domain, epoch=key.epoch, wrapped=wrapped)
    return Prepared(record=row, key=wrap), data_key


def wrapped_key(row: Record) -> bytes:
    """The wrap of a record's data key."""
    return DataKey.objects.values_list("wrapped", flat=True).get(pk=row.pk)


def _data_key(key: CaseKey, row: Record, wrapped: bytes) -> Secret[bytes]:
    return open_data_key(key, wrapped, RecordId(table=TABLE, record=row.pk))


def _text(content: Content, kind: str) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return text.ljust(_SUMMARY_BYTES) if kind == Kind.SUMMARY.value else text


def _place(row: Record, *, column: str = BODY) -> RecordPlace:
    return RecordPlace(table=TABLE, column=column, case=row.case_id, record=row.pk, epoch=row.epoch)
