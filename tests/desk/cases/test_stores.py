"""Both stores on both databases: a whole case, and many who do something at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from time import sleep

import pytest
from django.db import connections
from django.db.transaction import atomic

from safeconduct.desk.cases.actions import read_file
from safeconduct.desk.cases.actions.assign import assign
from safeconduct.desk.cases.actions.close import shred
from safeconduct.desk.cases.actions.end_and_erase import end_and_erase
from safeconduct.desk.cases.actions.list_cases import held
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.read_thread import read_thread
from safeconduct.desk.cases.actions.take_in import take_in
from safeconduct.desk.cases.actions.withdraw import withdraw
from safeconduct.desk.cases.actions.write_as_member import write_note
from safeconduct.desk.cases.models import Case, Channel, Record
from safeconduct.desk.keyring.models import Contact, DataKey, Grant, IntakeReceipt
from safeconduct.desk.members.actions.begin_sign_in import begin_sign_in
from safeconduct.desk.members.actions.finish_sign_in import finish_sign_in
from safeconduct.desk.members.actor import SignedIn, actor_of, begin_member_session
from safeconduct.desk.members.limits import count, counted
from safeconduct.desk.members.pending import Step, begin, tried
from safeconduct.desk.members.session_store import SessionStore
from safeconduct.desk.members.totp import code_at, step_of
from safeconduct.desk.project.clock import now
from safeconduct.desk.refusals import RefusedError
from safeconduct.values.secret import Secret
from tests.desk.builders import LATER, NOW, AFile, a_case, a_channel, a_contact, a_form, a_member, an_intake
from tests.desk.members.joining import PASSWORD, a_joined, an_administrator, sign_in

AT_ONCE = 32
MINUTE = timedelta(minutes=1)


def at_once(action, arguments):
    """Results of an action called by so many threads at once, each with connections of its own; errors as results."""

    def call(argument):
        try:
            return action(argument)
        except RefusedError as error:
            return error.reason
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(call, arguments))


@pytest.mark.usefixtures("either_desk")
def test_a_whole_case_from_intake_to_shredding():
    anna, boris = a_member(), a_member()
    content = bytes(range(256)) * 2000
    case, code = a_case(anna, files=(AFile(content),))
    assign(anna, case=case, member=boris.member, now=NOW)
    write_note(boris, case=case, text="Call on Tuesday", token=a_form(), now=NOW)
    withdraw(anna, case=case, member=boris.member, now=NOW)
    opened = open_case(anna, case=case)
    (file,) = opened.thread.files
    assert b"".join(read_file.as_member(anna, case=case, file=file.id).pieces) == content
    assert opened.trail_is_whole
    assert [note.text for note in opened.notes] == ["Call on Tuesday"]
    end_and_erase(a_contact(code), now=NOW)
    assert held(anna)[0].ended
    shred(anna, case=case, now=NOW)
    assert not Case.objects.exists()
    assert not DataKey.objects.exists()


@pytest.mark.usefixtures("either_desk")
def test_a_member_joins_and_signs_in():
    anna = a_joined(an_administrator())
    assert sign_in(anna).private.public == anna.actor.private.public


@pytest.mark.security
def test_of_32_who_write_at_the_same_moment_none_is_lost_and_none_is_doubled(either_desk, settings_of):
    settings_of(replace(either_desk, intakes_a_minute=20))
    channel = a_channel(a_member())
    texts = [f"message {number}" for number in range(AT_ONCE)]
    taken = at_once(lambda text: take_in(an_intake(channel, text), token=a_form(), now=NOW), texts)
    found = sorted(read_thread(a_contact(one.codename)).messages[0].text for one in taken)
    assert found == sorted(texts)
    assert Case.objects.count() == Contact.objects.count() == AT_ONCE
    assert Case.objects.filter(in_queue=True).count() == AT_ONCE - 20


@pytest.mark.usefixtures("desk_on_postgres")
def test_the_first_two_of_a_minute_are_both_counted():
    from threading import Event

    first_has_counted, second_counts = Event(), Event()

    def first():
        with atomic():
            number = count("intakes", window=MINUTE, now=NOW)
            first_has_counted.set()
            # The second now tries to write the same row, and waits for this commit.
            second_counts.wait(5)
            sleep(0.3)
            return number

    def second():
        first_has_counted.wait(5)
        with atomic():
            second_counts.set()
            number = count("intakes", window=MINUTE, now=NOW)
            # The transaction goes on: nothing that was written in it is lost.
            a_channel()
            return number

    assert at_once(lambda one: one(), [first, second]) == [1, 2]
    assert Channel.objects.count() == 1
    assert counted("intakes", window=MINUTE, now=NOW) == 2


@pytest.mark.usefixtures("either_desk")
def test_a_session_is_kept_and_ended():
    anna = a_member()
    session = SessionStore()
    begin_member_session(session, SignedIn(member=anna.member, private=anna.private), now=now())
    session.save()
    again = SessionStore(session.session_key)
    assert actor_of(again, now=now()).private.public == anna.private.public
    again.flush()
    assert SessionStore(session.session_key).kept_seed() is None


@pytest.mark.security
@pytest.mark.usefixtures("either_desk")
def test_one_form_sent_32_times_at_once_makes_one_case_and_gives_one_code():
    intake, token = an_intake(a_channel(a_member())), a_form()
    taken = at_once(lambda _number: take_in(intake, token=token, now=NOW), range(AT_ONCE))
    assert len({one.codename.digits().reveal() for one in taken}) == 1
    assert Case.objects.count() == Contact.objects.count() == IntakeReceipt.objects.count() == 1
    assert Record.objects.filter(kind="message").count() == 1


@pytest.mark.usefixtures("either_desk")
def test_members_who_change_one_case_at_once_leave_one_whole_trail():
    anna = a_member()
    case, _ = a_case(anna)
    forms = [a_form() for _ in range(AT_ONCE)]
    at_once(lambda form: write_note(anna, case=case, text="note", token=form, now=NOW), forms)
    opened = open_case(anna, case=case)
    assert len(opened.notes) == AT_ONCE
    assert [line.number for line in opened.trail] == list(range(1, AT_ONCE + 1))
    assert opened.trail_is_whole


@pytest.mark.usefixtures("either_desk")
def test_two_withdrawals_at_once_leave_one_who_holds_the_case():
    anna, boris = a_member(), a_member()
    case, _ = a_case(anna, boris)
    pairs = [(anna, boris), (boris, anna)]
    results = at_once(lambda pair: withdraw(pair[0], case=case, member=pair[1].member, now=NOW), pairs)
    assert results.count(None) == 1
    assert len(set(Grant.objects.values_list("holder", flat=True))) == 1
    left = anna if results[0] is None else boris
    assert open_case(left, case=case).thread.messages


@pytest.mark.security
@pytest.mark.usefixtures("either_desk")
def test_one_code_sent_many_times_at_once_signs_in_once():
    anna = a_joined(an_administrator())
    tokens = [begin_sign_in(login="anna", password=Secret(PASSWORD), now=LATER) for _ in range(8)]
    code = code_at(anna.totp, step_of(LATER))
    results = at_once(lambda token: finish_sign_in(token=token, code=code, now=LATER), tokens)
    assert sum(hasattr(result, "private") for result in results) == 1


@pytest.mark.security
@pytest.mark.usefixtures("either_desk")
def test_tries_at_one_token_at_the_same_moment_all_count():
    token = begin(Step.SIGN_IN, owner=a_member().member, content=Secret({}), now=NOW)
    results = at_once(lambda _number: tried(Step.SIGN_IN, token, now=NOW), range(AT_ONCE))
    assert sum(hasattr(result, "owner") for result in results) == 5
