"""What lies on the disk: no text in clear, no key, nothing left after a deletion, no guess made cheap."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connections

from safeconduct.desk.cases.actions.assign import refer
from safeconduct.desk.cases.actions.channels import set_channel_members
from safeconduct.desk.cases.actions.close import shred
from safeconduct.desk.cases.actions.dues import set_due
from safeconduct.desk.cases.actions.end_and_erase import end_and_erase
from safeconduct.desk.cases.actions.handle import name_case
from safeconduct.desk.cases.actions.list_cases import held
from safeconduct.desk.cases.actions.open_block import open_block
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.people import Told, add_person, set_facts
from safeconduct.desk.cases.actions.position import judge, save_position
from safeconduct.desk.cases.actions.return_with_code import return_with_code
from safeconduct.desk.cases.actions.write_as_contact import write_as_contact
from safeconduct.desk.cases.actions.write_as_member import write_as_member, write_note
from safeconduct.desk.cases.block_pairs import pair_in_use
from safeconduct.desk.cases.helper_block import Carried, block_parts
from safeconduct.desk.cases.models import Case, Record
from safeconduct.desk.cases.values import Consent, Opinion
from safeconduct.desk.keyring.models import DataKey
from safeconduct.desk.members.actions.begin_sign_in import begin_sign_in
from safeconduct.desk.members.actions.finish_sign_in import finish_sign_in
from safeconduct.desk.members.actions.recover_with_code import recover_with_code
from safeconduct.desk.members.actor import Operator
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.roles import Role
from safeconduct.desk.refusals import RefusedError
from safeconduct.rules.telling.draft import Draft
from safeconduct.values.errors import SafeconductError
from safeconduct.values.secret import Secret
from safeconduct.vault import stretching
from safeconduct.vault.codename import Codename
from safeconduct.vault.errors import CannotOpenError
from safeconduct.vault.members import RecoveryCode
from safeconduct.vault.wording import Language
from tests.desk.builders import LATER, NOW, TODAY, AFile, a_case, a_channel, a_contact, a_form, a_member
from tests.desk.members.joining import PASSWORD, a_joined, an_administrator, sign_in
from tests.desk.members.with_keys import registered

pytestmark = pytest.mark.security
MARKER = "marker7261"


def everything_on_disk(desk):
    """All bytes of all files of the desk, journals included."""
    return b"".join(path.read_bytes() for path in desk.folder.rglob("*") if path.is_file())


def forms_of(text):
    """A text as it might lie on a disk."""
    return {text.encode(), text.encode("utf-16-le"), text.encode().hex().encode(), text.casefold().encode()}


def planted(desk, *, judged=False):
    """A desk in which every field that a person fills holds a marker of its own; its holder, case and code."""
    admin = an_administrator("login" + MARKER)
    anna = a_joined(admin, "anna" + MARKER, Role.CASEWORKER, Role.LAWYER)
    registered(anna, name=f"key {MARKER}")
    actor = anna.actor
    case, code = a_case(actor, text=f"first {MARKER}", files=(AFile(MARKER.encode() * 100_000, f"{MARKER}.pdf"),))
    write_as_contact(a_contact(code), text=f"again {MARKER}", token=a_form(), now=NOW)
    write_as_member(actor, case=case, text=f"answer {MARKER}", token=a_form(), now=NOW)
    write_note(actor, case=case, text=f"note {MARKER}", token=a_form(), now=NOW, files=(AFile(MARKER.encode()),))
    name_case(actor, case=case, label=f"label {MARKER}", now=NOW)
    person = add_person(actor, case=case, pseudonym=MARKER, consent=Consent.KNOWN, now=NOW)
    event = {"event": "left_unit", "on": "2022-10", "assumed": f"event {MARKER}"}
    told = Told(facts=brought(actor), events=((None, event),))
    set_facts(actor, case=case, person=person, told=told, said_by=MARKER, on=TODAY, now=NOW)
    set_due(actor, case=case, on=TODAY, text=MARKER, now=NOW)
    if judged:
        # This works the law out, and takes its time.
        saved = save_position(actor, case=case, person=person, on=TODAY, now=NOW)
        view = {"finding": answered(actor, case)[0], "opinion": Opinion.DOUBTFUL, "reason": f"view {MARKER}"}
        judge(actor, case=case, position=saved, now=NOW, **view)
    refer(actor, case=case, member=a_member().member, reason=f"reason {MARKER}", now=NOW)
    return anna, case, code


def brought(actor):
    """Facts out of a block that somebody carried to a member, who opened it."""
    channel = a_channel()
    set_channel_members(Operator(), channel=channel.pk, members=[actor.member], now=NOW)
    pair, public = pair_in_use(channel.pk)
    told = Draft(person={"sex": {"is": "male", "assumed": f"block {MARKER}"}}, history=(), others={})
    parts = block_parts(Carried(draft=told, on=TODAY), pair=pair, public=public)
    return open_block(actor, text="\n".join(parts)).draft.person


def answered(actor, case):
    """The findings that a saved position answers."""
    return list(open_case(actor, case=case).positions[0].answers)


def test_nothing_that_anybody_wrote_lies_on_the_disk_in_clear(desk):
    anna, case, code = planted(desk, judged=True)
    sign_in(anna)
    whole = everything_on_disk(desk)
    secrets = [
        MARKER,
        *(finding for finding in answered(anna.actor, case) if len(finding) > 8),
        code.canonical().reveal().decode(),
        code.digits().reveal(),
        code.words(Language.ENGLISH).reveal(),
        PASSWORD,
        anna.printed,
    ]
    found = [secret for secret in secrets for form in forms_of(secret) if form in whole]
    assert found == []
    keys = [anna.actor.private.seed.reveal(), anna.totp.reveal()]
    assert not any(form in whole for key in keys for form in (key, key.hex().encode()))
    assert b"caseworker" in whole  # The scan sees what does lie in clear.


def test_no_time_of_day_lies_in_clear(desk):
    planted(desk)
    whole = everything_on_disk(desk)
    assert TODAY.isoformat().encode() in whole
    assert NOW.strftime("%H:%M").encode() not in whole


def test_a_shredded_case_leaves_no_byte_of_its_records_behind(desk):
    anna, case, _ = planted(desk)
    bodies = [record.body[40:120] for record in Record.objects.filter(case_id=case)]
    wraps = [wrap.wrapped[40:100] for wrap in DataKey.objects.filter(case=case)]
    before = everything_on_disk(desk)
    assert all(piece in before for piece in (*bodies, *wraps))
    shred(anna.actor, case=case, now=NOW)
    after = everything_on_disk(desk)
    assert not any(piece in after for piece in (*bodies, *wraps))
    assert case.hex.encode() not in after


def test_an_erased_thread_leaves_no_byte_of_its_records_behind(desk):
    _, case, code = planted(desk)
    bodies = [record.body[40:120] for record in Record.objects.filter(case_id=case, domain="thread")]
    end_and_erase(a_contact(code), now=NOW)
    after = everything_on_disk(desk)
    assert bodies
    assert not any(body in after for body in bodies)


#   what is stored         how it is changed
CHANGES = [
    ("a bit",              lambda row, _other: {"body": row.body[:-1] + bytes((row.body[-1] ^ 1,))}),
    ("its end",            lambda row, _other: {"body": row.body[:-1]}),
    ("the version",        lambda row, _other: {"body": b"\x02" + row.body[1:]}),
    ("the epoch",          lambda row, _other: {"epoch": row.epoch + 1}),
    ("another record",     lambda _row, other: {"body": other.body}),
    ("nothing at all",     lambda _row, _other: {"body": b""}),
]  # fmt: skip


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(("what", "change"), CHANGES, ids=[what for what, _ in CHANGES])
def test_a_record_that_was_changed_or_exchanged_does_not_open(what, change):
    anna = a_member()
    a_case(anna)
    case, _ = a_case(anna)
    row = Record.objects.get(case_id=case, kind="summary")
    other = Record.objects.exclude(case_id=case).get(kind="summary")
    Record.objects.filter(pk=row.pk).update(**change(row, other))
    with pytest.raises(CannotOpenError):
        held(anna)


@pytest.mark.usefixtures("desk")
def test_a_record_moved_into_another_case_does_not_open():
    anna = a_member()
    a_case(anna)
    case, _ = a_case(anna)
    Record.objects.filter(case_id=case, kind="summary").delete()
    moved = Record.objects.get(kind="summary")
    Record.objects.filter(pk=moved.pk).update(case_id=case)
    other = Case.objects.exclude(pk=case).get()
    Record.objects.filter(case=other).delete()
    Case.objects.filter(pk=other.pk).delete()
    with pytest.raises(CannotOpenError):
        held(anna)


@pytest.fixture
def runs(monkeypatch):
    """How often Argon2id ran, and whether a transaction was open while it did."""
    real, counted = stretching.argon2.Argon2id, []

    def counting(**settings):
        counted.append(any(connections[alias].in_atomic_block for alias in ("default", "keyring")))
        return real(**settings)

    monkeypatch.setattr(stretching.argon2, "Argon2id", counting)
    return counted


def outcome(action, **arguments):
    """What somebody outside sees of a refusal."""
    try:
        action(**arguments)
    except SafeconductError as error:
        return type(error), str(error), repr(error)
    return None


@pytest.mark.usefixtures("desk")
def test_an_unknown_name_costs_and_says_the_same_as_a_wrong_password(runs):
    anna = a_joined(an_administrator())
    Member.objects.filter(pk=a_member().member).update(login="00" * 32)
    tries = [("anna", "wrong password"), ("nobody", "wrong password"), ("nobody", PASSWORD), ("", "")]
    said, costs = set(), []
    for login, password in tries:
        runs.clear()
        said.add(outcome(begin_sign_in, login=login, password=Secret(password), now=NOW))
        costs.append(len(runs))
    assert len(said) == 1
    assert costs == [1] * len(tries)
    runs.clear()
    sign_in(anna)
    assert len(runs) == 1


@pytest.mark.usefixtures("desk")
def test_an_unknown_code_costs_the_same_as_a_known_one(runs):
    _, code = a_case(a_member())
    costs = []
    for one in (code, Codename.new(), Codename.new()):
        runs.clear()
        with suppress(RefusedError):
            return_with_code(one.digits(), now=NOW)
        costs.append(len(runs))
    assert costs == [1, 1, 1]


@pytest.mark.usefixtures("desk")
def test_a_recovery_costs_and_says_the_same_for_an_unknown_name(runs):
    anna = a_joined(an_administrator())
    said, costs = set(), []
    for login, typed in (("anna", RecoveryCode.new().digits()), ("nobody", Secret(anna.printed))):
        runs.clear()
        arguments = {"login": login, "typed": typed, "new_password": Secret("heron under the bridge")}
        said.add(outcome(recover_with_code, **arguments, code="000000", now=LATER))
        costs.append(len(runs))
    assert costs == [1, 1]
    assert len(said) == 1


@pytest.mark.usefixtures("desk")
def test_no_key_is_derived_from_a_secret_while_a_transaction_is_open(runs):
    anna = a_joined(an_administrator())
    _, code = a_case(anna.actor)
    a_contact(code)
    sign_in(anna)
    assert len(runs) >= 5
    assert not any(runs)


@pytest.mark.usefixtures("desk")
def test_a_slip_in_a_code_costs_nothing(runs):
    with pytest.raises(SafeconductError):
        return_with_code(Secret("1234 5678"), now=NOW)
    assert runs == []


@pytest.mark.usefixtures("desk")
def test_a_password_alone_changes_nothing_that_its_owner_sees():
    anna = a_joined(an_administrator())
    before = {table: list(table.objects.values()) for table in (Member, Case, DataKey)}
    token = begin_sign_in(login="anna", password=Secret(PASSWORD), now=NOW + timedelta(days=1))
    for code in ("000000", "", "no code"):
        with suppress(RefusedError):
            finish_sign_in(token=token, code=code, now=NOW + timedelta(days=1))
    assert {table: list(table.objects.values()) for table in before} == before
    assert sign_in(anna)
