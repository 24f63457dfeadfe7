"""A position as a page shows it: deadlines first, then what holds, is disputed, is open, and the rest folded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from safeconduct.desk.cases.values import LawyersView
from safeconduct.rules.finding import Answer, Finding, Position, Reason, State
from safeconduct.rules.questions import base_name
from safeconduct.rules.tree import Kind
from safeconduct.values.truth import Truth

_URGENT = (State.RUNNING, State.UNKNOWN, State.MISSED, State.NOT_STARTED, State.MET)
GRAVE = (
    Kind.EXPOSURE,
    Kind.LIABILITY,
    Kind.RESTRICTION,
    Kind.DUTY,
    Kind.STATUS,
    Kind.RIGHT,
    Kind.PROTECTION,
    Kind.DEADLINE,
    Kind.PRACTICE,
)
"""Kinds, the gravest first."""
_MARKS = {Truth.YES: Answer.YES, Truth.NO: Answer.NO, Truth.UNKNOWN: Answer.UNKNOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A reason behind an answer.

    Args:
        mark: Whether what it says is so.
        reason: The reason.
    """

    mark: Answer
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A finding on the page.

    Args:
        finding: The finding.
        lines: Its reasons.
        missing: Facts and events that it lacks, each once.
        views: What lawyers said of it.
    """

    finding: Finding
    lines: tuple[Line, ...]
    missing: tuple[str, ...]
    views: tuple[LawyersView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """The findings of a position, each under one heading."""

    deadlines: tuple[Shown, ...]
    without_days: tuple[Shown, ...]
    holds: tuple[tuple[Kind, tuple[Shown, ...]], ...]
    disputed: tuple[Shown, ...]
    unknown: tuple[Shown, ...]
    stays: tuple[Shown, ...]
    practice: tuple[Shown, ...]
    no: tuple[Shown, ...]


def sections_of(position: Position, views: Mapping[str, tuple[LawyersView, ...]] | None = None) -> Sections:
    """The findings of a position under their headings; what does not concern the person is left out.

    Args:
        position: The position, in the reader's language.
        views: What lawyers said, by finding.
    """
    said = views or {}
    shown = [shown_of(one, said.get(one.id, ())) for one in position.findings if one.concerns]
    rules = [one for one in shown if not one.finding.practice and one.finding.deadline is None]
    stays = [one for one in rules if one.finding.stay is not None and one.finding.answer is not Answer.NO]
    others = [one for one in rules if one not in stays]
    deadlines = sorted((one for one in shown if one.finding.deadline is not None), key=_urgency)
    practice = [one for one in shown if one.finding.practice and one.finding.answer is not Answer.NO]
    return Sections(
        deadlines=tuple(one for one in deadlines if _has_days(one)),
        without_days=tuple(one for one in deadlines if not _has_days(one)),
        holds=_by_kind(one for one in others if one.finding.answer is Answer.YES),
        disputed=tuple(one for one in others if one.finding.answer is Answer.DISPUTED),
        unknown=tuple(one for one in others if one.finding.answer is Answer.UNKNOWN),
        stays=tuple(stays),
        practice=tuple(practice),
        no=tuple(one for one in others if one.finding.answer is Answer.NO),
    )


def shown_of(finding: Finding, views: tuple[LawyersView, ...] = ()) -> Shown:
    """A finding with its reasons, what it lacks, and what lawyers said of it."""
    return Shown(
        finding=finding,
        lines=tuple(Line(mark=_MARKS[reason.holds], reason=reason) for reason in finding.because),
        missing=tuple(dict.fromkeys(base_name(name) for name in finding.missing)),
        views=views,
    )


def _urgency(shown: Shown) -> tuple[int, date]:
    deadline = shown.finding.deadline
    if deadline is None:
        return len(_URGENT), date.max
    return _URGENT.index(deadline.state), deadline.act_by or date.max


def _has_days(shown: Shown) -> bool:
    deadline = shown.finding.deadline
    return deadline is not None and (deadline.act_by is not None or deadline.state is State.RUNNING)


def _by_kind(shown: Iterable[Shown]) -> tuple[tuple[Kind, tuple[Shown, ...]], ...]:
    held = list(shown)
    groups = ((kind, tuple(one for one in held if one.finding.kind is kind)) for kind in GRAVE)
    return tuple((kind, found) for kind, found in groups if found)
