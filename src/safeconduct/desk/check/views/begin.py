"""The beginning of the check, the way out, and the page for a run that is over."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.check.course import begun
from safeconduct.desk.check.keeping import forget, keep
from safeconduct.desk.check.sessionless import without_session
from safeconduct.desk.contact.answers import see_other
from safeconduct.desk.contact.views.opening import keep_language, leave_quickly
from safeconduct.desk.project.clock import now, today
from safeconduct.vault.runs import new_run_id

_DIGITS = 6
"""Digits of the number of a question, at most."""


@require_http_methods(["GET", "HEAD", "POST"])
@without_session
def begin(request: HttpRequest) -> HttpResponse:
    """What the check is; sent, it begins a run."""
    if request.method != "POST":
        return render(request, "check/begin.html")
    run = begun(law_in_use(), new_run_id(), day=today(), moment=now())
    response = see_other(reverse("check-step", args=[run.id, 1]))
    keep(response, run)
    return response


@require_POST
@without_session
def language(request: HttpRequest, run: UUID) -> HttpResponse:
    """Another language in the middle of a run: the run itself has none, so that its question stays."""
    number = request.POST.get("number", "")
    known = number.isascii() and number.isdecimal() and len(number) <= _DIGITS
    response = see_other(reverse("check-step", args=[run, int(number) if known else 0]))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        keep_language(response, chosen)
    return response


@require_GET
def leave(request: HttpRequest, run: UUID) -> HttpResponse:
    """The quick way out of a run: the browser forgets it too."""
    response = leave_quickly(request)
    forget(response, run)
    return response


def start_again(request: HttpRequest) -> HttpResponse:
    """The page for a run that does not open: over, changed, or of another address. It does not say which."""
    return render(request, "check/again.html", status=410)
