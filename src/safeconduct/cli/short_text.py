"""The first lines of a position: what is grave and holds, which days run, what is open, what to ask first."""

from collections.abc import Iterator

from safeconduct.cli import short_wording
from safeconduct.cli.layout import Line, bullet, heading
from safeconduct.packs.position import day_wording, wording
from safeconduct.packs.position.sorting import BURDENS, Section, has_days
from safeconduct.rules.finding import DeadlineFound, Finding, Position, State

_ASKED_FIRST = 3
_OPEN = (State.RUNNING, State.UNKNOWN, State.MISSED)


def short_lines(position: Position, by_section: dict[Section, list[Finding]]) -> Iterator[Line]:
    """A dozen lines that send the reader to the sections below; nothing for a person whom nothing concerns.

    Args:
        position: The position.
        by_section: Its findings under their headings.
    """
    lines = [
        *(short_wording.short_burden(finding) for finding in by_section[Section.HOLDS] if finding.kind in BURDENS),
        *(short_wording.short_disputed(finding) for finding in by_section[Section.DISPUTED]),
        *(_deadline(position, finding) for finding in by_section[Section.DEADLINE] if _is_open(finding)),
        *(_stay(position, finding) for finding in by_section[Section.STAY]),
        *_counted(by_section),
        *(short_wording.short_question(question) for question in position.questions[:_ASKED_FIRST]),
    ]
    said = [line for line in lines if line]
    if said:
        yield from heading(wording.SHORT)
    for line in said:
        yield from bullet(line)


def _is_open(finding: Finding) -> bool:
    return has_days(finding) and finding.deadline is not None and finding.deadline.state in _OPEN


def _deadline(position: Position, finding: Finding) -> str:
    """What helps comes first, as in the section below; then the days."""
    deadline: DeadlineFound | None = finding.deadline
    first = deadline.tells if deadline is not None else ""
    days = day_wording.deadline_days(finding, position.on)[1:2]
    return short_wording.short_days(finding, " ".join(part for part in (first, *days) if part))


def _stay(position: Position, finding: Finding) -> str:
    safe = day_wording.stay_safe(finding.stay, position.on) if finding.stay is not None else ""
    return short_wording.short_days(finding, safe) if safe else ""


def _counted(by_section: dict[Section, list[Finding]]) -> Iterator[str]:
    """How much is open, by what it would mean."""
    graver = sum(finding.kind in BURDENS for finding in by_section[Section.UNCERTAIN])
    others = len(by_section[Section.UNCERTAIN]) - graver
    ways = len(by_section[Section.PROTECTION])
    if graver or others or ways:
        yield short_wording.short_open(graver, others, ways)
