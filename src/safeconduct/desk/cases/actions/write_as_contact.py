"""Write in a thread as its contact: a text, files, or both."""

from collections.abc import Sequence
from datetime import datetime

from safeconduct.desk.cases.contact_actor import ContactActor, open_for_contact
from safeconduct.desk.cases.form_token import read
from safeconduct.desk.cases.holding import touch
from safeconduct.desk.cases.keeping import Upload
from safeconduct.desk.cases.models import Record
from safeconduct.desk.cases.sending import prepared
from safeconduct.desk.project.stores import both_stores


def write_as_contact(
    actor: ContactActor, *, text: str, token: str, now: datetime, files: Sequence[Upload] = ()
) -> None:
    """Write in the thread.

    Args:
        actor: The contact.
        text: What they write; may be empty if there are files.
        token: The token of the form; the same form sent again writes nothing.
        now: The moment, in UTC.
        files: Files, if any.
    Raises:
        RefusedError: FORM_EXPIRED, TOO_FAST, NOTHING_SAID, TOO_LONG, TOO_MANY, ENDED, CLOSED, RENEWED or
            NO_HOLDER.
    """
    form = read(token, now=now)
    records = prepared(actor.thread, form=form, text=text, files=files, by=None, now=now)
    with both_stores():
        case = open_for_contact(actor)
        if Record.objects.filter(pk=records[0].record.pk).exists():
            return
        for record in records:
            record.save()
        touch(case, now=now)
