"""A thread as values: the same for the contact and for a member, each with the key that opens it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from uuid import UUID

from safeconduct.desk.cases.keeping import Content, read_kinds
from safeconduct.desk.cases.models import Record
from safeconduct.desk.cases.values import FileTold, ForWhom, Kind, Message, Thread
from safeconduct.vault.cases import CaseKey, Domain


def thread_of(key: CaseKey) -> Thread:
    """Everything in a thread."""
    found: dict[Kind, list[tuple[Record, Content]]] = {kind: [] for kind in Kind}
    for row, content in read_kinds(key, Kind.MESSAGE, Kind.FILE, Kind.VISIT):
        found[Kind(row.kind)].append((row, content))
    _, visits = found[Kind.VISIT][0]
    return Thread(
        case=key.case,
        messages=messages_in(found[Kind.MESSAGE]),
        files=files_in(found[Kind.FILE]),
        language=visits["language"],
        for_whom=ForWhom(visits["for_whom"]),
        previous_visit=date.fromisoformat(visits["previous"]) if visits["previous"] else None,
    )


def empty_thread(case: UUID, *, language: str) -> Thread:
    """A thread that the contact has erased."""
    return Thread(case=case, messages=(), files=(), language=language, for_whom=ForWhom.SELF, previous_visit=None)


def messages_in(found: Iterable[tuple[Record, Content]]) -> tuple[Message, ...]:
    """Messages or notes, oldest first."""
    return tuple(sorted(_messages(found), key=lambda message: (message.at, message.id)))


def _messages(found: Iterable[tuple[Record, Content]]) -> Iterator[Message]:
    for row, content in found:
        yield Message(id=row.pk, text=content["text"], by=author(content), at=datetime.fromisoformat(content["at"]))


def files_in(found: Iterable[tuple[Record, Content]]) -> tuple[FileTold, ...]:
    """Files, oldest first."""
    return tuple(sorted((told(row, content) for row, content in found), key=lambda file: (file.at, file.id)))


def told(row: Record, content: Content) -> FileTold:
    """A file."""
    return FileTold(
        id=row.pk,
        domain=Domain(row.domain),
        name=content["name"],
        length=content["length"],
        by=author(content),
        at=datetime.fromisoformat(content["at"]),
    )


def author(content: Content) -> UUID | None:
    """The member who wrote something; None for the contact."""
    return UUID(content["by"]) if content["by"] else None
