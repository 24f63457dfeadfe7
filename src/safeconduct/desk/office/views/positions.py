"""Where a person of a case stands in law: computed in the request, saved with a receipt, looked at by a lawyer."""

from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from safeconduct import __version__
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.position import judge, position, save_position
from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.cases.law_words import position_in, translated
from safeconduct.desk.cases.tellings import situation_of
from safeconduct.desk.cases.timeline_picture import picture_of
from safeconduct.desk.cases.values import LawyersView, OpenCase, Opinion, SavedPosition
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.office.answering import page_for_members
from safeconduct.desk.office.case_forms import DayForm, DaysForm, JudgeForm
from safeconduct.desk.office.case_page import address, case_page, done_or_shown, person_in
from safeconduct.desk.office.law_on_page import law_on_page
from safeconduct.desk.office.position_page import sections_of
from safeconduct.desk.office.sentences import CONTRADICTS, INCOMPLETE
from safeconduct.desk.office.warned import warned
from safeconduct.desk.project.clock import now, today
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.packs.translating import Drafted, parts_of
from safeconduct.rules.timeline import timeline as timeline_between
from safeconduct.values.errors import SituationError

_MOST_QUESTIONS = 12
_YEARS_AHEAD = timedelta(days=730)
_MOST_YEARS = timedelta(days=40 * 366)


@page_for_members("GET", "POST", works_out=True)
def position_page(request: HttpRequest, actor: Actor, case: UUID, person: UUID) -> HttpResponse:
    """The position on a day. Another day is asked by POST, so that it stands in no address; nothing is saved."""
    form = DayForm(request.POST or None, initial={"on": today()})
    on = form.cleaned_data["on"] if request.method == "POST" and form.is_valid() else today()
    opened = open_case(actor, case=case)
    told = person_in(opened, person)
    values: dict[str, object] = {"person": told, "form": form, "on": on}
    try:
        found = position(actor, case=case, person=person, on=on)
    except SituationError:
        return case_page(request, actor, "position", opened, values, problem=CONTRADICTS)
    shown = position_in(found, get_language())
    views = _views(opened, person)
    law = law_on_page()
    values |= {
        "found": shown,
        "sections": sections_of(shown, law, views),
        "warned": warned(found.warnings, translated(get_language(), grave=True), get_language()),
        "asked": [law.asked(question) for question in shown.questions[:_MOST_QUESTIONS]],
        "changes": [(change, law.title(change.id), law.cause(change.cause)) for change in shown.changes],
        "saved": _saved(opened, person),
    }
    return case_page(request, actor, "position", opened, values)


def _saved(opened: OpenCase, person: UUID) -> tuple[SavedPosition, ...]:
    return tuple(saved for saved in reversed(opened.positions) if saved.person == person)


def _views(opened: OpenCase, person: UUID) -> dict[str, tuple[LawyersView, ...]]:
    """What lawyers said of the findings of a person's saved positions, by finding."""
    positions = {saved.id for saved in opened.positions if saved.person == person}
    found: dict[str, list[LawyersView]] = defaultdict(list)
    for view in opened.views:
        if view.position in positions:
            found[view.finding].append(view)
    return {name: tuple(views) for name, views in found.items()}


@page_for_members("POST", works_out=True)
def save(request: HttpRequest, actor: Actor, case: UUID, person: UUID) -> HttpResponse:
    """Save the answers of a day with the receipt of the law they were made from."""
    form = DayForm(request.POST)

    def shown(problem: object) -> HttpResponse:
        opened = open_case(actor, case=case)
        values = {"person": person_in(opened, person), "form": form, "on": today()}
        return case_page(request, actor, "position", opened, values, problem=problem)

    if not form.is_valid():
        return shown(INCOMPLETE)
    try:
        return done_or_shown(
            request,
            lambda: save_position(actor, case=case, person=person, on=form.cleaned_data["on"], now=now()),
            shown=shown,
            told="saved",
            to=address("position", case, person=person),
        )
    except SituationError:
        return shown(CONTRADICTS)


@page_for_members("GET", "POST")
def saved(request: HttpRequest, actor: Actor, case: UUID, position: UUID) -> HttpResponse:
    """A saved position: its receipt, its answers, and what lawyers said of them."""
    opened = open_case(actor, case=case)
    kept = next((one for one in opened.positions if one.id == position), None)
    if kept is None:
        raise RefusedError(Reason.NOT_HERE)
    words, provisions = translated(get_language()), law_in_use().provisions
    titles = {name: words(provisions[name].title) if name in provisions else "" for name in kept.answers}
    choices = [(name, Drafted(f"{name} {title}", *parts_of(title))) for name, title in titles.items()]
    form = JudgeForm(choices, request.POST or None)

    def shown(problem: object = "") -> HttpResponse:
        here = open_case(actor, case=case)
        views = [view for view in here.views if view.position == position]
        answers = [
            (name, titles[name], answer, [view for view in views if view.finding == name])
            for name, answer in kept.answers.items()
        ]
        values = {"saved": kept, "person": person_in(here, kept.person), "answers": answers, "form": form}
        return case_page(request, actor, "saved", here, values, problem=problem)

    if request.method != "POST":
        return shown()
    if not form.is_valid():
        return shown(INCOMPLETE)
    told = form.cleaned_data
    return done_or_shown(
        request,
        lambda: judge(
            actor,
            case=case,
            position=position,
            finding=told["finding"],
            opinion=Opinion(told["opinion"]),
            reason=told["reason"],
            now=now(),
        ),
        shown=shown,
        told="judged",
        to=address("saved", case, position=position),
    )


@page_for_members("GET", "POST", works_out=True)
def timeline(request: HttpRequest, actor: Actor, case: UUID, person: UUID) -> HttpResponse:
    """The position over time, as a picture and as words."""
    first, last = today(), today() + _YEARS_AHEAD
    form = DaysForm(request.POST or None, initial={"first": first, "last": last})
    opened = open_case(actor, case=case)
    told = person_in(opened, person)
    problem: object = ""
    if request.method == "POST":
        if form.is_valid() and _is_span(form.cleaned_data["first"], form.cleaned_data["last"]):
            first, last = form.cleaned_data["first"], form.cleaned_data["last"]
        else:
            problem = INCOMPLETE
    values: dict[str, object] = {"person": told, "form": form}
    try:
        corpus = law_in_use()
        situation = situation_of(told, corpus.vocabulary)
        found = timeline_between(corpus, situation, first=first, last=last, engine=__version__)
    except SituationError:
        return case_page(request, actor, "timeline", opened, values, problem=CONTRADICTS)
    law, words = law_on_page(), translated(get_language())
    values |= {
        "found": found,
        "picture": (picture := picture_of(found)),
        "unknown": picture.unknown,
        "titles": {lane.id: words(lane.title) for lane in found.lanes},
        "marks": [(mark, law.mark(mark)) for mark in found.marks],
        "warned": warned(found.warnings, translated(get_language(), grave=True), get_language()),
    }
    return case_page(request, actor, "timeline", opened, values, problem=problem)


def _is_span(first: date, last: date) -> bool:
    return timedelta(0) <= last - first <= _MOST_YEARS
