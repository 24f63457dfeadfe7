"""Signing in with a security key, and registering or removing one. Two of these pages have our one script."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from safeconduct.desk.members.actions.add_key import Answer, Asked, add_key, begin_key, security_keys
from safeconduct.desk.members.actions.remove_key import remove_key
from safeconduct.desk.members.actions.sign_in_with_key import ask_key, sign_in_with_key
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.members.webauthn_keys import MOST
from safeconduct.desk.office.answering import gone_on, not_here, page, page_for_all, page_for_members, tried
from safeconduct.desk.office.entering import enter
from safeconduct.desk.office.sentences import INCOMPLETE, PROBLEMS
from safeconduct.desk.office.signing_forms import CodeForm
from safeconduct.desk.office.views.signing_in import again, code_page
from safeconduct.desk.office.webauthn_forms import AnswerForm, KeyForm, KeyNameForm, NamedAnswerForm
from safeconduct.desk.project.clock import now
from safeconduct.desk.project.headers import speaks_with_keys
from safeconduct.desk.refusals import Reason
from safeconduct.values.secret import Secret

_ASKS_AGAIN = frozenset({Reason.FRESH_PASSWORD})


@page_for_all("POST")
def sign_in_key(request: HttpRequest) -> HttpResponse:
    """The page on which a key signs. It holds the form for the telephone, too."""
    token, host = Secret(request.POST.get("token", "")), request.get_host()
    options = tried(lambda: ask_key(token=token, host=host, now=now()))
    if isinstance(options, Reason):
        return again(request, options)
    shown = {"options": options, "form": CodeForm(initial={"token": token.reveal()}), "here": reverse("sign-in")}
    return speaks_with_keys(page(request, "sign_in_key", shown))


@page_for_all("POST")
def sign_in_key_done(request: HttpRequest) -> HttpResponse:
    """What the key signed: now the session begins."""
    form, token, host = AnswerForm(request.POST), Secret(request.POST.get("token", "")), request.get_host()
    if not form.is_valid():
        return code_page(request, token, Reason.WRONG)
    answer = str(form.cleaned_data["answer"])
    done = tried(lambda: sign_in_with_key(token=token, answer=answer, host=host, now=now()))
    if done is Reason.TOO_OFTEN:
        return again(request, Reason.TOO_OFTEN)
    return code_page(request, token, done) if isinstance(done, Reason) else enter(request, done)


@page_for_members("GET")
def keys(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One's own keys."""
    return _keys(request, actor, KeyNameForm())


def _keys(request: HttpRequest, actor: Actor, form: KeyNameForm, problem: object = "") -> HttpResponse:
    found = security_keys(actor)
    shown = {
        "keys": found,
        "has_room": len(found) < MOST,
        "is_fresh": actor.is_fresh,
        "form": form,
        "here": reverse("keys"),
        "problem": problem,
    }
    return page(request, "keys", shown, status=409 if problem else 200)


@page_for_members("POST")
def add(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The page on which a key makes a pair for this site."""
    form, host = KeyNameForm(request.POST), request.get_host()
    if not form.is_valid():
        return _keys(request, actor, form, INCOMPLETE)
    asked = tried(lambda: begin_key(actor, host=host, now=now()), told_here=_ASKS_AGAIN)
    if not isinstance(asked, Asked):
        return _refused(request, actor, asked)
    shown = {"asked": asked, "name": form.cleaned_data["name"], "here": reverse("keys")}
    return speaks_with_keys(page(request, "keys_add", shown))


@page_for_members("POST")
def added(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the key made."""
    form, host = NamedAnswerForm(request.POST), request.get_host()
    if not form.is_valid():
        return _keys(request, actor, KeyNameForm(), INCOMPLETE)
    token, text, name = (str(form.cleaned_data[one]) for one in ("token", "answer", "name"))
    answer = Answer(token=Secret(token), text=text, name=name, host=host)
    reason: Reason | None = tried(lambda: add_key(actor, answer, now=now()), told_here=_ASKS_AGAIN)
    if reason is not None:
        return _refused(request, actor, reason)
    return gone_on(request, reverse("keys"), told="key-added")


@page_for_members("POST")
def remove(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take a key away."""
    form = KeyForm(request.POST)
    if not form.is_valid():
        return not_here(request)
    key = form.cleaned_data["key"]
    reason: Reason | None = tried(lambda: remove_key(actor, key=key, now=now()), told_here=_ASKS_AGAIN)
    if reason is not None:
        return _refused(request, actor, reason)
    return gone_on(request, reverse("keys"), told="key-removed")


def _refused(request: HttpRequest, actor: Actor, reason: Reason) -> HttpResponse:
    if reason is Reason.FRESH_PASSWORD:
        return redirect(f"{reverse('password-again')}?back={reverse('keys')}")
    return _keys(request, actor, KeyNameForm(), PROBLEMS[reason])
