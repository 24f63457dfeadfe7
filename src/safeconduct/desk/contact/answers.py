"""Answers that several pages give, and the session as what it is."""

from typing import cast

from django.http import HttpRequest, HttpResponseRedirect

from safeconduct.desk.cases.session_store import SessionStore


def see_other(address: str) -> HttpResponseRedirect:
    """Go on with a GET: a page that was asked for so is not sent a second time by going back."""
    return HttpResponseRedirect(address, status=303)


def session_of(request: HttpRequest) -> SessionStore:
    """The contact's session."""
    return cast("SessionStore", request.session)
