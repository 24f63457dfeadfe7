"""The first message: written first, and the code after it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from safeconduct.desk.cases import form_token
from safeconduct.desk.cases.actions.open_channels import open_channels
from safeconduct.desk.cases.actions.take_in import Intake, take_in
from safeconduct.desk.cases.values import ForWhom
from safeconduct.desk.contact.code_page import code_page
from safeconduct.desk.contact.forms import FirstForm
from safeconduct.desk.contact.refused import explain, is_whole, not_stored
from safeconduct.desk.contact.room import has_room
from safeconduct.desk.project.clock import now
from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.project.stores import NothingKept
from safeconduct.desk.refusals import RefusedError


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def first_message(request: HttpRequest) -> HttpResponse:
    """The form, and what becomes of it."""
    if request.method == "POST":
        return _taken(request)
    channels, room = open_channels(), has_room(in_use().folder)
    if not channels or not room:
        # Said before anybody has typed a word.
        return render(request, "contact/closed.html", {"no_room": not room}, status=503)
    token = form_token.issue(now=now())
    return _asked(request, FirstForm(initial={"token": token}, channels=channels, configuration=in_use()))


def _asked(request: HttpRequest, form: FirstForm, *, status: int = 200) -> HttpResponse:
    return render(request, "contact/write.html", {"form": form}, status=status)


def _taken(request: HttpRequest) -> HttpResponse:
    form = FirstForm(request.POST, request.FILES, channels=open_channels(), configuration=in_use())
    if not (form.is_valid() and is_whole(form)):
        return _asked(request, form, status=422)
    token = str(form.cleaned_data["token"])
    try:
        taken = take_in(_intake(form), token=token, now=now())
    except RefusedError as refused:
        explain(form, refused.reason)
    except NothingKept:
        not_stored(form)
    else:
        return code_page(request, taken.codename, token=token)
    return _asked(request, form, status=422)


def _intake(form: FirstForm) -> Intake:
    return Intake(
        channel=form.cleaned_data["channel"],
        text=form.said(),
        language=get_language() or "en",
        for_whom=ForWhom(form.cleaned_data["for_whom"]),
        files=form.sent_files(),
    )
