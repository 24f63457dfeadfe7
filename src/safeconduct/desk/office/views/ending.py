"""How a case ends: closed, opened again, or gone for good. Each end is asked about first."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from safeconduct.desk.cases.actions.close import Outcome, close, reopen, shred
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.decisions import Work, may_do
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.office.answering import page_for_members
from safeconduct.desk.office.case_forms import CloseForm
from safeconduct.desk.office.case_page import address, case_page, done_or_shown
from safeconduct.desk.office.sentences import INCOMPLETE
from safeconduct.desk.project.clock import now
from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.refusals import enforce


@page_for_members("GET", "POST")
def close_case(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Close the case, after a question."""
    enforce(may_do(Work.CLOSE, actor.roles))
    form = CloseForm(request.POST or None)

    def shown(problem: object = "") -> HttpResponse:
        opened = open_case(actor, case=case)
        return case_page(request, actor, "close", opened, {"form": form}, problem=problem)

    if request.method != "POST":
        return shown()
    if not form.is_valid():
        return shown(INCOMPLETE)
    return done_or_shown(
        request,
        lambda: close(actor, case=case, outcome=Outcome(form.cleaned_data["outcome"]), now=now()),
        shown=shown,
        told="closed",
        to=address("thread", case),
    )


@page_for_members("POST")
def reopen_case(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Open the case again."""

    def shown(problem: object) -> HttpResponse:
        opened = open_case(actor, case=case)
        return case_page(request, actor, "close", opened, {"form": CloseForm()}, problem=problem)

    return done_or_shown(
        request, lambda: reopen(actor, case=case, now=now()), shown=shown, told="reopened", to=address("thread", case)
    )


@page_for_members("GET", "POST")
def shred_case(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Let the case go for good, after a question and the password."""
    enforce(may_do(Work.SHRED, actor.roles))

    def shown(problem: object = "") -> HttpResponse:
        opened = open_case(actor, case=case)
        return case_page(
            request,
            actor,
            "shred",
            opened,
            {"is_fresh": actor.is_fresh, "keyring_days": in_use().keyring_days},
            problem=problem,
        )

    if request.method != "POST":
        return shown()
    return done_or_shown(
        request, lambda: shred(actor, case=case, now=now()), shown=shown, told="shredded", to=reverse("cases")
    )


@page_for_members("GET")
def trail(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Who did what in the case."""
    opened = open_case(actor, case=case)
    people = {person.id: person.pseudonym for person in opened.people}
    return case_page(request, actor, "trail", opened, {"people": people, "lines": opened.trail[::-1]})
