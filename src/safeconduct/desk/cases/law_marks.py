"""From which law the latest saved position of each person was made, or which law its holders know of.

The summary of a case keeps it, so that a list of cases finds those that a change of law reaches and opens no other. By
law and not by person: a case has up to a hundred people and seldom more than two laws.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from safeconduct.desk.cases.holding import Held
from safeconduct.desk.cases.keeping import Content, read_kinds
from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.cases.values import Kind

LAWS = "laws"
_OLD = "corpus"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Latest:
    """The latest saved position of a person.

    Args:
        id: The record.
        person: Whose.
        content: What it says.
    """

    id: UUID
    person: UUID
    content: Content


def latest_positions(held: Held) -> dict[UUID, Latest]:
    """The latest saved position of each person of a case, by person."""
    found: dict[UUID, tuple[datetime, Latest]] = {}
    for row, content in read_kinds(held.internal, Kind.POSITION):
        person, at = UUID(content["person"]), datetime.fromisoformat(content["at"])
        if person not in found or (found[person][0], found[person][1].id) < (at, row.pk):
            found[person] = at, Latest(id=row.pk, person=person, content=content)
    return {person: found[person][1] for person in sorted(found)}


def mark(held: Held, people: Iterable[UUID], *, law: str) -> None:
    """Note the law for some people, inside a change of the case."""
    marks = marks_in(held) | dict.fromkeys(people, law)
    laws: dict[str, list[str]] = {}
    for person, known in sorted(marks.items()):
        laws.setdefault(known, []).append(person.hex)
    held.summary.pop(_OLD, None)
    held.summary[LAWS] = laws


def unmark(summary: Content, person: UUID) -> None:
    """Forget a person who is taken out of a case."""
    laws = {law: [one for one in people if one != person.hex] for law, people in summary.get(LAWS, {}).items()}
    if LAWS in summary:
        summary[LAWS] = {law: people for law, people in laws.items() if people}


def marks_in(held: Held) -> dict[UUID, str]:
    """The law of each person's latest position, or the one that its holders know of."""
    laws = held.summary.get(LAWS)
    if laws is None:
        # A case of an older version kept one law for all: what was saved says it better.
        return {person: saved.content["corpus"] for person, saved in latest_positions(held).items()}
    return {UUID(person): law for law, people in laws.items() for person in people}


def is_of_another_law(summary: Content) -> bool:
    """Whether the latest position of anybody in a case was made from another law than the one in use.

    Args:
        summary: What the summary of the case says.
    """
    laws = summary.get(LAWS)
    if laws is not None:
        return any(law != law_in_use().digest for law in laws)
    # An older version kept the law of the last position alone, which hid those of other people: look at them.
    last = summary.get(_OLD, "")
    return bool(last) and (last != law_in_use().digest or len(summary["people"]) > 1)
