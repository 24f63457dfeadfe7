"""What is written in a case: the thread that the contact reads, the notes that they do not, and files of both."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from safeconduct.desk.cases.actions.handle import mark_read, name_case, take_over
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.read_file import as_member
from safeconduct.desk.cases.actions.write_as_member import write_as_member, write_note
from safeconduct.desk.cases.form_token import issue
from safeconduct.desk.cases.searching import LONGEST_SEARCH, passages_with
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.office.answering import page_for_members
from safeconduct.desk.office.case_forms import LabelForm
from safeconduct.desk.office.case_page import address, case_page, done_or_shown
from safeconduct.desk.office.sentences import PROBLEMS
from safeconduct.desk.project.clock import now
from safeconduct.desk.project.downloads import download
from safeconduct.desk.project.uploads import is_cut_off
from safeconduct.desk.refusals import Reason


@page_for_members("GET", "POST")
def thread(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """What the contact wrote and was answered."""
    return _written(request, actor, case, tab="thread", write=write_as_member, told="sent")


@page_for_members("GET", "POST")
def notes(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """What only holders read."""
    return _written(request, actor, case, tab="notes", write=write_note, told="noted")


def _written(  # noqa: PLR0913 -- as a view, with what is written
    request: HttpRequest, actor: Actor, case: UUID, *, tab: str, write: Callable[..., None], told: str
) -> HttpResponse:
    text = request.POST.get("text", "")

    def shown(problem: object = "") -> HttpResponse:
        opened = open_case(actor, case=case)
        values = {"token": issue(now=now()), "text": text, "label_form": _label_form(opened.summary.label)}
        return case_page(request, actor, tab, opened, values, problem=problem)

    if request.method != "POST":
        return shown()
    if is_cut_off(request):
        return shown(PROBLEMS[Reason.TOO_LONG])
    sent = {"text": text, "token": request.POST.get("token", ""), "files": request.FILES.getlist("files")}
    return done_or_shown(
        request, lambda: write(actor, case=case, now=now(), **sent), shown=shown, told=told, to=address(tab, case)
    )


def _label_form(label: str) -> LabelForm:
    return LabelForm(initial={"label": label})


@page_for_members("GET", "POST")
def search(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Words sought in what was written in the case. They are sent by POST: they stand in no address, history or log."""
    opened, words = open_case(actor, case=case), request.POST.get("search", "")[:LONGEST_SEARCH]
    values = {"search": words, "passages": passages_with(opened, words)}
    return case_page(request, actor, "search", opened, values)


@page_for_members("GET")
def files(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """All files of the case: the contact's, those sent to them, and internal ones."""
    return case_page(request, actor, "files", open_case(actor, case=case))


@page_for_members("GET")
def file(request: HttpRequest, actor: Actor, case: UUID, file: UUID) -> HttpResponseBase:
    """A file of the case."""
    opened = as_member(actor, case=case, file=file)
    return download(request, opened.pieces, name=opened.told.name, length=opened.told.length, to=actor.member)


@page_for_members("POST")
def take(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Take a new case over."""
    return _small(request, actor, case, lambda: take_over(actor, case=case, now=now()), told="taken")


@page_for_members("POST")
def read(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Mark the thread as read."""
    return _small(request, actor, case, lambda: mark_read(actor, case=case, now=now()), told="read")


@page_for_members("POST")
def name(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Give the case a label."""
    label = request.POST.get("label", "")
    return _small(request, actor, case, lambda: name_case(actor, case=case, label=label, now=now()), told="named")


def _small(request: HttpRequest, actor: Actor, case: UUID, do: Callable[[], object], *, told: str) -> HttpResponse:
    def shown(problem: object) -> HttpResponse:
        opened = open_case(actor, case=case)
        values = {"token": issue(now=now()), "label_form": _label_form(request.POST.get("label", ""))}
        return case_page(request, actor, "thread", opened, values, problem=problem)

    return done_or_shown(request, do, shown=shown, told=told, to=address("thread", case))
