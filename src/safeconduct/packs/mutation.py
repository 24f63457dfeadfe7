"""`law check --mutate`: every small slip that the law could have, and whether a case would notice it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from safeconduct.packs.assembly import Assembled
from safeconduct.packs.cases import Case
from safeconduct.packs.expectations import differences
from safeconduct.packs.references import links, reach
from safeconduct.packs.variants import slips, swapped, variants
from safeconduct.rules.certainty import Worlds
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.dating import At
from safeconduct.rules.formula import Formula, conjunction, disjunction, inverse
from safeconduct.rules.ground import Ground
from safeconduct.rules.kleene import NO
from safeconduct.rules.position import Assessor
from safeconduct.rules.reading_of import parts_of
from safeconduct.rules.situation import Situation
from safeconduct.rules.tree import Clause, Day, Deadline, Holds, On, Provision, Span, Term
from safeconduct.values.errors import Place, SituationError

Item = TypeVar("Item")

ENOUGH = 0.95
"""The share of slips that cases must notice."""

_MOST_DAYS = 60
_NOBODY = Situation(facts={})
_SOME_DAY = date(2023, 12, 12).toordinal()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """The law with one thing changed.

    Args:
        owner: The provision, term or named day that was changed.
        what: What was changed.
        place: The line that was changed, or the declaration.
        changed: All that is changed by it: one provision or term, or all that use a named day.
    """

    owner: str
    what: str
    place: Place
    changed: tuple[Provision | Term, ...]

    def corpus(self, original: Corpus) -> Corpus:
        """The law with this slip in it."""
        provisions = {one.id: one for one in self.changed if isinstance(one, Provision)}
        terms = {one.name: one for one in self.changed if isinstance(one, Term)}
        return replace(original, provisions={**original.provisions, **provisions}, terms={**original.terms, **terms})

    @property
    def names(self) -> frozenset[str]:
        """Names of what is changed."""
        return frozenset(one.id if isinstance(one, Provision) else one.name for one in self.changed)


def mutants(assembled: Assembled) -> Iterator[Mutant]:
    """Every slip in every provision, term and named day. A named day is changed once, wherever it is used."""
    corpus = assembled.corpus
    fixed = frozenset(id(part) for day, _ in assembled.days.values() for part in parts_of(day))
    for provision in corpus.provisions.values():
        yield from _of_clauses(provision, fixed)
        yield from _of_parts(provision, fixed)
    for term in corpus.terms.values():
        for what, condition in variants(term.condition, fixed):
            yield Mutant(owner=term.name, what=what, place=term.place, changed=(replace(term, condition=condition),))
    for name, (day, place) in assembled.days.items():
        yield from _of_day(corpus, name, day, place)


def _of_day(corpus: Corpus, name: str, day: Day, place: Place) -> Iterator[Mutant]:
    inside = {id(part) for part in parts_of(day)}
    everything: tuple[Provision | Term, ...] = (*corpus.provisions.values(), *corpus.terms.values())
    using = [item for item in everything if not inside.isdisjoint(id(part) for part in parts_of(item))]
    for part in parts_of(day):
        for what, new in slips(part):
            changed = tuple(swapped(item, part, new) for item in using)
            kept = tuple(one for one, item in zip(changed, using, strict=True) if one is not item)
            if kept:
                yield Mutant(owner=name, what=what, place=place, changed=kept)


def _of_clauses(provision: Provision, fixed: frozenset[int]) -> Iterator[Mutant]:
    for index, clause in enumerate(provision.clauses):
        before, after = provision.clauses[:index], provision.clauses[index + 1 :]

        def with_clauses(what: str, *clauses: Clause, place: Place = clause.place) -> Mutant:
            changed = replace(provision, clauses=clauses)
            return Mutant(owner=provision.id, what=what, place=place, changed=(changed,))

        yield with_clauses("the line dropped", *before, *after)
        for what, condition in variants(clause.condition, fixed):
            yield with_clauses(what, *before, replace(clause, condition=condition), *after)


def _of_parts(provision: Provision, fixed: frozenset[int]) -> Iterator[Mutant]:
    for name in ("span", "concerns", "governed_by", "deadline", "stay", "penalty"):
        part: Any = getattr(provision, name)
        if part is None or id(part) in fixed:
            continue
        if name == "concerns" and not provision.shown and not provision.clauses:
            continue  # a row that only explains reaches nobody and nothing
        found: Iterator[tuple[str, Any]] = (
            _of_deadline(part, fixed) if isinstance(part, Deadline) else variants(part, fixed)
        )
        for what, changed in found:
            with_part = replace(provision, **{name: changed})
            yield Mutant(owner=provision.id, what=what, place=provision.place, changed=(with_part,))


def _of_deadline(deadline: Deadline, fixed: frozenset[int]) -> Iterator[tuple[str, Deadline]]:
    for index in range(len(deadline.windows) if len(deadline.windows) > 1 else 0):
        yield "a line within dropped", replace(deadline, windows=_without(deadline.windows, index))
    for index in range(len(deadline.met_by)):
        yield "what meets it dropped", replace(deadline, met_by=_without(deadline.met_by, index))
    yield from variants(deadline, fixed)


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
        touched = frozenset(name for owner in mutant.names for name in self._rests_on(owner))
        corpus = mutant.corpus(self.corpus)
        cases = [case for case in self._cases if any(expected.id in touched for expected in case.expected)]
        # A case of the provision itself is the likeliest to fail, and answers are cheaper than whole findings.
        cases.sort(key=lambda case: all(expected.id not in mutant.names for expected in case.expected))
        return any(_fails(corpus, case, touched, whole=False) for case in cases) or any(
            _fails(corpus, case, touched, whole=True) for case in cases
        )

    def equivalent(self, mutant: Mutant) -> bool:
        """Whether the slip can be shown to change no answer of anybody: then no case could notice it."""
        return all(self._same(mutant, name) for name in mutant.names)

    def _same(self, mutant: Mutant, name: str) -> bool:
        changed = mutant.corpus(self.corpus)
        if name in self.corpus.provisions:
            before, after = self.corpus.provisions[name], changed.provisions[name]
            if after.deadline or after.stay or after.penalty != before.penalty:
                return False
        ground = Ground(self.corpus, _NOBODY)
        other = Ground(changed, _NOBODY)
        other.people = ground.people
        first, second = (_formula(each, name) for each in (ground, other))
        differ = disjunction([conjunction([first, inverse(second)]), conjunction([second, inverse(first)])])
        worlds = Worlds(ground.constraints())
        days = _days_of(self.corpus, changed, name)
        decided = (worlds.decided(differ, day) for day in days)
        return len(days) <= _MOST_DAYS and all(one.settled and one.value == NO for one in decided)


def _formula(ground: Ground, name: str) -> Formula:
    """Whether the provision or term holds."""
    return ground.condition(Holds(name), At(name))


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


def _days_of(before: Corpus, after: Corpus, name: str) -> list[int]:
    """The days that stand in it before and after the change, and those around them."""
    items = [
        each for corpus in (before, after) for each in (corpus.provisions.get(name), corpus.terms.get(name)) if each
    ]
    found = {_SOME_DAY}
    for part in parts_of(tuple(items)):
        if isinstance(part, On):
            found.add(part.day.toordinal())
        elif isinstance(part, Span):
            found.update(day.toordinal() for day in (part.first, part.last) if day is not None)
    return sorted({day + step for day in found for step in (-1, 0, 1)})


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
