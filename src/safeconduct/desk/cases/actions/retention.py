"""The work of every day: shred what is due, and take away what is left over. It opens nothing."""

from datetime import datetime, timedelta

from safeconduct.desk.cases.models import Case, Record, RetentionDay
from safeconduct.desk.cases.shredding import shred_case, shred_wraps
from safeconduct.desk.keyring.models import Contact, Grant, IntakeReceipt, KeptSession, RecoveryRequest
from safeconduct.desk.members import limits, pending
from safeconduct.desk.members.actor import Operator, require
from safeconduct.desk.members.system_trail import Happened, note
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.vault.cases import Domain

MOST_JUMP = timedelta(days=2)
_RECEIPTS_LAST = timedelta(days=1)
_REQUESTS_LAST = timedelta(days=14)


def retention(operator: Operator, *, now: datetime, confirmed: bool = False) -> int:
    """Shred every closed case whose day has come.

    Args:
        operator: Whoever runs the server.
        now: The moment, in UTC.
        confirmed: Whether somebody looked at the clock after a jump.
    Returns:
        How many cases went.
    Raises:
        RefusedError: CLOCK, if more than two days have passed since the last time, or less than none.
    """
    require(operator, Operator)
    today = now.date()
    last = RetentionDay.objects.filter(pk=1).first()
    # A clock that was set wrongly would shred in one night what should stay for months.
    if last is not None and not confirmed and not timedelta(0) <= today - last.day <= MOST_JUMP:
        raise RefusedError(Reason.CLOCK, remedy="check the clock of this machine, then confirm")
    due = list(Case.objects.filter(shred_on__lte=today).values_list("pk", flat=True))
    if due:
        shred_case(*due)
        note(Happened.SHREDDED, by=None, about=None, now=now)
    sweep(now=now)
    RetentionDay.objects.update_or_create(pk=1, defaults={"day": today})
    return len(due)


def sweep(*, now: datetime) -> None:
    """Take away what a killed process left half done, and what has served its time.

    An intake of today is left alone: its wraps are written a moment before its rows.
    """
    limits.forget(now=now)
    pending.forget(now=now)
    old = IntakeReceipt.objects.filter(day__lt=now.date() - _RECEIPTS_LAST)
    told = set(old.values_list("case", flat=True))
    orphans = told - set(Case.objects.filter(pk__in=told).values_list("pk", flat=True))
    shred_wraps(*orphans)
    old.delete()
    _sweep_rows()
    KeptSession.objects.filter(day__lt=now.date() - timedelta(days=1)).delete()
    RecoveryRequest.objects.filter(day__lt=now.date() - _REQUESTS_LAST).delete()


def _sweep_rows() -> None:
    """Rows whose wraps went before a process was killed: they open to nobody."""
    held = set(Grant.objects.filter(domain=Domain.INTERNAL.value).values_list("case", flat=True))
    rows = set(Case.objects.values_list("pk", flat=True))
    lost = rows - held
    # A case that lost its last holder by a lock keeps its thread: the contact still has the code.
    kept = set(Contact.objects.filter(case__in=lost).values_list("case", flat=True))
    Case.objects.filter(pk__in=lost - kept).delete()
    contacts = set(Contact.objects.values_list("case", flat=True))
    for case in Case.objects.filter(ended=False).exclude(pk__in=contacts):
        Record.objects.filter(case=case, domain=Domain.THREAD.value).delete()
        Case.objects.filter(pk=case.pk).update(ended=True)
