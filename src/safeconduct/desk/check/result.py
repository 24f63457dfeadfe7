"""What the check found, in the order in which a person reads it: each finding stands under exactly one heading.

Pure: it knows no language, no page and no clock. `result_card` makes words of it, `result_pages` cuts it into pages.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from safeconduct.packs.position.sorting import BURDENS, grouped, has_days, notes_beside, sorted_by_section
from safeconduct.packs.position.sorting import Section as Heading
from safeconduct.packs.position.wording import owners
from safeconduct.rules.finding import Answer, Change, Finding, Position
from safeconduct.rules.position import CHANGES_MONTHS
from safeconduct.rules.timeline import Lane, Segment, Timeline
from safeconduct.rules.tree import Kind
from safeconduct.values.days import LAST_DAY, Rounding, add_months

_ONE_DAY = timedelta(days=1)


class Part(Enum):
    """A heading of the result, in the order of the page."""

    DEADLINES = 1
    STAYS = 2
    UNCERTAIN = 3
    WAYS = 4
    CHANGES = 5
    HOLDS = 6
    PRACTICE = 7
    ACCUSED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A finding under its heading.

    Args:
        finding: The finding.
        notes: What practice reports of it; each note stands beside one finding only.
        also: Notes beside it that stand beside an earlier finding.
        fact: For what is uncertain, the fact or event on which it depends first; "" otherwise.
    """

    finding: Finding
    notes: tuple[Finding, ...] = ()
    also: tuple[Finding, ...] = ()
    fact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Everything that a person is shown.

    Args:
        position: What it was made from.
        parts: The findings under their headings; a heading without findings is there, and empty.
    """

    position: Position
    parts: dict[Part, tuple[Entry, ...]]

    @property
    def on(self) -> date:
        """The day for which it was asked."""
        return self.position.on

    @property
    def changes(self) -> tuple[Change, ...]:
        """What changes in the two years after that day."""
        return self.position.changes

    def entries(self) -> Iterator[Entry]:
        """All entries, in the order of the headings."""
        for part in Part:
            yield from self.parts[part]

    def title(self, name: str) -> str:
        """The title of a provision, in English; its id if it has no finding."""
        return next((one.title for one in self.position.findings if one.id == name), name)


def result_of(position: Position) -> Result:
    """A position under the headings of the check.

    What is *no*, and what does not concern the person, is left out; deadlines that concern the person are never left
    out, whatever their state, because a term that has ended can be open again.

    Args:
        position: The position, in English.
    """
    found = sorted_by_section(position)
    open_now = [*found[Heading.UNCERTAIN], *found[Heading.DISPUTED], *found[Heading.HOLDS], *found[Heading.GOVERNS]]
    accused = [one for one in open_now if one.kind is Kind.EXPOSURE]
    ways = [one for one in (*open_now, *found[Heading.PROTECTION]) if one.kind is Kind.PROTECTION]
    rest = [one for one in open_now if one not in accused and one not in ways]
    beside = _Beside(position)
    parts = {
        Part.DEADLINES: tuple(beside.entry(one) for one in _dated_first(found[Heading.DEADLINE])),
        Part.STAYS: tuple(beside.entry(one) for one in found[Heading.STAY]),
        Part.UNCERTAIN: tuple(_uncertain(rest, position)),
        Part.WAYS: tuple(beside.entry(one) for one in sorted(ways, key=_surer)),
        Part.CHANGES: (),
        Part.HOLDS: tuple(Entry(finding=one) for one in _burdens_first(rest)),
        Part.ACCUSED: tuple(Entry(finding=one) for one in sorted(accused, key=_surer)),
    }
    parts[Part.PRACTICE] = tuple(Entry(finding=one) for one in found[Heading.PRACTICE] if one.id not in beside.said)
    return Result(position=position, parts=parts)


def _dated_first(deadlines: list[Finding]) -> list[Finding]:
    """Deadlines with a day, the most urgent first, then those of which no day is known."""
    return [*(one for one in deadlines if has_days(one)), *(one for one in deadlines if not has_days(one))]


def _surer(finding: Finding) -> int:
    """What holds comes before what is disputed, and that before what is not known."""
    return (Answer.YES, Answer.DISPUTED, Answer.UNKNOWN, Answer.NO).index(finding.answer)


def _burdens_first(findings: list[Finding]) -> list[Finding]:
    held = [one for one in findings if one.answer is Answer.YES]
    return [*(one for one in held if one.kind in BURDENS), *(one for one in held if one.kind not in BURDENS)]


def _uncertain(findings: list[Finding], position: Position) -> Iterator[Entry]:
    """What sources dispute first, then what is not known, by the fact whose answer would settle most."""
    for one in findings:
        if one.answer is Answer.DISPUTED:
            yield Entry(finding=one)
    for group in grouped((one for one in findings if one.answer is Answer.UNKNOWN), position):
        for one in group.findings:
            yield Entry(finding=one, fact=group.fact)


class _Beside:
    """Sets notes of practice beside findings, each once."""

    def __init__(self, position: Position) -> None:
        self._position = position
        self.said: set[str] = set()

    def entry(self, finding: Finding) -> Entry:
        """A finding with the notes that stand beside it."""
        notes = notes_beside(finding, self._position)
        fresh = tuple(note for note in notes if note.id not in self.said)
        self.said |= {note.id for note in fresh}
        return Entry(finding=finding, notes=fresh, also=tuple(note for note in notes if note not in fresh))


def asked_next(position: Position) -> tuple[str, ...]:
    """The facts and events that would settle most, each once, those left out that only a lawyer can answer."""
    return owners(question.fact for question in position.questions if not question.for_lawyer)


def lanes_of(result: Result) -> Timeline:
    """What changes after the day asked, as a timeline of the provisions that change and of no other.

    Args:
        result: The result; a position looks two years ahead.
    """
    last = date.fromordinal(min(add_months(result.on.toordinal(), CHANGES_MONTHS, Rounding.CLIP), LAST_DAY))
    changes: dict[str, list[Change]] = {}
    for change in result.changes:
        changes.setdefault(change.id, []).append(change)
    return Timeline(
        first=result.on,
        last=last,
        receipt=result.position.receipt,
        warnings=(),
        lanes=tuple(_lane(result, name, found, last) for name, found in changes.items()),
        marks=(),
    )


def _lane(result: Result, name: str, changes: list[Change], last: date) -> Lane:
    """One provision, from the day asked to the last day."""
    finding = result.position.finding(name)
    begins, because, segments = result.on, "", []
    for change in changes:
        segments.append(Segment(first=begins, last=change.on - _ONE_DAY, answer=change.before, because=because))
        begins, because = change.on, change.because
    segments.append(Segment(first=begins, last=last, answer=changes[-1].after, because=because))
    return Lane(id=name, kind=finding.kind, title=finding.title, segments=tuple(segments))
