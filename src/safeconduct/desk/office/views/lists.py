"""What a member begins with: what came in, what they hold, and what is due."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from safeconduct.desk.cases.actions.channels import list_channels
from safeconduct.desk.cases.actions.count_outcomes import count_outcomes
from safeconduct.desk.cases.actions.list_cases import in_order
from safeconduct.desk.cases.reminders import agenda
from safeconduct.desk.cases.searching import LONGEST_SEARCH
from safeconduct.desk.cases.summaries import Line, summaries, waiting
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.office.answering import page, page_for_members
from safeconduct.desk.project.clock import today

_DUE_WITHIN = timedelta(days=14)
_AT_ONCE, _DUES_AT_ONCE = 200, 20


@page_for_members("GET")
def inbox_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """New contacts that nobody has taken over, so many a page that a flood of them keeps nobody from reading."""
    found = in_order(actor)
    shown = _paged(waiting(found), told=request.GET.get("page", "")) | {"channels": _channels(actor)}
    return page(request, "inbox", shown | _today(found))


@page_for_members("GET", "POST")
def cases_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The cases of a member, so many a page. A search is sent by POST, its next pages too: it stands in no address."""
    search = request.POST.get("search", "")[:LONGEST_SEARCH]
    found = in_order(actor, search=search)
    told = request.POST.get("page", "") if request.method == "POST" else request.GET.get("page", "")
    shown = _paged(found, told=told) | {"search": search, "channels": _channels(actor)}
    return page(request, "cases", shown | _today(found))


def _paged(cases: Sequence[Line], *, told: str) -> dict[str, object]:
    """One page of a list; the first, if what was asked for is none of its numbers."""
    pages = range(1, max(1, -(-len(cases) // _AT_ONCE)) + 1)
    number = int(told) if told in map(str, pages) else 1
    shown = cases[(number - 1) * _AT_ONCE : number * _AT_ONCE]
    return {"cases": summaries(shown), "pages": pages, "number": number}


def _today(found: Sequence[Line]) -> dict[str, object]:
    """What a member is told first: days that are due soon, and cases that a change of law reaches."""
    on = today()
    reached = sum(told.law_changed for told in found)
    dues = agenda(found, until=on + _DUE_WITHIN)[:_DUES_AT_ONCE]
    in_all = sum(len(told.dues) for told in found)
    return {"dues": dues, "due_in_all": in_all, "today": on, "reached": reached}


@page_for_members("GET")
def days_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everything that is due in the cases of a member, the earliest day first."""
    return page(request, "days", {"dues": agenda(in_order(actor)), "today": today()})


@page_for_members("GET")
def counts_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """How many cases ended how, by month and way in; small counts are withheld."""
    return page(request, "counts", {"counts": count_outcomes(actor), "channels": _channels(actor)})


def _channels(actor: Actor) -> dict[UUID, str]:
    return {channel.id: channel.name for channel in list_channels(actor)}
