"""What every answer carries, what a log never holds, and what becomes of a file that is sent."""

import logging
from dataclasses import replace

import pytest
from django.core.files.uploadhandler import StopUpload
from django.db import InternalError, OperationalError
from django.http import HttpRequest, HttpResponse

from safeconduct.desk.project.faults import server_error
from safeconduct.desk.project.headers import HEADERS, HeadersMiddleware
from safeconduct.desk.project.logs import ScrubbingFormatter, logging_settings
from safeconduct.desk.project.routers import StoreRouter
from safeconduct.desk.project.uploads import SealingUploadHandler
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.vault.errors import WaitedTooLongError

MARKER = "marker-7261-Alex"


def answered(path):
    request = HttpRequest()
    request.path = path
    return HeadersMiddleware(lambda _request: HttpResponse("x"))(request)


@pytest.mark.security
def test_every_answer_carries_the_headers():
    response = answered("/")
    assert all(response[name] == value for name, value in HEADERS.items())
    assert response["Content-Security-Policy"].startswith("default-src 'none';")
    assert "script-src" not in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "same-origin"


def test_a_stylesheet_may_be_kept_by_the_browser():
    assert "Cache-Control" not in answered("/static/site.css")


def raised(error):
    try:
        _deeper(error)
    except type(error):
        import sys

        return sys.exc_info()
    return None


def _deeper(error):
    secret = MARKER
    assert secret
    raise error


#   message                            args        error
RECORDS = [
    (f"Not Found: /{MARKER}",          (),         None),
    ("Forbidden: %s",                  (MARKER,),  None),
    ("failed",                         (),         ValueError(MARKER)),
    (MARKER,                           (),         RefusedError(Reason.WRONG)),
    ("%d",                             (MARKER,),  None),
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize(("message", "args", "error"), RECORDS)
def test_a_log_holds_no_message_value_or_path(message, args, error):
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, message, args, error and raised(error))
    record.status_code = 500
    line = ScrubbingFormatter().format(record)
    assert MARKER not in line
    assert line.startswith("ERROR django.request 500")
    assert "\n" not in line


def test_a_log_names_the_class_the_code_and_the_places_of_an_error():
    from safeconduct.desk.members.actions.accept_invitation import valid_invitation
    from safeconduct.values.secret import Secret

    try:
        valid_invitation(Secret("x"), now=None)
    except RefusedError as error:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "", (), (RefusedError, error, error.__traceback__))
    line = ScrubbingFormatter().format(record)
    assert "RefusedError[DESK:wrong] at desk/members/pending.py:" in line
    assert "desk/members/actions/accept_invitation.py:" in line


def test_every_logger_of_the_libraries_goes_through_the_scrubber():
    told = logging_settings("DEBUG")
    assert set(told["handlers"]) == {"scrubbed"}
    assert {"django", "django.server"} <= set(told["loggers"])
    assert all(one["handlers"] == ["scrubbed"] for one in (*told["loggers"].values(), told["root"]))


@pytest.fixture
def handler(desk):
    made = SealingUploadHandler()
    made.new_file("field", "scan.pdf", "application/pdf", 10)
    return made


def test_a_file_that_is_sent_comes_out_as_it_went_in(handler):
    pieces = [MARKER.encode() * 100, b"y" * 70_000, b""]
    for piece in pieces:
        assert handler.receive_data_chunk(piece, 0) is None
    upload = handler.file_complete(sum(map(len, pieces)))
    assert b"".join(upload.chunks()) == b"".join(pieces)
    assert upload.multiple_chunks()
    assert (upload.name, upload.size) == ("scan.pdf", 71_600)


@pytest.mark.security
def test_a_file_that_is_sent_lies_nowhere_in_clear(handler):
    handler.receive_data_chunk(MARKER.encode() * 10_000, 0)
    upload = handler.file_complete(160_000)
    held = b"".join(upload._stored) + upload.file.read()
    assert MARKER.encode() not in held


@pytest.mark.security
def test_more_than_one_message_may_hold_is_not_read_to_its_end(desk, settings_of):
    settings_of(replace(desk, longest_file=1000, most_files=2))
    handler = SealingUploadHandler()
    handler.new_file("field", "a", "x", 10)
    handler.receive_data_chunk(b"x" * 1500, 0)
    handler.new_file("field", "b", "x", 10)
    with pytest.raises(StopUpload):
        handler.receive_data_chunk(b"x" * 501, 0)


def test_a_table_lies_in_one_store_alone():
    from safeconduct.desk.cases.models import Case, Record
    from safeconduct.desk.keyring.models import Grant

    router = StoreRouter()
    assert (router.db_for_read(Grant), router.db_for_write(Grant)) == ("keyring", "keyring")
    assert (router.db_for_read(Case), router.db_for_write(Case)) == ("default", "default")
    assert router.allow_relation(Case(), Record())
    assert not router.allow_relation(Case(), Grant())
    assert router.allow_migrate("keyring", "keyring")
    assert not router.allow_migrate("default", "keyring")
    assert not router.allow_migrate("keyring", "cases")


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("store", ["default", "keyring"])
def test_sqlite_overwrites_what_is_deleted_and_writes_nothing_beside(store):
    from django.db import connections

    #             pragma, value
    expected = {"secure_delete": 1, "auto_vacuum": 1, "temp_store": 2, "foreign_keys": 1, "journal_mode": "wal"}
    with connections[store].cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in expected}
    assert found == expected


@pytest.mark.usefixtures("desk")
def test_models_and_migrations_agree():
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


#   the error                    status
ERRORS = [
    (WaitedTooLongError(),       503),
    (OperationalError("full"),   503),
    (InternalError("read-only"), 503),
    (ValueError("a fault"),      500),
]  # fmt: skip


@pytest.mark.parametrize(("error", "status"), ERRORS, ids=lambda value: type(value).__name__)
def test_what_is_no_fault_of_ours_says_that_nothing_was_kept(error, status):
    try:
        raise error
    except type(error):
        assert server_error(HttpRequest()).status_code == status
