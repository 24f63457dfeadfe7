"""Pages that are the same for everybody: answered before anything looks at who asks."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from safeconduct.desk.project.headers import CONTENT_POLICY, HEADERS

ALOOF = "/a"
"""Where such pages begin; an address elsewhere is not even looked up."""
_METHODS = frozenset({"GET", "HEAD"})
_MARK = "is_aloof"
Seen = TypeVar("Seen", bound=Callable[..., HttpResponse])


def aloof(view: Seen) -> Seen:
    """A view whose answer depends on its address and the day alone, and says itself how long it may be kept."""
    setattr(view, _MARK, True)
    return view


class AloofMiddleware:
    """The first middleware of both sites: no session, no cookie and no store is touched for a page of this kind."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page with the headers of every answer; for anything else, what the others answer."""
        path = request.path_info
        if request.method in _METHODS and (path == ALOOF or path.startswith(f"{ALOOF}/")):
            found = _answer(request)
            if found is not None:
                return found
        return self.get_response(request)


def _answer(request: HttpRequest) -> HttpResponse | None:
    try:
        view, args, kwargs = resolve(request.path_info)
    except Resolver404:
        return None
    if not getattr(view, _MARK, False):
        return None
    named: dict[str, Any] = kwargs
    try:
        response: HttpResponse = view(request, *args, **named)
    except Http404:
        # The page that says so is in the reader's language, so it is no page of this kind.
        return None
    for name, value in HEADERS.items():
        response[name] = value
    response["Content-Security-Policy"] = CONTENT_POLICY
    return response
