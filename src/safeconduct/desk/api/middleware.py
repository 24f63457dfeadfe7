"""The edge of the API: what it takes and what it refuses, before anything of the site that knows cookies or stores.

It stands in front of sessions, languages and forms, and never calls them: so no cookie is read or set, no row is
touched, and no token against forged forms is needed. A page elsewhere cannot make a browser call it: JSON from another
site needs a leave that is never given, and a browser that carries a cookie of this site is refused.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache
from http import HTTPStatus
from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError

from safeconduct.desk.api.answering import assess_answer, question_answer
from safeconduct.desk.api.description import description
from safeconduct.desk.api.problems import MEDIA_TYPE, Kind, ProblemError
from safeconduct.desk.api.turns import Turns
from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.project.clock import today

PREFIX = "/api/"
DESCRIPTION = f"{PREFIX}openapi.json"
CALLS = {f"{PREFIX}assess": assess_answer, f"{PREFIX}next-question": question_answer}
LARGEST_BODY = 64 * 1024
_JSON = "application/json"
turns = Turns(at_once=1, waiting=4, patience_s=4)


class ApiMiddleware:
    """Answers calls; everything else goes on to the site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer to a call, or the page of the site."""
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        try:
            response = _answer(_answered(request))
        except ProblemError as problem:
            response = _answer(problem.told(), status=problem.kind.status, media_type=MEDIA_TYPE)
            for name, value in problem.headers.items():
                response[name] = value
        if request.method == "HEAD":
            response.content = b""
        # Django would log every refusal, with the call beside it: there is no line for any call.
        setattr(response, "_has_been_logged", True)  # noqa: B010 -- a mark that Django does not declare
        return response


def _answer(told: Mapping[str, Any], *, status: HTTPStatus = HTTPStatus.OK, media_type: str = _JSON) -> HttpResponse:
    content = json.dumps(told, ensure_ascii=False).encode()
    return HttpResponse(content, status=status, content_type=media_type, headers={"Content-Length": str(len(content))})


def _answered(request: HttpRequest) -> Mapping[str, Any]:
    _refuse_strangers(request)
    if request.path_info == DESCRIPTION:
        _refuse_method(request, "GET", "HEAD")
        return _described(law_in_use().digest)
    answer = CALLS.get(request.path_info)
    if answer is None:
        raise ProblemError(Kind.NOT_HERE)
    _refuse_method(request, "POST")
    content = _body(request)
    with turns.taken():
        return answer(content, law_in_use(), today=today())


@cache
def _described(_digest: str) -> Mapping[str, Any]:
    return description(law_in_use())


def _refuse_strangers(request: HttpRequest) -> None:
    """Refuse what no program of a partner sends."""
    try:
        request.get_host()
    except DisallowedHost:
        raise ProblemError(Kind.HOST) from None
    if request.META.get("HTTP_COOKIE"):
        raise ProblemError(Kind.COOKIE)
    if request.META.get("QUERY_STRING"):
        raise ProblemError(Kind.QUERY)


def _refuse_method(request: HttpRequest, *known: str) -> None:
    if request.method not in known:
        raise ProblemError(Kind.METHOD, headers={"Allow": ", ".join(known)})


def _body(request: HttpRequest) -> bytes:
    """The bytes of the body; it is not read before it is known to be small and to be JSON."""
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    if request.content_type != _JSON or charset != "utf-8" or "HTTP_CONTENT_ENCODING" in request.META:
        raise ProblemError(Kind.MEDIA)
    told = request.META.get("CONTENT_LENGTH") or ""
    if not (told.isascii() and told.isdecimal()) or "HTTP_TRANSFER_ENCODING" in request.META:
        raise ProblemError(Kind.LENGTH)
    length = int(told) if len(told) <= len(str(LARGEST_BODY)) else LARGEST_BODY + 1
    if length > LARGEST_BODY:
        raise ProblemError(Kind.TOO_LARGE)
    try:
        content = request.read(length)
    except UnreadablePostError:
        raise ProblemError(Kind.TOO_SLOW) from None
    if len(content) < length:
        raise ProblemError(Kind.CUT_OFF)
    return content
