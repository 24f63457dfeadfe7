"""What a contact sends first, and the case that is made of it: keys, contact and records, all in one piece."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from safeconduct.desk.cases.form_token import Form
from safeconduct.desk.cases.keeping import Prepared, Upload, prepare, prepare_file
from safeconduct.desk.cases.law_marks import LAWS
from safeconduct.desk.cases.models import Case, Channel
from safeconduct.desk.cases.texts import files_of, name_of, text_of
from safeconduct.desk.cases.trail import HEAD, START
from safeconduct.desk.cases.values import CaseState, ForWhom, Kind
from safeconduct.desk.keyring.models import Contact, Grant, IntakeReceipt
from safeconduct.desk.members.limits import count
from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.project.stores import both_stores
from safeconduct.vault.cases import CaseKey, Domain, grant, grant_to_contact
from safeconduct.vault.codename import Codename
from safeconduct.vault.contacts import ContactKeys, new_slots
from safeconduct.vault.sealing import PrivateKey, PublicKey
from safeconduct.vault.sessions import keep_in_session

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What a contact sends first.

    Args:
        channel: The way in.
        text: What they write.
        language: The language of the pages they saw: ru, uk, kk or en.
        for_whom: For whom they write.
        files: Files, if any.
    """

    channel: UUID
    text: str
    language: str
    for_whom: ForWhom = ForWhom.SELF
    files: Sequence[Upload] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NewCase:
    """Everything that is written, made before the transaction."""

    case: Case
    contact: Contact
    grants: tuple[Grant, ...]
    records: tuple[Prepared, ...]
    receipt: IntakeReceipt


def made(  # noqa: PLR0913 -- what a case is made from, each by its name
    intake: Intake,
    *,
    form: Form,
    channel: Channel,
    holders: Mapping[UUID, PublicKey],
    codename: tuple[Codename, ContactKeys],
    now: datetime,
    state: CaseState = CaseState.NEW,
    beside: Callable[[CaseKey, CaseKey], Iterable[Prepared]] = lambda _thread, _internal: (),
) -> NewCase:
    """Everything of a case that comes in, made and encrypted before any transaction.

    Args:
        intake: What was sent.
        form: The form it was sent by.
        channel: The way in.
        holders: To whom its keys are sealed.
        codename: The code, and the keys that were derived from it.
        now: The moment, in UTC.
        state: NEW, or DUMMY for a case of nobody.
        beside: More records, from the keys of its thread and of its internal part.
    Raises:
        RefusedError: NOTHING_SAID, TOO_LONG or TOO_MANY.
    """
    case = Case(channel=channel, day=now.date())
    thread, internal = CaseKey.new(case.pk, Domain.THREAD), CaseKey.new(case.pk, Domain.INTERNAL)
    return NewCase(
        case=case,
        contact=(contact := _contact(case, thread, keys=codename[1])),
        grants=tuple(_grants((thread, internal), holders, channel=channel.pk)),
        records=(
            *_thread_records(intake, thread, now=now),
            prepare(internal, Kind.SUMMARY, _summary(intake, state)),
            *beside(thread, internal),
        ),
        receipt=_receipt(form, contact, codename=codename[0], now=now),
    )


def _contact(case: Case, thread: CaseKey, *, keys: ContactKeys) -> Contact:
    private, contact = PrivateKey.new(), uuid4()
    first, second = new_slots(private, keys=keys, contact=contact)
    return Contact(
        id=contact,
        case=case.pk,
        public=private.public.raw,
        lookup_0=first.lookup.hex(),
        slot_0=first.wrapped,
        lookup_1=second.lookup.hex(),
        slot_1=second.wrapped,
        epoch=thread.epoch,
        grant=grant_to_contact(thread, contact=contact, public=private.public),
    )


def _grants(keys: Iterable[CaseKey], holders: Mapping[UUID, PublicKey], *, channel: UUID) -> Iterable[Grant]:
    for key in keys:
        for holder, public in holders.items():
            if holder == channel and key.domain is Domain.INTERNAL:
                continue  # The offline key reads what arrived, never what members note among themselves.
            sealed = grant(key, holder=holder, public=public)
            yield Grant(case=key.case, domain=key.domain.value, epoch=key.epoch, holder=holder, sealed=sealed)


def _thread_records(intake: Intake, thread: CaseKey, *, now: datetime) -> Iterable[Prepared]:
    sent = {"by": "", "at": now.isoformat()}
    yield prepare(thread, Kind.MESSAGE, {**sent, "text": text_of(intake.text)})
    visit = {"previous": "", "last": now.date().isoformat(), "visited": False}
    yield prepare(thread, Kind.VISIT, {**visit, "language": intake.language, "for_whom": intake.for_whom.value})
    for upload in files_of(intake.files):
        yield prepare_file(thread, upload, {**sent, "name": name_of(upload)})


def _summary(intake: Intake, state: CaseState) -> dict[str, object]:
    return {
        "state": state.value,
        "label": "",
        "language": intake.language,
        "read": 0,
        LAWS: {},
        "outcome": "",
        "people": [],
        "dues": [],
        "done": [],
        HEAD: START,
    }


def write(new: NewCase, *, now: datetime, is_counted: bool = True) -> None:
    """Write all of it, in one transaction over both stores.

    Args:
        new: Everything that is written.
        now: The moment, in UTC.
        is_counted: Whether it counts against the budget of a minute; a case of nobody takes nobody's place.
    Raises:
        IntegrityError: If the form was taken in before.
    """
    with both_stores():
        new.receipt.save(force_insert=True)
        new.contact.save(force_insert=True)
        Grant.objects.bulk_create(new.grants)
        # What exceeds the budget is kept all the same, in a queue beside the inbox.
        if is_counted:
            new.case.in_queue = count("intakes", window=_MINUTE, now=now) > in_use().intakes_a_minute
        new.case.save(force_insert=True)
        for record in new.records:
            record.save()


def _receipt(form: Form, contact: Contact, *, codename: Codename, now: datetime) -> IntakeReceipt:
    keys = form.keys()
    kept = keep_in_session(codename.canonical(), keys=keys, owner=contact.pk)
    lookup = keys.lookup.hex()
    return IntakeReceipt(lookup=lookup, contact=contact.pk, case=contact.case, kept=kept, day=now.date())
