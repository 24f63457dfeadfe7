"""One thing told otherwise: every situation that differs from a given one in a single fact, field or event."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from safeconduct.rules.cells import literals, range_of
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.formula import Formula, Within
from safeconduct.rules.kleene import residual
from safeconduct.rules.position import Assessor
from safeconduct.rules.reading_of import facts_named, parts_of, references
from safeconduct.rules.situation import (
    Absent,
    Asked,
    Closed,
    Event,
    Known,
    Period,
    Range,
    Record,
    Situation,
    Value,
    WordList,
    Words,
)
from safeconduct.rules.tree import FactIs, Includes, Pattern, Provision, Term
from safeconduct.rules.vocabulary import NO, NONE, PRESENT, YES, EventKind, Fact, Field, Shape
from safeconduct.values.days import FIRST_DAY, Days

ABSENT, NOT_TOLD, ANOTHER = "none", "not told", "another"


class Change(Enum):
    """What is told otherwise."""

    FACT = "fact"
    FIELD = "field"
    ADDED = "happened"
    REMOVED = "did not happen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A situation in which one thing is told otherwise.

    Args:
        change: What kind of thing.
        name: The fact or the event; `permit.kind` for a field of it.
        value: What is told instead, as a file writes it; "" for an event as a whole.
        situation: The situation.
    """

    change: Change
    name: str
    value: str
    situation: Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """A provision, asked about one person on one day.

    Args:
        corpus: The law.
        situation: What is known.
        provision: Id of the provision.
        on: The day asked, as ordinal.
        parts: The conditions that decide: see `parts_that_decide`.
    """

    corpus: Corpus
    situation: Situation
    provision: str
    on: int
    parts: tuple[Provision | Term, ...]


def parts_that_decide(corpus: Corpus, name: str) -> tuple[Provision | Term, ...]:
    """All conditions that a provision rests on, also through terms and other provisions."""
    waiting, seen = [name], {name}
    found: list[Provision | Term] = []
    while waiting:
        one = waiting.pop()
        item = corpus.provisions.get(one) or corpus.terms[one]
        found.append(item)
        more = [other for other in references(item) if other not in seen]
        seen.update(more)
        waiting += more
    return tuple(found)


def facts_that_decide(corpus: Corpus, parts: tuple[object, ...]) -> tuple[str, ...]:
    """The facts of the vocabulary that some parts name, also by the names of fields and by what implies them."""
    vocabulary = corpus.vocabulary
    named = set(facts_named(parts))
    named |= {field.name for kind in named & set(vocabulary.events) for field in vocabulary.events[kind].fields}
    named |= {rule.fact for rule in vocabulary.implications if rule.then in named}
    ids = {getattr(part, "id", "") for part in parts}
    named |= {fact.name for fact in vocabulary.facts.values() if ids & set(fact.closes)}
    return tuple(sorted(named & set(vocabulary.facts)))


def contradicts(corpus: Corpus, situation: Situation) -> bool:
    """Whether two facts that were told cannot both be so, by the meaning of the words alone."""
    return any(
        _only(situation, rule.fact, rule.values) and _only(situation, rule.then, None, never=rule.then_values)
        for rule in corpus.vocabulary.implications
    )


def _only(
    situation: Situation, fact: str, values: frozenset[str] | None, *, never: frozenset[str] = frozenset()
) -> bool:
    """Whether a fact was told to be one of some words and none of others."""
    told = _told(situation, fact)
    words = frozenset({NONE}) if isinstance(told, Absent) else told.possible if isinstance(told, Words) else None
    return words is not None and (values is None or words <= values) and not words & never


def without(situation: Situation, fact: str) -> Situation:
    """The situation in which a fact was not asked."""
    return replace(situation, facts={name: one for name, one in situation.facts.items() if name != fact})


def with_value(situation: Situation, fact: str, value: Value) -> Situation:
    """The situation in which a fact has one value on all days."""
    known = Known(name=fact, asked=Asked.TOLD, periods=(Period(value=value),))
    return replace(situation, facts={**situation.facts, fact: known})


# --- facts -----------------------------------------------------------------------------------------------------


def of_fact(inquiry: Inquiry, fact: Fact) -> Iterator[Alternative]:
    """Every other value of a fact that the provision can tell apart on the day, each on all days."""
    told = _told(inquiry.situation, fact.name)
    if fact.closes:
        # It says "none" of several grounds at once; the only other thing to say of it is nothing.
        changed = with_value(inquiry.situation, fact.name, Absent())
        if told is not None:
            changed = without(inquiry.situation, fact.name)
        text = ABSENT if told is None else NOT_TOLD
        yield Alternative(change=Change.FACT, name=fact.name, value=text, situation=changed)
        return
    for name, text, value in _values(inquiry, fact):
        if value != told:  # what is told already is no change
            change = Change.FACT if name == fact.name else Change.FIELD
            changed = with_value(inquiry.situation, fact.name, value)
            yield Alternative(change=change, name=name, value=text, situation=changed)


def _told(situation: Situation, name: str) -> Value | None:
    known = situation.facts.get(name)
    if known is None or len(known.periods) != 1 or known.periods[0].first or known.periods[0].last:
        return None
    return known.periods[0].value


def _values(inquiry: Inquiry, fact: Fact) -> Iterator[tuple[str, str, Value]]:
    """The fact or its field, what it would be in a file, and the value."""
    parts = inquiry.parts
    told = _told(inquiry.situation, fact.name)
    match fact.shape:
        case Shape.LIST:
            words = told.words if isinstance(told, WordList) else frozenset[str]()
            for word in _included(parts, fact.name):
                yield fact.name, f"with {word}", WordList(words=words | {word}, whole=True)
                yield fact.name, f"without {word}", WordList(words=words - {word}, whole=True)
        case Shape.DATE | Shape.NUMBER:
            for first, last in _ranges(inquiry, fact.name):
                value = Days(earliest=first, latest=last) if fact.shape is Shape.DATE else Range(least=first, most=last)
                yield fact.name, str(value) if isinstance(value, Days) else _number(first, last), value
        case Shape.RECORD:
            fields = told.fields if isinstance(told, Record) else ()
            for field, word in _of_fields(fact.fields, parts, fact.name):
                changed = (*(one for one in fields if one[0] != field), (field, Words(possible=frozenset({word}))))
                yield f"{fact.name}.{field}", word, Record(fields=changed)
        case _:
            for word in _words(fact, parts, fact.name, ""):
                yield fact.name, word, Words(possible=frozenset({word}))
    if fact.may_be_absent:
        yield fact.name, ABSENT, Absent()


def _words(owner: Fact | Field, parts: tuple[object, ...], name: str, field: str) -> tuple[str, ...]:
    """The words that a fact or field can have; of those with any code, the codes that the law names, and another."""
    if owner.shape is Shape.YES_NO:
        return (YES, NO)
    if owner.words or owner.shape is not Shape.ONE_OF:
        return tuple(word for word in owner.words if word != NONE)
    named = {word for part in parts_of(parts) for word in _named(part, name, field)}
    codes = sorted(named - {NONE, PRESENT})
    return (*codes, ANOTHER) if codes else ()


def _named(part: object, name: str, field: str) -> frozenset[str]:
    if isinstance(part, FactIs) and (part.fact, part.field) == (name, field):
        return part.values
    if isinstance(part, Pattern) and part.event == name:
        return dict(part.where).get(field, frozenset())
    return frozenset()


def _included(parts: tuple[object, ...], name: str) -> tuple[str, ...]:
    found = {part.value for part in parts_of(parts) if isinstance(part, Includes) and part.fact == name}
    return tuple(sorted(found))


def _of_fields(fields: Iterable[Field], parts: tuple[object, ...], name: str) -> Iterator[tuple[str, str]]:
    for field in fields:
        for word in _words(field, parts, name, field.name):
            yield field.name, word


def _number(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}..{last}"


def _ranges(inquiry: Inquiry, fact: str) -> Iterator[tuple[int, int]]:
    """The ranges of a day or number that the provision tells apart, in order: no comparison cuts one in two."""
    starts: set[int] = set()
    end = 0
    for case in Assessor(inquiry.corpus, without(inquiry.situation, fact)).cases(inquiry.provision):
        formula = residual(case.ground.provision(inquiry.provision).formula, inquiry.on)
        for (low, high), first, last in _cuts(formula, fact):
            starts.update((low, first, last + 1))
            end = high
    marks = sorted(mark for mark in starts if mark <= end)
    yield from zip(marks, (*(mark - 1 for mark in marks[1:]), end), strict=False)


def _cuts(formula: Formula, fact: str) -> Iterator[tuple[tuple[int, int], int, int]]:
    for atom, _ in literals(formula):
        found = range_of(atom) if isinstance(atom, Within) else None
        if found is not None and found[0].name == fact:
            variable, first, last = found
            yield (variable.low, variable.high), max(first, variable.low), min(last, variable.high)


# --- events ----------------------------------------------------------------------------------------------------


def of_events(inquiry: Inquiry) -> Iterator[Alternative]:
    """Events that are taken away, added on some day up to the day asked, or told with another word in one field."""
    kinds = inquiry.corpus.vocabulary.events
    patterns = {part: None for part in parts_of(inquiry.parts) if isinstance(part, Pattern)}
    named = {pattern.event for pattern in patterns}
    for event in inquiry.situation.events:
        if event.kind in named:
            yield _removed(kinds[event.kind], inquiry.situation, event)
            yield from _retold(kinds[event.kind], inquiry, event)
    for pattern in patterns:
        yield from _added(kinds[pattern.event], inquiry, pattern)


def _removed(kind: EventKind, situation: Situation, event: Event) -> Alternative:
    """Without the event, and with none of its kind beside those that are left."""
    key = event.get(kind.key) if kind.key else None
    where = ((kind.key, min(key.possible)),) if isinstance(key, Words) and len(key.possible) == 1 else ()
    events = tuple(one for one in situation.events if one is not event)
    changed = replace(situation, events=events, closed=_closed(situation, kind.name, where))
    value = where[0][1] if where else ""
    return Alternative(change=Change.REMOVED, name=kind.name, value=value, situation=changed)


def _closed(situation: Situation, kind: str, where: tuple[tuple[str, str], ...]) -> tuple[Closed, ...]:
    return (*situation.closed, Closed(kind=kind, where=where, never=False))


def _retold(kind: EventKind, inquiry: Inquiry, event: Event) -> Iterator[Alternative]:
    situation = inquiry.situation
    for field, word in _of_fields(kind.fields, inquiry.parts, kind.name):
        value = Words(possible=frozenset({word}))
        if event.get(field) != value:
            fields = (*(one for one in event.fields if one[0] != field), (field, value))
            changed = replace(event, fields=fields)
            events = tuple(changed if one is event else one for one in situation.events)
            other = replace(situation, events=events)
            yield Alternative(change=Change.FIELD, name=f"{kind.name}.{field}", value=word, situation=other)


def _added(kind: EventKind, inquiry: Inquiry, pattern: Pattern) -> Iterator[Alternative]:
    """One more event of a pattern; and, where none was told, that there is none at all."""
    situation = inquiry.situation
    key = ((kind.key, pattern.key),) if pattern.key and kind.key else ()
    where = [(name, Words(possible=values)) for name, values in pattern.where]
    where += [(name, Words(possible=frozenset({word}))) for name, word in key]
    number = max((event.number for event in situation.events), default=-1) + 1
    days = Days(earliest=FIRST_DAY, latest=inquiry.on)
    event = Event(kind=kind.name, on=days, fields=tuple(where), number=number)
    # Who said that there was none says now that there was this one and no other.
    closed = tuple(replace(one, never=False) for one in situation.closed)
    value = ", ".join(" or ".join(sorted(words.possible)) for _, words in where)
    changed = replace(situation, events=(*situation.events, event), closed=closed)
    yield Alternative(change=Change.ADDED, name=kind.name, value=value, situation=changed)
    told = {one.kind for one in situation.events} | {one.kind for one in situation.closed}
    if kind.name not in told:
        never = replace(situation, closed=_closed(situation, kind.name, key))
        yield Alternative(change=Change.REMOVED, name=kind.name, value=pattern.key, situation=never)
