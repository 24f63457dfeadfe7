"""What can be told of provisions without any person: those that never hold, always hold, or contradict themselves."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from safeconduct.packs.clashing import leaves_nobody_out, lines_that_clash
from safeconduct.packs.exceptions import Ranked
from safeconduct.packs.references import excerpt, links, reach
from safeconduct.packs.somebody import somebody
from safeconduct.rules.cells import literals
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Answer
from safeconduct.rules.formula import Formula
from safeconduct.rules.ground import Ground
from safeconduct.rules.implicants import implicants
from safeconduct.rules.kleene import Atom, residual, variables
from safeconduct.rules.position import Assessor
from safeconduct.rules.reading_of import parts_of
from safeconduct.rules.situation import Situation
from safeconduct.rules.tree import Clause, On, Provision
from safeconduct.values.days import FIRST_DAY, LAST_DAY
from safeconduct.values.errors import Fault

_NOBODY = Situation(facts={})
_SOME_DAY = date(2023, 12, 12).toordinal()
_PROBE = "PROBE"


def wrong_meanings(corpus: Corpus, exceptions: dict[str, tuple[Ranked, ...]]) -> Iterator[Fault]:
    """What is wrong with what provisions mean, over every person there could be: LAW050, LAW051, LAW053."""
    edges = links(corpus)
    assessor = Assessor(corpus, _NOBODY)
    for provision in corpus.provisions.values():
        days = _days(corpus, edges, provision)
        answers = (assessor.answer(provision.id, day) for day in days)
        if all(answer is Answer.NO for answer in answers):
            clash = _clash(corpus, edges, provision, days)
            hint = f"look for conditions that exclude each other, or for a text that never governs{clash}"
            message = f"{provision.id} can never hold"
            yield Fault(code="LAW050", place=provision.place, message=message, hint=hint)
        elif provision.shown and all(
            assessor.answer(provision.id, day) is Answer.YES for day in _inside(provision, days)
        ):
            hint = f"say with if, or with concerns, whom it reaches{_everybody(corpus, edges, provision, days)}"
            message = f"{provision.id} holds for everybody"
            yield Fault(code="LAW051", place=provision.place, message=message, hint=hint)
        yield from _contradictions(corpus, edges, provision, exceptions.get(provision.id, ()), days)


def beyond_columns(corpus: Corpus) -> tuple[str, ...]:
    """Provisions that may stay unknown for many people at once, though each one alone is answered exactly.

    Kleene's tables are exact for most; of the others, those with more than 64 prime implicants are named.
    """
    ground = Ground(corpus, _NOBODY)
    found = []
    for provision in corpus.provisions.values():
        day = _SOME_DAY if provision.span.first is None else provision.span.first.toordinal()
        formula = residual(ground.provision(provision.id).formula, day)
        if not _exact(formula) and implicants(formula, day) is None:
            found.append(provision.id)
    return tuple(found)


def _exact(formula: Formula) -> bool:
    """Whether Kleene's value is exact: no two atoms share a variable, and none stands on both sides of a not."""
    sides: dict[Atom, set[bool]] = {}
    for atom, positive in literals(formula):
        sides.setdefault(atom, set()).add(positive)
    touched = [variable for atom in sides for variable in variables(atom)]
    return len(touched) == len(set(touched)) and all(len(found) == 1 for found in sides.values())


def _days(corpus: Corpus, edges: dict[str, frozenset[str]], provision: Provision) -> list[int]:
    """Days on which it, or what it rests on, may change; those in force first."""
    needed = reach(edges, {provision.id})
    trees = [corpus.provisions.get(name) or corpus.terms.get(name) for name in needed]
    found = {_SOME_DAY}
    for part in parts_of(tuple(tree for tree in trees if tree is not None)):
        if isinstance(part, On):
            found.add(part.day.toordinal())
        elif isinstance(part, Provision):
            found.update(day.toordinal() for day in (part.span.first, part.span.last) if day is not None)
    near = {day + step for day in found for step in (-1, 0, 1) if FIRST_DAY <= day + step <= LAST_DAY}
    inside = set(_inside(provision, near))
    return [*sorted(inside), *sorted(near - inside)]


def _inside(provision: Provision, days: Iterable[int]) -> list[int]:
    first, last = provision.span.first, provision.span.last
    low = FIRST_DAY if first is None else first.toordinal()
    high = LAST_DAY if last is None else last.toordinal()
    return [day for day in days if low <= day <= high]


def _clash(corpus: Corpus, edges: dict[str, frozenset[str]], provision: Provision, days: list[int]) -> str:
    """The lines that nobody meets together, in words."""
    lines = lines_that_clash(excerpt(corpus, {provision.id}, edges), provision.id, days)
    return f"; nobody meets together: {'; '.join(lines)}" if lines else ""


def _everybody(corpus: Corpus, edges: dict[str, frozenset[str]], provision: Provision, days: list[int]) -> str:
    """Of whom it holds already, and that it holds of everybody else, in words."""
    inside = _inside(provision, days)
    of_whom = (
        f"; on {date.fromordinal(inside[0])} it holds already of somebody of whom nothing is told" if inside else ""
    )
    proved = leaves_nobody_out(excerpt(corpus, {provision.id}, edges), provision.id, inside)
    return f"{of_whom}, and z3 finds nobody of whom it does not (unsat)" if proved and of_whom else of_whom


# --- exceptions that disagree ----------------------------------------------------------------------------------


def _contradictions(
    corpus: Corpus, edges: dict[str, frozenset[str]], provision: Provision, found: tuple[Ranked, ...], days: list[int]
) -> Iterator[Fault]:
    over = {one.clause.by: frozenset(one.over) for one in found}
    for index, first in enumerate(found):
        for second in found[index + 1 :]:
            ordered = first.clause.by in reach(over, over[second.clause.by])
            if first.clause.outcome == second.clause.outcome or ordered:
                continue
            both = _both_hold(corpus, edges, provision, (first.clause, second.clause), days)
            if both is not None:
                yield Fault(
                    code="LAW053",
                    place=second.clause.place,
                    message=f'"{second.clause.by}" ({_seat(second.clause)}) and "{first.clause.by}" '
                    f"({_seat(first.clause)}, {first.clause.place}) disagree about {provision.id}, and both can apply",
                    hint=f'say which comes first: add over "{first.clause.by}", or the other way round{both}',
                )


def _both_hold(
    corpus: Corpus,
    edges: dict[str, frozenset[str]],
    provision: Provision,
    clauses: tuple[Clause, Clause],
    days: list[int],
) -> str | None:
    """Somebody to whom both apply, in words; "" if nobody could be told; None if they never apply together."""
    asked = tuple(replace(clause, role="if") for clause in clauses)
    probe = replace(provision, id=_PROBE, clauses=asked, of=(), deadline=None, stay=None)
    part = excerpt(corpus, {provision.id}, edges)
    probed = replace(part, provisions={**part.provisions, _PROBE: probe})
    assessor = Assessor(probed, _NOBODY)
    day = next((day for day in days if assessor.answer(_PROBE, day) is not Answer.NO), None)
    if day is None:
        return None
    person = somebody(probed, _PROBE, day)
    return f"; on {date.fromordinal(day)} both apply to: {person}" if person else ""


def _seat(clause: Clause) -> str:
    citation = clause.citation
    return " ".join(part for part in (citation.act, citation.article) if part) if citation is not None else ""
