"""Open a case: everything in it, as a holder sees it. Reading changes nothing."""

from collections import defaultdict
from datetime import date, datetime
from uuid import UUID

from safeconduct.desk.cases.holders import holders_of_case
from safeconduct.desk.cases.holding import Held, hold
from safeconduct.desk.cases.keeping import Content, read_kinds
from safeconduct.desk.cases.models import Record
from safeconduct.desk.cases.people import person_of
from safeconduct.desk.cases.reminders import done_in, open_in
from safeconduct.desk.cases.summaries import Line, counted, summary_of
from safeconduct.desk.cases.threads import empty_thread, files_in, messages_in, thread_of
from safeconduct.desk.cases.trail import read_trail
from safeconduct.desk.cases.values import Kind, LawyersView, OpenCase, Opinion, SavedPosition, Thread
from safeconduct.desk.members.actor import Actor

Found = list[tuple[Record, Content]]


def open_case(actor: Actor, *, case: UUID) -> OpenCase:
    """Everything in a case.

    Args:
        actor: Who opens it.
        case: The case.
    Raises:
        RefusedError: NOT_HERE.
    """
    held = hold(actor, case)
    found: dict[Kind, Found] = defaultdict(list)
    for row, content in read_kinds(held.internal, *(kind for kind in Kind if kind is not Kind.TRAIL)):
        found[Kind(row.kind)].append((row, content))
    trail, is_whole = read_trail(held.internal, held.summary)
    people = sorted((person_of(row.pk, content) for row, content in found[Kind.PERSON]), key=lambda one: one.pseudonym)
    return OpenCase(
        summary=summary_of(Line(row=held.case, content=held.summary), counted([held.case])),
        thread=_thread(held),
        notes=messages_in(found[Kind.NOTE]),
        files=files_in(found[Kind.FILE]),
        people=tuple(people),
        positions=positions_in(found[Kind.POSITION]),
        views=tuple(_view(row.pk, content) for row, content in found[Kind.VIEW]),
        dues=(*open_in(held.summary), *done_in(held.summary)),
        holders=holders_of_case(held.case),
        trail=trail,
        trail_is_whole=is_whole,
    )


def _thread(held: Held) -> Thread:
    if held.open_thread is None:
        return empty_thread(held.case.pk, language=held.summary["language"])
    return thread_of(held.open_thread)


def positions_in(found: Found) -> tuple[SavedPosition, ...]:
    """Saved positions, oldest first."""
    told = (
        SavedPosition(
            id=row.pk,
            person=UUID(content["person"]),
            on=date.fromisoformat(content["on"]),
            corpus=content["corpus"],
            engine=content["engine"],
            answers=content["answers"],
            by=UUID(content["by"]),
            at=datetime.fromisoformat(content["at"]),
        )
        for row, content in found
    )
    return tuple(sorted(told, key=lambda saved: (saved.at, saved.id)))


def _view(pk: UUID, content: Content) -> LawyersView:
    return LawyersView(
        id=pk,
        position=UUID(content["position"]),
        finding=content["finding"],
        opinion=Opinion(content["opinion"]),
        reason=content["reason"],
        on=date.fromisoformat(content["on"]),
        by=UUID(content["by"]),
    )
