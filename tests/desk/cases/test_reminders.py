"""Days that are due: inside the case, for whoever holds it, and gone with it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from safeconduct.desk.cases.actions.assign import assign, refer
from safeconduct.desk.cases.actions.close import Outcome, close, reopen, shred
from safeconduct.desk.cases.actions.dues import finish_due, set_due, undo_done
from safeconduct.desk.cases.actions.end_and_erase import end_and_erase
from safeconduct.desk.cases.actions.handle import name_case
from safeconduct.desk.cases.actions.list_cases import held
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.people import add_person
from safeconduct.desk.cases.actions.withdraw import renew_due, withdraw
from safeconduct.desk.cases.models import Record
from safeconduct.desk.cases.reminders import MOST_DONE, MOST_OPEN, agenda, done_in, keep, may_be_set, open_in
from safeconduct.desk.cases.values import Consent, DueTold, Kind
from safeconduct.desk.members.roles import Role
from safeconduct.desk.refusals import Allow, Reason, Refuse
from tests.desk.builders import NOW, TODAY, a_case, a_contact, a_member, refused

SOON, LATE = TODAY + timedelta(days=3), TODAY + timedelta(days=30)


def due_for(actor, until=None):
    return [(line.due.on, line.due.text) for line in agenda(held(actor), until=until)]


def given(anna, boris, case, _code):
    assign(anna, case=case, member=boris.member, now=NOW)


def referred(anna, boris, case, _code):
    add_person(anna, case=case, pseudonym="Alex", consent=Consent.KNOWN, now=NOW)
    refer(anna, case=case, member=boris.member, reason="nearer", now=NOW)


def withdrawn(anna, boris, case, code):
    given(anna, boris, case, code)
    withdraw(boris, case=case, member=anna.member, now=NOW)


def withdrawn_by_an_administrator(anna, boris, case, code):
    given(anna, boris, case, code)
    withdraw(a_member(Role.ADMINISTRATOR), case=case, member=anna.member, now=NOW)
    renew_due(boris, now=NOW)


def closed(anna, boris, case, code):
    given(anna, boris, case, code)
    close(anna, case=case, outcome=Outcome.HELPED, now=NOW)


def closed_and_open_again(anna, boris, case, code):
    closed(anna, boris, case, code)
    reopen(boris, case=case, now=NOW)


def ended(anna, boris, case, code):
    given(anna, boris, case, code)
    end_and_erase(a_contact(code), now=NOW)


def shredded(anna, boris, case, code):
    given(anna, boris, case, code)
    shred(replace(boris, is_fresh=True), case=case, now=NOW)


#   what happens to the case            is anna reminded    is boris
FOLLOWS = [
    (given,                             True,               True),
    (referred,                          True,               True),
    (withdrawn,                         False,              True),
    (withdrawn_by_an_administrator,     False,              True),
    (closed,                            False,              False),
    (closed_and_open_again,             True,               True),
    (ended,                             True,               True),
    (shredded,                          False,              False),
]  # fmt: skip


@pytest.mark.usefixtures("either_desk")
@pytest.mark.parametrize(("happens", "anna_is", "boris_is"), FOLLOWS, ids=[row[0].__name__ for row in FOLLOWS])
def test_whoever_holds_the_case_is_reminded_and_nobody_else(happens, anna_is, boris_is):
    anna, boris = a_member(), a_member()
    case, code = a_case(anna)
    set_due(anna, case=case, on=SOON, text="Asylum application", now=NOW)
    happens(anna, boris, case, code)
    assert (bool(due_for(anna)), bool(due_for(boris))) == (anna_is, boris_is)


@pytest.mark.usefixtures("desk")
def test_the_soonest_day_comes_first_over_all_cases_with_its_case_and_what():
    anna = a_member()
    one, two = a_case(anna)[0], a_case(anna)[0]
    name_case(anna, case=two, label="The harbour", now=NOW)
    set_due(anna, case=one, on=LATE, text="Registration", now=NOW)
    set_due(anna, case=two, on=SOON, text="Asylum application", now=NOW)
    set_due(anna, case=one, on=TODAY, text="Call", now=NOW)
    told = [(line.case, line.label, line.due.on, line.due.text) for line in agenda(held(anna))]
    assert told == [
        (one, "", TODAY, "Call"),
        (two, "The harbour", SOON, "Asylum application"),
        (one, "", LATE, "Registration"),
    ]
    assert due_for(anna, until=SOON) == [(TODAY, "Call"), (SOON, "Asylum application")]


@pytest.mark.usefixtures("desk")
def test_done_and_not_done_after_all_are_lines_of_the_trail_with_their_words():
    anna, boris = a_member(), a_member()
    case, _ = a_case(anna, boris)
    set_due(anna, case=case, on=SOON, text="Asylum application", now=NOW)
    (due,) = open_case(boris, case=case).dues
    finish_due(boris, case=case, due=due.id, now=NOW)
    assert due_for(anna) == []
    assert open_case(anna, case=case).dues == (replace(due, done=True),)
    refused(Reason.NOT_HERE, finish_due, boris, case=case, due=due.id, now=NOW)
    undo_done(anna, case=case, due=due.id, now=NOW + timedelta(days=90))
    assert due_for(boris) == [(SOON, "Asylum application")]
    refused(Reason.NOT_HERE, undo_done, anna, case=case, due=due.id, now=NOW)
    opened = open_case(anna, case=case)
    words = f"{SOON.isoformat()} Asylum application"
    assert [(line.verb, line.by, line.about, line.words) for line in opened.trail] == [
        ("due-set", anna.member, due.id, words),
        ("due-done", boris.member, due.id, words),
        ("due-undone", anna.member, due.id, words),
    ]
    assert opened.trail_is_whole


@pytest.mark.usefixtures("desk")
def test_a_day_that_is_set_twice_stands_there_once():
    anna = a_member()
    case, _ = a_case(anna)
    for _ in range(2):
        set_due(anna, case=case, on=SOON, text="Asylum application", now=NOW)
    opened = open_case(anna, case=case)
    assert (len(opened.dues), len(opened.trail)) == (1, 1)


@pytest.mark.usefixtures("desk")
def test_in_a_closed_case_no_day_is_set_done_or_taken_up_again():
    anna = a_member()
    case, _ = a_case(anna)
    for text in ("one", "two"):
        set_due(anna, case=case, on=SOON, text=text, now=NOW)
    one, two = open_case(anna, case=case).dues
    finish_due(anna, case=case, due=one.id, now=NOW)
    close(anna, case=case, outcome=Outcome.HELPED, now=NOW)
    refused(Reason.CLOSED, set_due, anna, case=case, on=SOON, text="x", now=NOW)
    refused(Reason.CLOSED, finish_due, anna, case=case, due=two.id, now=NOW)
    refused(Reason.CLOSED, undo_done, anna, case=case, due=one.id, now=NOW)
    assert {due.text for due in open_case(anna, case=case).dues} == {"one", "two"}


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


#   the day                 open ones       the moment in UTC           answer
MAY = [
    (date(2026, 11, 22),    0,              at("2026-11-22T00:00"),     Allow()),
    (date(2027, 11, 22),    0,              at("2026-11-22T00:00"),     Allow()),
    # In the farthest west it is still the 21st until noon of the 22nd in UTC.
    (date(2026, 11, 21),    0,              at("2026-11-22T11:59"),     Allow()),
    (date(2026, 11, 21),    0,              at("2026-11-22T12:00"),     Refuse(Reason.PAST)),
    (date(2025, 11, 23),    0,              at("2026-11-22T00:00"),     Refuse(Reason.PAST)),
    (date(2026, 11, 22),    MOST_OPEN - 1,  at("2026-11-22T00:00"),     Allow()),
    (date(2026, 11, 22),    MOST_OPEN,      at("2026-11-22T00:00"),     Refuse(Reason.TOO_MANY)),
]  # fmt: skip


@pytest.mark.parametrize(("on", "open_ones", "now", "answer"), MAY)
def test_a_day_that_is_over_everywhere_is_refused_and_so_is_one_too_many(on, open_ones, now, answer):
    assert may_be_set(on, open_ones=open_ones, now=now) == answer


@pytest.mark.usefixtures("desk")
def test_a_refused_day_leaves_no_line_and_one_too_many_is_not_taken_up_again():
    anna = a_member()
    case, _ = a_case(anna)
    refused(Reason.PAST, set_due, anna, case=case, on=TODAY - timedelta(days=365), text="x", now=NOW)
    assert open_case(anna, case=case).trail == ()
    for number in range(MOST_OPEN):
        set_due(anna, case=case, on=SOON, text=f"{number}", now=NOW)
    refused(Reason.TOO_MANY, set_due, anna, case=case, on=SOON, text="x", now=NOW)
    first = open_case(anna, case=case).dues[0]
    finish_due(anna, case=case, due=first.id, now=NOW)
    set_due(anna, case=case, on=SOON, text="x", now=NOW)
    refused(Reason.TOO_MANY, undo_done, anna, case=case, due=first.id, now=NOW)


@pytest.mark.usefixtures("desk")
def test_the_last_ten_that_were_done_are_kept_and_the_others_stand_in_the_trail():
    anna = a_member()
    case, _ = a_case(anna)
    for number in range(MOST_DONE + 2):
        set_due(anna, case=case, on=SOON, text=f"day {number}", now=NOW)
        finish_due(anna, case=case, due=open_case(anna, case=case).dues[0].id, now=NOW)
    opened = open_case(anna, case=case)
    assert [due.text for due in opened.dues] == [f"day {number}" for number in range(MOST_DONE + 1, 1, -1)]
    done = [line.words for line in opened.trail if line.verb == "due-done"]
    assert done == [f"{SOON.isoformat()} day {number}" for number in range(MOST_DONE + 2)]


def test_a_summary_from_before_there_were_reminders_has_none():
    assert open_in({}) == done_in({}) == ()


def test_reminders_come_back_from_a_summary_as_they_went_in():
    from uuid import uuid4

    dues = [DueTold(id=uuid4(), on=day, text="«Заявление»", done=False) for day in (SOON, LATE)]
    done = [DueTold(id=uuid4(), on=TODAY, text=f"{number}", done=True) for number in range(3)]
    summary = {}
    keep(summary, open_ones=dues[::-1], done=done)
    assert (open_in(summary), done_in(summary)) == (tuple(dues), tuple(done))


@pytest.mark.security
@pytest.mark.usefixtures("desk")
def test_neither_size_nor_kind_of_any_record_tells_that_a_few_days_are_kept():
    anna = a_member()
    quiet, busy = a_case(anna)[0], a_case(anna)[0]
    for number in range(6):
        set_due(anna, case=busy, on=SOON, text=f"Подать заявление о временной защите {number}", now=NOW)
        name_case(anna, case=quiet, label="Подать заявление о временной защите", now=NOW)

    def seen(case):
        return sorted((row.kind, len(row.body)) for row in Record.objects.filter(case_id=case))

    assert seen(quiet) == seen(busy)


@pytest.mark.usefixtures("desk")
def test_a_line_of_the_trail_is_of_the_smallest_class_whatever_its_words():
    anna = a_member()
    case, _ = a_case(anna)
    set_due(anna, case=case, on=SOON, text="x", now=NOW)
    set_due(anna, case=case, on=SOON, text="\N{BLACK SPADE SUIT}" * 200, now=NOW)
    lengths = {len(row.body) for row in Record.objects.filter(case_id=case, kind=Kind.TRAIL.value)}
    assert len(lengths) == 1
    opened = open_case(anna, case=case)
    assert opened.trail[1].words.endswith("\N{BLACK SPADE SUIT}")
    assert opened.trail_is_whole
