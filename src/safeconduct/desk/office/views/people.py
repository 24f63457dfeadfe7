"""The people of a case: pseudonyms, consent, and what is told of each."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.people import add_person, remove_person, set_consent
from safeconduct.desk.cases.decisions import MOST_PEOPLE
from safeconduct.desk.cases.values import Consent
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.office.answering import page_for_members
from safeconduct.desk.office.case_forms import ConsentForm, PersonForm
from safeconduct.desk.office.case_page import address, case_page, done_or_shown, person_in
from safeconduct.desk.office.sentences import INCOMPLETE
from safeconduct.desk.project.clock import now


@page_for_members("GET", "POST")
def people(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Everybody in the case, and a form for one more."""
    form = PersonForm(request.POST or None)
    shown = _shown(request, actor, case, form)
    if request.method != "POST":
        return shown()
    if not form.is_valid():
        return shown(INCOMPLETE)
    told = form.cleaned_data
    return done_or_shown(
        request,
        lambda: add_person(actor, case=case, pseudonym=told["pseudonym"], consent=Consent(told["consent"]), now=now()),
        shown=shown,
        told="person",
        to=address("people", case),
    )


def _shown(request: HttpRequest, actor: Actor, case: UUID, form: PersonForm) -> Callable[..., HttpResponse]:
    def shown(problem: object = "") -> HttpResponse:
        values = {"form": form, "most": MOST_PEOPLE, "consents": list(Consent)}
        return case_page(request, actor, "people", open_case(actor, case=case), values, problem=problem)

    return shown


@page_for_members("POST")
def consent(request: HttpRequest, actor: Actor, case: UUID, person: UUID) -> HttpResponse:
    """Whether something about a person may leave the case."""
    form, shown = ConsentForm(request.POST), _shown(request, actor, case, PersonForm())
    if not form.is_valid():
        return shown(INCOMPLETE)
    return done_or_shown(
        request,
        lambda: set_consent(actor, case=case, person=person, consent=Consent(form.cleaned_data["consent"]), now=now()),
        shown=shown,
        told="consent",
        to=address("people", case),
    )


@page_for_members("GET", "POST")
def remove(request: HttpRequest, actor: Actor, case: UUID, person: UUID) -> HttpResponse:
    """Take a person out, with everything that was told of them, after a question."""

    def shown(problem: object = "") -> HttpResponse:
        opened = open_case(actor, case=case)
        return case_page(request, actor, "remove", opened, {"person": person_in(opened, person)}, problem=problem)

    if request.method != "POST":
        return shown()
    return done_or_shown(
        request,
        lambda: remove_person(actor, case=case, person=person, now=now()),
        shown=shown,
        told="removed",
        to=address("people", case),
    )
