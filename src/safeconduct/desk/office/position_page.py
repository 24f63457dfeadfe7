"""A position as a page shows it: deadlines first, then what holds, is disputed, is open, and the rest folded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.cases.values import LawyersView
from safeconduct.desk.office.law_on_page import LawOnPage, Line
from safeconduct.rules.finding import Answer, DeadlineFound, Finding, Position, State
from safeconduct.rules.questions import base_name
from safeconduct.rules.tree import Kind
from safeconduct.values.citation import Confidence

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
_PASSED = {
    State.RUNNING: _("This safe day has passed, but the deadline still runs. Act at once."),
    State.UNKNOWN: _("This day has passed. That does not say that the deadline was missed: it may still be open."),
    State.NOT_STARTED: _("This day has passed, but by what was told the deadline has not begun."),
}
"""What is said beside a day that has passed, where that alone would be read as too late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A deadline on the page.

    Args:
        found: The deadline.
        passed: What is said of a day to act by that has passed on the day asked; "" for nothing.
        is_over: Whether the day is one of the past: the days counted have ended, or what it asks for was done.
        is_open: Whether the days counted have ended, and a ground to act late is open: it is said first.
    """

    found: DeadlineFound
    passed: Promise | str
    is_over: bool
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A finding on the page.

    Args:
        finding: The finding.
        lines: Its reasons.
        missing: Facts and events that it lacks, each once.
        views: What lawyers said of it.
        term: Its deadline; None where it has none.
        stay_rule: Its rule of stay, in words; "" where it has none.
        is_unsure: Whether what decides is background knowledge that nobody has verified.
    """

    finding: Finding
    lines: tuple[Line, ...]
    missing: tuple[str, ...]
    views: tuple[LawyersView, ...]
    term: Term | None
    stay_rule: str
    is_unsure: bool


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

    @property
    def number_held(self) -> int:
        """How many hold."""
        return sum(len(found) for _kind, found in self.holds)

    @property
    def number_of_deadlines(self) -> int:
        """How many deadlines there are, with and without a day."""
        return len(self.deadlines) + len(self.without_days)


def sections_of(
    position: Position, law: LawOnPage, views: Mapping[str, tuple[LawyersView, ...]] | None = None
) -> Sections:
    """The findings of a position under their headings; what does not concern the person is left out.

    Args:
        position: The position, in the reader's language.
        law: What words the page.
        views: What lawyers said, by finding.
    """
    said = views or {}
    shown = [shown_of(one, law, position.on, said.get(one.id, ())) for one in position.findings if one.concerns]
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


def shown_of(finding: Finding, law: LawOnPage, on: date, views: tuple[LawyersView, ...] = ()) -> Shown:
    """A finding with its reasons, what it lacks, and what lawyers said of it.

    Args:
        finding: In the reader's language.
        law: What words the page.
        on: The day asked.
        views: What lawyers said.
    """
    return Shown(
        finding=finding,
        lines=law.lines(finding.because),
        missing=missing_of(finding),
        views=views,
        term=None if finding.deadline is None else _term(finding.deadline, on),
        stay_rule="" if finding.stay is None else law.stay_rule(finding.id),
        is_unsure=finding.confidence is Confidence.C,
    )


def missing_of(finding: Finding) -> tuple[str, ...]:
    """The facts and events that a finding lacks, each once."""
    return tuple(dict.fromkeys(base_name(name) for name in finding.missing))


def _term(found: DeadlineFound, on: date) -> Term:
    has_passed = found.act_by is not None and found.act_by < on
    return Term(
        found=found,
        passed=_PASSED.get(found.state, "") if has_passed else "",
        is_over=found.state in {State.MISSED, State.MET},
        is_open=found.state is State.MISSED and bool(found.tells or found.late),
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
