"""The page for a fault of ours; another one where there was no room, or no time, which is no fault of a program."""

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views import defaults

from safeconduct.vault.errors import WaitedTooLongError


def server_error(request: HttpRequest) -> HttpResponse:
    """The answer after an error that nobody caught: status 503 if the store is full or away, or too many came at once.

    Django calls this while the error is being handled, also for one that came while a session was saved.
    """
    if isinstance(sys.exc_info()[1], OperationalError | WaitedTooLongError):
        return HttpResponse(loader.get_template("503.html").render(), status=503)
    return defaults.server_error(request)
