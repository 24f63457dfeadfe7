"""The law as it stood on a day: what begins later is not there yet, and nothing that was in force then ends."""

from dataclasses import replace
from datetime import date

from safeconduct.rules.corpus import Corpus
from safeconduct.rules.tree import (
    All,
    Always,
    Asked,
    Between,
    ByReading,
    Clause,
    Condition,
    Day,
    Deadline,
    Kind,
    Not,
    On,
    Provision,
    Some,
    Span,
    Stay,
    Term,
    Window,
)

SEASON_DAYS = 366
"""A time that the law itself names, such as the weeks of a call-up, is shorter; a version of a text is not."""
_ASKED = Asked()
_NEVER = Always(holds=False)


def as_it_stood(corpus: Corpus, day: date) -> Corpus:
    """The law without what was made later: asked on any day, it answers as if nothing had changed since.

    Args:
        corpus: The law, with its history.
        day: The last day of which changes are taken over.
    Returns:
        The same corpus where nothing in it depends on the day; parts that do not are the very same objects.
    """
    frozen = _Frozen(day)
    provisions = {name: frozen.provision(one) for name, one in corpus.provisions.items()}
    terms = {name: frozen.term(one) for name, one in corpus.terms.items()}
    return replace(corpus, provisions=provisions, terms=terms)


def is_version(part: Between, counted: Day) -> bool:
    """Whether a condition on days says which text counts, and not what happened to the person.

    Args:
        part: The condition.
        counted: The day whose text governs the provision.
    """
    if part.day not in (_ASKED, counted) or not all(isinstance(end, On | None) for end in (part.first, part.last)):
        return False
    if isinstance(part.first, On) and isinstance(part.last, On) and part.day == _ASKED:
        return (part.last.day - part.first.day).days >= SEASON_DAYS
    return part.first is not None or part.last is not None


class _Frozen:
    """Puts parts of the law back to a day.

    Args:
        day: The day.
    """

    def __init__(self, day: date) -> None:
        self._day = day

    def provision(self, one: Provision) -> Provision:
        """A note of practice stays as it is: a report is no text that is in force."""
        if one.kind is Kind.PRACTICE:
            return one
        counted = one.governed_by
        if one.span.first is not None and one.span.first > self._day:
            return replace(one, concerns=_NEVER)
        span = self._span(one.span)
        clauses = tuple(self._clause(clause, counted) for clause in one.clauses)
        concerns = self._condition(one.concerns, counted)
        deadline = self._deadline(one.deadline, counted) if one.deadline is not None else None
        stay = self._stay(one.stay) if one.stay is not None else None
        old = (one.span, *one.clauses, one.concerns, one.deadline, one.stay)
        new = (span, *clauses, concerns, deadline, stay)
        if all(a is b for a, b in zip(old, new, strict=True)):
            return one
        return replace(one, span=span, clauses=clauses, concerns=concerns, deadline=deadline, stay=stay)

    def term(self, one: Term) -> Term:
        """A term has no governing day of its own."""
        condition = self._condition(one.condition, _ASKED)
        return one if condition is one.condition else replace(one, condition=condition)

    def _span(self, span: Span) -> Span:
        return replace(span, last=None) if span.last is not None and span.last >= self._day else span

    def _clause(self, clause: Clause, counted: Day) -> Clause:
        condition = self._condition(clause.condition, counted)
        return clause if condition is clause.condition else replace(clause, condition=condition)

    def _deadline(self, deadline: Deadline, counted: Day) -> Deadline:
        windows = tuple(self._window(window, counted) for window in deadline.windows)
        same = all(a is b for a, b in zip(windows, deadline.windows, strict=True))
        return deadline if same else replace(deadline, windows=windows)

    def _window(self, window: Window, counted: Day) -> Window:
        condition = self._condition(window.condition, counted)
        return window if condition is window.condition else replace(window, condition=condition)

    def _stay(self, stay: Stay) -> Stay | None:
        if stay.since is not None and stay.since > self._day:
            return None
        return replace(stay, until=None) if stay.until is not None and stay.until >= self._day else stay

    def _condition(self, node: Condition, counted: Day) -> Condition:
        match node:
            case All() | Some() | ByReading():
                parts = tuple(self._condition(part, counted) for part in node.parts)
                same = all(a is b for a, b in zip(parts, node.parts, strict=True))
                return node if same else replace(node, parts=parts)
            case Not():
                part = self._condition(node.part, counted)
                return node if part is node.part else Not(part)
            case Between() if is_version(node, counted):
                return self._version(node)
            case _:
                return node

    def _version(self, node: Between) -> Between | Always:
        first, last = node.first, node.last
        if isinstance(first, On) and first.day > self._day:
            return _NEVER
        if isinstance(last, On) and last.day >= self._day:
            return Always(holds=True) if first is None and node.day == _ASKED else Between(node.day, first, None)
        return node
