"""How every view of the members' site answers: with a page, by going on to another, or with the one for "not here".

Whatever an address does not offer, to this member and by this method, is answered by the same bytes: no such page, a
case of somebody else, a page of another role, a method that there is not.
"""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.debug import sensitive_post_parameters

from safeconduct.desk.members.actor import Actor, actor_of
from safeconduct.desk.members.session_store import SessionStore
from safeconduct.desk.office.sentences import PROBLEMS, TOLD
from safeconduct.desk.office.signing_forms import PasswordForm
from safeconduct.desk.project.clock import now
from safeconduct.desk.project.turns import BusyError, Line
from safeconduct.desk.refusals import Reason, RefusedError

Given = ParamSpec("Given")
Result = TypeVar("Result")
Answer = Callable[Concatenate[HttpRequest, Given], HttpResponseBase]
MembersView = Callable[Concatenate[HttpRequest, Actor, Given], HttpResponseBase]

_TOLD = "told"
_OF_THE_PAGE = frozenset({"csrfmiddlewaretoken", "password", "back", "asked"})
_AFTER_SECONDS = 5
# One at a time in a process, so that whoever reads and answers meanwhile is not kept waiting. Each thread that works
# something out also keeps memory for itself for as long as the process lives.
_working_out = Line(at_once=1, waiting=8, patience_s=25)
_ELSEWHERE = frozenset({Reason.NOT_SIGNED_IN, Reason.NOT_HERE, Reason.ROLE, Reason.FRESH_PASSWORD})
"""Reasons that lead to another page, whatever was asked for."""


def session_of(request: HttpRequest) -> SessionStore:
    """The session of a request, as this site keeps it."""
    session: Any = request.session
    return session  # type: ignore[no-any-return]  # Django types its own store only


def page_for_all(*methods: str) -> Callable[[Answer[Given]], Answer[Given]]:
    """A page for somebody who is not signed in.

    Args:
        methods: What it offers: GET, POST.
    """

    def decorate(view: Answer[Given]) -> Answer[Given]:
        @wraps(view)
        @sensitive_post_parameters()
        def answer(request: HttpRequest, /, *args: Given.args, **values: Given.kwargs) -> HttpResponseBase:
            return view(request, *args, **values) if _offers(request, methods) else not_here(request)

        return answer

    return decorate


def page_for_members(
    *methods: str, stands_on: str = "", works_out: bool = False
) -> Callable[[MembersView[Given]], Answer[Given]]:
    """A page for a member who is signed in; the view is given the actor.

    Args:
        methods: What it offers: GET, POST.
        stands_on: Name of the page that holds its form, with the same values in its address, where the view only takes
            what is sent and that page is not above it.
        works_out: Whether it works out what the law says of somebody, which takes a processor for a second or two.
    """

    def decorate(view: MembersView[Given]) -> Answer[Given]:
        @wraps(view)
        @sensitive_post_parameters()
        def answer(request: HttpRequest, /, *args: Given.args, **values: Given.kwargs) -> HttpResponseBase:
            try:
                actor = actor_of(session_of(request), now=now())
                if not _offers(request, methods):
                    return not_here(request)
                with _working_out.turn() if works_out else nullcontext():
                    return view(request, actor, *args, **values)
            except BusyError:
                return refused(request, Reason.BUSY)
            except RefusedError as error:
                return refused(request, error.reason)

        told: Any = answer
        told.offers, told.stands_on = methods, stands_on
        return answer

    return decorate


def _offers(request: HttpRequest, methods: tuple[str, ...]) -> bool:
    return request.method in methods or (request.method == "HEAD" and "GET" in methods)


def refused(request: HttpRequest, reason: Reason) -> HttpResponse:
    """The answer to an action that refused, where the page itself has no place for it."""
    if reason is Reason.NOT_SIGNED_IN:
        return redirect("sign-in")
    if reason is Reason.FRESH_PASSWORD:
        return _password_first(request)
    if reason in _ELSEWHERE:
        return not_here(request)
    return refused_page(request, "problem", {"problem": PROBLEMS[reason]}, reason, status=409)


def refused_page(
    request: HttpRequest, name: str, values: Mapping[str, object], reason: Reason, *, status: int = 403
) -> HttpResponse:
    """The page for somebody who was refused; who finds everybody busy may come again.

    Args:
        request: The request.
        name: Its template, as for `page`.
        values: What the template shows.
        reason: Why it was refused.
        status: Of the answer, for every other reason.
    """
    answer = page(request, name, values, status=503 if reason is Reason.BUSY else status)
    if reason is Reason.BUSY:
        answer["Retry-After"] = str(_AFTER_SECONDS)
    return answer


def _password_first(request: HttpRequest) -> HttpResponse:
    """The question for the password. What was sent to an address without a page goes along, so that it is not lost."""
    if offers_a_page(request.path):
        return redirect(f"{reverse('password-again')}?back={request.path}")
    form = PasswordForm(initial={"back": page_before(request.path), "asked": request.path})
    return page(request, "password_again", {"form": form, "carried": sent_with(request)}, status=403)


def sent_with(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """What a form sent, for the same form once more: names and values, without what belongs to the page it stood on."""
    return tuple(
        (name, value) for name in request.POST if name not in _OF_THE_PAGE for value in request.POST.getlist(name)
    )


def offers_a_page(path: str) -> bool:
    """Whether an address of this site shows a page to a member, and does not only take what is sent to it."""
    try:
        return "GET" in getattr(resolve(path).func, "offers", ())
    except Resolver404:
        return False


def page_before(path: str) -> str:
    """The page from which something was sent to an address: the one its view names, or the next one above it."""
    found = resolve(path)
    named = getattr(found.func, "stands_on", "")
    if named:
        return reverse(named, kwargs=found.kwargs)
    parts = path.strip("/").split("/")
    above = (f"/{'/'.join(parts[:length])}/" for length in range(len(parts), 0, -1))
    return next((one for one in above if offers_a_page(one)), "/")


def not_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- Django's form
    """The one page for everything that is not there, or not for this member. It holds nothing of the request."""
    return render(request, "office/not_here.html", status=404)


def page(
    request: HttpRequest, name: str, values: Mapping[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page.

    Args:
        request: The request.
        name: Its template, without folder and ending.
        values: What the template shows.
        status: Of the answer.
    """
    session = session_of(request)
    told = session.pop(_TOLD, "") if session.owner is not None else ""
    shown = {
        "told": TOLD.get(told, ""),
        "is_signed_in": session.owner is not None,
        "here": request.path,
        "section": name.partition("_")[0],
    }
    return render(request, f"office/{name}.html", shown | dict(values or {}), status=status)


def gone_on(request: HttpRequest, to: str, *, told: str = "") -> HttpResponseRedirect:
    """Go on to another page after something was done.

    Args:
        request: The request.
        to: The address.
        told: Which sentence of `TOLD` the next page begins with.
    """
    if told:
        session_of(request)[_TOLD] = told
    return HttpResponseRedirect(to)


def tried(do: Callable[[], Result], *, told_here: frozenset[Reason] = frozenset()) -> Result | Reason:
    """Do something, or say why it was refused.

    Args:
        do: The action.
        told_here: Reasons that the page has words for although they usually lead elsewhere.
    Returns:
        What the action returned, or the reason.
    Raises:
        RefusedError: For a reason that leads to another page.
    """
    try:
        return do()
    except RefusedError as error:
        if error.reason in _ELSEWHERE - told_here:
            raise
        return error.reason
