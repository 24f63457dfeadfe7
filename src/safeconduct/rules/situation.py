"""What is known of one person: facts with what they may still be, events with the days on which they may have been.

A situation is made at an edge (a file, a form) by `telling`, checked there against the vocabulary, and never changed.
"""

from dataclasses import dataclass
from enum import Enum

from safeconduct.values.days import Days


class Asked(Enum):
    """Why a fact has no value."""

    TOLD = "told"
    NOT_ASKED = "not asked"
    UNKNOWN = "asked, not known"
    WITHHELD = "would rather not say"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A value that is a word, or one of several. `none` among them: it may be absent."""

    possible: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A number, or a range of numbers, both ends included; None for an open end."""

    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WordList:
    """A list of words. `whole`: nothing was left out."""

    words: frozenset[str]
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Named fields; a field that is not there was not told."""

    fields: tuple[tuple[str, "Words | Days | Range"], ...]

    def get(self, name: str) -> "Words | Days | Range | None":
        """The value of a field, None if it was not told."""
        return next((value for field, value in self.fields if field == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordList:
    """Records (children). `unstated`: how many more there are that were not told; None if that is not known."""

    records: tuple[Record, ...]
    unstated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """Known not to exist."""


Value = Words | Days | Range | WordList | Record | RecordList | Absent


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A value and the days on which it is so.

    Args:
        value: The value.
        first: The day on which it begins, a range if not known exactly; None if it was always so.
        last: The last day on which it is so, included; None if it goes on.
    """

    value: Value
    first: Days | None = None
    last: Days | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of one fact.

    Args:
        name: The fact.
        asked: Whether it was told, and if not, why not.
        periods: The values, one after another; a fact told without days has one period without ends. Outside them it
            is unknown. Empty unless told.
        assumed: Why it is assumed, in the words of whoever wrote it; "" if it was told.
    """

    name: str
    asked: Asked
    periods: tuple[Period, ...] = ()
    assumed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened.

    Args:
        kind: Its kind in the vocabulary.
        on: The day on which it happened, or the days on which it may have.
        fields: Fields that were told, as in Record.
        assumed: Why it is assumed; "" if it was told.
        number: Its number among the events of the file, from 0; keeps events of one kind apart.
    """

    kind: str
    on: Days
    fields: tuple[tuple[str, Words | Days | Range], ...] = ()
    assumed: str = ""
    number: int = 0

    def get(self, name: str) -> Words | Days | Range | None:
        """The value of a field, None if it was not told."""
        return next((value for field, value in self.fields if field == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """No event of this kind happened beyond those told.

    Args:
        kind: Kind of event.
        where: Fields that narrow it: `left_country` with country KZ.
        never: True for `not_happened`: no such event happened or happens; False for `complete`: those told are all.
        assumed: Why it is assumed; "" if it was told.
    """

    kind: str
    where: tuple[tuple[str, str], ...] = ()
    never: bool = True
    assumed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One person's facts and history; the world beyond it is open.

    Args:
        facts: What is known, by name; a fact that is not here was not asked.
        events: What happened.
        closed: Which kinds of event are known to hold no more than that.
        warnings: What the reader must be told about the input itself.
    """

    facts: dict[str, Known]
    events: tuple[Event, ...] = ()
    closed: tuple[Closed, ...] = ()
    warnings: tuple[str, ...] = ()
