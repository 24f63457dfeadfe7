"""The pages of one case: what all of them show, whichever tab is open."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from safeconduct.desk.cases.decisions import Work, may_do
from safeconduct.desk.cases.values import OpenCase, PersonTold
from safeconduct.desk.members.actions.list_members import list_members
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.members.roles import Role
from safeconduct.desk.office.answering import gone_on, page, tried
from safeconduct.desk.office.sentences import PROBLEMS
from safeconduct.desk.refusals import Allow, Reason, RefusedError

Shown = Callable[[object], HttpResponse]


def names_of(actor: Actor) -> dict[UUID, str]:
    """What colleagues are called."""
    return {member.id: member.name for member in list_members(actor)}


def case_page(  # noqa: PLR0913 -- what a tab is made from, each by its name
    request: HttpRequest,
    actor: Actor,
    tab: str,
    opened: OpenCase,
    values: Mapping[str, object] | None = None,
    *,
    problem: object = "",
) -> HttpResponse:
    """A tab of a case.

    Args:
        request: The request.
        actor: Who looks at it.
        tab: Its template is `case_` and this.
        opened: The case.
        values: What the tab shows beside it.
        problem: Why what was tried was not done; the status says so, too.
    """
    shown = {
        "case": opened,
        "id": opened.summary.case,
        "tab": tab,
        "names": names_of(actor),
        "is_lawyer": Role.LAWYER in actor.roles,
        "me": actor.member,
        "may": {work.name.lower(): isinstance(may_do(work, actor.roles), Allow) for work in Work},
        "problem": problem,
    }
    return page(request, f"case_{tab}", shown | dict(values or {}), status=409 if problem else 200)


def person_in(opened: OpenCase, person: UUID) -> PersonTold:
    """A person of a case.

    Raises:
        RefusedError: NOT_HERE.
    """
    found = next((one for one in opened.people if one.id == person), None)
    if found is None:
        raise RefusedError(Reason.NOT_HERE)
    return found


def done_or_shown(  # noqa: PLR0913 -- both ways on, each by its name
    request: HttpRequest,
    do: Callable[[], object],
    *,
    shown: Shown,
    told: str,
    to: str,
    told_here: frozenset[Reason] = frozenset(),
) -> HttpResponse:
    """Do something and go on; or show the page again, with why it was not done.

    Args:
        request: The request.
        do: The action.
        shown: The page, given the problem.
        told: Which sentence of `TOLD` the next page begins with.
        to: Where to go on.
        told_here: As for `tried`.
    """
    done = tried(do, told_here=told_here)
    return shown(PROBLEMS[done]) if isinstance(done, Reason) else gone_on(request, to, told=told)


def address(name: str, case: UUID, **more: object) -> str:
    """The address of a page of a case."""
    return reverse(name, kwargs={"case": case, **more})
