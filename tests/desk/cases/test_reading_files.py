"""A file that is read slowly holds nothing in the stores: no transaction, no cursor, nothing of the journal."""

import sqlite3
from contextlib import closing

import pytest
from django.db import connection

from safeconduct.desk.cases.actions import read_file
from safeconduct.desk.cases.actions.end_and_erase import end_and_erase
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.write_as_contact import write_as_contact
from safeconduct.vault.errors import CannotOpenError
from tests.desk.builders import LATER, NOW, AFile, a_case, a_contact, a_form, a_member

CONTENT = bytes(range(256)) * 12_000


@pytest.fixture
def reading(either_desk):
    """A file that is being read: the code, its first bytes, the rest, and the desk."""
    anna = a_member()
    case, code = a_case(anna)
    write_as_contact(a_contact(code), text="", token=a_form(), now=NOW, files=(AFile(CONTENT),))
    (file,) = open_case(anna, case=case).thread.files
    pieces = read_file.as_contact(a_contact(code), file=file.id).pieces
    return code, next(pieces), pieces, either_desk


@pytest.mark.security
def test_between_two_pieces_nothing_is_open_in_the_store(reading):
    _, first, pieces, desk = reading
    if connection.vendor == "postgresql":
        assert connection.connection.info.transaction_status.name == "IDLE"
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_cursors")
            assert cursor.fetchone() == (0,)
    else:
        (path,) = {row[2] for row in connection.cursor().execute("PRAGMA database_list").fetchall() if row[1] == "main"}
        assert path.startswith(str(desk.folder))
        with closing(sqlite3.connect(path)) as other:
            assert other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    assert first + b"".join(pieces) == CONTENT


@pytest.mark.security
def test_a_file_that_is_erased_while_it_is_read_ends_there(reading):
    code, first, pieces, _ = reading
    end_and_erase(a_contact(code), now=LATER)
    with pytest.raises(CannotOpenError):
        first.join(pieces)
