"""The form of a backup: what was written comes back, and whatever was changed, cut or added is refused."""

import gzip
import json
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.desk.operating.archive import ArchiveError, Head, Streamed, Table, Unpacking, bytes_of, written
from tests.desk.builders import TODAY

HEAD = Head(part="data", made=TODAY, schema="cases.0001_initial")
ROWS = [(UUID(int=1), b"\x00\xff", TODAY, 3, True, None, "text"), (UUID(int=2), b"", TODAY, 0, False, None, "")]
COLUMNS = ("id", "body", "day", "count", "open", "none", "name")


def packed(tables=None):
    table = Table(name="cases.case", columns=COLUMNS, rows=ROWS)
    return b"".join(written(HEAD, tables or (table,), seal=lambda digest: digest.hex()))


def unpacked(content, *, step=7):
    heads, rows = [], []
    unpacking = Unpacking(begin=heads.append, row=lambda *row: rows.append(row))
    for start in range(0, len(content), step):
        unpacking.write(content[start : start + step])
    return heads, rows, unpacking.finished()


def test_what_was_written_comes_back_whole():
    (head,), rows, (digest, seal) = unpacked(packed())
    assert head == HEAD
    assert seal == digest.hex()
    assert [(table, columns) for table, columns, _ in rows] == [("cases.case", COLUMNS)] * 2
    (one, _) = (row for _, _, row in rows)
    assert one == [str(UUID(int=1)), "AP8=", "2026-11-22", 3, True, None, "text"]
    assert bytes_of(one[1]) == b"\x00\xff"


@given(step=st.integers(1, 5000))
def test_it_does_not_matter_in_which_pieces_it_arrives(step):
    assert unpacked(packed(), step=step)[1] == unpacked(packed())[1]


def lines_changed(change):
    lines = gzip.decompress(packed()).splitlines()
    return gzip.compress(b"\n".join(change(lines)) + b"\n")


#   what somebody does to the lines of a backup
CHANGES = [
    lambda lines: lines[:-1],
    lambda lines: lines[:2] + lines[3:],
    lambda lines: lines[:3] + lines[2:],
    lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]],
    lambda lines: [lines[0].replace(b"2026", b"2025"), *lines[1:]],
    lambda lines: [*lines[:2], lines[2].replace(b"text", b"test"), *lines[3:]],
    lambda lines: [*lines[:2], lines[2].replace(b'"text"', b'"text",1'), *lines[3:]],
    lambda lines: [lines[0].replace(b":1,", b":2,"), *lines[1:]],
    lambda lines: [b"[]", *lines],
    lambda lines: [b"not json", *lines],
    lambda lines: [*lines[:-1], json.dumps({"end": 1}).encode()],
    lambda _lines: [],
    # a table that is never closed, with a row or without, where no digest takes it in
    lambda lines: [*lines[:-1], lines[1], lines[2], lines[-1]],
    lambda lines: [*lines[:-1], lines[1], lines[-1]],
    lambda lines: [lines[0], lines[1], lines[2], *lines[1:]],
    # a row outside every table: before the first, between two, after the end
    lambda lines: [lines[0], lines[2], *lines[1:]],
    lambda lines: [*lines[:-1], lines[2], lines[-1]],
    lambda lines: [*lines, lines[2]],
    # twice the same
    lambda lines: [*lines[:-1], lines[-2], lines[-1]],
    lambda lines: [*lines, lines[-1]],
    lambda lines: [*lines, *lines],
]


@pytest.mark.security
@pytest.mark.parametrize("change", CHANGES)
def test_whatever_was_changed_cut_or_added_is_refused(change):
    assert unpacked(lines_changed(lambda lines: lines))
    with pytest.raises(ArchiveError):
        unpacked(lines_changed(change))


@pytest.mark.security
def test_a_line_without_end_does_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr("safeconduct.desk.operating.archive._LONGEST_LINE", 100_000)
    with pytest.raises(ArchiveError):
        unpacked(gzip.compress(b"x" * 1_000_000), step=100_000)


@pytest.mark.security
def test_what_grows_as_no_backup_does_is_refused_before_it_fills_the_memory():
    row = json.dumps(["x", "A" * 100_000]).encode()
    table = b'{"table": "pieces", "columns": ["record", "content"]}'
    lines = [gzip.decompress(packed()).splitlines()[0], table, *[row] * 200]
    handed = []
    unpacking = Unpacking(begin=handed.append, row=lambda *one: handed.append(one))
    with pytest.raises(ArchiveError):
        unpacking.write(gzip.compress(b"\n".join(lines)))
    assert len(handed) < 20


def test_pieces_are_made_only_as_they_are_read():
    made = []

    def pieces():
        for number in range(3):
            made.append(number)
            yield b"ab"

    source = Streamed(pieces())
    assert (source.read(1), made) == (b"a", [0])
    assert [source.read(8) for _ in range(5)] == [b"b", b"ab", b"ab", b"", b""]
