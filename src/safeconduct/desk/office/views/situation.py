"""What is told of a person: facts and events in the words of the law pages, each telling with who said so and when."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.people import Told, set_facts, take_back
from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.cases.law_words import translated
from safeconduct.desk.cases.tellings import SECTIONS, read_closed, read_event, read_fact
from safeconduct.desk.cases.values import PersonTold, Telling
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.office.answering import gone_on, page_for_members
from safeconduct.desk.office.case_page import address, case_page, done_or_shown, person_in
from safeconduct.desk.office.compared_page import kind_of
from safeconduct.desk.office.groups import Group, groups_of
from safeconduct.desk.office.sentences import INCOMPLETE, UNREADABLE
from safeconduct.desk.office.telling_form import (
    content_of,
    event_of,
    inputs_of_event,
    line_of_kind,
    question_of,
)
from safeconduct.desk.office.telling_words import InWords, words_of_page
from safeconduct.desk.project.clock import now, today
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.rules.vocabulary import EventKind
from safeconduct.values.errors import SituationError

Written = tuple[str, date]


@page_for_members("GET")
def situation(request: HttpRequest, actor: Actor, case: UUID, person: UUID) -> HttpResponse:
    """Everything that was told of a person, and where more can be written down."""
    return _overview(request, actor, case, person)()


def _overview(request: HttpRequest, actor: Actor, case: UUID, person: UUID) -> Callable[..., HttpResponse]:
    def shown(problem: object = "") -> HttpResponse:
        opened = open_case(actor, case=case)
        told, vocabulary = person_in(opened, person), law_in_use().vocabulary
        say = words_of_page()
        values = {
            "person": told,
            "groups": [(group, _count(group, told)) for group in groups_of(vocabulary.facts.values())],
            "facts": _facts_by_name(told, say),
            "events": [
                (event, kind_of(tellings), [(say.event(one.content), one) for one in tellings])
                for event, tellings in told.events.items()
            ],
            "closed": [(line, say.closed(line), [("", one) for one in told.closed[line]]) for line in told.closed],
            "kinds": sorted(vocabulary.events.values(), key=lambda kind: say.name(kind.name)),
            "sections": SECTIONS,
            "today": today(),
            "sent": request.POST,
        }
        return case_page(request, actor, "situation", opened, values, problem=problem)

    return shown


def _count(group: Group, told: PersonTold) -> int:
    return sum(fact.name in told.facts for fact in group.facts)


def _facts_by_name(told: PersonTold, say: InWords) -> list[tuple[str, list[tuple[str, Telling]]]]:
    """Facts with their tellings, in the order of their names in the language of the page."""
    return [(name, _fact_lines(name, told, say)) for name in sorted(told.facts, key=say.name)]


def _fact_lines(name: str, told: PersonTold, say: InWords) -> list[tuple[str, Telling]]:
    return [(say.fact(name, telling.content), telling) for telling in told.facts.get(name, ())]


# --- writing down ------------------------------------------------------------------------------------------------


def _written(request: HttpRequest) -> Written | None:
    """Who said it, and on which day; None if one of the two is missing."""
    said_by = request.POST.get("said_by", "").strip()
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
    except ValueError:
        return None
    return (said_by, on) if said_by else None


@page_for_members("GET", "POST")
def facts(request: HttpRequest, actor: Actor, case: UUID, person: UUID, group: str) -> HttpResponse:
    """The facts of a group: what was told, and a form for another telling."""
    vocabulary = law_in_use().vocabulary
    asked = next((one for one in groups_of(vocabulary.facts.values()) if one.slug == group), None)
    if asked is None:
        raise RefusedError(Reason.NOT_HERE)
    sent = request.POST if request.method == "POST" else None
    words = translated(get_language())

    def shown(problem: object = "") -> HttpResponse:
        opened = open_case(actor, case=case)
        told = person_in(opened, person)
        questions = [
            (question_of(fact, text=words(fact.question), sent=sent), _fact_lines(fact.name, told, words_of_page()))
            for fact in asked.facts
        ]
        values = {"person": told, "group": asked, "questions": questions, "today": today(), "sent": request.POST}
        return case_page(request, actor, "facts", opened, values, problem=problem)

    if request.method != "POST":
        return shown()
    found = {fact.name: told for fact in asked.facts if (told := content_of(fact, request.POST)) is not None}
    faulty = [words(vocabulary.facts[name].question) for name, told in found.items() if not _is_fact(name, told)]
    if faulty:
        return shown(UNREADABLE % {"place": " ".join(faulty)})
    to = address("situation", case, person=person)
    return _kept(request, actor, case, person, told=Told(facts=found), shown=shown, to=to)


def _is_fact(name: str, content: object) -> bool:
    try:
        read_fact(name, content, law_in_use().vocabulary)
    except SituationError:
        return False
    return True


@page_for_members("GET", "POST")
def new_event(request: HttpRequest, actor: Actor, case: UUID, person: UUID, kind: str) -> HttpResponse:
    """An event that was not told before."""
    return _event(request, actor, case, person, _kind_named(kind), event=None)


@page_for_members("GET", "POST")
def event(request: HttpRequest, actor: Actor, case: UUID, person: UUID, event: str) -> HttpResponse:
    """Another telling of an event."""
    told = person_in(open_case(actor, case=case), person).events.get(event)
    if told is None:
        raise RefusedError(Reason.NOT_HERE)
    return _event(request, actor, case, person, _kind_named(kind_of(told)), event=event)


def _kind_named(name: str) -> EventKind:
    kind = law_in_use().vocabulary.events.get(name)
    if kind is None:
        raise RefusedError(Reason.NOT_HERE)
    return kind


def _event(  # noqa: PLR0913 -- as a view, with the event
    request: HttpRequest, actor: Actor, case: UUID, person: UUID, kind: EventKind, *, event: str | None
) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    words = translated(get_language())

    def shown(problem: object = "") -> HttpResponse:
        opened = open_case(actor, case=case)
        told = person_in(opened, person)
        values = {
            "person": told,
            "kind": kind,
            "question": words(kind.question),
            "inputs": inputs_of_event(kind, sent=sent),
            "lines": [(words_of_page().event(one.content), one) for one in told.events.get(event or "", ())],
            "today": today(),
            "sent": request.POST,
        }
        return case_page(request, actor, "event", opened, values, problem=problem)

    if request.method != "POST":
        return shown()
    content = event_of(kind, request.POST)
    try:
        read_event(content, law_in_use().vocabulary)
    except SituationError:
        return shown(UNREADABLE % {"place": words_of_page().name(kind.name)})
    to = address("situation", case, person=person)
    return _kept(request, actor, case, person, told=Told(events=((event, content),)), shown=shown, to=to)


@page_for_members("POST")
def closed(request: HttpRequest, actor: Actor, case: UUID, person: UUID) -> HttpResponse:
    """That something did not happen, or that all of its kind was told."""
    shown = _overview(request, actor, case, person)
    section = request.POST.get("section", "")
    kind = law_in_use().vocabulary.events.get(request.POST.get("kind", ""))
    if kind is None or section not in SECTIONS:
        return shown(INCOMPLETE)
    line = line_of_kind(kind, request.POST.get("code", ""))
    try:
        read_closed(section, line, law_in_use().vocabulary)
    except SituationError:
        return shown(UNREADABLE % {"place": words_of_page().name(kind.name)})
    to = address("situation", case, person=person)
    return _kept(request, actor, case, person, told=Told(closed=((section, line),)), shown=shown, to=to)


def _kept(  # noqa: PLR0913 -- as a view, with what is kept
    request: HttpRequest,
    actor: Actor,
    case: UUID,
    person: UUID,
    *,
    told: Told,
    shown: Callable[[object], HttpResponse],
    to: str,
) -> HttpResponse:
    written = _written(request)
    if written is None or not (told.facts or told.events or told.closed):
        return shown(INCOMPLETE)
    said_by, on = written
    try:
        return done_or_shown(
            request,
            lambda: set_facts(actor, case=case, person=person, told=told, said_by=said_by, on=on, now=now()),
            shown=shown,
            told="told",
            to=to,
        )
    except SituationError as error:
        return shown(UNREADABLE % {"place": error.code})


@page_for_members("POST")
def take_telling_back(request: HttpRequest, actor: Actor, case: UUID, person: UUID) -> HttpResponse:
    """Take back all tellings of one thing."""
    take_back(actor, case=case, person=person, what=request.POST.get("what", ""), now=now())
    return gone_on(request, address("situation", case, person=person), told="taken-back")
