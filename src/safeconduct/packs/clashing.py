"""Which lines of a provision leave nobody, and whether one leaves nobody out: shown beside a fault, proved by z3."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import product

from safeconduct.rules.corpus import Corpus
from safeconduct.rules.formula import Formula, inverse
from safeconduct.rules.ground import Applied, Ground
from safeconduct.rules.kleene import residual
from safeconduct.rules.reading_of import cones
from safeconduct.rules.situation import Situation
from safeconduct.rules.solver import Prover, UnsettledError
from safeconduct.rules.tree import Provision

_NOBODY = Situation(facts={})
_WHOM, _EVENT, _DAYS, _CLOCK = -4, -3, -2, -1
"""Parts of a provision beside its clauses, which are numbered from 0."""

_Parts = dict[int, Formula]


def lines_that_clash(corpus: Corpus, name: str, days: Collection[int]) -> tuple[str, ...]:
    """The lines of a provision that are met together by nobody on any of some days; none of them can be left out.

    Args:
        corpus: The law.
        name: Id of a provision that never holds.
        days: The days to look at, as ordinals.
    Returns:
        The lines as the page has them; none if the solver gave up.
    """
    ways = [
        _Way(ground, parts, day)
        for ground in _grounds(corpus, name)
        for parts in _ways(ground, corpus.provisions[name])
        for day in days
    ]
    chosen: set[int] = set()
    try:
        for way in ways:
            if not way.clashes(chosen):
                chosen |= way.core()
        for one in sorted(chosen):
            if all(way.clashes(chosen - {one}) for way in ways):
                chosen.remove(one)
    except UnsettledError:
        return ()
    return tuple(_line(corpus.provisions[name], one) for one in sorted(chosen))


def leaves_nobody_out(corpus: Corpus, name: str, days: Collection[int]) -> bool:
    """Whether z3 proves that on each of some days a provision holds for everybody, under every reading.

    Args:
        corpus: The law.
        name: Id of the provision.
        days: The days, as ordinals.
    Returns:
        False also if the solver gave up.
    """
    try:
        return all(
            _prover(ground, day).world([inverse(residual(ground.provision(name).formula, day))]) is None
            for ground in _grounds(corpus, name)
            for day in days
        )
    except UnsettledError:
        return False


def _grounds(corpus: Corpus, name: str) -> list[Ground]:
    """The law for a person of whom nothing is told, under each choice of readings."""
    conflicts = cones(corpus).conflicts(name)
    chosen = product(*(range(len(corpus.conflicts[one].readings)) for one in conflicts))
    grounds = [Ground(corpus, _NOBODY, dict(zip(conflicts, one, strict=True))) for one in chosen]
    for ground in grounds:
        ground.provision(name)
    return grounds


def _prover(ground: Ground, day: int) -> Prover:
    prover = Prover()
    for constraint in ground.constraints():
        prover.require(residual(constraint, day))
    return prover


@dataclass(slots=True)
class _Way:
    """One way in which a provision could hold, on one day."""

    ground: Ground
    parts: _Parts
    day: int

    def clashes(self, chosen: Collection[int]) -> bool:
        """Whether the chosen parts are met together by nobody."""
        asked = [residual(formula, self.day) for one, formula in self.parts.items() if one in chosen]
        return _prover(self.ground, self.day).world(asked) is None

    def core(self) -> frozenset[int]:
        """Parts that clash; z3 says which."""
        prover = _prover(self.ground, self.day)
        names = {prover.name(residual(formula, self.day)): one for one, formula in self.parts.items()}
        return frozenset(names[one] for one in prover.clash(names) or ())


def _ways(ground: Ground, provision: Provision) -> Iterator[_Parts]:
    """The ways in which it could hold: by its conditions, and by each exception by which it holds."""
    grounded = ground.provision(provision.id)
    for one in grounded.applied:
        parts = {_WHOM: grounded.concerns, _EVENT: one.exists, _DAYS: one.in_force}
        if one.clock is not None:
            parts[_CLOCK] = one.formula
        yield {**parts, **_conditions(provision, one)}
        for index, clause in enumerate(provision.clauses):
            if clause.role == "exception" and clause.outcome:
                yield {**parts, index: one.clauses[index], **_defeats(provision, one, index)}


def _conditions(provision: Provision, applied: Applied) -> _Parts:
    own = {
        index: met if clause.role == "if" else inverse(met)
        for index, (clause, met) in enumerate(zip(provision.clauses, applied.clauses, strict=True))
        if clause.role != "exception"
    }
    return {**own, **_defeats(provision, applied, -1)}


def _defeats(provision: Provision, applied: Applied, after: int) -> _Parts:
    """The exceptions by which it does not hold, of those that come after one."""
    return {
        index: inverse(applied.clauses[index])
        for index, clause in enumerate(provision.clauses)
        if index > after and clause.role == "exception" and not clause.outcome
    }


def _line(provision: Provision, part: int) -> str:
    if part == _WHOM:
        return "whom it concerns"
    if part == _EVENT:
        return f"about {provision.about.event}" if provision.about is not None else "about the person"
    if part == _DAYS:
        return f"in force {provision.span.first or '...'} to {provision.span.last or '...'}"
    if part == _CLOCK:
        return "the deadline runs"
    clause = provision.clauses[part]
    if clause.role == "exception":
        return f'exception "{clause.by}": {clause.text}'
    return f"{clause.text} (line {clause.place.line})"
