"""What the engine answers: findings, with their reasons, and what is missing. Values only; `position` makes them."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from safeconduct.rules.tree import Kind
from safeconduct.values.citation import Citation, Confidence
from safeconduct.values.truth import Truth


class Answer(Enum):
    """The answer of a finding."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    DISPUTED = "disputed"


class State(Enum):
    """Where a deadline stands on the day asked."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    MET = "met"
    MISSED = "missed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRange:
    """A day, or the days between which it lies, both included; None for an end that is not known."""

    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """Something that is taken as given.

    Args:
        of: The fact or event.
        why: Why, as it was told.
        never: Whether it is taken that the event did not happen.
    """

    of: str
    why: str
    never: bool = False

    @property
    def text(self) -> str:
        """What is taken as given, in English, with its name as files have it."""
        return f"no {self.of}: {self.why}" if self.never else f"{self.of}: {self.why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One line of a derivation.

    Args:
        role: "if", "unless", "displaced", "exception", "force" (the days of the text), "assumed", "rests on".
        text: The line of the page, or a sentence, in English.
        holds: Whether what the line says is so. For an exception: whether it applies.
        id: Provision that the line comes from or rests on; "" for the finding's own.
        facts: Facts and events that it was decided by.
        taken: What it takes as given; nothing if all of it was told.
        force: For "force", the first and the last day of the text; None otherwise.
    """

    role: str
    text: str
    holds: Truth
    id: str = ""
    facts: tuple[str, ...] = ()
    taken: tuple[Assumption, ...] = ()
    force: DayRange | None = None

    @property
    def assumed(self) -> str:
        """What it takes as given, in English; "" if all of it was told."""
        return "; ".join(dict.fromkeys(one.text for one in self.taken))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingAnswer:
    """The answer under one reading of a conflict."""

    name: str
    answer: Answer
    safer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """A sentence beside an answer; `id` is the row it comes from, "" for none."""

    text: str
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyFound:
    """What a court may impose: months of imprisonment, least and most (None: none), and other penalties in words."""

    least_months: int | None
    most_months: int | None
    alternatives: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineFound:
    """A deadline for this person.

    Args:
        starts: First day counted.
        ends: Last day to act, inclusive.
        act_by: The safe day to act by: the earliest possible end; None if no start is known.
        state: Where it stands on the day asked.
        if_missed: What missing it means, in words.
        late: Why a late act is not lost; "" if nothing is known.
        tells: What is said first, whatever the state; "" for nothing.
    """

    starts: DayRange
    ends: DayRange
    act_by: date | None
    state: State
    if_missed: str
    late: str
    tells: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StayFound:
    """Days spent in a country, for each model of counting; None where it cannot be told.

    Args:
        rule: The rule in words.
        used: Days used on the day asked, least and most.
        left: Days left after the day asked, least and most.
        last_lawful: Last lawful day of the present stay.
        next_entry: First day on which entry is possible, for somebody outside.
        safe: The earliest of the last lawful days, or the latest of the first days of entry.
    """

    rule: str
    used: dict[str, tuple[int, int] | None]
    left: dict[str, tuple[int, int] | None]
    last_lawful: dict[str, DayRange | None]
    next_entry: dict[str, DayRange | None]
    safe: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One provision's answer for one person on one day.

    Args:
        id, kind, title, says: As the provision's.
        answer: The answer.
        concerns: False if the provision certainly cannot reach the person.
        confidence: The lowest among the clauses that decide.
        practice: Whether it is a note of practice and not a rule.
        because: The derivation.
        missing: Facts and events that could still change the answer.
        of: Ids of the alternatives of a group.
        readings: The answers under each reading, where sources conflict.
        caution: Sentences beside the answer.
        practice_state: What is so in practice on the day asked; "" if nothing is known.
        dated: Day of a note of practice.
        since_then: Whether that day lies after the day asked.
        citations: Seats of the provision and of the clauses that decide.
        beside: For practice: the rules it stands beside.
        penalty, deadline, stay: What comes with it.
        governs: Whether it governs without deciding.
    """

    id: str
    kind: Kind
    title: str
    says: str
    answer: Answer
    concerns: bool
    confidence: Confidence
    practice: bool
    because: tuple[Reason, ...]
    missing: tuple[str, ...]
    of: tuple[str, ...]
    readings: tuple[ReadingAnswer, ...]
    caution: tuple[Caution, ...]
    practice_state: str
    dated: date | None
    since_then: bool
    citations: tuple[Citation, ...]
    beside: tuple[str, ...]
    penalty: PenaltyFound | None
    deadline: DeadlineFound | None
    stay: StayFound | None
    governs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question whose answer would settle findings.

    Args:
        fact: The fact or event.
        text: The question, in English.
        why: Why it is asked.
        bears_on: Titles of what it bears on, each once, where no page says why it is asked; nothing otherwise.
        settles: Ids of the findings that it could settle.
        for_lawyer: Whether only a lawyer can answer it.
    """

    fact: str
    text: str
    why: str
    bears_on: tuple[str, ...]
    settles: tuple[str, ...]
    for_lawyer: bool


class Turn(Enum):
    """What happens on a day on which an answer changes; what it is in English, but for a line of the page."""

    BEGINS = "the text comes into force"
    ENDS = "the text is no longer in force"
    LINE = ""
    DAY = "a day is reached"


_TURNS = {Truth.YES: "now holds", Truth.UNKNOWN: "can no longer be told", Truth.NO: "no longer holds"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What changes an answer.

    Args:
        turn: What happens.
        line: For a line of the page, the line, in English; "" otherwise.
        holds: Whether it holds from that day on.
        facts: Facts and events that it is decided by.
    """

    turn: Turn
    line: str = ""
    holds: Truth = Truth.UNKNOWN
    facts: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What changes it, in English."""
        return f"{self.line}: {_TURNS[self.holds]}" if self.turn is Turn.LINE else self.turn.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An answer that changes on a later day, if nothing else happens.

    Args:
        on: The first day of the new answer.
        id: The provision.
        before: The answer on the day before.
        after: The answer from that day on.
        cause: What changes it.
    """

    on: date
    id: str
    before: Answer
    after: Answer
    cause: Cause

    @property
    def because(self) -> str:
        """What changes it, in English."""
        return self.cause.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What an answer was made from: digest of all pages and version of the engine. Nothing of the facts."""

    corpus: str
    engine: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Everything the law holds for one person on one day.

    Args:
        on: The day asked.
        receipt: What it was made from.
        warnings: What the reader must be told first.
        findings: In the order of the pages; also those that do not concern the person.
        questions: The most useful first.
        changes: Over the next two years, by day.
    """

    on: date
    receipt: Receipt
    warnings: tuple[str, ...]
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    changes: tuple[Change, ...]

    def finding(self, name: str) -> Finding:
        """The finding of a provision; KeyError if there is none."""
        for finding in self.findings:
            if finding.id == name:
                return finding
        raise KeyError(name)
