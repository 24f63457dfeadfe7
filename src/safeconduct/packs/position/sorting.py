"""Which finding stands under which heading of the text: each under exactly one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from safeconduct.packs.position.wording import owners
from safeconduct.rules.finding import Answer, Caution, Finding, Position, State
from safeconduct.rules.tree import Kind
from safeconduct.values.truth import Truth


class Section(Enum):
    """A heading of the text."""

    HOLDS = 1
    GOVERNS = 2
    DISPUTED = 3
    UNCERTAIN = 4
    DEADLINE = 5
    STAY = 6
    PRACTICE = 7
    NO = 8
    ELSEWHERE = 9
    PROTECTION = 10


class Why(Enum):
    """Why a provision does not reach the person."""

    CONDITIONS = 1
    DISPLACED = 2
    NOT_IN_FORCE = 3


_BY_ANSWER = {
    Answer.YES: Section.HOLDS,
    Answer.DISPUTED: Section.DISPUTED,
    Answer.UNKNOWN: Section.UNCERTAIN,
    Answer.NO: Section.NO,
}


def section_of(finding: Finding) -> Section:
    """The heading under which a finding stands."""
    found = _BY_ANSWER[finding.answer]
    if not finding.concerns:
        found = Section.ELSEWHERE
    elif finding.practice:
        found = Section.PRACTICE if finding.answer is not Answer.NO else Section.NO
    elif finding.deadline is not None:
        found = Section.DEADLINE
    elif finding.stay is not None and finding.answer is not Answer.NO:
        found = Section.STAY
    elif finding.governs and finding.answer is Answer.YES:
        found = Section.GOVERNS
    elif finding.kind is Kind.PROTECTION and finding.answer is Answer.UNKNOWN:
        found = Section.PROTECTION
    return found


_STATES = (State.RUNNING, State.UNKNOWN, State.MISSED, State.NOT_STARTED, State.MET)


def _urgency(finding: Finding) -> tuple[int, date]:
    """Deadlines that run come first, then those that may; among them the earliest day to act by."""
    if finding.deadline is None:
        return (len(_STATES), date.max)
    return (_STATES.index(finding.deadline.state), finding.deadline.act_by or date.max)


def has_days(finding: Finding) -> bool:
    """Whether any day of a deadline is known."""
    deadline = finding.deadline
    if deadline is None:
        return False
    return any(day is not None for days in (deadline.starts, deadline.ends) for day in (days.earliest, days.latest))


def sorted_by_section(position: Position) -> dict[Section, list[Finding]]:
    """All findings under their headings: deadlines by urgency, all others in the order of the pages."""
    found: dict[Section, list[Finding]] = {section: [] for section in Section}
    for finding in position.findings:
        found[section_of(finding)].append(finding)
    found[Section.DEADLINE].sort(key=_urgency)
    return found


def why_not(finding: Finding) -> Why:
    """Why the answer is no, from its reasons."""
    if displacing(finding):
        return Why.DISPLACED
    return Why.NOT_IN_FORCE if days_in_force(finding) else Why.CONDITIONS


def displacing(finding: Finding) -> tuple[str, ...]:
    """The provisions that apply in the place of this one."""
    return tuple(one.id for one in finding.because if one.role == "displaced" and one.holds is Truth.YES)


def days_in_force(finding: Finding) -> str:
    """The days on which the text is in force, where the day asked is none of them; "" otherwise."""
    return next((one.text for one in finding.because if one.role == "force" and one.holds is Truth.NO), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Findings that depend on the same fact before any other.

    Args:
        fact: The fact or event whose answer helps most.
        findings: What depends on it, in the order of the pages.
    """

    fact: str
    findings: tuple[Finding, ...]


def grouped(findings: Iterable[Finding], position: Position) -> tuple[Group, ...]:
    """Findings by the fact that is asked first of all those that they lack.

    Args:
        findings: Findings whose answer is unknown.
        position: The position, for the order of its questions.
    Returns:
        Groups in the order of the questions, burdens first in each; last those whose facts nobody asks for.
    """
    rank = {question.fact: place for place, question in enumerate(position.questions)}
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        names = owners(finding.missing)
        first = min(names, key=lambda name: rank.get(name, len(rank))) if names else ""
        groups.setdefault(first, []).append(finding)
    ordered = sorted(groups, key=lambda name: rank.get(name, len(rank)))
    return tuple(Group(fact=name, findings=tuple(sorted(groups[name], key=_lightness))) for name in ordered)


BURDENS = frozenset({Kind.EXPOSURE, Kind.LIABILITY, Kind.RESTRICTION, Kind.DUTY})


def _lightness(finding: Finding) -> bool:
    return finding.kind not in BURDENS


def notes_beside(finding: Finding, position: Position) -> tuple[Finding, ...]:
    """The notes of practice that stand beside a rule and may concern the person.

    Returns:
        Those of the rule's own chapters first and those of the general list (PRA) after them, later ones last.
    """
    notes = [
        note
        for note in position.findings
        if note.practice and note.concerns and finding.id in note.beside and note.answer is not Answer.NO
    ]
    return tuple(sorted(notes, key=lambda note: (note.since_then, "-PRA-" in note.id)))


def cautions_in_order(finding: Finding, position: Position) -> tuple[tuple[Caution, ...], tuple[Caution, ...]]:
    """The cautions beside a deadline.

    Returns:
        Those that speak of practice, which come first; the others, in the order of the page.
    """
    practice = {one.id for one in position.findings if one.practice}
    return (
        tuple(one for one in finding.caution if one.id in practice),
        tuple(one for one in finding.caution if one.id not in practice),
    )


def reassures(finding: Finding) -> bool:
    """Whether somebody may rely on the answer: a burden that does not reach them, or a protection that does."""
    if finding.kind in {Kind.RIGHT, Kind.PROTECTION}:
        return finding.answer is Answer.YES
    return finding.answer is Answer.NO
