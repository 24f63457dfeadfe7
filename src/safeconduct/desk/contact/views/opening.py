"""Pages that anybody may open: the choice of language, the start, what is protected, and the way out."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.desk.cases.actions.open_channels import open_channels
from safeconduct.desk.contact.answers import see_other
from safeconduct.desk.project.configuration import in_use

_COOKIES = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME")


@require_http_methods(["GET", "HEAD", "POST"])
def languages(request: HttpRequest) -> HttpResponse:
    """The choice of language, before anything else; it is kept in a cookie that goes with the browser's session."""
    chosen = request.POST.get("language", "") if request.method == "POST" else ""
    if chosen not in dict(settings.LANGUAGES):
        return render(request, "contact/languages.html", {"languages": settings.LANGUAGES})
    response = see_other(reverse("start"))
    keep_language(response, chosen)
    return response


def keep_language(response: HttpResponse, chosen: str) -> None:
    """Keep a language, in a cookie that goes with the browser's session.

    Args:
        response: What the cookie is sent with.
        chosen: One of the languages of the site.
    """
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, chosen, secure=True, httponly=True, samesite=settings.LANGUAGE_COOKIE_SAMESITE
    )


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """What this is, and the two ways on: write, or come back."""
    return render(request, "contact/start.html", {"channels": open_channels()})


@require_GET
def protection(request: HttpRequest) -> HttpResponse:
    """What we can and cannot protect."""
    return render(request, "contact/protection.html", {"keyring_days": in_use().keyring_days})


@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    """The message was sent. The page holds nothing, so whoever opens it learns nothing."""
    return render(request, "contact/sent.html")


@require_GET
def ended(request: HttpRequest) -> HttpResponse:
    """The conversation was erased."""
    return render(request, "contact/ended.html")


@require_GET
def leave_quickly(request: HttpRequest) -> HttpResponse:
    """Empty what this site left in the browser, and go to a place that tells nothing. No row is changed."""
    # Django would write the session's row at the end of every visit; without a session it writes none.
    del request.session
    response = see_other(in_use().exit_address)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    for name in _COOKIES:
        response.delete_cookie(getattr(settings, name), samesite="Strict")
    return response
