"""Who is in the organisation, and the ways in. An administrator invites, locks and resets, and opens no case."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from safeconduct.desk.cases.actions.channels import list_channels, make_channel, set_channel_members, set_channel_open
from safeconduct.desk.cases.actions.withdraw_everywhere import holdings_of, renewals_due, withdraw_everywhere
from safeconduct.desk.members.actions.invite_member import invite_member, reset_member
from safeconduct.desk.members.actions.links import open_links, take_link_back
from safeconduct.desk.members.actions.list_members import MemberTold, list_members, read_system_trail
from safeconduct.desk.members.actions.lock_member import cases_lost_with, lock_member
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.members.permissions import must_be
from safeconduct.desk.members.roles import CASE_ROLES, Role, State
from safeconduct.desk.office.answering import gone_on, page, page_for_members, session_of, tried
from safeconduct.desk.office.case_forms import ChannelForm, ChannelMembersForm, InviteForm
from safeconduct.desk.office.case_page import names_of
from safeconduct.desk.office.sentences import INCOMPLETE, PROBLEMS
from safeconduct.desk.project.clock import now
from safeconduct.desk.refusals import Reason, RefusedError, enforce
from safeconduct.values.secret import Secret

_OF_THE_OTHER = frozenset({Reason.ROLE})
_MOST_DIGITS = 9


@page_for_members("GET")
def members(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everybody in the organisation; forms for administrators."""
    return _members(request, actor, InviteForm())


def _members(request: HttpRequest, actor: Actor, form: InviteForm, problem: object = "") -> HttpResponse:
    is_administrator = Role.ADMINISTRATOR in actor.roles
    shown = {
        "members": list_members(actor),
        "is_administrator": is_administrator,
        "links": open_links(actor, now=now()) if is_administrator else (),
        "me": actor.member,
        "renewals": renewals_due(actor),
        "form": form,
        "problem": problem,
    }
    return page(request, "members", shown, status=409 if problem else 200)


@page_for_members("POST")
def invite(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A one-time link for a new member, shown once."""
    enforce(must_be(Role.ADMINISTRATOR, actor=actor))
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _members(request, actor, form, INCOMPLETE)
    name, roles = form.cleaned_data["name"], frozenset(Role(role) for role in form.cleaned_data["roles"])
    link = tried(lambda: invite_member(actor, name=name, roles=roles, now=now()))
    return _members(request, actor, form, PROBLEMS[link]) if isinstance(link, Reason) else _link(request, link)


def _link(request: HttpRequest, link: Secret[str]) -> HttpResponse:
    whole = Secret(request.build_absolute_uri(reverse("join", kwargs={"link": link.reveal()})))
    return page(request, "link", {"link": whole})


@page_for_members("POST")
def take_back_link(request: HttpRequest, actor: Actor, link_id: UUID) -> HttpResponse:
    """Let a link that nobody has used yet open nothing any more."""
    take_link_back(actor, link=link_id, now=now())
    return gone_on(request, reverse("members"), told="link-taken-back")


def _other(actor: Actor, member: UUID) -> MemberTold:
    found = next((one for one in list_members(actor) if one.id == member), None)
    if found is None:
        raise RefusedError(Reason.NOT_HERE)
    return found


@page_for_members("GET", "POST")
def lock(request: HttpRequest, actor: Actor, member: UUID) -> HttpResponse:
    """Lock a member at once, after a question: a lost device, a seizure, a departure."""
    if member != actor.member:
        enforce(must_be(Role.ADMINISTRATOR, actor=actor))
    other = _other(actor, member)

    def shown(problem: object = "") -> HttpResponse:
        alone = cases_lost_with(actor, member=member)
        values = {"member": other, "is_self": member == actor.member, "alone": alone, "problem": problem}
        return page(request, "lock", values, status=409 if problem else 200)

    if request.method != "POST":
        return shown()
    done = tried(lambda: lock_member(actor, member=member, now=now(), losing=_losing(request)))
    if isinstance(done, Reason):
        return shown(PROBLEMS[done])
    if member == actor.member:
        session_of(request).flush()
        return redirect("sign-in")
    return gone_on(request, reverse("members"), told="locked")


@page_for_members("GET", "POST")
def withdraw_from_cases(request: HttpRequest, actor: Actor, member: UUID) -> HttpResponse:
    """Take every case from a member that somebody else holds too, after a question."""
    enforce(must_be(Role.ADMINISTRATOR, actor=actor))
    other = _other(actor, member)
    if request.method != "POST":
        return page(request, "withdraw_everywhere", {"member": other, "holdings": holdings_of(actor, member=member)})
    done = withdraw_everywhere(actor, member=member, now=now())
    return gone_on(request, reverse("members"), told="taken-some" if done.alone else "taken-all")


@page_for_members("GET", "POST")
def reset(request: HttpRequest, actor: Actor, member: UUID) -> HttpResponse:
    """A new link for a member whose key is given up, after a question."""
    enforce(must_be(Role.ADMINISTRATOR, actor=actor))
    other = _other(actor, member)

    def shown(problem: object = "") -> HttpResponse:
        alone = cases_lost_with(actor, member=member)
        values = {"member": other, "is_fresh": actor.is_fresh, "alone": alone, "problem": problem}
        return page(request, "reset", values, status=409 if problem else 200)

    if request.method != "POST":
        return shown()
    link = tried(lambda: reset_member(actor, member=member, now=now(), losing=_losing(request)))
    return shown(PROBLEMS[link]) if isinstance(link, Reason) else _link(request, link)


def _losing(request: HttpRequest) -> int:
    """How many cases the box was ticked for; none, if it was not."""
    told = request.POST.get("losing", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) <= _MOST_DIGITS else 0


@page_for_members("GET")
def system_trail(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What happened to the system, for every member to see."""
    return page(request, "trail", {"lines": read_system_trail(actor), "names": names_of(actor)})


# --- ways in ---------------------------------------------------------------------------------------------------


@page_for_members("GET", "POST")
def channels(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The ways in for contacts, and a form for one more."""
    enforce(must_be(Role.ADMINISTRATOR, actor=actor))
    form = ChannelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = make_channel(actor, name=told["name"], retention_days=told["days"], now=now())
        return gone_on(request, reverse("channel", kwargs={"channel": made}), told="channel")
    is_faulty = request.method == "POST"
    listed, names = list_channels(actor), names_of(actor)
    shown = {"channels": listed, "names": names, "form": form, "problem": INCOMPLETE if is_faulty else ""}
    return page(request, "channels", shown, status=409 if is_faulty else 200)


@page_for_members("GET", "POST")
def channel(request: HttpRequest, actor: Actor, channel: UUID) -> HttpResponse:
    """Who gets the new cases of a way in."""
    enforce(must_be(Role.ADMINISTRATOR, actor=actor))
    told = next((one for one in list_channels(actor) if one.id == channel), None)
    if told is None:
        raise RefusedError(Reason.NOT_HERE)
    able = [one for one in list_members(actor) if one.has_key and one.state is State.ACTIVE and CASE_ROLES & one.roles]
    chosen = {"members": [str(one) for one in told.members]}
    form = ChannelMembersForm([(one.id, one.name) for one in able], request.POST or None, initial=chosen)

    def shown(problem: object = "") -> HttpResponse:
        values = {"channel": told, "id": channel, "form": form, "problem": problem}
        return page(request, "channel", values, status=409 if problem else 200)

    if request.method != "POST":
        return shown()
    if not form.is_valid():
        return shown(INCOMPLETE)
    readers = form.cleaned_data["members"]
    reason = tried(
        lambda: set_channel_members(actor, channel=channel, members=readers, now=now()), told_here=_OF_THE_OTHER
    )
    return gone_on(request, reverse("channels"), told="channel") if reason is None else shown(PROBLEMS[reason])


@page_for_members("POST")
def channel_open(request: HttpRequest, actor: Actor, channel: UUID) -> HttpResponse:
    """Let a way in take new cases, or none for now."""
    set_channel_open(actor, channel=channel, is_open=request.POST.get("open") == "yes")
    return gone_on(request, reverse("channels"), told="channel")
