"""The tree that a page of law becomes: frozen, typed, the same for one person, for many people and for proof.

`nodes` holds conditions and days; here is what pages declare with them. Nothing here evaluates anything.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from safeconduct.rules.nodes import (
    Aged,
    All,
    Always,
    Asked,
    Between,
    BoundDay,
    BoundIs,
    ByReading,
    Condition,
    CountOf,
    Day,
    EventDay,
    FactDay,
    FactIs,
    First,
    Happened,
    Holds,
    Includes,
    ItemAged,
    ItemIs,
    LastLawfulDay,
    Latest,
    Not,
    NumberIn,
    On,
    Pattern,
    Shifted,
    Some,
    Told,
)
from safeconduct.values.citation import Citation, Confidence
from safeconduct.values.days import Rounding
from safeconduct.values.errors import Place


class Kind(Enum):
    """What a finding is."""

    STATUS = "status"
    LIABILITY = "liability"
    RESTRICTION = "restriction"
    EXPOSURE = "exposure"
    DUTY = "duty"
    RIGHT = "right"
    PROTECTION = "protection"
    DEADLINE = "deadline"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days on which a text is in force.

    Args:
        first: First day in force, inclusive; None if it was in force before the period that the pages cover.
        last: Last day in force, inclusive; None while nothing has ended it.
    """

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One line of a provision, with what it says and where that stands.

    Args:
        role: "if", "unless", "displaced" or "exception".
        text: The line as written on the page, for the reader.
        condition: What it tests; for "unless", "displaced" and "exception" what defeats the provision.
        citation: Its seat; None where it is the provision's own.
        place: Where it is written.
        by: Id of what displaces, or name of the exception; "" otherwise.
        outcome: For an exception: whether the provision then holds.
    """

    role: str
    text: str
    condition: Condition
    citation: Citation | None
    place: Place
    by: str = ""
    outcome: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """A sentence that stands beside an answer while its condition may hold.

    Args:
        text: The sentence.
        condition: When it is shown: unless this is certainly not so.
        id: Row of the dossier that it comes from; "" for none.
    """

    text: str
    condition: Condition
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalty:
    """What a court may impose.

    Args:
        least_months: Least imprisonment in months; None where the part knows no imprisonment.
        most_months: Most imprisonment in months; None likewise.
        alternatives: Other penalties, in words.
    """

    least_months: int | None
    most_months: int | None
    alternatives: tuple[str, ...]


class FirstCounted(Enum):
    """Which day is day one of a deadline. EITHER: the source does not say; both are reported."""

    SAME = "same day"
    NEXT = "next day"
    EITHER = "either day"


class Unit(Enum):
    """What a deadline counts in."""

    CALENDAR_DAYS = "calendar days"
    WORKING_DAYS = "working days"
    MONTHS = "months"


class Rolls(Enum):
    """What happens when a deadline ends on a day off. UNKNOWN: the source does not say; the earlier day is shown."""

    NOT = "not"
    NEXT_WORKING_DAY = "to the next working day"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One way for a deadline to run.

    Args:
        start: The day that sets it off.
        count: How many units.
        unit: Units counted in.
        first_counted: Which day is day one.
        rolls: What happens on days off.
        rounding: How months end; CLIP where the unit is days.
        condition: When this window applies.
        text: The line as written.
        restart: Whether it is a ground to start anew, beside the first window.
    """

    start: Day
    count: int
    unit: Unit
    first_counted: FirstCounted
    rolls: Rolls
    rounding: Rounding
    condition: Condition
    text: str
    restart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Something to be done in time.

    Args:
        windows: Ways to run; each may apply.
        met_by: Events that meet it.
        late: Why a late act is not lost, in words; "" if nothing is known to help.
        if_missed: What missing it means: an id or words.
        safer_text: What to say first to the person, whatever the state; "" for nothing.
    """

    windows: tuple[Window, ...]
    met_by: tuple[Pattern, ...]
    late: str
    if_missed: str
    safer_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A limit on days spent in a country.

    Args:
        country: Country whose visits are counted.
        most_days: Days allowed, counting the day of entry and the day of exit.
        window_days: Length of the period in which they are counted; None if each entry starts anew.
        models: Ways to lay the period: L look back, F fixed from the first entry, G a gap outside, E each entry.
        not_counted_before: Visits begun before this day are not counted against the cap; None for none.
        until: Last day on which an entry is governed by this text, inclusive; None for no end.
        since: First day on which an entry is governed by this text; None for no start.
    """

    country: str
    most_days: int
    window_days: int | None
    models: tuple[str, ...]
    not_counted_before: date | None
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A question that sources answer differently.

    Args:
        id: Row of the dossier, such as RU-X1.
        question: The question.
        readings: Names of the readings, in order.
        sources: The sources of each reading.
        safer: Index of the reading that is safer to assume for the person.
    """

    id: str
    question: str
    readings: tuple[str, ...]
    sources: tuple[Citation, ...]
    safer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A dated sentence about what happens in practice.

    Args:
        text: The sentence.
        span: Days on which it is so.
    """

    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A numbered statement of law or of practice.

    Args:
        id: Id of the dossier.
        kind: What a finding of it is.
        title: A short title in English.
        says: One sentence: its effect on a person whom it reaches.
        span: Days on which the text is in force.
        concerns: Whom it can reach at all; certainly not so: it is not shown.
        about: Kind of event it is applied to, one by one; None if it is about the person.
        governed_by: The day whose text governs; the day asked for everything that is not tied to an event.
        clauses: Conditions, exceptions, displacements, in order.
        cautions: Sentences beside the answer.
        citation: Its seat and confidence.
        place: Where it is written.
        governs: True for a row that governs without deciding.
        shown: False for a row that only explains and never stands among findings.
        of: For a group of alternatives, their ids.
        beside: For practice: ids of the rules that it undermines.
        dated: For practice: the day it is reported for.
        notes: What is so in practice beside the rule.
        penalty, deadline, stay: What comes with it.
    """

    id: str
    kind: Kind
    title: str
    says: str
    span: Span
    concerns: Condition
    about: Pattern | None
    governed_by: Day
    clauses: tuple[Clause, ...]
    cautions: tuple[Caution, ...]
    citation: Citation
    place: Place
    governs: bool = False
    shown: bool = True
    of: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    dated: date | None = None
    notes: tuple[Note, ...] = ()
    penalty: Penalty | None = None
    deadline: Deadline | None = None
    stay: Stay | None = None

    @property
    def confidence(self) -> Confidence:
        """How sure we are of the row itself; a clause may be weaker."""
        return self.citation.confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A condition with a name, used by several provisions.

    Args:
        name: Words with underscores.
        about: Kind of event whose fields it names, where it stands inside a provision about that kind.
        condition: What it means.
        place: Where it is written.
    """

    name: str
    about: Pattern | None
    condition: Condition
    place: Place


__all__ = [
    "Aged",
    "All",
    "Always",
    "Asked",
    "Between",
    "BoundDay",
    "BoundIs",
    "ByReading",
    "Caution",
    "Clause",
    "Condition",
    "Conflict",
    "CountOf",
    "Day",
    "Deadline",
    "EventDay",
    "FactDay",
    "FactIs",
    "First",
    "FirstCounted",
    "Happened",
    "Holds",
    "Includes",
    "ItemAged",
    "ItemIs",
    "Kind",
    "LastLawfulDay",
    "Latest",
    "Not",
    "Note",
    "NumberIn",
    "On",
    "Pattern",
    "Penalty",
    "Provision",
    "Rolls",
    "Shifted",
    "Some",
    "Span",
    "Stay",
    "Term",
    "Told",
    "Unit",
    "Window",
]
