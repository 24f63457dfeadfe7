"""The form of a backup: rows of tables as lines, compressed; the same for every database, so that a desk can move.

    {"safeconduct backup": 1, "part": "data", "made": "2026-11-22", "schema": "0001_initial ..."}
    {"table": "cases.case", "columns": ["id", ...]}
    ["...", ...]                                      one line a row; bytes in base64
    {"rows": 3, "sha256": "..."}                      after each table
    {"end": "...", "seal": "..."}                     digest over all tables, and the site's own tag of it

Nothing here opens a row: what it holds is ciphertext, and wraps lie in a part of their own. The whole is an age file.
"""

import hashlib
import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from safeconduct.values.errors import SafeconductError

FORMAT = "safeconduct backup"
VERSION = 1
_MOST_GROWTH = 20
"""How many times longer a backup may be than its file; ours are at most four times."""
_FREE_BYTES = 1024 * 1024
_LONGEST_LINE = 64 * 1024 * 1024
_WBITS = 31  # gzip, so that other programs read it, too.
_PIECE = 64 * 1024
Row = list[Any]


class ArchiveError(SafeconductError):
    """A backup cannot be used.

    Args:
        message: What is wrong with it.
        remedy: What to do.
    """

    def __init__(self, message: str, *, remedy: str = "take another backup") -> None:
        super().__init__(message, remedy=remedy, code="DESK:backup")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a backup says of itself.

    Args:
        part: `data`, `keyring`, `secrets` or `bundle`.
        made: The day.
        schema: The tables it was made from.
    """

    part: str
    made: date
    schema: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table on its way into a backup.

    Args:
        name: Its name.
        columns: Names of its columns.
        rows: Its rows, each as values of these columns.
    """

    name: str
    columns: tuple[str, ...]
    rows: Iterable[Iterable[object]]


def written(head: Head, tables: Iterable[Table], *, seal: Callable[[bytes], str]) -> Iterator[bytes]:
    """A backup, compressed, piece by piece.

    Args:
        head: What it says of itself.
        tables: The tables, read as they are written.
        seal: Makes the tag over the digest of everything.
    """
    packed = zlib.compressobj(1, wbits=_WBITS)
    for line in _lines(head, tables, seal=seal):
        yield packed.compress(line + b"\n")
    yield packed.flush()


def _lines(head: Head, tables: Iterable[Table], *, seal: Callable[[bytes], str]) -> Iterator[bytes]:
    first = _line({FORMAT: VERSION, "part": head.part, "made": head.made.isoformat(), "schema": head.schema})
    whole = hashlib.sha256(first)
    yield first
    for table in tables:
        yield (title := _line({"table": table.name, "columns": table.columns}))
        digest, number = hashlib.sha256(title), 0
        for row in table.rows:
            yield (line := _line([_told(value) for value in row]))
            digest.update(line)
            number += 1
        whole.update(digest.digest())
        yield _line({"rows": number, "sha256": digest.hexdigest()})
    yield _line({"end": whole.hexdigest(), "seal": seal(whole.digest())})


def _line(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode()


def _told(value: object) -> object:
    match value:
        case bytes():
            return b64encode(value).decode()
        case UUID():
            return str(value)
        case date():
            return value.isoformat()
        case _:
            return value


class Streamed:
    """Pieces of bytes as something that is read.

    Args:
        pieces: The pieces, made as they are asked for.
    """

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._waiting = b""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""
        while not self._waiting:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._waiting = piece
        given, self._waiting = self._waiting[:size], self._waiting[size:]
        return given


class Unpacking:
    """A backup on its way back: bytes are written into it, and each row is handed on as soon as it is whole.

    What it handed on before `finished` says that all was well is to be thrown away.

    Args:
        begin: Called with what the backup says of itself.
        row: Called with table, columns and row.
    """

    def __init__(self, *, begin: Callable[[Head], None], row: Callable[[str, tuple[str, ...], Row], None]) -> None:
        self._begin, self._row = begin, row
        self._packed = zlib.decompressobj(wbits=_WBITS)
        self._packed_size = self._size = 0
        self._waiting = b""
        self._columns: tuple[str, ...] = ()
        self._is_open = False
        self._table = ""
        self._whole: Any = None
        self._digest: Any = None
        self._number = 0
        self._end: Mapping[str, Any] | None = None

    def write(self, content: bytes, /) -> int:
        """Take more of the file."""
        # The age library hands on the message of an error as text: what went wrong is kept, and raised by `finished`.
        rest = bytes(content)
        self._packed_size += len(rest)
        while rest:
            try:
                unpacked = self._packed.decompress(rest, _PIECE)
            except zlib.error:
                raise ArchiveError("this is no backup of a desk, or it is damaged") from None
            rest = self._packed.unconsumed_tail
            self._bound(len(unpacked))
            self._take(unpacked)
            if self._packed.eof:
                break
        return len(content)

    def _bound(self, more: int) -> None:
        """Refuse what grows as no backup does: what is encrypted packs badly."""
        self._size += more
        if self._size > _FREE_BYTES + _MOST_GROWTH * self._packed_size:
            raise ArchiveError("this is no backup of a desk, or it is damaged")

    def flush(self) -> None:
        """Nothing waits outside."""

    def _take(self, unpacked: bytes) -> None:
        *lines, self._waiting = (self._waiting + unpacked).split(b"\n")
        if len(self._waiting) > _LONGEST_LINE:
            raise ArchiveError("this is no backup of a desk, or it is damaged")
        for line in lines:
            self._line(line)

    def _line(self, line: bytes) -> None:
        try:
            told = json.loads(line)
            if self._whole is None:
                self._first(line, told)
            elif isinstance(told, list):
                self._one_row(line, told)
            elif "table" in told:
                self._before_table(line, told)
            elif "rows" in told:
                self._after_table(told)
            else:
                self._at_end(told)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise ArchiveError("this is no backup of a desk, or it is damaged") from None

    def _first(self, line: bytes, told: Mapping[str, Any]) -> None:
        if told[FORMAT] != VERSION:
            raise ArchiveError("the backup is of another version", remedy="restore it with the version that made it")
        self._whole = hashlib.sha256(line)
        self._begin(Head(part=told["part"], made=date.fromisoformat(told["made"]), schema=told["schema"]))

    def _before_table(self, line: bytes, told: Mapping[str, Any]) -> None:
        if self._is_open or self._end is not None:
            raise ValueError
        self._table, self._columns, self._is_open = told["table"], tuple(told["columns"]), True
        self._digest, self._number = hashlib.sha256(line), 0

    def _one_row(self, line: bytes, told: Row) -> None:
        # A row outside a table would be in no digest.
        if not self._is_open or len(told) != len(self._columns):
            raise ValueError
        self._digest.update(line)
        self._number += 1
        self._row(self._table, self._columns, told)

    def _after_table(self, told: Mapping[str, Any]) -> None:
        if not self._is_open or told["rows"] != self._number or told["sha256"] != self._digest.hexdigest():
            raise ArchiveError("a table of the backup is not whole")
        self._whole.update(self._digest.digest())
        self._is_open = False

    def _at_end(self, told: Mapping[str, Any]) -> None:
        if self._is_open or self._end is not None:
            raise ValueError
        self._end = {"end": told["end"], "seal": told["seal"]}

    def finished(self) -> tuple[bytes, str]:
        """Digest over everything, and the tag that was written with it.

        Raises:
            ArchiveError: If something is missing, or was changed.
        """
        if self._end is None or self._waiting or self._end["end"] != self._whole.hexdigest():
            raise ArchiveError("the backup is not whole")
        return self._whole.digest(), str(self._end["seal"])


def bytes_of(value: str) -> bytes:
    """Bytes as a row holds them."""
    return b64decode(value, validate=True)
