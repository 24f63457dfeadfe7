"""Open a contact's thread with the code: one run of Argon2id, whether the code is known or not."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from safeconduct.desk.cases.contact_actor import ContactActor
from safeconduct.desk.cases.keeping import read_kinds, rewrite
from safeconduct.desk.cases.models import Case
from safeconduct.desk.cases.values import Kind
from safeconduct.desk.keyring.models import Contact, IntakeReceipt
from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.project.stores import both_stores
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.values.secret import Secret
from safeconduct.vault.cases import CaseKey, open_contact_grant
from safeconduct.vault.codename import Codename
from safeconduct.vault.contacts import ContactKeys, contact_keys, open_slot
from safeconduct.vault.sealing import PrivateKey


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Visit:
    """A contact who came back.

    Args:
        actor: For `begin_contact_session`.
        previous: Day of the visit before this one, for the contact to compare with what they remember.
    """

    actor: ContactActor
    previous: date | None


def return_with_code(typed: Secret[str], *, now: datetime) -> Visit:
    """Open the thread of a code.

    Args:
        typed: What was typed: the digits, or the words of one of our lists.
        now: The moment, in UTC.
    Raises:
        CodeError: If it cannot be a code of ours; then nothing was tried.
        RefusedError: WRONG, if there is none.
    """
    configuration = in_use()
    codename = Codename.read(typed)
    keys = contact_keys(
        codename, site=configuration.keys, using=configuration.stretching, floor=configuration.contact_cost
    )
    lookup = keys.lookup.hex()
    row = Contact.objects.filter(Q(lookup_0=lookup) | Q(lookup_1=lookup)).first()
    if row is None:
        raise RefusedError(Reason.WRONG)
    private = _private(row, keys)
    with both_stores():
        Case.objects.select_for_update().filter(pk=row.case).first()
        row.refresh_from_db()
        thread = open_contact_grant(row.grant, case=row.case, epoch=row.epoch, contact=row.pk, private=private)
        previous = _noted(thread, day=now.date())
        # Whoever has come back has written the code down: the form that gave it gives it no more.
        IntakeReceipt.objects.filter(case=row.case).update(kept=b"")
    return Visit(actor=ContactActor(contact=row.pk, thread=thread), previous=previous)


def _private(row: Contact, keys: ContactKeys) -> PrivateKey:
    slot = 0 if row.lookup_0 == keys.lookup.hex() else 1
    return open_slot((row.slot_0, row.slot_1)[slot], keys=keys, contact=row.pk, slot=slot)


def _noted(thread: CaseKey, *, day: date) -> date | None:
    """Write down this visit, and give the day of the one before. A contact's reading does not change the case's day."""
    record, visits = next(read_kinds(thread, Kind.VISIT))
    previous = visits["last"] if visits["visited"] else ""
    rewrite(thread, record, {**visits, "previous": previous, "last": day.isoformat(), "visited": True})
    return date.fromisoformat(previous) if previous else None
