"""Signing in with password and code, and leaving. Nothing changes for a session before the second step."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language

from safeconduct.desk.members.actions.begin_sign_in import begin_sign_in
from safeconduct.desk.members.actions.confirm_password import confirm_password
from safeconduct.desk.members.actions.finish_sign_in import finish_sign_in
from safeconduct.desk.members.actions.list_members import list_members
from safeconduct.desk.members.actor import Actor, mark_fresh
from safeconduct.desk.members.roles import CASE_ROLES
from safeconduct.desk.office.answering import (
    gone_on,
    page,
    page_for_all,
    page_for_members,
    refused_page,
    sent_with,
    session_of,
    tried,
)
from safeconduct.desk.office.entering import enter, known_browser
from safeconduct.desk.office.sentences import CROWDED, PROBLEMS
from safeconduct.desk.office.signing_forms import CodeForm, PasswordForm, SignInForm
from safeconduct.desk.project.clock import now
from safeconduct.desk.project.settings_shared import LANGUAGES
from safeconduct.desk.refusals import Reason
from safeconduct.values.secret import Secret

_YEAR_S = 365 * 24 * 60 * 60


@page_for_members("GET")
def home(_request: HttpRequest, actor: Actor) -> HttpResponse:
    """Where a member begins: with the recovery drill if it is open, else with their work."""
    told = next(member for member in list_members(actor) if member.id == actor.member)
    if not told.recovery_proven:
        return redirect("drill")
    return redirect("inbox" if CASE_ROLES & actor.roles else "members")


@page_for_all("GET", "POST")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The password; then the page of the code, with a token that only this answer holds."""
    form = SignInForm(request.POST or None)
    if request.method != "POST":
        return page(request, "sign_in", {"form": form})
    if not form.is_valid():
        return again(request, Reason.WRONG)
    login, password, browser = form.text("login"), form.secret("password"), known_browser(request)
    door = form.secret("door")
    token = tried(lambda: begin_sign_in(login=login, password=password, now=now(), browser=browser, door=door))
    return again(request, token) if isinstance(token, Reason) else code_page(request, token)


def again(request: HttpRequest, reason: Reason) -> HttpResponse:
    """The empty form: an answer that holds nothing of what was typed is the same for every name."""
    problem = CROWDED if reason is Reason.TOO_OFTEN else PROBLEMS[reason]
    return refused_page(request, "sign_in", {"form": SignInForm(), "problem": problem}, reason)


def code_page(request: HttpRequest, token: Secret[str], reason: Reason | None = None) -> HttpResponse:
    """The page of the second step. It is the same for a member with security keys and without."""
    form = CodeForm(initial={"token": token.reveal()})
    shown = {"form": form, "problem": "" if reason is None else PROBLEMS[reason], "here": reverse("sign-in")}
    return page(request, "code", shown, status=200 if reason is None else 403)


@page_for_all("POST")
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The code of the telephone: now the session begins."""
    form = CodeForm(request.POST)
    token = Secret(request.POST.get("token", ""))
    if not form.is_valid():
        return code_page(request, token, Reason.WRONG)
    code, browser = form.text("code"), known_browser(request)
    done = tried(lambda: finish_sign_in(token=token, code=code, now=now(), browser=browser))
    if done is Reason.TOO_OFTEN:
        return again(request, Reason.TOO_OFTEN)
    return code_page(request, token, done) if isinstance(done, Reason) else enter(request, done)


@page_for_all("POST")
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave: the session and its key are gone."""
    session_of(request).flush()
    answer = redirect("sign-in")
    answer["Clear-Site-Data"] = '"cache"'
    return answer


@page_for_all("POST")
def language(request: HttpRequest) -> HttpResponse:
    """The language of the pages, kept in a cookie of its own."""
    chosen = request.POST.get("language", "")
    answer = redirect(_inside(request, request.POST.get("back", "")))
    if chosen in dict(LANGUAGES) and check_for_language(chosen):
        answer.set_cookie("__Host-language", chosen, max_age=_YEAR_S, secure=True, httponly=True, samesite="Strict")
    return answer


def _inside(request: HttpRequest, back: str) -> str:
    """An address of this site; the first page, if it is none."""
    hosts = {request.get_host()}
    inside = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=hosts)
    return back if inside else "/"


@page_for_members("GET", "POST")
def password_again(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The password again, before something that cannot be undone."""
    back = _inside(request, request.POST.get("back", "") or request.GET.get("back", ""))
    asked, carried = _inside(request, request.POST.get("asked", "")), sent_with(request)
    form = PasswordForm(request.POST or None, initial={"back": back})
    problem: object = ""
    if request.method == "POST":
        told = form.secret("password") if form.is_valid() else Secret("")
        reason: Reason | None = tried(lambda: confirm_password(actor, password=told, now=now()))
        if reason is None:
            mark_fresh(session_of(request), now=now())
            if asked == "/":
                return gone_on(request, back)
            return page(request, "password_asked", {"asked": asked, "carried": carried, "back": back})
        form, problem = PasswordForm(initial={"back": back, "asked": request.POST.get("asked", "")}), PROBLEMS[reason]
    shown = {"form": form, "problem": problem, "carried": carried}
    return page(request, "password_again", shown, status=403 if problem else 200)
