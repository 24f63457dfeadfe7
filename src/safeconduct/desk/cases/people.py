"""The people of a case: pseudonyms, consent, and every telling of every fact."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from safeconduct.desk.cases.holding import Held
from safeconduct.desk.cases.keeping import Content, read_kinds
from safeconduct.desk.cases.models import Record
from safeconduct.desk.cases.values import Consent, Kind, PersonTold, Telling
from safeconduct.desk.refusals import Reason, RefusedError

GROUPS = FACTS, EVENTS, CLOSED = "facts", "events", "closed"


def new_person(*, pseudonym: str, consent: Consent) -> Content:
    """A person of whom nothing is known yet."""
    return {"pseudonym": pseudonym, "consent": consent.value, **{group: {} for group in GROUPS}}


def person_in(held: Held, person: UUID) -> tuple[Record, Content]:
    """A person of a case.

    Raises:
        RefusedError: NOT_HERE.
    """
    for row, content in read_kinds(held.internal, Kind.PERSON):
        if row.pk == person:
            return row, content
    raise RefusedError(Reason.NOT_HERE)


def person_of(pk: UUID, content: Content) -> PersonTold:
    """A person as a value."""
    facts, events, closed = (_tellings(content[group]) for group in GROUPS)
    return PersonTold(
        id=pk,
        pseudonym=content["pseudonym"],
        consent=Consent(content["consent"]),
        facts=facts,
        events=events,
        closed=closed,
    )


def _tellings(group: dict[str, list[dict[str, Any]]]) -> dict[str, tuple[Telling, ...]]:
    return {name: tuple(_telling(told) for told in tellings) for name, tellings in group.items()}


def _telling(told: dict[str, Any]) -> Telling:
    return Telling(
        content=told["content"],
        said_by=told["said_by"],
        on=date.fromisoformat(told["on"]),
        by=UUID(told["by"]),
        at=datetime.fromisoformat(told["at"]),
    )
