"""The moment at which somebody becomes signed in: a new session id, a new token for forms, and what waited for them."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect

from safeconduct.desk.cases.actions.withdraw import renew_due
from safeconduct.desk.members.actor import SignedIn, actor_of, begin_member_session
from safeconduct.desk.office.answering import session_of
from safeconduct.desk.project.clock import now

KNOWN_COOKIE = "__Host-known"
_KNOWN_LASTS_S = 60 * 24 * 60 * 60


def enter(request: HttpRequest, signed_in: SignedIn) -> HttpResponse:
    """Begin the session of a member who proved who they are, and go to the first page."""
    session, moment = session_of(request), now()
    begin_member_session(session, signed_in, now=moment)
    rotate_token(request)
    renew_due(actor_of(session, now=moment), now=moment)
    answer = redirect("home")
    answer.set_cookie(
        KNOWN_COOKIE, signed_in.browser, max_age=_KNOWN_LASTS_S, secure=True, httponly=True, samesite="Strict"
    )
    return answer


def known_browser(request: HttpRequest) -> str:
    """What this browser was given at an earlier sign-in, so that a flood of tries by others does not lock it out."""
    return request.COOKIES.get(KNOWN_COOKIE, "")
