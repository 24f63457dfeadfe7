"""`law check --mutate`: every small slip that the law could have, and whether a case would notice it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from safeconduct.packs.cases import Case
from safeconduct.packs.expectations import differences
from safeconduct.packs.references import links, reach
from safeconduct.packs.variants import variants
from safeconduct.rules.certainty import Worlds
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.formula import conjunction, disjunction, inverse
from safeconduct.rules.ground import Ground
from safeconduct.rules.kleene import NO
from safeconduct.rules.position import Assessor
from safeconduct.rules.reading_of import parts_of
from safeconduct.rules.situation import Situation
from safeconduct.rules.tree import Deadline, On, Provision, Term
from safeconduct.values.errors import Place, SituationError

Item = TypeVar("Item")

ENOUGH = 0.95
"""The share of slips that cases must notice."""

_MOST_DAYS = 40
_SOME_DAY = date(2023, 12, 12).toordinal()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A provision or term with one thing changed.

    Args:
        owner: Its id or name.
        what: What was changed.
        place: The line that was changed, or the declaration.
        changed: The whole of it, changed.
    """

    owner: str
    what: str
    place: Place
    changed: Provision | Term

    def corpus(self, original: Corpus) -> Corpus:
        """The law with this slip in it."""
        if isinstance(self.changed, Term):
            return replace(original, terms={**original.terms, self.owner: self.changed})
        return replace(original, provisions={**original.provisions, self.owner: self.changed})


def mutants(corpus: Corpus) -> Iterator[Mutant]:
    """Every slip in every provision and term, in the order of the pages."""
    for provision in corpus.provisions.values():
        yield from _of_clauses(provision)
        yield from _of_parts(provision)
    for term in corpus.terms.values():
        for what, condition in variants(term.condition):
            yield Mutant(owner=term.name, what=what, place=term.place, changed=replace(term, condition=condition))


def _of_clauses(provision: Provision) -> Iterator[Mutant]:
    for index, clause in enumerate(provision.clauses):
        before, after = provision.clauses[:index], provision.clauses[index + 1 :]

        def with_clauses(what: str, *clauses: object, place: Place = clause.place) -> Mutant:
            changed = replace(provision, clauses=clauses)  # type: ignore[arg-type]
            return Mutant(owner=provision.id, what=what, place=place, changed=changed)

        yield with_clauses("the line dropped", *before, *after)
        for what, condition in variants(clause.condition):
            yield with_clauses(what, *before, replace(clause, condition=condition), *after)


def _of_parts(provision: Provision) -> Iterator[Mutant]:
    for name in ("span", "concerns", "governed_by", "deadline", "stay", "penalty"):
        part = getattr(provision, name)
        if part is None or (name == "concerns" and not provision.shown and not provision.clauses):
            continue  # a row that only explains reaches nobody and nothing
        found = _of_deadline(part) if isinstance(part, Deadline) else variants(part)
        for what, changed in found:
            with_part = replace(provision, **{name: changed})  # type: ignore[arg-type]
            yield Mutant(owner=provision.id, what=what, place=provision.place, changed=with_part)


def _of_deadline(deadline: Deadline) -> Iterator[tuple[str, Deadline]]:
    for index in range(len(deadline.windows) if len(deadline.windows) > 1 else 0):
        yield "a line within dropped", replace(deadline, windows=_without(deadline.windows, index))
    for index in range(len(deadline.met_by)):
        yield "what meets it dropped", replace(deadline, met_by=_without(deadline.met_by, index))
    yield from variants(deadline)


def _without(parts: tuple[Item, ...], index: int) -> tuple[Item, ...]:
    return (*parts[:index], *parts[index + 1 :])


# --- whether it is noticed -------------------------------------------------------------------------------------


class Watch:
    """The cases, by what they notice.

    Args:
        corpus: The law.
        cases: Its cases, which it meets.
    """

    def __init__(self, corpus: Corpus, cases: Iterable[Case]) -> None:
        self.corpus = corpus
        self._cases = tuple(cases)
        self._edges = links(corpus)
        self._reaching: dict[str, frozenset[str]] = {}

    def _rests_on(self, owner: str) -> frozenset[str]:
        """Provisions whose findings may change with that one: itself, and all that reach it."""
        found = self._reaching.get(owner)
        if found is None:
            found = self._reaching[owner] = frozenset(
                name for name in self.corpus.provisions if owner in reach(self._edges, {name})
            )
        return found

    def notices(self, mutant: Mutant) -> bool:
        """Whether a case fails with this slip in the law."""
        touched = self._rests_on(mutant.owner)
        corpus = mutant.corpus(self.corpus)
        cases = [case for case in self._cases if any(expected.id in touched for expected in case.expected)]
        # A case of the provision itself is the likeliest to fail, and answers are cheaper than whole findings.
        cases.sort(key=lambda case: all(expected.id != mutant.owner for expected in case.expected))
        return any(_fails(corpus, case, touched, whole=False) for case in cases) or any(
            _fails(corpus, case, touched, whole=True) for case in cases
        )

    def equivalent(self, mutant: Mutant) -> bool:
        """Whether the slip can be shown to change no answer of anybody: then no case could notice it."""
        if not isinstance(mutant.changed, Provision) or mutant.changed.deadline or mutant.changed.stay:
            return False
        if mutant.changed.penalty != self.corpus.provisions[mutant.owner].penalty:
            return False
        ground = Ground(self.corpus, Situation(facts={}))
        other = Ground(mutant.corpus(self.corpus), Situation(facts={}))
        other.people = ground.people
        first, second = ground.provision(mutant.owner).formula, other.provision(mutant.owner).formula
        differ = disjunction([conjunction([first, inverse(second)]), conjunction([second, inverse(first)])])
        worlds = Worlds(ground.constraints())
        days = _days_of((self.corpus.provisions[mutant.owner], mutant.changed))
        if len(days) > _MOST_DAYS:
            return False
        decided = [worlds.decided(differ, day) for day in days]
        return all(one.settled and one.value == NO for one in decided)


def _fails(corpus: Corpus, case: Case, touched: frozenset[str], *, whole: bool) -> bool:
    """Whether the case fails: by an answer alone, or by anything that it expects."""
    expected = [one for one in case.expected if one.id in touched and (not whole or one.details)]
    if not expected:
        return False
    assessor = Assessor(corpus, case.situation)
    day = case.on.toordinal()
    try:
        if whole:
            return any(differences(one, assessor.finding(one.id, day)) for one in expected)
        return any(assessor.answer(one.id, day) is not one.answer for one in expected)
    except SituationError:
        return True


def _days_of(provisions: tuple[Provision, ...]) -> list[int]:
    found = {part.day.toordinal() for part in parts_of(provisions) if isinstance(part, On)}
    spans = [day for provision in provisions for day in (provision.span.first, provision.span.last) if day is not None]
    found.update(day.toordinal() for day in spans)
    near = {day + step for day in found for step in (-2, -1, 0, 1, 2)}
    return sorted(near) or [_SOME_DAY]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScore:
    """How many slips of a page the cases notice.

    Args:
        page: Its name.
        noticed: How many are noticed.
        survivors: Those that are not.
    """

    page: str
    noticed: int
    survivors: tuple[Mutant, ...]

    @property
    def share(self) -> float:
        """Noticed, of all: 0 to 1; 1 for none at all."""
        whole = self.noticed + len(self.survivors)
        return self.noticed / whole if whole else 1.0


def scores(found: Iterable[tuple[Mutant, bool]]) -> tuple[PageScore, ...]:
    """The score of each page.

    Args:
        found: Every slip that could be noticed, and whether it was.
    """
    noticed: dict[str, int] = {}
    survivors: dict[str, list[Mutant]] = {}
    for mutant, seen in found:
        page = mutant.place.name
        noticed[page] = noticed.get(page, 0) + seen
        survivors.setdefault(page, []).extend(() if seen else (mutant,))
    return tuple(
        PageScore(page=page, noticed=noticed[page], survivors=tuple(survivors[page])) for page in sorted(noticed)
    )


def whole_share(found: Iterable[PageScore]) -> float:
    """The share of all pages together."""
    pages = tuple(found)
    noticed = sum(page.noticed for page in pages)
    whole = noticed + sum(len(page.survivors) for page in pages)
    return noticed / whole if whole else 1.0
