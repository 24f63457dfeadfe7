"""Shredding: the wraps of keys go first, in a commit of their own. Then the rows, which nobody can open any more."""

from uuid import UUID

from django.db.transaction import atomic

from safeconduct.desk.cases.models import Case
from safeconduct.desk.keyring.models import Contact, DataKey, Grant, IntakeReceipt, KeptSession, RenewalDue, Ring
from safeconduct.desk.project.routers import DATA, KEYRING
from safeconduct.desk.project.stores import cleaned_up


def shred_case(*cases: UUID) -> None:
    """Shred cases. Killed between the two commits, it leaves noise that `retention` takes away.

    Args:
        cases: The cases.
    """
    shred_wraps(*cases)
    with atomic(using=DATA):
        Case.objects.filter(pk__in=cases).delete()
    cleaned_up()


def shred_wraps(*cases: UUID) -> None:
    """Delete everything in the keyring that belongs to cases."""
    with atomic(using=KEYRING):
        contacts = Contact.objects.filter(case__in=cases)
        KeptSession.objects.filter(owner__in=list(contacts.values_list("pk", flat=True))).delete()
        contacts.delete()
        holders = list(Grant.objects.filter(case__in=cases).values_list("holder", flat=True))
        for table in (DataKey, Grant, IntakeReceipt, RenewalDue):
            table.objects.filter(case__in=cases).delete()
        # After the grants: whoever fills a ring at this moment holds them until it is there.
        Ring.objects.filter(pk__in=holders).delete()
