"""Read a thread as its contact."""

from safeconduct.desk.cases.contact_actor import ContactActor
from safeconduct.desk.cases.threads import thread_of
from safeconduct.desk.cases.values import Thread


def read_thread(actor: ContactActor) -> Thread:
    """What was written in the contact's thread. Nothing is changed by reading."""
    return thread_of(actor.thread)
