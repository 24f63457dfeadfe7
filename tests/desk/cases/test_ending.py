"""Closing, shredding, what is swept up, and the trail."""

from datetime import timedelta

import pytest

from safeconduct.desk.cases.actions.close import Outcome, close, reopen, shred
from safeconduct.desk.cases.actions.count_outcomes import count_outcomes
from safeconduct.desk.cases.actions.end_and_erase import end_and_erase
from safeconduct.desk.cases.actions.handle import name_case, take_over
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.retention import retention, sweep
from safeconduct.desk.cases.actions.write_as_member import write_note
from safeconduct.desk.cases.models import Case, Counter, FileBody, Piece, Record, RetentionDay
from safeconduct.desk.cases.shredding import shred_wraps
from safeconduct.desk.cases.trail import digest, is_whole
from safeconduct.desk.keyring.models import Contact, DataKey, Grant, IntakeReceipt, KeptSession, RenewalDue
from safeconduct.desk.members.actor import Operator
from safeconduct.desk.refusals import Reason
from tests.desk.builders import NOW, TODAY, AFile, a_case, a_channel, a_contact, a_form, a_member, refused, stale

KEYRING = (Contact, DataKey, Grant, IntakeReceipt, RenewalDue)
ROWS = (Case, FileBody, Piece, Record)


def nothing_left():
    return all(not table.objects.exists() for table in (*KEYRING, *ROWS))


@pytest.mark.usefixtures("desk")
def test_a_closed_case_goes_when_the_days_of_its_channel_are_over():
    anna = a_member()
    case, _ = a_case(channel=a_channel(anna, retention_days=30), files=(AFile(),))
    day = close(anna, case=case, outcome=Outcome.HELPED, now=NOW)
    assert day == TODAY + timedelta(days=30)
    for days in range(0, 30, 2):
        assert retention(Operator(), now=NOW + timedelta(days=days)) == 0
    assert retention(Operator(), now=NOW + timedelta(days=30)) == 1
    assert nothing_left()


@pytest.mark.usefixtures("desk")
def test_closing_counts_an_outcome_with_no_way_back_to_the_case():
    anna = a_member()
    for _ in range(2):
        case, _ = a_case(anna, channel=None)
        close(anna, case=case, outcome=Outcome.REFERRED, now=NOW)
    assert {(row.month, row.name) for row in Counter.objects.all()} == {(TODAY.replace(day=1), "referred")}
    refused(Reason.CLOSED, close, anna, case=case, outcome=Outcome.HELPED, now=NOW)


@pytest.mark.security
@pytest.mark.usefixtures("desk")
def test_a_small_number_of_outcomes_is_withheld():
    anna = a_member()
    channel = a_channel(anna)
    for number in range(1, 13):
        case, _ = a_case(channel=channel)
        outcome = Outcome.HELPED if number > 2 else Outcome.REFERRED
        close(anna, case=case, outcome=outcome, now=NOW)
    counts = {told.outcome: told.count for told in count_outcomes(anna)}
    assert counts == {Outcome.HELPED: 10, Outcome.REFERRED: None}


@pytest.mark.usefixtures("desk")
def test_a_case_that_is_opened_again_stays():
    anna = a_member()
    case, _ = a_case(anna)
    close(anna, case=case, outcome=Outcome.OTHER, now=NOW)
    reopen(anna, case=case, now=NOW)
    assert retention(Operator(), now=NOW + timedelta(days=200), confirmed=True) == 0
    write_note(anna, case=case, text="It goes on", token=a_form(), now=NOW)


@pytest.mark.usefixtures("desk")
def test_shredding_by_hand_needs_a_holder_and_a_fresh_password_and_leaves_nothing():
    anna, boris = a_member(), a_member()
    case, _ = a_case(anna, files=(AFile(),))
    other, _ = a_case(boris)
    refused(Reason.NOT_HERE, shred, boris, case=case, now=NOW)
    refused(Reason.FRESH_PASSWORD, shred, stale(anna), case=case, now=NOW)
    shred(anna, case=case, now=NOW)
    assert list(Case.objects.values_list("pk", flat=True)) == [other]
    assert {row.case for row in DataKey.objects.all()} == {other}
    assert open_case(boris, case=other).thread.messages


#   days since the last time   goes through
JUMPS = [
    (0,                        True),
    (1,                        True),
    (2,                        True),
    (3,                        False),
    (365,                      False),
    (-1,                       False),
]  # fmt: skip


@pytest.mark.parametrize(("days", "runs"), JUMPS)
@pytest.mark.usefixtures("desk")
def test_a_clock_that_jumps_shreds_nothing_until_somebody_looked(days, runs):
    anna = a_member()
    case, _ = a_case(channel=a_channel(anna, retention_days=0))
    retention(Operator(), now=NOW)
    close(anna, case=case, outcome=Outcome.HELPED, now=NOW - timedelta(days=5))
    then = NOW + timedelta(days=days)
    if runs:
        assert retention(Operator(), now=then) == 1
    else:
        refused(Reason.CLOCK, retention, Operator(), now=then)
        assert Case.objects.exists()
        assert retention(Operator(), now=then, confirmed=True) == 1
        assert RetentionDay.objects.get().day == then.date()


@pytest.mark.usefixtures("desk")
def test_wraps_whose_rows_were_never_written_are_swept_after_a_day():
    a_case(a_member())
    Case.objects.all().delete()
    sweep(now=NOW)
    assert Grant.objects.exists()
    sweep(now=NOW + timedelta(days=2))
    assert nothing_left()


@pytest.mark.usefixtures("desk")
def test_rows_whose_wraps_are_gone_are_swept():
    case, _ = a_case(a_member(), files=(AFile(),))
    shred_wraps(case)
    sweep(now=NOW)
    assert nothing_left()


@pytest.mark.usefixtures("desk")
def test_an_erasure_that_was_cut_short_is_finished():
    anna = a_member()
    case, code = a_case(anna, files=(AFile(),))
    write_note(anna, case=case, text="Call on Tuesday", token=a_form(), now=NOW)
    end_and_erase(a_contact(code), now=NOW)
    Case.objects.update(ended=False)
    sweep(now=NOW)
    assert Case.objects.get().ended
    assert open_case(anna, case=case).notes


@pytest.mark.usefixtures("desk")
def test_sweeping_leaves_live_cases_and_their_contacts_alone():
    anna = a_member()
    case, code = a_case(anna, files=(AFile(),))
    sweep(now=NOW + timedelta(days=5))
    assert open_case(anna, case=case).thread.files
    assert a_contact(code).thread.case == case
    assert not IntakeReceipt.objects.exists()


@pytest.mark.usefixtures("desk")
def test_a_case_whose_only_holder_was_locked_stays_for_its_contact():
    from safeconduct.desk.cases.actions.read_thread import read_thread
    from safeconduct.desk.members.actions.lock_member import lock_member

    anna = a_member()
    _, code = a_case(anna)
    lock_member(anna, member=anna.member, now=NOW, losing=1)
    sweep(now=NOW)
    assert read_thread(a_contact(code)).messages


@pytest.mark.usefixtures("desk")
def test_old_sessions_are_swept():
    KeptSession.objects.create(lookup="00" * 32, kept=b"", day=TODAY)
    sweep(now=NOW + timedelta(days=1))
    assert KeptSession.objects.count() == 1
    sweep(now=NOW + timedelta(days=2))
    assert KeptSession.objects.count() == 0


@pytest.mark.usefixtures("desk")
def test_every_change_is_a_line_of_the_trail():
    anna = a_member()
    case, _ = a_case(anna)
    take_over(anna, case=case, now=NOW)
    name_case(anna, case=case, label="The harbour", now=NOW)
    opened = open_case(anna, case=case)
    assert [(line.number, line.verb, line.by) for line in opened.trail] == [
        (1, "taken-over", anna.member),
        (2, "named", anna.member),
    ]
    assert opened.trail_is_whole


@pytest.mark.usefixtures("desk")
def test_a_trail_without_one_of_its_lines_is_shown_as_broken():
    anna = a_member()
    case, _ = a_case(anna)
    for label in ("one", "two", "three"):
        name_case(anna, case=case, label=label, now=NOW)
    Record.objects.filter(kind="trail").first().delete()
    assert not open_case(anna, case=case).trail_is_whole


def a_line(number, previous, verb="named"):
    return {"number": number, "verb": verb, "by": "x", "about": "", "at": "t", "previous": previous}


FIRST = a_line(1, "")
SECOND = a_line(2, digest(FIRST))
HEAD = {"count": 2, "digest": digest(SECOND)}

#   what was done to it    lines                                      head
BROKEN = [
    ("nothing",            [FIRST, SECOND],                           HEAD),
    ("the last is gone",   [FIRST],                                   HEAD),
    ("the first is gone",  [SECOND],                                  HEAD),
    ("one is doubled",     [FIRST, SECOND, SECOND],                   HEAD),
    ("one says another",   [a_line(1, "", "closed"), SECOND],         HEAD),
    ("the last says so",   [FIRST, {**SECOND, "verb": "closed"}],     HEAD),
    ("all are gone",       [],                                        HEAD),
]  # fmt: skip


@pytest.mark.parametrize(("what", "lines", "head"), BROKEN, ids=[what for what, *_ in BROKEN])
def test_a_chain_shows_what_was_done_to_it(what, lines, head):
    assert is_whole(lines, head) is (what == "nothing")
