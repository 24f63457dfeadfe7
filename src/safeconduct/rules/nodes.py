"""Conditions and days: the parts of the tree that are about one person on one day. `Asked()` is that day.

Nothing here evaluates anything: `ground` turns a tree and a situation into a formula over variables.
"""

from dataclasses import dataclass
from datetime import date

from safeconduct.values.days import Rounding

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
