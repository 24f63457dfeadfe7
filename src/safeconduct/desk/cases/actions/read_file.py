"""Read a file of a case, as its contact or as one who holds it."""

from uuid import UUID

from safeconduct.desk.cases.contact_actor import ContactActor
from safeconduct.desk.cases.holding import hold
from safeconduct.desk.cases.keeping import read, read_pieces, wrapped_key
from safeconduct.desk.cases.models import Record
from safeconduct.desk.cases.threads import told
from safeconduct.desk.cases.values import Kind, OpenFile
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.vault.cases import CaseKey


def as_contact(actor: ContactActor, *, file: UUID) -> OpenFile:
    """A file of the contact's own thread.

    Raises:
        RefusedError: NOT_HERE, if there is none in this thread.
    """
    return _opened((actor.thread,), file)


def as_member(actor: Actor, *, case: UUID, file: UUID) -> OpenFile:
    """A file of a case that the actor holds.

    Raises:
        RefusedError: NOT_HERE, if there is none, or the actor does not hold the case.
    """
    held = hold(actor, case)
    keys = (held.internal,) if held.open_thread is None else (held.internal, held.open_thread)
    return _opened(keys, file)


def _opened(keys: tuple[CaseKey, ...], file: UUID) -> OpenFile:
    for key in keys:
        rows = Record.objects.filter(pk=file, case_id=key.case, domain=key.domain.value, kind=Kind.FILE.value)
        row = rows.first()
        if row is not None:
            content = read(key, row, wrapped_key(row))
            return OpenFile(told=told(row, content), pieces=read_pieces(key, row))
    raise RefusedError(Reason.NOT_HERE)
