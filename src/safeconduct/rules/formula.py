"""Formulas over variables: what a condition becomes for one situation. Small on purpose: every back end reads this.

A variable is a choice among words, or a whole number (a day as ordinal, or a count) in a range. A formula is built of
two kinds of atom over them, and of and, or, not, count.
"""

from dataclasses import dataclass, field

from safeconduct.values.days import Rounding, shift


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """A variable that is one of some words; a set of words is a bit mask.

    Args:
        name: What missing facts are called: the fact or event that would settle it.
        words: The words; bit i stands for words[i].
        possible: Mask of the words that are still possible; never 0.
    """

    name: str
    words: tuple[str, ...]
    possible: int

    def mask(self, words: frozenset[str]) -> int:
        """The mask of those of the words that this variable can have."""
        return sum(1 << index for index, word in enumerate(self.words) if word in words)


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """A variable that is a whole number between two, both included.

    Args:
        name: What missing facts are called.
        low: Least possible value.
        high: Greatest possible value.
    """

    name: str
    low: int
    high: int


ASKED = Whole(name="", low=0, high=0)
"""Stands for the day on which the question is asked: whoever evaluates a formula says which day that is, so that one
formula serves every day. Compare with `is`."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A day or number: a variable, or a constant if `variable` is None, moved by months and then days.

    Args:
        variable: The variable; None for a constant.
        base: The constant; 0 if there is a variable.
        months: Months added.
        days: Days (or units) added after the months.
        rounding: How months end.
    Attributes:
        span: The least and the greatest it can be, counted once; None if it moves the day asked.
    """

    variable: Whole | None
    base: int = 0
    months: int = 0
    days: int = 0
    rounding: Rounding = Rounding.CLIP
    span: tuple[int, int] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Count the two ends: whoever evaluates a formula reads them many times."""
        if self.variable is ASKED:
            span = None
        elif self.variable is None:
            span = (self.at(self.base),) * 2
        else:
            span = self.at(self.variable.low), self.at(self.variable.high)
        object.__setattr__(self, "span", span)

    def __hash__(self) -> int:
        """Of what tells most moves apart; counted often, and the hash of a word such as CLIP is slow."""
        return hash((self.variable, self.base, self.months, self.days))

    def at(self, value: int) -> int:
        """The moved value if the variable has this value."""
        if not self.months and not self.days:
            return value
        return shift(value, self.months, self.days, self.rounding)

    def asked(self, on: int) -> tuple[int, int]:
        """Both ends of what moves the day asked, asked on the day `on` (an ordinal)."""
        day = self.at(on)
        return day, day

    def low(self, on: int) -> int:
        """The least it can be, asked on the day `on` (an ordinal)."""
        return (self.span or self.asked(on))[0]

    def high(self, on: int) -> int:
        """The greatest it can be, asked on the day `on` (an ordinal)."""
        return (self.span or self.asked(on))[1]


@dataclass(frozen=True, slots=True)
class Settled:
    """A formula that is known to hold or to fail."""

    holds: bool


@dataclass(frozen=True, slots=True)
class In:
    """The choice is one of the words of the mask."""

    choice: Choice
    mask: int


@dataclass(frozen=True, slots=True)
class Within:
    """first <= middle <= last; None for no bound. One atom, so that a range of ages reads its birth date once."""

    middle: Moved
    first: Moved | None
    last: Moved | None


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold."""

    parts: tuple["Formula", ...]
    mentioned: "tuple[Choice | Whole, ...] | None" = field(default=None, init=False, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Or:
    """A part holds."""

    parts: tuple["Formula", ...]
    mentioned: "tuple[Choice | Whole, ...] | None" = field(default=None, init=False, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Inverse:
    """The part fails."""

    part: "Formula"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `least` of the parts hold."""

    least: int
    parts: tuple["Formula", ...]
    mentioned: "tuple[Choice | Whole, ...] | None" = field(default=None, init=False, repr=False, compare=False)


Formula = Settled | In | Within | And | Or | Inverse | AtLeast

HOLDS = Settled(holds=True)
FAILS = Settled(holds=False)


def conjunction(parts: list[Formula]) -> Formula:
    """All of them, without those that are settled."""
    kept: list[Formula] = []
    for part in parts:
        if isinstance(part, Settled):
            if not part.holds:
                return FAILS
        elif isinstance(part, And):
            kept.extend(part.parts)
        else:
            kept.append(part)
    if not kept:
        return HOLDS
    return kept[0] if len(kept) == 1 else And(tuple(kept))


def disjunction(parts: list[Formula]) -> Formula:
    """At least one of them, without those that are settled."""
    kept: list[Formula] = []
    for part in parts:
        if isinstance(part, Settled):
            if part.holds:
                return HOLDS
        elif isinstance(part, Or):
            kept.extend(part.parts)
        else:
            kept.append(part)
    if not kept:
        return FAILS
    return kept[0] if len(kept) == 1 else Or(tuple(kept))


def inverse(part: Formula) -> Formula:
    """The opposite."""
    if isinstance(part, Settled):
        return FAILS if part.holds else HOLDS
    return part.part if isinstance(part, Inverse) else Inverse(part)
