"""The replies that a question offers: as coarse as settles the matter, each with the situation that it makes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from safeconduct.rules.alternatives import with_value
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.situation import Absent, Asked, Closed, Event, Known, Range, RecordList, Situation, Words
from safeconduct.rules.vocabulary import NO, NONE, YES, Fact, Field, Shape
from safeconduct.values.days import ANY_DAY, FIRST_DAY, LAST_DAY, Days

AGAIN = ".again"
"""Ends the name of a question for another event of a kind that was told."""
CITIZENSHIPS = "citizenships"
"""The list that nobody leaves empty lightly: who has none is stateless."""
MOST_RANGES = 4
"""More ranges than this are too many to choose among; then the year is asked."""

Cells = tuple[tuple[int, int], ...]

EVENTS, FACTS, AGAIN_OF, FIELDS_OF = "events", "facts", "again", ".*"
"""Names of questions about several things: which events happened, which facts are so, which events happened more than
once; `left_unit.*` which fields of an event are so."""


class Subject(Enum):
    """What is asked about.

    A fact; whether none of several grounds applies; which of several events happened; an event, a field of it, its day.
    """

    FACT = "fact"
    NONE_OF = "none of these"
    WHICH = "which of these"
    EVENT = "event"
    FIELD = "field"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One of several things that a question names.

    Args:
        name: The event, the fact, or the field.
        yes: What a file says of it if it is named, "" if it is asked about by itself then.
        no: What a file says of it if it is not named; () for an empty list.
    """

    name: str
    yes: str
    no: str | tuple[()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A reply.

    Args:
        text: As a situation file writes it: a word, a range of days; "yes" or "no" for an event.
        situation: What is known after it.
    """

    text: str
    situation: Situation


def item(corpus: Corpus, subject: Subject, name: str) -> Item | None:
    """The item of a question about several things; None for one that can only be asked about by itself."""
    vocabulary = corpus.vocabulary
    if subject is Subject.FACT:
        return _fact_item(vocabulary.facts[name])
    kind, dot, field = name.partition(".")
    owner = vocabulary.events[kind]
    if subject is Subject.EVENT:
        again = f".{field}" == AGAIN
        return Item(name=name, yes="" if again or owner.key else YES, no=NO)
    part = owner.field_named(field) if subject is Subject.FIELD and dot else None
    return Item(name=name, yes=YES, no=NO) if part is not None and part.shape is Shape.YES_NO else None


def _fact_item(fact: Fact) -> Item | None:
    match fact.shape:
        case Shape.YES_NO:
            return Item(name=fact.name, yes=YES, no=NO)
        case Shape.RECORD:
            return Item(name=fact.name, yes="", no=NONE) if fact.may_be_absent else None
        case Shape.RECORDS | Shape.LIST:
            return Item(name=fact.name, yes="", no=()) if fact.name != CITIZENSHIPS else None
        case _:
            return None


def closing(situation: Situation, fact: str) -> Situation:
    """The situation in which none of the grounds that a fact closes applies."""
    return with_value(situation, fact, Absent())


def not_answered(situation: Situation, fact: str, asked: Asked) -> Situation:
    """The situation in which a fact was asked and not answered: `UNKNOWN` or `WITHHELD`, which are kept apart."""
    return replace(situation, facts={**situation.facts, fact: Known(name=fact, asked=asked)})


def options(  # noqa: PLR0913, PLR0917 -- what is asked, of whom, and what it is for
    corpus: Corpus, situation: Situation, subject: Subject, name: str, cells: Cells, on: int
) -> tuple[Option, ...] | None:
    """The replies to a question.

    Args:
        corpus: The law.
        situation: What is known.
        subject: What is asked about.
        name: The fact or event, or `event.field`.
        cells: For a fact that is a day or a number, the ranges (both ends included, in order) that no finding cuts in
            two: within them nothing need be told exactly.
        on: The day asked, as ordinal.
    Returns:
        Nothing in it for a question that only free text can answer (a code, a list, a record, a year, a day); None for
        one that cannot be put: the field was told already, and what is open about it is nobody's to say.
    """
    if subject is Subject.FACT:
        return tuple(_of_fact(corpus.vocabulary.facts[name], situation, cells))
    if subject is Subject.NONE_OF:
        return (Option(text=NONE, situation=closing(situation, name)),)
    kind, _, field = name.partition(".")
    if subject is Subject.EVENT:
        return tuple(_of_event(situation, kind, on))
    if subject is Subject.DAY:
        return ()
    silent = [one for one in situation.events if one.kind == kind and one.get(field) is None]
    declared = corpus.vocabulary.events[kind].field_named(field)
    return tuple(_of_field(situation, silent[-1], declared)) if silent and declared is not None else None


def _of_fact(fact: Fact, situation: Situation, cells: Cells) -> Iterator[Option]:
    if fact.shape in (Shape.YES_NO, Shape.ONE_OF):
        for word in _words(fact):
            yield Option(text=word, situation=with_value(situation, fact.name, Words(possible=frozenset({word}))))
    elif fact.shape in (Shape.DATE, Shape.NUMBER):
        for first, last in cells if len(cells) <= MOST_RANGES else ():
            if fact.shape is Shape.DATE:
                days = Days(earliest=max(first, FIRST_DAY), latest=min(last, LAST_DAY))
                yield Option(text=str(days), situation=with_value(situation, fact.name, days))
            else:
                text = f"{first}..{last}"
                yield Option(text=text, situation=with_value(situation, fact.name, Range(least=first, most=last)))
    elif fact.shape is Shape.RECORDS:
        nobody = RecordList(records=(), unstated=0)
        yield Option(text=NONE, situation=with_value(situation, fact.name, nobody))
    if fact.may_be_absent and NONE not in fact.words:
        yield Option(text=NONE, situation=with_value(situation, fact.name, Absent()))


def _words(owner: Fact | Field) -> tuple[str, ...]:
    return (YES, NO) if owner.shape is Shape.YES_NO else tuple(word for word in owner.words if word != NONE)


def _of_event(situation: Situation, kind: str, on: int) -> Iterator[Option]:
    number = max((event.number for event in situation.events), default=-1) + 1
    event = Event(kind=kind, on=Days(earliest=ANY_DAY.earliest, latest=on), number=number)
    yield Option(text=YES, situation=replace(situation, events=(*situation.events, event)))
    # One that was told stays: then "no" means that there is no other.
    never = all(one.kind != kind for one in situation.events)
    closed = (*situation.closed, Closed(kind=kind, never=never))
    yield Option(text=NO, situation=replace(situation, closed=closed))


def _of_field(situation: Situation, event: Event, field: Field) -> Iterator[Option]:
    """Words for a field of an event that does not say it."""
    for word in _words(field):
        told = replace(event, fields=(*event.fields, (field.name, Words(possible=frozenset({word})))))
        events = tuple(told if one is event else one for one in situation.events)
        yield Option(text=word, situation=replace(situation, events=events))
