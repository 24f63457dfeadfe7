"""Coming back with the code. A code that is unknown and one that cannot be a code get the same page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from safeconduct.desk.cases.actions.return_with_code import Visit, return_with_code
from safeconduct.desk.cases.actions.take_in import Intake, take_in
from safeconduct.desk.cases.contact_actor import begin_contact_session
from safeconduct.desk.contact.answers import see_other, session_of
from safeconduct.desk.contact.code_page import code_page
from safeconduct.desk.contact.forms import CodeForm
from safeconduct.desk.contact.thread_page import thread_page
from safeconduct.desk.contact.words import RETURNING
from safeconduct.desk.project.clock import now
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.values.secret import Secret
from safeconduct.vault.errors import CodeError

_NO_CHANNEL = UUID(int=0)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """The field for the code, and the conversation behind it."""
    if request.method != "POST":
        return render(request, "contact/return.html", {"form": CodeForm()})
    form = CodeForm(request.POST)
    form.full_clean()
    visit = _visit(Secret(str(form.cleaned_data.get("code", ""))))
    if visit is None:
        return _wrong(request, form)
    begin_contact_session(session_of(request), visit.actor)
    draft = str(form.cleaned_data.get("draft", ""))
    return thread_page(request, visit.actor, draft=draft) if draft else see_other(reverse("thread"))


def _visit(typed: Secret[str]) -> Visit | None:
    try:
        return return_with_code(typed, now=now())
    except CodeError:
        return None
    except RefusedError as refused:
        if refused.reason is not Reason.WRONG:
            raise
        return None


def _wrong(request: HttpRequest, form: CodeForm) -> HttpResponse:
    form.errors.pop("code", None)  # Whatever is wrong with it, the answer is the same.
    form.add_error("code", RETURNING[Reason.WRONG])
    form.hide_code()
    token = request.POST.get("token", "")
    try:
        # Somebody tried what they wrote down, right after they got it: their form still tells the code.
        taken = take_in(Intake(channel=_NO_CHANNEL, text="", language=""), token=token, now=now())
    except RefusedError:
        return render(request, "contact/return.html", {"form": form}, status=422)
    return code_page(request, taken.codename, token=token, form=form)
