"""What is in a case, once it is open: values for pages. Nothing here is stored or passed on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Protocol
from uuid import UUID

from safeconduct.vault.cases import Domain


class Kind(Enum):
    """What a record is."""

    MESSAGE = "message"
    VISIT = "visit"
    FILE = "file"
    SUMMARY = "summary"
    NOTE = "note"
    PERSON = "person"
    POSITION = "position"
    VIEW = "view"
    TRAIL = "trail"


_SHORT = 8


def short_id(case: UUID) -> str:
    """The first signs of an id: what lists show for a case without a label, and what a search finds it by."""
    return str(case)[:_SHORT]


EMPTY_TEXT = "This case is of nobody. It was made so that the number of cases tells less."
"""With this begins the first message of a case of nobody, for whoever reads it with an offline key."""


class CaseState(Enum):
    """Where a case stands; it is inside the summary, and never in clear."""

    NEW = "new"
    OPEN = "open"
    CLOSED = "closed"
    DUMMY = "dummy"


class Consent(Enum):
    """Whether a person agrees that something about them leaves the case."""

    KNOWN = "known"
    NOT_KNOWN = "not_known"
    REFUSED = "refused"


class Opinion(Enum):
    """What a lawyer says of a finding; the engine's answer stays beside it."""

    AGREED = "agreed"
    DOUBTFUL = "doubtful"
    OTHERWISE = "otherwise"


class ForWhom(Enum):
    """For whom a contact writes."""

    SELF = "self"
    OTHER = "other"
    MANY = "many"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message of the thread, or a note.

    Args:
        id: The record.
        text: What was written.
        by: The member who wrote it; None for the contact.
        at: When, in UTC.
    """

    id: UUID
    text: str
    by: UUID | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTold:
    """A file of a case, as its sender named it. The name goes to no file system.

    Args:
        id: The record.
        domain: Whether the contact sees it.
        name: Its name, as the sender gave it, without controls and separators, at most 120 signs.
        length: Bytes.
        by: The member who sent it; None for the contact.
        at: When, in UTC.
    """

    id: UUID
    domain: Domain
    name: str
    length: int
    by: UUID | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFile:
    """A file while it is read: always sent as a download of unknown kind, because nothing about it is trusted.

    Args:
        told: What is known of it.
        pieces: The bytes, at most 64 KiB at a time; the end may still raise CannotOpenError.
    """

    told: FileTold
    pieces: Iterator[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """What the contact and the members see.

    Args:
        case: The case.
        messages: Oldest first.
        files: Oldest first.
        language: The language in which the contact writes.
        for_whom: For whom the contact writes.
        previous_visit: Day of the visit before this one; None for the first.
    """

    case: UUID
    messages: tuple[Message, ...]
    files: tuple[FileTold, ...]
    language: str
    for_whom: ForWhom
    previous_visit: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """All that is told of a case in a list.

    Args:
        case: The case.
        label: What members call it; "" until somebody named it.
        state: Where it stands.
        day: Day of the last change of anything in it.
        channel: The channel it came in by.
        language: Language of the contact.
        unread: Messages and files of the thread since a member last marked it as read.
        holders: How many hold it.
        one_holder: Whether it would be lost with one person: flagged on every page.
        rotation_due: Whether its keys are to be renewed at the next visit.
        in_queue: Whether it came in above the budget of a minute.
        ended: Whether the contact ended it and erased the thread.
        shred_on: The day on which it goes; None while it is open.
        law_changed: Whether the latest saved position of anybody in it was made from another law than the one in use.
        dues: What is due in it and not done, the earliest first; nothing once it is closed.
    """

    case: UUID
    label: str
    state: CaseState
    day: date
    channel: UUID
    language: str
    unread: int
    holders: int
    one_holder: bool
    rotation_due: bool
    in_queue: bool
    ended: bool
    shred_on: date | None
    law_changed: bool
    dues: tuple["DueTold", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One telling of something: what, who said so, and when. Nothing is overwritten.

    Args:
        content: The value, in the form of a situation file: text, list or mapping.
        said_by: Who said so, in the words of whoever wrote it down: the person, a paper, a relative.
        on: The day on which it was said or seen.
        by: The member who wrote it down.
        at: When, in UTC.
    """

    content: object
    said_by: str
    on: date
    by: UUID
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTold:
    """A person of a case.

    Args:
        id: The person, which is also the record.
        pseudonym: What they are called here; never their name.
        consent: Whether something about them may leave the case.
        facts: Tellings of each fact, by name, in the order in which they were written down.
        events: Tellings of each event, by an id of the event.
        closed: Tellings of `not_happened` and `complete`, by section and line.
    """

    id: UUID
    pseudonym: str
    consent: Consent
    facts: dict[str, tuple[Telling, ...]]
    events: dict[str, tuple[Telling, ...]]
    closed: dict[str, tuple[Telling, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPosition:
    """A position as it was saved.

    Args:
        id: The record.
        person: Whose.
        on: The day asked.
        corpus: Digest of the corpus, of the receipt.
        engine: Version of the engine, of the receipt.
        answers: The answer of each finding, by id.
        by: Who saved it.
        at: When, in UTC.
    """

    id: UUID
    person: UUID
    on: date
    corpus: str
    engine: str
    answers: dict[str, str]
    by: UUID
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LawyersView:
    """What a lawyer says of a finding of a saved position.

    Args:
        id: The record.
        position: The saved position.
        finding: Id of the provision.
        opinion: What they say.
        reason: Why, in their words.
        on: The day.
        by: The lawyer.
    """

    id: UUID
    position: UUID
    finding: str
    opinion: Opinion
    reason: str
    on: date
    by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DueTold:
    """Something that is due in a case, on a day; the day is a date of no clock, as whoever set it meant it."""

    id: UUID
    on: date
    text: str
    done: bool


class Listed(Protocol):
    """What lists are sorted by, and reminders are told with."""

    @property
    def case(self) -> UUID:
        """The case."""

    @property
    def label(self) -> str:
        """What members call it."""

    @property
    def state(self) -> CaseState:
        """Where it stands."""

    @property
    def day(self) -> date:
        """Day of the last change of anything in it."""

    @property
    def in_queue(self) -> bool:
        """Whether it came in above the budget of a minute."""

    @property
    def dues(self) -> tuple[DueTold, ...]:
        """What is due in it and not done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailLine:
    """A line of a case's trail: who did what, when.

    Args:
        number: From 1.
        verb: What was done.
        by: Who did it.
        about: The member, person or record it was done to, if any.
        at: When, in UTC.
        words: What else it says; "" for most.
    """

    number: int
    verb: str
    by: UUID
    about: UUID | None
    at: datetime
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """Everything in a case, as a holder sees it.

    Args:
        summary: Its line in the list.
        thread: What the contact sees; empty once the contact has ended it.
        notes: Internal notes, oldest first.
        files: Internal files, oldest first.
        people: The people of the case.
        positions: Saved positions, oldest first.
        views: What lawyers said of findings.
        dues: What is due, the earliest first; then the last ten that were done, the last first.
        holders: The members who hold it.
        trail: What was done, oldest first.
        trail_is_whole: Whether no line of the trail is missing or changed.
    """

    summary: Summary
    thread: Thread
    notes: tuple[Message, ...]
    files: tuple[FileTold, ...]
    people: tuple[PersonTold, ...]
    positions: tuple[SavedPosition, ...]
    views: tuple[LawyersView, ...]
    dues: tuple[DueTold, ...]
    holders: tuple[UUID, ...]
    trail: tuple[TrailLine, ...]
    trail_is_whole: bool
