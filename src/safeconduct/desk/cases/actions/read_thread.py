"""Read a thread as its contact."""

from safeconduct.desk.cases.contact_actor import ContactActor
from safeconduct.desk.cases.holders import is_read_by_anybody
from safeconduct.desk.cases.models import Case
from safeconduct.desk.cases.threads import thread_of
from safeconduct.desk.cases.values import Thread


def is_read(actor: ContactActor) -> bool:
    """Whether there is still somebody here who can read what the contact writes."""
    row = Case.objects.filter(pk=actor.thread.case).first()
    return row is not None and is_read_by_anybody(row.pk, row.channel_id)


def read_thread(actor: ContactActor) -> Thread:
    """What was written in the contact's thread. Nothing is changed by reading."""
    return thread_of(actor.thread)
