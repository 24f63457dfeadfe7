"""What a fault leaves behind: never a code that opens nothing, never a row that nobody can open for long."""

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import DatabaseError, OperationalError, connections

from safeconduct.desk.cases.actions.list_cases import held
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.people import add_person, remove_person, set_consent
from safeconduct.desk.cases.actions.read_thread import read_thread
from safeconduct.desk.cases.actions.retention import sweep
from safeconduct.desk.cases.actions.return_with_code import return_with_code
from safeconduct.desk.cases.actions.take_in import take_in
from safeconduct.desk.cases.actions.withdraw import withdraw
from safeconduct.desk.cases.actions.write_as_contact import write_as_contact
from safeconduct.desk.cases.actions.write_as_member import write_note
from safeconduct.desk.cases.models import Case, Record
from safeconduct.desk.cases.values import Consent
from safeconduct.desk.keyring.models import Contact, DataKey, Grant, IntakeReceipt
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.roles import State
from safeconduct.values.secret import Secret
from tests.desk.builders import NOW, a_case, a_channel, a_contact, a_form, a_member, an_intake
from tests.desk.running import let_nothing_be_written

pytestmark = [pytest.mark.security, pytest.mark.usefixtures("either_desk")]
TABLES = (Case, Record, Contact, DataKey, Grant, IntakeReceipt)


def counts():
    return {table.__name__: table.objects.count() for table in TABLES}


@pytest.mark.parametrize("table", [Case, Record, Contact, IntakeReceipt], ids=lambda table: table.__name__)
def test_an_intake_that_fails_half_way_leaves_nothing_in_either_store(table, monkeypatch):
    channel = a_channel(a_member())
    before = counts()

    def fails(*_args, **_kwargs):
        raise OperationalError

    monkeypatch.setattr(table, "save", fails)
    with pytest.raises(OperationalError):
        take_in(an_intake(channel), token=a_form(), now=NOW)
    assert counts() == before


def test_an_intake_killed_between_the_two_commits_gives_no_code_and_is_swept(monkeypatch):
    channel, token = a_channel(a_member()), a_form()
    with monkeypatch.context() as broken:

        def fails():
            raise OperationalError

        broken.setattr(connections["default"], "_commit", fails)
        with pytest.raises(DatabaseError):
            take_in(an_intake(channel), token=token, now=NOW)
    connections["default"].close()
    assert not Case.objects.exists()
    assert Grant.objects.exists()
    sweep(now=NOW + timedelta(days=2))
    assert set(counts().values()) == {0}


def test_a_form_whose_case_was_never_written_does_not_give_a_code_that_opens_nothing(monkeypatch):
    channel, token = a_channel(a_member()), a_form()
    with monkeypatch.context() as broken:

        def fails():
            raise OperationalError

        broken.setattr(connections["default"], "_commit", fails)
        with pytest.raises(DatabaseError):
            take_in(an_intake(channel), token=token, now=NOW)
    connections["default"].close()
    taken = take_in(an_intake(channel), token=token, now=NOW)
    assert read_thread(a_contact(taken.codename)).messages


def test_a_withdrawal_that_fails_half_way_leaves_the_case_as_it_was(monkeypatch):
    anna, boris = a_member(), a_member()
    case, code = a_case(anna, boris)

    def fails(*_args, **_kwargs):
        raise OperationalError

    with monkeypatch.context() as broken:
        broken.setattr("safeconduct.desk.cases.holding.touch", fails)
        with pytest.raises(OperationalError):
            withdraw(anna, case=case, member=boris.member, now=NOW)
    assert held(boris)
    assert read_thread(a_contact(code)).messages
    withdraw(anna, case=case, member=boris.member, now=NOW)
    assert held(boris) == ()


@pytest.mark.parametrize("what", ["a note", "a renewal", "a consent", "an erasure of a person"])
def test_a_change_killed_between_the_two_commits_leaves_a_case_that_opens(what, monkeypatch):
    anna, boris = a_member(), a_member()
    case, code = a_case(anna, boris)
    alex = add_person(anna, case=case, pseudonym="Alex", consent=Consent.NOT_KNOWN, now=NOW)
    form = a_form()
    changes = {
        "a note": lambda: write_note(anna, case=case, text="Call", token=form, now=NOW),
        "a renewal": lambda: withdraw(anna, case=case, member=boris.member, now=NOW),
        "a consent": lambda: set_consent(anna, case=case, person=alex, consent=Consent.KNOWN, now=NOW),
        "an erasure of a person": lambda: remove_person(anna, case=case, person=alex, now=NOW),
    }

    def fails():
        raise OperationalError

    with monkeypatch.context() as broken:
        broken.setattr(connections["default"], "_commit", fails)
        with pytest.raises(DatabaseError):
            changes[what]()
    connections["default"].close()
    opened = open_case(anna, case=case)
    assert opened.thread.messages
    assert opened.trail_is_whole
    assert read_thread(a_contact(code)).messages
    if what not in {"a renewal", "an erasure of a person"}:
        changes[what]()
    write_note(anna, case=case, text="And on", token=a_form(), now=NOW)
    write_as_contact(a_contact(code), text="And on", token=a_form(), now=NOW)
    assert "And on" in [note.text for note in open_case(anna, case=case).notes]


def test_a_message_killed_between_the_two_commits_can_be_sent_again(monkeypatch):
    _, code = a_case(a_member())
    form = a_form()

    def fails():
        raise OperationalError

    with monkeypatch.context() as broken:
        broken.setattr(connections["default"], "_commit", fails)
        with pytest.raises(DatabaseError):
            write_as_contact(a_contact(code), text="Once", token=form, now=NOW)
    connections["default"].close()
    write_as_contact(a_contact(code), text="Once", token=form, now=NOW)
    assert [message.text for message in read_thread(a_contact(code)).messages].count("Once") == 1


def test_a_store_that_cannot_be_written_takes_nothing_in_and_can_still_be_read():
    anna = a_member()
    channel = a_channel(anna)
    case, _ = a_case(channel=channel)
    before = counts()
    let_nothing_be_written()
    with pytest.raises(DatabaseError):
        take_in(an_intake(channel), token=a_form(), now=NOW)
    assert [summary.case for summary in held(anna)] == [case]
    connections.close_all()
    assert counts() == before


_KILLED = """
import json
import sys
from pathlib import Path
from dataclasses import replace
from safeconduct.values.secret import Secret
from tests.desk.running import CONFIGURATION, set_up, use
set_up()
from django.test import override_settings
folder, *addresses = json.loads(sys.stdin.readline())
configuration = replace(
    CONFIGURATION, folder=Path(folder), postgres=tuple(map(Secret, addresses)) or None, intakes_a_minute=100_000
)
override_settings(DESK=configuration).enable()
use(configuration)
from safeconduct.desk.cases.actions.take_in import take_in
from safeconduct.desk.cases.models import Channel
from tests.desk.builders import NOW, a_form, an_intake
channel = Channel.objects.get()
while True:
    print(take_in(an_intake(channel), token=a_form(), now=NOW).codename.digits().reveal(), flush=True)
"""


def test_every_code_that_was_shown_before_a_kill_opens(either_desk):
    anna = a_member()
    a_channel(anna)
    shown = []
    told = json.dumps([str(either_desk.folder), *(one.reveal() for one in either_desk.postgres or ())])
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "env": {"PATH": os.defpath}}
    for codes in (3, 11, 27):
        with subprocess.Popen((sys.executable, "-c", _KILLED), **pipes) as process:
            process.stdin.write(f"{told}\n")
            process.stdin.flush()
            shown += [process.stdout.readline() for _ in range(codes)]
            process.send_signal(signal.SIGKILL)
            shown += [line for line in process.stdout.readlines() if line.endswith("\n")]
    assert len(shown) >= 41
    assert all(read_thread(return_with_code(Secret(code), now=NOW).actor).messages for code in shown)
    sweep(now=NOW + timedelta(days=2))
    cases = set(Case.objects.values_list("pk", flat=True))
    assert set(Grant.objects.values_list("case", flat=True)) == cases
    assert {summary.case for summary in held(anna)} == cases
    for alias in ("default", "keyring"):
        # PostgreSQL looks at its own pages as it reads them, and has just read them all.
        if connections[alias].vendor == "sqlite":
            with connections[alias].cursor() as cursor:
                assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_grant_is_never_made_to_a_member_without_a_key():
    anna, boris = a_member(), a_member()
    Member.objects.filter(pk=boris.member).update(public=b"")
    chloe = a_member(state=State.LOCKED)
    a_case(channel=a_channel(anna, boris, chloe))
    assert set(Grant.objects.values_list("holder", flat=True)) == {anna.member}
