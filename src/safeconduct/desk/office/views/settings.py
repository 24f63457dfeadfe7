"""A member's own password, printed code and lock."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from safeconduct.desk.members.actions.change_password import change_password
from safeconduct.desk.members.actions.print_code import door_code, print_code, prove_code
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.office.answering import gone_on, page, page_for_members, tried
from safeconduct.desk.office.sentences import INCOMPLETE, MISTYPED, PROBLEMS
from safeconduct.desk.office.signing_forms import ChangeForm, DrillForm
from safeconduct.desk.project.clock import now
from safeconduct.vault.errors import CodeError


@page_for_members("GET", "POST")
def settings(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One's own settings, and the form for another password."""
    form = ChangeForm(request.POST or None)
    shown = {"form": form, "me": actor.member, "is_fresh": actor.is_fresh, "door": door_code(actor)}
    if request.method != "POST":
        return page(request, "settings", shown)
    problem: object = INCOMPLETE
    if form.is_valid():
        old, new = form.secret("old"), form.secret("new")
        reason = tried(lambda: change_password(actor, old=old, new=new, now=now()))
        if reason is None:
            return gone_on(request, reverse("settings"), told="password")
        problem = PROBLEMS[reason]
    return page(request, "settings", shown | {"form": ChangeForm(), "problem": problem}, status=409)


@page_for_members("GET", "POST")
def drill(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The recovery drill: type the printed code while it is not needed."""
    form = DrillForm(request.POST or None)
    if request.method != "POST":
        return page(request, "drill", {"form": form})
    problem: object = INCOMPLETE
    if form.is_valid():
        try:
            reason = tried(lambda: prove_code(actor, typed=form.secret("printed")))
        except CodeError:
            problem = MISTYPED
        else:
            if reason is None:
                return gone_on(request, reverse("home"), told="proven")
            problem = PROBLEMS[reason]
    return page(request, "drill", {"form": DrillForm(), "problem": problem}, status=409)


@page_for_members("POST")
def new_code(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A new printed code, shown once; the one before opens nothing any more."""
    printed = print_code(actor, now=now())
    return page(request, "printed", {"printed": printed, "door": door_code(actor), "form": DrillForm()})
