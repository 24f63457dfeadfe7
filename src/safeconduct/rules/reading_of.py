"""What a condition rests on: the facts and events it names, the provisions it refers to, the conflicts it meets."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cached_property

from safeconduct.rules.corpus import Corpus
from safeconduct.rules.stay import ENTERED, LEFT
from safeconduct.rules.tree import (
    Aged,
    BoundDay,
    BoundIs,
    ByReading,
    CountOf,
    FactDay,
    FactIs,
    Holds,
    Includes,
    LastLawfulDay,
    NumberIn,
    Pattern,
    Provision,
    Told,
)

_FIELDS: dict[type, tuple[str, ...]] = {}
_REMEMBERED_AT_MOST = 20_000
_CORPORA_AT_MOST = 4


def _field_names(kind: type) -> tuple[str, ...]:
    found = _FIELDS.get(kind)
    if found is None:
        found = _FIELDS[kind] = tuple(part.name for part in fields(kind)) if is_dataclass(kind) else ()
    return found


def parts_of(value: object) -> Iterator[object]:
    """A part of the tree and everything under it."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple):
            waiting.extend(reversed(one))
        else:
            names = _field_names(type(one))
            if names:
                yield one
                waiting.extend(getattr(one, name) for name in reversed(names))


class _Remembered:
    """Names worked out for a part of the tree. Parts do not change, and comparing them costs more than the work."""

    def __init__(self, work_out: Callable[[object], tuple[str, ...]]) -> None:
        self._work_out = work_out
        self._found: dict[int, tuple[object, tuple[str, ...]]] = {}

    def __call__(self, value: object) -> tuple[str, ...]:
        kept = self._found.get(id(value))
        if kept is None or kept[0] is not value:
            if len(self._found) >= _REMEMBERED_AT_MOST:
                self._found.clear()
            kept = self._found[id(value)] = (value, self._work_out(value))
        return kept[1]


def _facts_named(value: object) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for part in parts_of(value):
        match part:
            case FactIs() | Includes() | NumberIn() | CountOf() | Aged() | FactDay():
                found[part.fact] = None
            case BoundIs() | BoundDay() | Told():
                found[part.event] = None
            case Pattern():
                found[part.event] = None
            case LastLawfulDay():
                found["entered"] = None
            case _:
                pass
    return tuple(found)


def _references(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.name for part in parts_of(value) if isinstance(part, Holds)))


facts_named = _Remembered(_facts_named)
"""Names of the facts and events that a part of the tree tests, each once, in order."""
references = _Remembered(_references)
"""Names of the provisions and terms that a part of the tree refers to, each once, in order."""


class Cones:
    """What each provision rests on, also through others; worked out once for a corpus.

    Args:
        corpus: The law.
    """

    def __init__(self, corpus: Corpus) -> None:
        """Nothing is worked out before it is asked for."""
        self._corpus = corpus
        self._conflicts: dict[str, tuple[str, ...]] = {}
        self._names: dict[str, frozenset[str]] = {}

    def names(self, name: str) -> frozenset[str]:
        """Names of all facts and events that a provision can turn on, also through others and by what words mean."""
        found = self._names.get(name)
        if found is None:
            found = self._names[name] = frozenset(self._spread(self._named(name)))
        return found

    def _named(self, name: str) -> Iterator[str]:
        """What a provision names itself and through what it refers to; and the facts that rule it out."""
        items: dict[str, None] = {name: None}
        waiting = [name]
        while waiting:
            item = self._corpus.terms.get(waiting[-1]) or self._corpus.provisions[waiting[-1]]
            waiting.pop()
            yield from facts_named(item)
            for other in references(item):
                if other not in items:
                    items[other] = None
                    waiting.append(other)
        yield from (fact.name for fact in self._corpus.vocabulary.facts.values() if items.keys() & set(fact.closes))

    def _spread(self, names: Iterable[str]) -> set[str]:
        """These facts and events, and all that the vocabulary ties to them."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(self._tied.get(name, ()))
        return found

    @cached_property
    def _tied(self) -> dict[str, set[str]]:
        """For each fact and event, those that the vocabulary ties to it, either way."""
        vocabulary = self._corpus.vocabulary
        pairs = [(one.fact, one.then) for one in vocabulary.implications]
        pairs.append((ENTERED, LEFT))  # A stay is counted from both.
        for kind in vocabulary.events.values():
            pairs += [(kind.name, other) for other in (*kind.precedes, *kind.again_after)]
            # A fact applies where an event is silent on the field of the same name.
            pairs += [(kind.name, part.name) for part in kind.fields if part.name in vocabulary.facts]
        found: dict[str, set[str]] = {}
        for one, other in pairs:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
        return found

    def conflicts(self, name: str) -> tuple[str, ...]:
        """Ids of the conflicts that can bear on a provision or term, sorted."""
        found = self._conflicts.get(name)
        if found is None:
            self._conflicts[name] = ()
            item = self._corpus.terms.get(name) or self._corpus.provisions[name]
            own = {part.conflict for part in parts_of(_logic(item)) if isinstance(part, ByReading)}
            for other in _references(_logic(item)):
                own.update(self.conflicts(other))
            found = self._conflicts[name] = tuple(sorted(own))
        return found


_KEPT: list[tuple[Corpus, Cones]] = []


def cones(corpus: Corpus) -> Cones:
    """What the provisions of a corpus rest on; kept for the corpora asked for last."""
    for kept, found in _KEPT:
        if kept is corpus:
            return found
    del _KEPT[: max(0, len(_KEPT) + 1 - _CORPORA_AT_MOST)]
    _KEPT.append((corpus, Cones(corpus)))
    return _KEPT[-1][1]


def _logic(item: object) -> object:
    if isinstance(item, Provision):
        return (tuple(clause.condition for clause in item.clauses), item.concerns, item.deadline)
    return getattr(item, "condition", ())
