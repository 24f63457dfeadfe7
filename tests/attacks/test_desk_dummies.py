"""Attacks on the number of cases: telling from stolen stores which of them are of nobody."""

from datetime import timedelta

import pytest
from django.apps import apps

from safeconduct.desk.cases.actions.close import Outcome, close
from safeconduct.desk.cases.actions.handle import take_over
from safeconduct.desk.cases.actions.keep_dummies import keep_dummies
from safeconduct.desk.cases.actions.make_dummies import make_dummies
from safeconduct.desk.cases.actions.people import Told, add_person, set_facts
from safeconduct.desk.cases.actions.position import save_position
from safeconduct.desk.cases.actions.write_as_contact import write_as_contact
from safeconduct.desk.cases.actions.write_as_member import write_as_member, write_note
from safeconduct.desk.cases.models import Case, DummyList, FileBody, Piece, Record
from safeconduct.desk.cases.values import Consent
from safeconduct.desk.members.actor import Operator
from tests.desk.builders import NOW, AFile, a_case, a_channel, a_contact, a_form, a_member
from tests.desk.cases.test_dummies import listed

pytestmark = [pytest.mark.security, pytest.mark.usefixtures("desk")]
MANY = 40


def rows_of(case):
    """Every row in both stores that belongs to a case, with the table it is in."""
    for label in ("cases", "keyring"):
        for model in apps.get_app_config(label).get_models():
            columns = {field.attname for field in model._meta.concrete_fields}
            if model is Case:
                found = model.objects.filter(pk=case)
            elif model is FileBody:
                found = model.objects.filter(record__case=case)
            elif model is Piece:
                found = model.objects.filter(body__record__case=case)
            elif columns & {"case", "case_id"}:
                found = model.objects.filter(case=case)
            else:
                continue
            yield from ((model, row) for row in found)


def shapes(*cases):
    """What somebody without keys sees of cases: for each kind of row its columns, as sizes, kinds and what is empty."""
    seen = set()
    for case in cases:
        for model, row in rows_of(case):
            kind = getattr(row, "kind", "")
            values = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
            seen |= {(model.__name__, kind, name, shape(value)) for name, value in values.items()}
    return seen


def shape(value):
    if isinstance(value, bytes | memoryview):
        return len(bytes(value))
    if isinstance(value, bool | int) or value is None:
        return value
    if isinstance(value, str):
        return value if len(value) < 20 else len(value)
    return type(value).__name__


def worked_on(anna, boris, *, text, files=(), on=NOW):
    """A case in which happened what happens in cases."""
    channel = a_channel(anna, boris)
    case, code = a_case(channel=channel, text=text, files=list(files))
    where = {"case": case, "now": on}
    take_over(anna, **where)
    write_as_member(anna, text=text, files=(), token=a_form(), **where)
    write_as_contact(a_contact(code), text=text, files=(), token=a_form(), now=on)
    write_note(anna, text=text, files=(), token=a_form(), **where)
    person = add_person(anna, pseudonym="Alex", consent=Consent.KNOWN, **where)
    note = text[:1_900]
    events = ((None, {"event": "left_unit", "on": "2022", "assumed": note}),) if note else ()
    set_facts(anna, person=person, told=Told(facts={"sex": "male"}, events=events), said_by="he", on=on.date(), **where)
    save_position(anna, person=person, on=on.date(), **where)
    return case


def test_a_stolen_database_tells_no_dummy_from_a_case():
    anna, boris = a_member(), a_member()
    texts = ("short", "x" * 3_000, "x" * 5_900, "x" * 12_000)
    real = [worked_on(anna, boris, text=text, files=[AFile()]) for text in texts]
    real += [a_case(anna, boris, text=text)[0] for text in texts]
    assert make_dummies(Operator(), number=MANY, now=NOW) == MANY
    false = [row.pk for row in Case.objects.exclude(pk__in=real)]
    assert len(false) == MANY
    assert shapes(*false) - shapes(*real) == set()
    assert {name for name, *_ in shapes(*false)} == {name for name, *_ in shapes(*real)}
    assert len({Record.objects.filter(case=case).count() for case in false}) > 3


def test_a_dummy_that_is_closed_looks_like_a_case_that_was_closed():
    anna = a_member()
    channel = a_channel(anna, retention_days=77)
    case, _ = a_case(channel=channel)
    close(anna, case=case, outcome=Outcome.HELPED, now=NOW)
    make_dummies(Operator(), number=5, now=NOW - timedelta(days=200))
    keep_dummies(Operator(), now=NOW)
    closed = list(Case.objects.filter(shred_on__isnull=False))
    assert len(closed) == 6
    assert {(row.shred_on - row.day).days for row in closed} == {77}
    assert {row.day for row in closed} == {NOW.date()}


def test_the_list_of_dummies_is_of_one_size_and_opens_with_the_sites_secret_alone():
    a_channel(a_member())
    sizes = set()
    for number in (1, 1, 30):
        make_dummies(Operator(), number=number, now=NOW)
        kept = bytes(DummyList.objects.get().kept)
        sizes.add(len(kept))
        for one in listed():
            assert str(one.case).encode() not in kept
            assert one.case.bytes not in kept
    assert len(sizes) == 1
