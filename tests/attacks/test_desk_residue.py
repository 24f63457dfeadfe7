"""Attacks on what is left: once a case is gone, every table is compared with what it held before the case came."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps

from safeconduct.desk.cases.actions.assign import assign, refer
from safeconduct.desk.cases.actions.close import Outcome, close, shred
from safeconduct.desk.cases.actions.dues import finish_due, set_due
from safeconduct.desk.cases.actions.end_and_erase import end_and_erase
from safeconduct.desk.cases.actions.handle import mark_read, name_case, take_over
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.people import Told, add_person, set_facts
from safeconduct.desk.cases.actions.position import judge, save_position
from safeconduct.desk.cases.actions.retention import retention
from safeconduct.desk.cases.actions.withdraw import renew_due, withdraw
from safeconduct.desk.cases.actions.write_as_contact import write_as_contact
from safeconduct.desk.cases.actions.write_as_member import write_as_member, write_note
from safeconduct.desk.cases.contact_actor import begin_contact_session
from safeconduct.desk.cases.values import Consent, Opinion
from safeconduct.desk.members.actor import Operator
from safeconduct.desk.members.roles import Role
from tests.desk.builders import NOW, TODAY, AFile, a_case, a_channel, a_contact, a_form, a_member

pytestmark = [pytest.mark.security, pytest.mark.usefixtures("either_desk")]
SOON = TODAY + timedelta(days=5)
STORES = ("cases", "members", "keyring")
IN_A_CASE = {
    "Case", "Record", "FileBody", "Piece", "Contact", "Grant", "DataKey", "IntakeReceipt", "RenewalDue", "KeptSession",
}  # fmt: skip
"""Tables with rows of the case while it is there."""


def contents():
    """Every row of every table of both stores, with its table, as text."""
    return {
        (model.__name__, json.dumps(values, sort_keys=True, default=plain))
        for label in STORES
        for model in apps.get_app_config(label).get_models()
        for values in model.objects.values()
    }


def plain(value):
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


def members():
    """A caseworker who is a lawyer, two colleagues, an administrator, and the way in that the caseworker reads."""
    anna = a_member(Role.CASEWORKER, Role.LAWYER)
    boris, clara, root = a_member(), a_member(), a_member(Role.ADMINISTRATOR)
    renew_due(anna, now=NOW)
    return anna, boris, clara, root, a_channel(anna)


def everything(anna, boris, clara, root, channel):
    """A case in which everything happened that can happen in one; its id and those of what is in it."""
    from safeconduct.desk.cases.session_store import SessionStore

    case, code = a_case(channel=channel, files=(AFile(bytes(300_000)),))
    contact = a_contact(code)
    begin_contact_session(session := SessionStore(), contact)
    session.save()
    write_as_contact(contact, text="one more", token=a_form(), files=(AFile(),), now=NOW)
    here = {"case": case, "now": NOW}
    take_over(anna, **here)
    name_case(anna, label="The harbour", **here)
    mark_read(anna, **here)
    write_as_member(anna, text="we can help", files=(AFile(),), token=a_form(), **here)
    write_note(anna, text="call on Monday", files=(AFile(),), token=a_form(), **here)
    person = add_person(anna, pseudonym="Alex", consent=Consent.KNOWN, **here)
    set_facts(anna, person=person, told=Told(facts={"sex": "male"}), said_by="his sister", on=TODAY, **here)
    saved = save_position(anna, person=person, on=TODAY, **here)
    finding = next(iter(open_case(anna, case=case).positions[0].answers))
    judge(anna, position=saved, finding=finding, opinion=Opinion.DOUBTFUL, reason="a date", **here)
    set_due(anna, on=TODAY, text="Call", **here)
    set_due(anna, on=SOON, text="Asylum application", **here)
    due = open_case(anna, case=case).dues[0].id
    finish_due(anna, due=due, **here)
    assign(anna, member=boris.member, **here)
    refer(anna, member=clara.member, reason="nearer", **here)
    withdraw(anna, member=boris.member, **here)
    assign(anna, member=boris.member, **here)
    withdraw(root, member=clara.member, **here)
    return case, code, [case, person, saved, due, contact.contact]


def now_by_a_holder(anna, case, _code):
    shred(replace(anna, is_fresh=True), case=case, now=NOW)
    return {"SystemTrail", "Throttle"}


def on_its_day_after_it_was_closed(anna, case, _code):
    day = close(anna, case=case, outcome=Outcome.HELPED, now=NOW)
    retention(Operator(), now=NOW + (day - TODAY), confirmed=True)
    return {"SystemTrail", "Counter", "RetentionDay"}


def after_its_contact_had_ended_it(anna, case, code):
    end_and_erase(a_contact(code), now=NOW)
    return now_by_a_holder(anna, case, code)


ENDS = [now_by_a_holder, on_its_day_after_it_was_closed, after_its_contact_had_ended_it]


@pytest.mark.parametrize("end", ENDS, ids=[end.__name__ for end in ENDS])
def test_of_a_shredded_case_with_everything_in_it_no_row_is_left_in_either_store(end):
    people = members()
    before = contents()
    case, code, ids = everything(*people)
    during = contents()
    assert {name for name, _ in during - before} >= IN_A_CASE
    counted = end(people[0], case, code)
    after = contents()
    left = [(name, json.loads(row)) for name, row in after - before]
    # What docs/explanation/desk.md says: lines of the system's trail, and what is counted.
    assert {name for name, _ in left} == counted
    assert sorted(row["kind"] for name, row in left if name == "SystemTrail") == ["shredded", "withdrawn"]
    assert before <= after
    whole = " ".join(row for _, row in after)
    assert not any(form in whole for one in ids for form in (str(one), one.hex))


def test_no_row_in_clear_says_that_anything_is_due_for_anybody():
    anna, boris = a_member(), a_member()
    case, _ = a_case(anna, boris)
    before = contents()
    set_due(anna, case=case, on=SOON, text="Asylum application", now=NOW)
    changed = contents() ^ before
    # A line of the trail with its key, and the summary written anew: as after any other change.
    assert sorted(name for name, _ in changed) == ["DataKey", "Record", "Record", "Record"]
    assert {json.loads(row)["kind"] for name, row in changed if name == "Record"} == {"trail", "summary"}
    assert SOON.isoformat() not in " ".join(row for _, row in contents())


def test_the_comparison_sees_one_row_more_in_every_table():
    tables = [model for label in STORES for model in apps.get_app_config(label).get_models()]
    everything(*members())
    before = contents()
    seen = {name for name, _ in before}
    assert seen >= IN_A_CASE | {"Member", "Channel", "ChannelMember", "SystemTrail", "Throttle"}
    assert {model.__name__ for model in tables} >= seen
    from safeconduct.desk.keyring.models import RenewalDue

    RenewalDue.objects.create(case=uuid4())
    assert len(contents() - before) == 1
