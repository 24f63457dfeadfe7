"""Days on which something is due in a case: set by hand or from a term of law, done, and taken up again."""

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from safeconduct.desk.cases.actions.dues import finish_due, set_due, undo_done
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.position import position
from safeconduct.desk.cases.law_words import position_in
from safeconduct.desk.cases.texts import LONGEST_LINE
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.office.answering import page, page_for_members
from safeconduct.desk.office.case_forms import DayForm, DueForm
from safeconduct.desk.office.case_page import address, case_page, done_or_shown, person_in
from safeconduct.desk.office.sentences import CONTRADICTS, INCOMPLETE
from safeconduct.desk.project.clock import now, today
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.rules.finding import Finding
from safeconduct.values.errors import SituationError

Shown = Callable[[object], HttpResponse]


class RemindForm(DayForm):
    """A term of law as a position showed it: its provision, and the day that was asked."""

    finding = forms.CharField(max_length=100)


def _days(request: HttpRequest, actor: Actor, case: UUID, form: DueForm) -> Shown:
    def shown(problem: object) -> HttpResponse:
        values = {"form": form, "today": today()}
        return case_page(request, actor, "dues", open_case(actor, case=case), values, problem=problem)

    return shown


@page_for_members("GET", "POST")
def dues(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Days on which something is due in the case."""
    form = DueForm(request.POST or None)
    shown = _days(request, actor, case, form)
    if request.method != "POST":
        return shown("")
    if not form.is_valid():
        return shown(INCOMPLETE)
    told = form.cleaned_data
    return done_or_shown(
        request,
        lambda: set_due(actor, case=case, on=told["on"], text=told["text"], now=now()),
        shown=shown,
        told="due",
        to=address("dues", case),
    )


@page_for_members("POST")
def due_done(request: HttpRequest, actor: Actor, case: UUID, due: UUID) -> HttpResponse:
    """Something was done."""
    return done_or_shown(
        request,
        lambda: finish_due(actor, case=case, due=due, now=now()),
        shown=_days(request, actor, case, DueForm()),
        told="done",
        to=address("dues", case),
    )


@page_for_members("POST")
def due_again(request: HttpRequest, actor: Actor, case: UUID, due: UUID) -> HttpResponse:
    """Something was not done after all."""
    return done_or_shown(
        request,
        lambda: undo_done(actor, case=case, due=due, now=now()),
        shown=_days(request, actor, case, DueForm()),
        told="undone",
        to=address("dues", case),
    )


@page_for_members("POST", works_out=True)
def remind(request: HttpRequest, actor: Actor, case: UUID, person: UUID) -> HttpResponse:
    """Keep the day up to which somebody has to act, as the position of a day says it.

    The position is computed again: what the browser sends names a provision, and never the day that is kept.
    """
    told, form = person_in(open_case(actor, case=case), person), RemindForm(request.POST)
    if not form.is_valid():
        raise RefusedError(Reason.NOT_HERE)
    asked, wanted = form.cleaned_data["on"], form.cleaned_data["finding"]
    try:
        found = position(actor, case=case, person=person, on=asked)
    except SituationError:
        return page(request, "problem", {"problem": CONTRADICTS}, status=409)
    finding, act_by = _term(position_in(found, get_language()).findings, wanted)
    text = _text(told.pseudonym, finding, act_by)
    return done_or_shown(
        request,
        lambda: set_due(actor, case=case, on=act_by, text=text, now=now()),
        shown=_days(request, actor, case, DueForm()),
        told="due",
        to=address("dues", case),
    )


def _term(findings: Iterable[Finding], wanted: str) -> tuple[Finding, date]:
    """The finding of an id, and its last day to act."""
    for finding in findings:
        deadline = finding.deadline
        if finding.id == wanted and deadline is not None and deadline.act_by is not None:
            return finding, deadline.act_by
    raise RefusedError(Reason.NOT_HERE)


def _text(pseudonym: str, finding: Finding, act_by: date) -> str:
    """What the reminder says; of a long pseudonym or title only the beginning, so that the day is always there."""
    form = _("%(person)s: %(title)s. Act by %(day)s (%(provision)s)")
    named = {"day": act_by.isoformat(), "provision": finding.id}
    room = LONGEST_LINE - len(form % {"person": "", "title": "", **named})
    person = _cut(pseudonym, room // 3)
    return form % {"person": person, "title": _cut(finding.title, room - len(person)), **named}


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
