"""The conversation: read, write again, take a file, leave, end and erase."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safeconduct.desk.cases.actions.end_and_erase import end_and_erase
from safeconduct.desk.cases.actions.read_file import as_contact
from safeconduct.desk.cases.actions.write_as_contact import write_as_contact
from safeconduct.desk.cases.contact_actor import ContactActor, contact_of
from safeconduct.desk.contact.answers import see_other, session_of
from safeconduct.desk.contact.forms import WritingForm
from safeconduct.desk.contact.refused import explain, is_whole, not_stored
from safeconduct.desk.contact.thread_page import code_again, thread_page
from safeconduct.desk.contact.words import RETURNING
from safeconduct.desk.project.clock import now
from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.project.downloads import download
from safeconduct.desk.project.stores import NothingKept
from safeconduct.desk.refusals import Reason, RefusedError


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: HttpRequest) -> HttpResponse:
    """What was written, and a form to write again."""
    try:
        actor = contact_of(session_of(request))
        return _written(request, actor) if request.method == "POST" else thread_page(request, actor)
    except RefusedError as refused:
        return _again(request, refused)


def _written(request: HttpRequest, actor: ContactActor) -> HttpResponse:
    form = WritingForm(request.POST, request.FILES, configuration=in_use())
    if not (form.is_valid() and is_whole(form)):
        return thread_page(request, actor, form=form)
    token = str(form.cleaned_data["token"])
    try:
        write_as_contact(actor, text=form.said(), token=token, now=now(), files=form.sent_files())
    except RefusedError as refused:
        if refused.reason in RETURNING:
            raise
        explain(form, refused.reason)
    except NothingKept:
        not_stored(form)
    else:
        return see_other(reverse("sent"))
    return thread_page(request, actor, form=form)


def _again(request: HttpRequest, refused: RefusedError) -> HttpResponse:
    if refused.reason not in RETURNING:
        raise refused
    return code_again(request, refused.reason, draft=request.POST.get("text", ""))


@require_GET
def one_file(request: HttpRequest, file: UUID) -> HttpResponseBase:
    """A file of the conversation."""
    try:
        actor = contact_of(session_of(request))
        opened = as_contact(actor, file=file)
    except RefusedError as refused:
        if refused.reason is Reason.NOT_HERE:
            raise Http404 from None
        return _again(request, refused)
    told = opened.told
    return download(request, opened.pieces, name=told.name, length=told.length, to=actor.thread.case)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest) -> HttpResponse:
    """The question before the end, and the end."""
    try:
        actor = contact_of(session_of(request))
    except RefusedError as refused:
        return _again(request, refused)
    if request.method != "POST":
        return render(request, "contact/end.html")
    end_and_erase(actor, now=now())
    request.session.flush()
    return see_other(reverse("ended"))


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the visit; the conversation stays, and the code opens it again."""
    request.session.flush()
    return see_other(reverse("start"))
