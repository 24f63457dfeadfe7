"""Custodians: who they are, who trusts them, and who asks them for a lost key."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from safeconduct.desk.members.actions.custody import help_recover, requests
from safeconduct.desk.members.actions.list_members import list_members
from safeconduct.desk.members.actions.name_custodians import custodians, name_custodians, trust_custodians
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.members.permissions import must_be
from safeconduct.desk.members.roles import Role, State
from safeconduct.desk.office.answering import gone_on, page, page_for_members, tried
from safeconduct.desk.office.case_forms import CustodiansForm
from safeconduct.desk.office.case_page import names_of
from safeconduct.desk.office.sentences import INCOMPLETE, PROBLEMS
from safeconduct.desk.project.clock import now
from safeconduct.desk.refusals import enforce


@page_for_members("GET")
def custody(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who the custodians are; requests for custodians, a form for administrators."""
    return _shown(request, actor)


def _shown(request: HttpRequest, actor: Actor, problem: object = "") -> HttpResponse:
    is_custodian = Role.CUSTODIAN in actor.roles
    able = [
        one for one in list_members(actor) if Role.CUSTODIAN in one.roles and one.has_key and one.state is State.ACTIVE
    ]
    shown = {
        "custodians": custodians(actor),
        "requests": requests(actor) if is_custodian else (),
        "is_custodian": is_custodian,
        "is_administrator": Role.ADMINISTRATOR in actor.roles,
        "is_fresh": actor.is_fresh,
        "names": names_of(actor),
        "form": CustodiansForm([(one.id, one.name) for one in able]),
        "problem": problem,
    }
    return page(request, "custody", shown, status=409 if problem else 200)


@page_for_members("POST")
def name(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Name three custodians."""
    enforce(must_be(Role.ADMINISTRATOR, actor=actor))
    form = CustodiansForm([(one.id, one.name) for one in list_members(actor)], request.POST)
    if not form.is_valid():
        return _shown(request, actor, INCOMPLETE)
    told = form.cleaned_data
    chosen = (told["one"], told["two"], told["three"])
    reason = tried(lambda: name_custodians(actor, members=chosen, now=now()))
    return _done(request, actor, reason and PROBLEMS[reason], told="custodians")


@page_for_members("POST")
def trust(request: HttpRequest, actor: Actor, custodians: UUID) -> HttpResponse:
    """Seal one's own key to the custodians that were shown."""
    reason = tried(lambda: trust_custodians(actor, custodian_set=custodians, now=now()))
    return _done(request, actor, reason and PROBLEMS[reason], told="trusted")


@page_for_members("POST")
def help_with(request: HttpRequest, actor: Actor, request_id: UUID) -> HttpResponse:
    """Open one's part of a member's key, after the fingerprint was compared."""
    step = help_recover(actor, request=request_id, now=now())
    return gone_on(request, reverse("custody"), told=f"helped-{step.value}")


def _done(request: HttpRequest, actor: Actor, problem: object, *, told: str) -> HttpResponse:
    return _shown(request, actor, problem) if problem else gone_on(request, reverse("custody"), told=told)
