"""The conversation as the contact sees it, and the page for whoever must type the code again."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from safeconduct.desk.cases import form_token
from safeconduct.desk.cases.actions.read_thread import is_read, read_thread
from safeconduct.desk.cases.contact_actor import ContactActor
from safeconduct.desk.cases.values import FileTold, Message, Thread
from safeconduct.desk.contact.forms import CodeForm, WritingForm
from safeconduct.desk.contact.words import RETURNING
from safeconduct.desk.project.clock import now
from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.refusals import Reason

_KIB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing in the conversation.

    Args:
        day: The day on which it was sent; the hour is nobody's business.
        by_contact: Whether the contact sent it.
        text: What was written; "" for a file.
        file: Its id; None for a text.
        name: The name of the file.
        kib: Its size, in KiB, rounded up.
    """

    day: date
    by_contact: bool
    text: str = ""
    file: UUID | None = None
    name: str = ""
    kib: int = 0


def entries_of(thread: Thread) -> tuple[Entry, ...]:
    """Texts and files in one line, oldest first."""
    everything: list[Message | FileTold] = [*thread.messages, *thread.files]
    everything.sort(key=lambda one: (one.at, one.id))
    return tuple(_entry(one) for one in everything)


def _entry(one: Message | FileTold) -> Entry:
    day, by_contact = one.at.date(), one.by is None
    if isinstance(one, Message):
        return Entry(day=day, by_contact=by_contact, text=one.text)
    return Entry(day=day, by_contact=by_contact, file=one.id, name=one.name, kib=-(-one.length // _KIB))


def thread_page(
    request: HttpRequest, actor: ContactActor, *, form: WritingForm | None = None, draft: str = ""
) -> HttpResponse:
    """The conversation, with a form to write again.

    Args:
        request: What was asked.
        actor: The contact.
        form: What could not be taken.
        draft: What was written before the code had to be typed again.
    Raises:
        RefusedError: ENDED or RENEWED.
    """
    thread = read_thread(actor)
    started = {"token": form_token.issue(now=now()), "text": draft}
    page = {
        "thread": thread,
        "entries": entries_of(thread),
        "form": form or WritingForm(initial=started, configuration=in_use()),
        "is_read": is_read(actor),
        "unsent": (form.said() if form is not None and form.is_bound else "") or draft,
    }
    return render(request, "contact/thread.html", page, status=422 if form else 200)


def code_again(request: HttpRequest, reason: Reason, *, draft: str = "") -> HttpResponse:
    """The field for the code, with the reason why it must be typed again.

    Args:
        request: What was asked.
        reason: NOT_SIGNED_IN, RENEWED or ENDED.
        draft: What was being sent; it goes along and is not lost.
    """
    page = {"form": CodeForm(initial={"draft": draft}), "why": RETURNING[reason], "draft": draft}
    return render(request, "contact/return.html", page, status=403)
