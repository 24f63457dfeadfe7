"""Take in what a contact writes: a case, its two keys, the contact's code. The code is told after the commit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError

from safeconduct.desk.cases.channels import holders_of
from safeconduct.desk.cases.form_token import Form, read
from safeconduct.desk.cases.keeping import Prepared, Upload, prepare, prepare_file
from safeconduct.desk.cases.models import Case, Channel
from safeconduct.desk.cases.texts import files_of, name_of, text_of
from safeconduct.desk.cases.trail import HEAD, START
from safeconduct.desk.cases.values import CaseState, ForWhom, Kind
from safeconduct.desk.keyring.models import Contact, Grant, IntakeReceipt
from safeconduct.desk.members.limits import count
from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.project.stores import both_stores
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.values.secret import Secret
from safeconduct.vault.cases import CaseKey, Domain, grant, grant_to_contact
from safeconduct.vault.codename import Codename
from safeconduct.vault.contacts import ContactKeys, contact_keys, new_slots
from safeconduct.vault.sealing import PrivateKey, PublicKey
from safeconduct.vault.sessions import keep_in_session, take_from_session

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
class Taken:
    """What the contact is told: the code, once.

    Args:
        codename: The code.
    """

    codename: Codename


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _New:
    """Everything that is written, made before the transaction."""

    case: Case
    contact: Contact
    grants: tuple[Grant, ...]
    records: tuple[Prepared, ...]
    receipt: IntakeReceipt


def take_in(intake: Intake, *, token: str, now: datetime) -> Taken:
    """Take in a first message.

    Args:
        intake: What was sent.
        token: The token of the form.
        now: The moment, in UTC.
    Returns:
        The code. The same form sent again gives the same code and writes nothing.
    Raises:
        RefusedError: FORM_EXPIRED, TOO_FAST, NOTHING_SAID, TOO_LONG, TOO_MANY or NO_CHANNEL; then nothing was written.
    """
    form = read(token, now=now)
    again = _taken_before(form)
    if again is not None:
        return again
    channel = Channel.objects.filter(pk=intake.channel, is_open=True).first()
    holders = {} if channel is None else holders_of(channel)
    if channel is None or not holders:
        raise RefusedError(Reason.NO_CHANNEL)
    codename = Codename.new()
    configuration = in_use()
    # One run of Argon2id, here and not inside the transaction.
    keys = contact_keys(
        codename, site=configuration.keys, using=configuration.stretching, floor=configuration.contact_cost
    )
    new = _made(intake, form=form, channel=channel, holders=holders, codename=(codename, keys), now=now)
    try:
        _write(new, now=now)
    except IntegrityError:
        # The same form was sent twice at the same moment, and the other one was first.
        again = _taken_before(form)
        if again is None:
            raise
        return again
    return Taken(codename=codename)


def _made(  # noqa: PLR0913 -- what a case is made from, each by its name
    intake: Intake,
    *,
    form: Form,
    channel: Channel,
    holders: Mapping[UUID, PublicKey],
    codename: tuple[Codename, ContactKeys],
    now: datetime,
) -> _New:
    case = Case(channel=channel, day=now.date())
    thread, internal = CaseKey.new(case.pk, Domain.THREAD), CaseKey.new(case.pk, Domain.INTERNAL)
    return _New(
        case=case,
        contact=(contact := _contact(case, thread, keys=codename[1])),
        grants=tuple(_grants((thread, internal), holders)),
        records=(
            *_thread_records(intake, thread, now=now),
            prepare(internal, Kind.SUMMARY, _summary(intake)),
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


def _grants(keys: Iterable[CaseKey], holders: Mapping[UUID, PublicKey]) -> Iterable[Grant]:
    for key in keys:
        for holder, public in holders.items():
            sealed = grant(key, holder=holder, public=public)
            yield Grant(case=key.case, domain=key.domain.value, epoch=key.epoch, holder=holder, sealed=sealed)


def _thread_records(intake: Intake, thread: CaseKey, *, now: datetime) -> Iterable[Prepared]:
    sent = {"by": "", "at": now.isoformat()}
    yield prepare(thread, Kind.MESSAGE, {**sent, "text": text_of(intake.text)})
    visit = {"previous": "", "last": now.date().isoformat(), "visited": False}
    yield prepare(thread, Kind.VISIT, {**visit, "language": intake.language, "for_whom": intake.for_whom.value})
    for upload in files_of(intake.files):
        yield prepare_file(thread, upload, {**sent, "name": name_of(upload)})


def _summary(intake: Intake) -> dict[str, object]:
    return {
        "state": CaseState.NEW.value,
        "label": "",
        "language": intake.language,
        "read": 0,
        "corpus": "",
        "outcome": "",
        "people": [],
        HEAD: START,
    }


def _write(new: _New, *, now: datetime) -> None:
    with both_stores():
        new.receipt.save(force_insert=True)
        new.contact.save(force_insert=True)
        Grant.objects.bulk_create(new.grants)
        # What exceeds the budget is kept all the same, in a queue beside the inbox.
        new.case.in_queue = count("intakes", window=_MINUTE, now=now) > in_use().intakes_a_minute
        new.case.save(force_insert=True)
        for record in new.records:
            record.save()


def _receipt(form: Form, contact: Contact, *, codename: Codename, now: datetime) -> IntakeReceipt:
    keys = form.keys()
    kept = keep_in_session(codename.canonical(), keys=keys, owner=contact.pk)
    lookup = keys.lookup.hex()
    return IntakeReceipt(lookup=lookup, contact=contact.pk, case=contact.case, kept=kept, day=now.date())


def _taken_before(form: Form) -> Taken | None:
    keys = form.keys()
    row = IntakeReceipt.objects.filter(pk=keys.lookup.hex()).first()
    if row is None:
        return None
    if not row.kept:
        # The contact has come back with the code since: it is shown no more, and nothing is taken in twice.
        raise RefusedError(Reason.FORM_EXPIRED)
    digits = take_from_session(row.kept, keys=keys, owner=row.contact)
    return Taken(codename=Codename(Secret(int(digits.reveal()))))
