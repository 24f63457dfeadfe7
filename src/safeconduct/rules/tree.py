"""The tree that a page of law becomes: frozen, typed, the same for one person, for many people and for proof.

Conditions are about one person on one day. `Asked()` is that day. Nothing here evaluates anything: `ground` turns a
tree and a situation into a formula over variables, and `kleene`, `solver` and the emitters read that.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from safeconduct.values.citation import Citation, Confidence
from safeconduct.values.days import Rounding
from safeconduct.values.errors import Place

# --- days ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """The day on which the question is asked."""


_DAY_ASKED = Asked()


@dataclass(frozen=True, slots=True)
class On:
    """A day written in the law."""

    day: date


@dataclass(frozen=True, slots=True)
class FactDay:
    """A date fact, or a date field of a record fact; it may be absent."""

    fact: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class BoundDay:
    """A day of the event that the provision is about: its own day (field "") or a date field."""

    event: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class EventDay:
    """The days of every event that matches; the term that holds it says which one counts (first or latest)."""

    pattern: "Pattern"
    field: str = ""
    after: "Day | None" = None  # only events on a later day than this


@dataclass(frozen=True, slots=True)
class Shifted:
    """A day some months and days later (earlier if negative)."""

    day: "Day"
    months: int
    days: int
    rounding: Rounding


@dataclass(frozen=True, slots=True)
class First:
    """The earliest of the days that exist; absent if none does."""

    days: tuple["Day", ...]


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest of the days that exist; absent if none does."""

    days: tuple["Day", ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A day computed from a length that was told (`absent_for`), where it was; absent otherwise."""

    day: "Day"
    event: str
    field: str


@dataclass(frozen=True, slots=True)
class LastLawfulDay:
    """The last lawful day of the present stay in a country, under the stay text that governs its entry."""

    country: str


Day = Asked | On | FactDay | BoundDay | EventDay | Shifted | First | Latest | Told | LastLawfulDay

# --- conditions ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Always:
    """A condition that is settled."""

    holds: bool


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class FactIs:
    """A fact, or a field of a record fact, has one of these values on a day.

    Args:
        fact: Name in the vocabulary.
        field: Field of a record fact; "" for the fact itself.
        values: Words of the vocabulary: `yes`, `no`, `none` (absent), or the fact's own. `present` for a record fact
            means that there is one.
        day: The day on which it is asked; a fact that may change can have other values on other days.
    """

    fact: str
    field: str
    values: frozenset[str]
    day: Day = _DAY_ASKED


@dataclass(frozen=True, slots=True)
class Includes:
    """A list fact holds this word (citizenships, papers)."""

    fact: str
    value: str
    day: Day = _DAY_ASKED


@dataclass(frozen=True, slots=True)
class NumberIn:
    """A number fact lies between two bounds, both included; None for no bound."""

    fact: str
    field: str
    least: int | None
    most: int | None
    day: Day = _DAY_ASKED


@dataclass(frozen=True, slots=True)
class CountOf:
    """At least so many records of a list fact (children, convictions) meet all conditions, which speak of `Item`."""

    fact: str
    least: int
    conditions: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class ItemIs:
    """Inside CountOf: a field of the record has one of these values."""

    field: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class ItemAged:
    """Inside CountOf: the record's birth date gives an age of at least `least` and under `under` years on a day."""

    field: str
    least: int | None
    under: int | None
    day: Day = _DAY_ASKED


@dataclass(frozen=True, slots=True)
class Pattern:
    """Events of one kind.

    Args:
        event: Name in the vocabulary.
        key: Value of the kind's key field (the country of `entered`); "" for any.
        where: Further fields and the values they must have.
    """

    event: str
    key: str = ""
    where: tuple[tuple[str, frozenset[str]], ...] = ()


@dataclass(frozen=True, slots=True)
class Happened:
    """An event that matches has happened.

    Args:
        pattern: Which events.
        field: Date field compared with the bounds; "" for the event's own day.
        first: Not before this day (inclusive); None for no bound.
        last: Not after this day (inclusive); None for no bound, also in the future.
        unless_followed_by: The event does not count if one of these happened on a later day, up to `last`.
    """

    pattern: Pattern
    field: str = ""
    first: Day | None = None
    last: Day | None = _DAY_ASKED
    unless_followed_by: tuple[Pattern, ...] = ()


@dataclass(frozen=True, slots=True)
class BoundIs:
    """A field of the event that the provision is about has one of these values."""

    event: str
    field: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Between:
    """A day lies between two others, both included; None for no bound. Fails where the day does not exist."""

    day: Day
    first: Day | None
    last: Day | None


@dataclass(frozen=True, slots=True)
class Aged:
    """The person has reached `least` years and not yet `under` years on a day, by birthdays."""

    fact: str
    least: int | None
    under: int | None
    day: Day = _DAY_ASKED


@dataclass(frozen=True, slots=True)
class Holds:
    """Another provision or term holds."""

    name: str


@dataclass(frozen=True, slots=True)
class ByReading:
    """A conflict between sources: which part counts depends on the reading of it that is taken."""

    conflict: str
    parts: tuple["Condition", ...]  # one for each reading, in the order of the conflict


Condition = (
    Always
    | All
    | Some
    | Not
    | FactIs
    | Includes
    | NumberIn
    | CountOf
    | ItemIs
    | ItemAged
    | Happened
    | BoundIs
    | Between
    | Aged
    | Holds
    | ByReading
)

# --- what pages declare ----------------------------------------------------------------------------------------


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
        duty_to_explain: Untranslatable questions for a lawyer that its answer rests on (ids).
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
