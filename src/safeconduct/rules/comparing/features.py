"""What tells persons apart in the eyes of a provision: the conditions that it rests on, each as one formula."""

from collections.abc import Iterator
from dataclasses import dataclass

from safeconduct.rules.comparing.pair import Pair
from safeconduct.rules.dating import At
from safeconduct.rules.finding import Answer
from safeconduct.rules.formula import Formula, Settled, Within, conjunction
from safeconduct.rules.kleene import residual
from safeconduct.rules.people import Instance
from safeconduct.rules.reading_of import cones, parts_of
from safeconduct.rules.tree import (
    Aged,
    All,
    Asked,
    Between,
    ByReading,
    Condition,
    Happened,
    Holds,
    Not,
    On,
    Pattern,
    Provision,
    Some,
    Term,
)

WHOLE_TERM = 12
"""A term with no more parts than this is shown as what it says; a longer one by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """Something that is so of a person, or is not.

    Args:
        of: The condition of the page; None for the answers themselves, where no condition says less.
        formula: The same as a formula, as `residual` leaves it.
        law: Number of the law under which it is meant; None where both say the same.
        answer: For another provision that sources dispute: how it is answered.
    """

    of: Condition | None
    formula: Formula
    law: int | None = None
    answer: Answer | None = None


def features(pair: Pair, name: str) -> tuple[Feature, ...]:
    """The features on which a provision turns in both laws.

    Args:
        pair: Both laws.
        name: Id of a provision of either law.
    Returns:
        Each once, in the order of the pages, without what is settled for this person. What is alike in both laws is
        not taken apart further.
    """
    found: dict[Formula, Feature] = {}
    for one in said(pair, name):
        if not isinstance(one.formula, Settled):
            found.setdefault(one.formula, one)
    return tuple(found.values())


def said(pair: Pair, name: str) -> Iterator[Feature]:
    """What both laws say for a provision, condition by condition, also what is settled for this person."""
    for law, corpus in enumerate(pair.laws[:2]):
        if name in corpus.provisions:
            walk = _Walk(pair, law, apart=name not in pair.direct)
            for of, formula, answer in walk.provision(corpus.provisions[name]):
                differs = isinstance(of, Holds) and of.name in pair.changed
                yield Feature(of=of, formula=residual(formula, pair.on), law=law if differs else None, answer=answer)


_Said = tuple[Condition, Formula, Answer | None]


class _Walk:
    """Goes through what a provision rests on in one law.

    Args:
        pair: Both laws.
        law: The number of the one.
        apart: Whether other provisions are named even if sources dispute them; else those are taken apart.
    """

    def __init__(self, pair: Pair, law: int, *, apart: bool) -> None:
        self._pair = pair
        self._law = law
        self._apart = apart
        self._corpus = pair.laws[law]
        self._ground = pair.ground(law)
        self._seen: set[tuple[str, str]] = set()

    def provision(self, one: Provision) -> Iterator[_Said]:
        """What the person, and each event that the provision is applied to, must be like."""
        yield from self._parts(one.concerns, At(one.id))
        for instance in self._instances(one.about, one.id):
            at = At(one.id, instance)
            if instance is not None and one.about is not None:
                yield Happened(one.about), self._exists(instance), None
            span = one.span
            first, last = (On(day) if day is not None else None for day in (span.first, span.last))
            yield Between(one.governed_by, first, last), self._ground.in_force(one, instance), None
            for clause in one.clauses:
                yield from self._parts(clause.condition, at)
            for window in one.deadline.windows if one.deadline is not None else ():
                yield from self._parts(window.condition, at)

    def _exists(self, instance: Instance) -> Formula:
        return conjunction([instance.exists, Within(self._pair.people.own_day(instance), None, self._ground.asked)])

    def _instances(self, about: Pattern | None, use: str) -> list[Instance | None]:
        return [None] if about is None else list(self._pair.people.instances(about, use))

    def _parts(self, node: Condition, at: At) -> Iterator[_Said]:
        match node:
            case All() | Some() | ByReading():
                for part in node.parts:
                    yield from self._parts(part, at)
            case Not():
                yield from self._parts(node.part, at)
            case Holds():
                yield from self._reference(node, at)
            case Aged(least=int(), under=int()):
                for part in (Aged(node.fact, node.least, None, node.day), Aged(node.fact, None, node.under, node.day)):
                    yield part, self._ground.condition(part, at), None
            case Between(day=Asked(), first=On() | None, last=On() | None):
                return  # settled on the day asked
            case _:
                yield node, self._ground.condition(node, at), None

    def _reference(self, node: Holds, at: At) -> Iterator[_Said]:
        name = node.name
        item = self._corpus.terms.get(name) or self._corpus.provisions[name]
        disputed = bool(cones(self._corpus).conflicts(name))
        if isinstance(item, Provision) and (self._apart or not disputed):
            answers = self._pair.answers(self._law, name)
            for answer in (Answer.YES, Answer.NO) if disputed else (Answer.YES,):
                yield node, answers[answer], answer if disputed else None
            return
        if name not in self._pair.changed and not disputed and isinstance(item, Term) and _size(item) > WHOLE_TERM:
            yield node, self._ground.condition(node, at), None
            return
        key = (name, at.bound.label if at.bound is not None else "")
        if key in self._seen:
            return
        self._seen.add(key)
        if isinstance(item, Provision):
            yield from self.provision(item)
        else:
            yield from self._term(item, at)

    def _term(self, term: Term, at: At) -> Iterator[_Said]:
        bound = at.bound
        if term.about is None:
            yield from self._parts(term.condition, At(term.name))
        elif bound is not None and bound.kind == term.about.event:
            yield Happened(term.about), self._pair.people.matches(bound, term.about), None
            yield from self._parts(term.condition, At(term.name, bound))
        else:
            for one in self._pair.people.instances(term.about, term.name):
                yield Happened(term.about), self._exists(one), None
                yield from self._parts(term.condition, At(term.name, one))


def _size(term: Term) -> int:
    return sum(1 for _ in parts_of(term.condition))


__all__ = ["Feature", "features"]
