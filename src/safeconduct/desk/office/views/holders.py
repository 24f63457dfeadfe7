"""Who holds a case: give it to a colleague, refer it with consent, take it from somebody."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from safeconduct.desk.cases.actions.assign import assign, refer
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.withdraw import withdraw
from safeconduct.desk.cases.decisions import Work, may_change
from safeconduct.desk.cases.values import Consent
from safeconduct.desk.members.actions.list_members import MemberTold, list_members
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.members.roles import CASE_ROLES, State
from safeconduct.desk.office.answering import page_for_members
from safeconduct.desk.office.case_forms import AssignForm, Choices, MemberForm, ReferForm
from safeconduct.desk.office.case_page import address, case_page, done_or_shown
from safeconduct.desk.office.sentences import INCOMPLETE
from safeconduct.desk.project.clock import now
from safeconduct.desk.refusals import Reason, RefusedError, enforce

_OF_THE_OTHER = frozenset({Reason.ROLE})


@page_for_members("GET")
def holders(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Who holds the case, and to whom it can be given."""
    return _shown(request, actor, case)()


def _shown(request: HttpRequest, actor: Actor, case: UUID) -> Callable[..., HttpResponse]:
    def shown(problem: object = "") -> HttpResponse:
        opened = open_case(actor, case=case)
        others = [member for member in _able(actor) if member.id not in opened.holders]
        choices: Choices = [(member.id, member.name) for member in others]
        refused = any(person.consent is Consent.REFUSED for person in opened.people)
        assign_form = AssignForm(choices) if refused else MemberForm(choices)
        values = {
            "assign_form": assign_form,
            "refer_form": ReferForm(choices),
            "others": others,
            "refused": refused,
        }
        return case_page(request, actor, "holders", opened, values, problem=problem)

    return shown


def _able(actor: Actor) -> list[MemberTold]:
    """Members who can hold a case."""
    told = list_members(actor)
    return [one for one in told if one.has_key and one.state is State.ACTIVE and CASE_ROLES & one.roles]


@page_for_members("POST")
def assign_member(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Give the case to a colleague, too."""
    form = AssignForm([(one.id, one.name) for one in list_members(actor)], request.POST)
    shown = _shown(request, actor, case)
    if not form.is_valid():
        return shown(INCOMPLETE)
    given = form.cleaned_data
    return done_or_shown(
        request,
        lambda: assign(actor, case=case, member=given["member"], reason=given["reason"], now=now()),
        shown=shown,
        told="assigned",
        to=address("holders", case),
        told_here=_OF_THE_OTHER,
    )


@page_for_members("POST")
def refer_member(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Refer the case to another member, with the consent of everybody in it."""
    form = ReferForm([(one.id, one.name) for one in list_members(actor)], request.POST)
    shown = _shown(request, actor, case)
    if not form.is_valid():
        return shown(INCOMPLETE)
    told = form.cleaned_data
    return done_or_shown(
        request,
        lambda: refer(actor, case=case, member=told["member"], reason=told["reason"], now=now()),
        shown=shown,
        told="referred",
        to=address("holders", case),
        told_here=_OF_THE_OTHER,
    )


@page_for_members("GET", "POST")
def withdraw_member(request: HttpRequest, actor: Actor, case: UUID, member: UUID) -> HttpResponse:
    """Take the case from a member, after a question."""
    opened = open_case(actor, case=case)
    if member not in opened.holders:
        raise RefusedError(Reason.NOT_HERE)
    enforce(may_change(Work.WITHDRAW.value, actor.roles, is_about_self=member == actor.member))

    def shown(problem: object = "") -> HttpResponse:
        values = {"member": member, "is_self": member == actor.member}
        return case_page(request, actor, "withdraw", opened, values, problem=problem)

    if request.method != "POST":
        return shown()
    # Whoever withdraws themselves has no page of the case to go on to.
    to = address("holders", case) if member != actor.member else reverse("cases")
    return done_or_shown(
        request,
        lambda: withdraw(actor, case=case, member=member, now=now()),
        shown=shown,
        told="withdrawn",
        to=to,
    )
