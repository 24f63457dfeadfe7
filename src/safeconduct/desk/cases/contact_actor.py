"""A contact who came back with their code: the thread's key for the length of a session, and nothing more."""

from dataclasses import dataclass
from uuid import UUID

from safeconduct.desk.cases.holders import is_read_by_anybody
from safeconduct.desk.cases.models import Case
from safeconduct.desk.cases.session_store import SessionStore
from safeconduct.desk.keyring.models import Contact
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.vault.cases import CaseKey, Domain


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ContactActor:
    """A contact.

    Args:
        contact: Who it is: an id without a person.
        thread: The key of their thread.
    """

    contact: UUID
    thread: CaseKey


def begin_contact_session(session: SessionStore, actor: ContactActor) -> None:
    """Keep a contact's thread open under a new session id; the codename itself is kept nowhere."""
    session["case"], session["epoch"] = str(actor.thread.case), actor.thread.epoch
    session.keep(actor.thread.key, owner=actor.contact)


def contact_of(session: SessionStore) -> ContactActor:
    """The contact of a session.

    Raises:
        RefusedError: NOT_SIGNED_IN; ENDED, if the thread was erased meanwhile; RENEWED, if its key was renewed.
    """
    kept, owner = session.kept_seed(), session.owner
    if kept is None or owner is None:
        raise RefusedError(Reason.NOT_SIGNED_IN)
    row = Contact.objects.filter(pk=owner).first()
    if row is None:
        raise RefusedError(Reason.ENDED)
    if row.epoch != session["epoch"]:
        raise RefusedError(Reason.RENEWED)
    key = CaseKey(case=UUID(session["case"]), domain=Domain.THREAD, epoch=row.epoch, key=kept)
    return ContactActor(contact=owner, thread=key)


def open_for_contact(actor: ContactActor) -> Case:
    """The row of the contact's case, locked until the transaction ends.

    Raises:
        RefusedError: ENDED, CLOSED, RENEWED or NO_HOLDER.
    """
    row = Case.objects.select_for_update().filter(pk=actor.thread.case).first()
    if row is None or row.ended:
        raise RefusedError(Reason.ENDED)
    if row.shred_on is not None:
        raise RefusedError(Reason.CLOSED)
    if not Contact.objects.filter(pk=actor.contact, epoch=actor.thread.epoch).exists():
        raise RefusedError(Reason.RENEWED)
    if not is_read_by_anybody(row.pk, row.channel_id):
        raise RefusedError(Reason.NO_HOLDER)
    return row
