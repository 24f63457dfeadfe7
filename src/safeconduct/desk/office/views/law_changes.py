"""Cases that a change of law reaches: so many at once as a page may take time for, and what a holder notes of them."""

from collections.abc import Callable
from time import monotonic
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import get_language

from safeconduct.desk.cases.actions.law_changed import LawChange, Start, law_changed, note_law_change
from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.cases.law_words import words_in
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.office.answering import gone_on, page, page_for_members
from safeconduct.desk.office.law_change_page import cases_of
from safeconduct.desk.project.clock import now
from safeconduct.desk.project.turns import BusyError, Line
from safeconduct.desk.refusals import Reason, RefusedError

SECONDS = 2.0
"""After so long nothing more is worked out for a page; what was begun is brought to its end."""

# Positions take a processor for as long as they are worked out: one page at a time in a process, so that whoever
# reads and answers meanwhile is not kept waiting by a whole organisation that looks at the same change of law.
turns = Line(at_once=1, waiting=2, patience_s=3)


@page_for_members("GET")
def law_changed_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Saved positions that the law in use answers otherwise: what fits into about two seconds, and where to go on."""
    start, is_busy = Start.from_text(request.GET.get("from", "")), False
    try:
        with turns.turn():
            change = law_changed(actor, start=start, may_go_on=_for_a_while())
    except BusyError:
        change, is_busy = law_changed(actor, start=start, may_go_on=lambda _done: False), True
    shown = {
        "change": change,
        "cases": cases_of(change, law_in_use(), words_in(get_language())),
        "is_busy": is_busy,
        "from": "" if start is None else start.as_text,
        "following": change.following,
        "beyond": _beyond(change),
    }
    return page(request, "law_changed", shown)


def _for_a_while() -> Callable[[int], bool]:
    """At least one, and then more for about two seconds."""
    until = monotonic() + SECONDS
    return lambda done: done == 0 or monotonic() < until


def _beyond(change: LawChange) -> int:
    """How many cases come after those of the page."""
    return change.number - change.before - len(change.cases)


@page_for_members("POST")
def law_noted(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """The holders know of what a page showed of a case."""
    told = request.POST
    note_law_change(actor, case=case, law=told.get("law", ""), positions=_positions(told), now=now())
    start, there = Start.from_text(told.get("from", "")), reverse("law-changed")
    return gone_on(request, there if start is None else f"{there}?from={start.as_text}", told="law-noted")


def _positions(told: QueryDict) -> frozenset[UUID]:
    try:
        return frozenset(UUID(position) for position in told.getlist("position"))
    except ValueError:
        raise RefusedError(Reason.NOT_HERE) from None
