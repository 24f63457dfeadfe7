"""Take in what a contact writes: a case, its two keys, the contact's code. The code is told after the commit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.db.transaction import atomic, set_rollback

from safeconduct.desk.cases.channels import holders_of
from safeconduct.desk.cases.form_token import Form, read
from safeconduct.desk.cases.intake import Intake, made, write
from safeconduct.desk.cases.models import Case, Channel
from safeconduct.desk.cases.shredding import shred_wraps
from safeconduct.desk.keyring.models import IntakeReceipt
from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.project.routers import DATA
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.values.secret import Secret
from safeconduct.vault.codename import Codename
from safeconduct.vault.contacts import contact_keys
from safeconduct.vault.sessions import take_from_session

__all__ = ["Intake", "Taken", "take_in"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Taken:
    """What the contact is told: the code, once.

    Args:
        codename: The code.
    """

    codename: Codename


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
    again = _taken_before(form, intake, now=now)
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
    new = made(intake, form=form, channel=channel, holders=holders, codename=(codename, keys), now=now)
    try:
        write(new, now=now)
    except IntegrityError:
        # The same form was sent twice at the same moment, and the other one was first.
        again = _taken_before(form, intake, now=now)
        if again is None:
            raise
        return again
    return Taken(codename=codename)


def _taken_before(form: Form, intake: Intake, *, now: datetime) -> Taken | None:
    keys = form.keys()
    row = IntakeReceipt.objects.filter(pk=keys.lookup.hex()).first()
    if row is None:
        return None
    if not row.kept:
        # The contact has come back with the code since: it is shown no more, and nothing is taken in twice.
        raise RefusedError(Reason.FORM_EXPIRED)
    if not _was_written(row.case, intake, now=now):
        shred_wraps(row.case)
        return None
    digits = take_from_session(row.kept, keys=keys, owner=row.contact)
    return Taken(codename=Codename(Secret(int(digits.reveal()))))


def _was_written(case: UUID, intake: Intake, *, now: datetime) -> bool:
    """Whether the rows of a case followed its wraps, or the process was killed in between: then its code opens nothing.

    Writing the same row waits for whoever is between the two commits at this very moment, which looking does not.
    """
    if Case.objects.filter(pk=case).exists():
        return True
    try:
        with atomic(using=DATA):
            Case.objects.create(id=case, channel_id=intake.channel, day=now.date())
            set_rollback(True, using=DATA)
    except IntegrityError:
        return True
    return False
