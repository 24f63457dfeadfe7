"""What stands beside a form that could not be taken: at which field, in which words, with which token to try again."""

from safeconduct.desk.cases import form_token
from safeconduct.desk.cases.texts import LONGEST_TEXT
from safeconduct.desk.contact.forms import WritingForm
from safeconduct.desk.contact.words import CUT_OFF, FILE_TOO_LONG, FILES_AGAIN, HONEYPOT, NOT_STORED, WRITING, Words
from safeconduct.desk.project.clock import now
from safeconduct.desk.refusals import Reason

_AT_TEXT, _AT_FILES, _NOWHERE = "text", "enclosed", None


def is_whole(form: WritingForm) -> bool:
    """Whether the whole page arrived, and nothing stands where people see no field.

    Args:
        form: A form that is valid; an error is added to it if the answer is no.
    """
    if not form.cleaned_data.get("whole"):
        form.add_error(_AT_FILES, CUT_OFF)
        form.refill(whole="1")
        return False
    if form.cleaned_data.get("website"):
        form.add_error(_NOWHERE, HONEYPOT)
        form.refill(website="")
        return False
    return True


def explain(form: WritingForm, reason: Reason) -> None:
    """Say at the right field why it was not taken, and what to do."""
    field, words = _told(form, reason)
    form.add_error(field, words)
    if reason is Reason.FORM_EXPIRED:
        form.refill(token=form_token.issue(now=now()))
    if form.sent_files():
        form.add_error(_AT_FILES, FILES_AGAIN)


def not_stored(form: WritingForm) -> None:
    """Say that nothing was kept. The next try gets another token: nothing of this one may be taken for it."""
    form.add_error(_NOWHERE, NOT_STORED)
    form.refill(token=form_token.issue(now=now()))
    if form.sent_files():
        form.add_error(_AT_FILES, FILES_AGAIN)


def _told(form: WritingForm, reason: Reason) -> tuple[str | None, Words]:
    if reason is Reason.NOTHING_SAID:
        return _AT_TEXT, WRITING[reason]
    if reason is Reason.TOO_MANY:
        return _AT_FILES, WRITING[reason]
    if reason is Reason.TOO_LONG:
        too_much = len(form.said().strip()) > LONGEST_TEXT
        return (_AT_TEXT, WRITING[reason]) if too_much else (_AT_FILES, FILE_TOO_LONG)
    return _NOWHERE, WRITING[reason]
