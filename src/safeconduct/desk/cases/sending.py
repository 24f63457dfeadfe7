"""What one form sends into a case, encrypted and ready to be saved: a text, files, or both."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from safeconduct.desk.cases.form_token import Form
from safeconduct.desk.cases.keeping import Prepared, Upload, prepare, prepare_file
from safeconduct.desk.cases.texts import files_of, name_of, text_of
from safeconduct.desk.cases.values import Kind
from safeconduct.vault.cases import CaseKey, Domain


def prepared(  # noqa: PLR0913 -- the parts of a message, each by its name
    key: CaseKey, *, form: Form, text: str, files: Sequence[Upload], by: UUID | None, now: datetime
) -> list[Prepared]:
    """The records of one form, each with an id that follows from the form.

    Args:
        key: The key of the thread or of the internal part.
        form: The form that was sent.
        text: The text; may be empty if there are files.
        files: The files.
        by: The member who sends; None for the contact.
        now: The moment, in UTC.
    Raises:
        RefusedError: NOTHING_SAID, TOO_LONG or TOO_MANY.
    """
    sent = {"by": "" if by is None else str(by), "at": now.isoformat()}
    said = text_of(text, may_be_empty=bool(files))
    kind = Kind.MESSAGE if key.domain is Domain.THREAD else Kind.NOTE
    records = [prepare(key, kind, {**sent, "text": said}, record=form.record())] if said else []
    for number, upload in enumerate(files_of(files), start=len(records)):
        content = {**sent, "name": name_of(upload)}
        records.append(prepare_file(key, upload, content, record=form.record(number)))
    return records
