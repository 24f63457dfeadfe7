from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from safeconduct.desk.cases.actions import read_file
from safeconduct.desk.cases.actions.channels import list_channels, make_channel, set_channel_members, set_channel_open
from safeconduct.desk.cases.actions.close import Outcome, close
from safeconduct.desk.cases.actions.end_and_erase import end_and_erase
from safeconduct.desk.cases.actions.handle import mark_read, name_case, take_over
from safeconduct.desk.cases.actions.list_cases import held, inbox
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.open_channels import open_channels
from safeconduct.desk.cases.actions.read_thread import read_thread
from safeconduct.desk.cases.actions.return_with_code import return_with_code
from safeconduct.desk.cases.actions.write_as_contact import write_as_contact
from safeconduct.desk.cases.actions.write_as_member import write_as_member, write_note
from safeconduct.desk.cases.form_token import LASTS, issue, read
from safeconduct.desk.cases.models import Case, FileBody, Piece, Record
from safeconduct.desk.cases.texts import name_of
from safeconduct.desk.cases.values import CaseState
from safeconduct.desk.keyring.models import Contact, DataKey, Grant
from safeconduct.desk.members.actor import Operator
from safeconduct.desk.members.roles import Role
from safeconduct.desk.refusals import Reason
from safeconduct.vault.errors import KeyFormatError
from tests.desk.builders import (
    LATER,
    NOW,
    TODAY,
    TOMORROW,
    AFile,
    a_case,
    a_channel,
    a_contact,
    a_form,
    a_member,
    refused,
)

pytestmark = pytest.mark.usefixtures("desk")


def test_a_contact_and_a_member_write_to_each_other():
    anna = a_member()
    case, code = a_case(anna)
    soon = NOW + timedelta(minutes=1)
    write_as_member(anna, case=case, text="Are you safe?", token=a_form(), now=soon)
    contact = a_contact(code)
    write_as_contact(contact, text="Yes, for now", token=a_form(LATER), now=LATER)
    seen = [(message.by, message.text) for message in read_thread(contact).messages]
    assert seen == [
        (None, "I left the base and I am in Almaty"),
        (anna.member, "Are you safe?"),
        (None, "Yes, for now"),
    ]
    assert open_case(anna, case=case).thread.messages == read_thread(contact).messages


def test_a_note_is_read_by_holders_and_not_by_the_contact():
    anna = a_member()
    case, code = a_case(anna)
    write_note(anna, case=case, text="Call on Tuesday", token=a_form(), now=NOW, files=(AFile(name="id.jpg"),))
    opened = open_case(anna, case=case)
    assert [note.text for note in opened.notes] == ["Call on Tuesday"]
    assert [file.name for file in opened.files] == ["id.jpg"]
    assert len(read_thread(a_contact(code)).messages) == 1
    refused(Reason.NOT_HERE, read_file.as_contact, a_contact(code), file=opened.files[0].id)


def test_the_same_form_writes_once():
    anna = a_member()
    case, code = a_case(anna)
    form, other = a_form(), a_form()
    for _ in range(2):
        write_as_member(anna, case=case, text="Hello", token=form, now=NOW)
        write_as_contact(a_contact(code), text="Hello", token=other, now=NOW, files=(AFile(),))
    opened = open_case(anna, case=case)
    assert len(opened.thread.messages) == 3
    assert len(opened.thread.files) == 1
    assert [line.verb for line in opened.trail] == ["answered"]


def test_a_file_comes_out_as_it_went_in_for_both_sides():
    anna = a_member()
    case, code = a_case(anna)
    content = bytes(range(256)) * 3000
    write_as_contact(a_contact(code), text="", token=a_form(), now=NOW, files=(AFile(content, name="папка/скан.pdf"),))
    (file,) = open_case(anna, case=case).thread.files
    assert (file.name, file.length, file.by) == ("скан.pdf", len(content), None)
    for opened in (
        read_file.as_member(anna, case=case, file=file.id),
        read_file.as_contact(a_contact(code), file=file.id),
    ):
        assert b"".join(opened.pieces) == content
    refused(Reason.NOT_HERE, read_file.as_member, anna, case=case, file=uuid4())


def test_a_file_of_another_case_is_not_here():
    anna = a_member()
    (one, code), (other, _) = a_case(anna), a_case(anna)
    write_as_contact(a_contact(code), text="", token=a_form(), now=NOW, files=(AFile(),))
    (file,) = open_case(anna, case=one).thread.files
    refused(Reason.NOT_HERE, read_file.as_member, anna, case=other, file=file.id)


def test_a_file_that_is_too_long_writes_nothing(desk, settings_of):
    settings_of(replace(desk, longest_file=1000))
    _, code = a_case(a_member())
    before = Record.objects.count()
    big = AFile(b"x" * 1001)
    refused(Reason.TOO_LONG, write_as_contact, a_contact(code), text="see", token=a_form(), now=NOW, files=(big,))
    assert Record.objects.count() == before
    assert FileBody.objects.count() == Piece.objects.count() == 0


#   name as the browser sent it     name that is shown
NAMES = [
    ("summons.pdf",                 "summons.pdf"),
    ("../../etc/passwd",            "passwd"),
    ("C:\\Users\\Alex\\id.jpg",     "id.jpg"),
    ("повестка 12.pdf",             "повестка 12.pdf"),
    ("gpj.\u202eexe",               "gpj.exe"),
    ("a\r\nSet-Cookie: x",          "aSet-Cookie: x"),
    ("...",                         "file"),
    ("",                            "file"),
    (None,                          "file"),
    ("x" * 500,                     "x" * 120),
]  # fmt: skip


@pytest.mark.parametrize(("given", "shown"), NAMES)
def test_a_name_of_a_file_does_no_harm(given, shown):
    assert name_of(AFile(name=given)) == shown


def test_the_inbox_holds_what_nobody_has_taken_over():
    anna = a_member()
    case, _ = a_case(anna)
    assert [told.case for told in inbox(anna)] == [case]
    take_over(anna, case=case, now=NOW)
    assert inbox(anna) == ()
    assert [told.state for told in held(anna)] == [CaseState.OPEN]


#   search            found
SEARCHES = [
    ("",              True),
    ("harbour",       True),
    ("HARBOUR man",   True),
    ("harbour boat",  False),
    ("ID",            True),
    ("harbour ID",    True),
    ("ID boat",       False),
]  # fmt: skip


@pytest.mark.parametrize(("search", "found"), SEARCHES)
def test_cases_are_found_by_the_words_of_their_label_and_by_their_short_id(search, found):
    anna = a_member()
    case, _ = a_case(anna)
    name_case(anna, case=case, label="The man  of the\nharbour", now=NOW)
    assert bool(held(anna, search=search.replace("ID", str(case)[:8].upper()))) is found
    assert held(anna)[0].label == "The man of the harbour"


def test_what_came_in_above_the_budget_stands_last_in_the_inbox(desk, settings_of):
    settings_of(replace(desk, intakes_a_minute=1))
    anna = a_member()
    channel = a_channel(anna)
    for _ in range(3):
        a_case(channel=channel)
    assert [told.in_queue for told in inbox(anna)] == [False, True, True]
    take_over(anna, case=inbox(anna)[2].case, now=NOW)
    assert Case.objects.filter(in_queue=True).count() == 1


def test_unread_messages_are_counted_until_somebody_marks_them():
    anna = a_member()
    case, code = a_case(anna)
    assert held(anna)[0].unread == 1
    write_as_member(anna, case=case, text="I read it", token=a_form(), now=NOW)
    assert held(anna)[0].unread == 1
    mark_read(anna, case=case, now=NOW)
    assert held(anna)[0].unread == 0
    write_as_contact(a_contact(code), text="Thank you", token=a_form(), now=NOW, files=(AFile(),))
    assert held(anna)[0].unread == 2


def test_a_closed_case_takes_nothing_more():
    anna = a_member()
    case, code = a_case(anna)
    close(anna, case=case, outcome=Outcome.HELPED, now=NOW)
    refused(Reason.CLOSED, write_as_contact, a_contact(code), text="Hello", token=a_form(), now=NOW)
    refused(Reason.CLOSED, write_as_member, anna, case=case, text="Hello", token=a_form(), now=NOW)
    assert read_thread(a_contact(code)).messages


def test_a_case_has_one_day_and_it_is_that_of_the_last_change():
    anna = a_member()
    _, code = a_case(anna)
    assert held(anna)[0].day == TODAY
    write_as_contact(a_contact(code), text="Again", token=a_form(TOMORROW), now=TOMORROW)
    assert held(anna)[0].day == TOMORROW.date()


def test_a_contact_who_ends_leaves_nothing_of_the_thread():
    anna = a_member()
    case, code = a_case(anna, files=(AFile(),))
    write_note(anna, case=case, text="Call on Tuesday", token=a_form(), now=NOW)
    contact = a_contact(code)
    end_and_erase(contact, now=LATER)
    assert Record.objects.filter(domain="thread").count() == Piece.objects.count() == FileBody.objects.count() == 0
    assert DataKey.objects.filter(domain="thread").count() == Grant.objects.filter(domain="thread").count() == 0
    assert Contact.objects.count() == 0
    refused(Reason.WRONG, return_with_code, code.digits(), now=LATER)
    refused(Reason.ENDED, write_as_contact, contact, text="again", token=a_form(), now=LATER)
    opened = open_case(anna, case=case)
    assert opened.summary.ended
    assert opened.thread.messages == ()
    assert [note.text for note in opened.notes] == ["Call on Tuesday"]
    refused(Reason.ENDED, write_as_member, anna, case=case, text="Hello", token=a_form(), now=LATER)
    write_note(anna, case=case, text="They ended it", token=a_form(LATER), now=LATER)


def test_ending_one_thread_leaves_others_alone():
    anna = a_member()
    (_, ended), (_, other) = a_case(anna), a_case(anna)
    end_and_erase(a_contact(ended), now=NOW)
    assert read_thread(a_contact(other)).messages


def test_a_session_without_a_contact_and_one_of_an_erased_thread_are_told_apart():
    from safeconduct.desk.cases.contact_actor import begin_contact_session, contact_of
    from safeconduct.desk.cases.session_store import SessionStore

    _, code = a_case(a_member())
    refused(Reason.NOT_SIGNED_IN, contact_of, SessionStore())
    session, contact = SessionStore(), a_contact(code)
    begin_contact_session(session, contact)
    session.save()
    Contact.objects.all().delete()
    refused(Reason.ENDED, contact_of, SessionStore(session.session_key))
    end_and_erase(contact, now=NOW)
    refused(Reason.NOT_SIGNED_IN, contact_of, SessionStore(session.session_key))
    end_and_erase(contact, now=NOW)


#   token                                          reason
TOKENS = [
    (lambda: "",                                   Reason.FORM_EXPIRED),
    (lambda: "x" * 96,                             Reason.FORM_EXPIRED),
    (lambda: "Ж",                                  Reason.FORM_EXPIRED),
    (lambda: issue(now=NOW)[:-4] + "AAA=",         Reason.FORM_EXPIRED),
    (lambda: issue(now=NOW - LASTS - timedelta(seconds=5)), Reason.FORM_EXPIRED),
    (lambda: issue(now=NOW + timedelta(hours=1)),  Reason.FORM_EXPIRED),
]  # fmt: skip


@pytest.mark.parametrize(("token", "reason"), TOKENS)
def test_a_form_that_is_not_ours_or_too_old_is_refused(token, reason):
    refused(reason, read, token(), now=NOW)


def test_a_form_sent_sooner_than_anybody_reads_is_refused(desk, settings_of):
    settings_of(replace(desk, least_seconds=3))
    refused(Reason.TOO_FAST, read, issue(now=NOW), now=NOW + timedelta(seconds=2))
    assert read(issue(now=NOW), now=NOW + timedelta(seconds=3))


def test_channels_are_shown_while_somebody_reads_them():
    admin, anna = a_member(Role.ADMINISTRATOR), a_member()
    channel = make_channel(admin, name="Помощь", now=NOW)
    assert open_channels() == ()
    assert [(told.name, told.members) for told in list_channels(admin)] == [("Помощь", ())]
    set_channel_members(Operator(), channel=channel, members=(anna.member,), now=NOW)
    assert [told.name for told in open_channels()] == ["Помощь"]
    (told,) = list_channels(admin)
    assert (told.members, told.is_open, told.has_offline_key, told.retention_days) == ((anna.member,), True, False, 90)
    set_channel_open(admin, channel=channel, is_open=False)
    assert open_channels() == ()


def test_only_those_who_may_hold_cases_read_a_channel():
    admin, anna = a_member(Role.ADMINISTRATOR), a_member()
    channel = make_channel(Operator(), name="Help", now=NOW)
    refused(Reason.ROLE, make_channel, anna, name="Mine", now=NOW)
    refused(Reason.ROLE, set_channel_members, anna, channel=channel, members=(anna.member,), now=NOW)
    refused(Reason.ROLE, set_channel_open, anna, channel=channel, is_open=False)
    refused(Reason.ROLE, set_channel_members, admin, channel=channel, members=(admin.member,), now=NOW)
    refused(Reason.NOT_HERE, set_channel_members, admin, channel=uuid4(), members=(anna.member,), now=NOW)
    refused(Reason.NOT_HERE, set_channel_open, admin, channel=uuid4(), is_open=True)
    from safeconduct.desk.members.models import Member

    Member.objects.filter(pk=anna.member).update(public=b"")
    refused(Reason.NO_KEY_YET, set_channel_members, admin, channel=channel, members=(anna.member,), now=NOW)


def test_an_offline_key_is_checked_when_it_is_named():
    with pytest.raises(KeyFormatError):
        make_channel(Operator(), name="Help", now=NOW, offline_public=b"none")
