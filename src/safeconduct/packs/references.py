"""Which provisions and terms a part of the law rests on, and which part of the law is needed to answer for some."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import replace

from safeconduct.rules.corpus import Corpus
from safeconduct.rules.reading_of import parts_of
from safeconduct.rules.tree import Holds, LastLawfulDay, Provision, Term

MOST_STEPS = 64


def names_in(value: object) -> Iterator[str]:
    """Every provision or term that a part of the tree names."""
    return (part.name for part in parts_of(value) if isinstance(part, Holds))


def circles(provisions: dict[str, Provision], terms: dict[str, Term]) -> dict[str, str]:
    """What is wrong with names that rest on themselves, or on a chain of more than MOST_STEPS others.

    A circle is reported once, at the first of its names.
    """
    everything = {**provisions, **terms}
    edges = {name: {other for other in names_in(item) if other in everything} for name, item in everything.items()}
    found: dict[str, str] = {}
    while True:
        steps = _steps(edges)
        left = [name for name in edges if name not in steps]
        if not left:
            break
        circle = _circle(edges, left)
        first = next(name for name in edges if name in circle)
        found[first] = "rests on itself" + (
            f", through {', '.join(sorted(circle - {first}))}" if len(circle) > 1 else ""
        )
        edges = {name: others - circle for name, others in edges.items() if name not in circle}
    long = (name for name in steps if steps[name] > MOST_STEPS)
    return found | dict.fromkeys(long, f"rests on a chain of more than {MOST_STEPS} others")


def _steps(edges: dict[str, set[str]]) -> dict[str, int]:
    """How long a chain each name rests on; none for names that rest on a circle."""
    resting: dict[str, list[str]] = {name: [] for name in edges}
    for name, others in edges.items():
        for other in others:
            resting[other].append(name)
    left = {name: len(others) for name, others in edges.items()}
    steps = {name: 0 for name, count in left.items() if not count}
    ready = list(steps)
    while ready:
        for above in resting[ready.pop()]:
            left[above] -= 1
            if not left[above]:
                steps[above] = 1 + max(steps[other] for other in edges[above])
                ready.append(above)
    return steps


def _circle(edges: dict[str, set[str]], left: list[str]) -> frozenset[str]:
    """The names of one circle, where each of `left` rests on another of them."""
    inside = set(left)
    path = {left[0]: 0}
    name = left[0]
    while True:
        name = min(edges[name] & inside)
        if name in path:
            return frozenset(other for other, at in path.items() if at >= path[name])
        path[name] = len(path)


def links(corpus: Corpus) -> dict[str, frozenset[str]]:
    """For each provision and term, what its finding may draw on directly: conditions, ids it names, notes beside it."""
    stays: dict[str, set[str]] = {}
    beside: dict[str, set[str]] = {}
    for name, provision in corpus.provisions.items():
        if provision.stay is not None:
            stays.setdefault(provision.stay.country, set()).add(name)
        for rule in provision.beside:
            beside.setdefault(rule, set()).add(name)
    found = {name: frozenset(names_in(term)) for name, term in corpus.terms.items()}
    for name, provision in corpus.provisions.items():
        direct = {*names_in(provision), *provision.of, *provision.beside, *beside.get(name, ())}
        direct.update(clause.by for clause in provision.clauses)
        direct.update(caution.id for caution in provision.cautions)
        if provision.deadline is not None:
            direct.add(provision.deadline.if_missed)
        for part in parts_of(provision):
            if isinstance(part, LastLawfulDay):
                direct |= stays.get(part.country, set())
        found[name] = frozenset(direct & {*corpus.provisions, *corpus.terms})
    return found


def reach(edges: dict[str, frozenset[str]], names: Collection[str]) -> frozenset[str]:
    """The names and all that can be reached from them."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(edges.get(name, ()))
    return frozenset(found)


def excerpt(corpus: Corpus, names: Collection[str], edges: dict[str, frozenset[str]] | None = None) -> Corpus:
    """The part of the law that decides some provisions: their findings are the same as with all of it.

    Args:
        corpus: All the law.
        names: Ids of provisions.
        edges: As from `links`, if they were computed before.
    Returns:
        A corpus with a digest of its own.
    """
    needed = reach(links(corpus) if edges is None else edges, names)
    label = " ".join((corpus.digest, *sorted(needed)))
    return replace(
        corpus,
        provisions={name: item for name, item in corpus.provisions.items() if name in needed},
        terms={name: item for name, item in corpus.terms.items() if name in needed},
        digest=hashlib.sha256(label.encode()).hexdigest(),
    )
