"""The vocabulary: which facts and events exist, of what kind, and what is so by their meaning alone."""

from dataclasses import dataclass, field
from enum import Enum

from safeconduct.values.errors import Place

YES, NO, NONE = "yes", "no", "none"
PRESENT = "present"


class Shape(Enum):
    """What kind of value a fact or field holds.

    YES_NO and ONE_OF are words; DATE and NUMBER are values or ranges; LIST holds words, RECORDS holds records, RECORD
    is one record that may be absent; LENGTH is a number of days (3..10 days), used by fields of events.
    """

    YES_NO = "yes/no"
    ONE_OF = "one of"
    DATE = "date or range"
    NUMBER = "number"
    LIST = "list of"
    RECORDS = "records of"
    RECORD = "record of"
    LENGTH = "length"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of an event or of a record.

    Args:
        name: Its name in files.
        shape: YES_NO, ONE_OF, DATE, NUMBER or LENGTH.
        words: Allowed words of a ONE_OF; empty otherwise, or where any code of the field's kind is allowed.
    """

    name: str
    shape: Shape
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact about a person.

    Args:
        name: Its name in files, with underscores.
        shape: What it holds.
        words: Allowed words of ONE_OF and LIST; empty if any code is allowed (countries, regions).
        fields: Fields of RECORD and RECORDS.
        may_change: Whether it can differ from day to day.
        may_be_absent: Whether `none` is a value.
        question: The question to the person, in English.
        lawyer: Whether only a lawyer can answer it (untranslatable); then `question` is for a lawyer.
        why: Why it is asked, in English; "" if the findings it settles say enough.
        usual_share: Share of people for whom a yes/no fact is yes, 0..1, to order questions only; None if unknown.
        closes: Ids of provisions none of which applies when this fact is `none`.
        place: Where it is declared.
    """

    name: str
    shape: Shape
    words: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    may_change: bool = False
    may_be_absent: bool = False
    question: str = ""
    lawyer: bool = False
    why: str = ""
    usual_share: float | None = None
    closes: tuple[str, ...] = ()
    place: Place = field(default_factory=lambda: Place(name=""))

    def field_named(self, name: str) -> Field | None:
        """The field of that name, if there is one."""
        return next((part for part in self.fields if part.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKind:
    """A kind of event in a person's history.

    Args:
        name: Its name in files.
        fields: Its fields, beside `on` and `assumed`.
        key: Name of the field by which kinds are kept apart (`country`); "" for none.
        precedes: Kinds that cannot happen before this one, when both happened.
        again_after: Kinds one of which must happen before this one can happen again; empty if it can recur freely.
        question: The question to the person, in English.
        place: Where it is declared.
    """

    name: str
    fields: tuple[Field, ...] = ()
    key: str = ""
    precedes: tuple[str, ...] = ()
    again_after: tuple[str, ...] = ()
    question: str = ""
    place: Place = field(default_factory=lambda: Place(name=""))

    def field_named(self, name: str) -> Field | None:
        """The field of that name, if there is one."""
        return next((part for part in self.fields if part.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Implication:
    """What is so by the meaning of the words: whoever has `fact` in `values` has `then` in `then_values`.

    Used by certainty and by brute force alike; a situation that breaks it is refused.
    """

    fact: str
    values: frozenset[str]
    then: str
    then_values: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All declarations, by name."""

    facts: dict[str, Fact]
    events: dict[str, EventKind]
    implications: tuple[Implication, ...] = ()
