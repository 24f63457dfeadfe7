"""The page for a fault of ours; another one where there was no room, or no time, which is no fault of a program."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views import defaults

from safeconduct.desk.project.stores import NothingKept
from safeconduct.vault.errors import WaitedTooLongError


def server_error(request: HttpRequest) -> HttpResponse:
    """The answer after an error nobody caught: 503 if the store is full, away or read-only, or too many came at once.

    Django calls this while the error is being handled, also for one that came while a session was saved.
    """
    if isinstance(sys.exc_info()[1], (*NothingKept, WaitedTooLongError)):
        return HttpResponse(loader.get_template("503.html").render(), status=503)
    return defaults.server_error(request)
