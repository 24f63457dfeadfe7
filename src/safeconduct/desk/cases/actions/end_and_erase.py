"""End a contact's thread and erase it. The wraps of its keys go first: then nothing opens it, whatever else remains."""

from datetime import datetime

from django.db.transaction import atomic

from safeconduct.desk.cases.contact_actor import ContactActor
from safeconduct.desk.cases.holding import touch
from safeconduct.desk.cases.models import Case, Record
from safeconduct.desk.keyring.models import Contact, DataKey, Grant, IntakeReceipt, KeptSession
from safeconduct.desk.project.routers import DATA, KEYRING
from safeconduct.desk.project.stores import cleaned_up
from safeconduct.vault.cases import Domain


def end_and_erase(actor: ContactActor, *, now: datetime) -> None:
    """Erase the thread: messages, files, the contact's access and all sessions of it.

    Internal notes of the members stay until the case is closed and shredded; the page says so.

    Args:
        actor: The contact.
        now: The moment, in UTC.
    """
    case, thread = actor.thread.case, Domain.THREAD.value
    with atomic(using=KEYRING):
        DataKey.objects.filter(case=case, domain=thread).delete()
        Grant.objects.filter(case=case, domain=thread).delete()
        Contact.objects.filter(case=case).delete()
        IntakeReceipt.objects.filter(case=case).delete()
        KeptSession.objects.filter(owner=actor.contact).delete()
    with atomic(using=DATA):
        Record.objects.filter(case_id=case, domain=thread).delete()
        row = Case.objects.filter(pk=case).first()
        if row is not None:
            Case.objects.filter(pk=case).update(ended=True)
            touch(row, now=now)
    cleaned_up()
