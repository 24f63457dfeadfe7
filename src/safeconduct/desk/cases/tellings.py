"""A person's tellings as the engine reads them: each is checked like a file, then all of a fact become one range."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from safeconduct.desk.cases.covering import cover_event, cover_fact
from safeconduct.desk.cases.values import PersonTold
from safeconduct.rules.situation import Closed, Event, Known, Situation, Words
from safeconduct.rules.telling.agreement import Told, agree
from safeconduct.rules.telling.history import ToldClosed, ToldEvent
from safeconduct.rules.telling.person import ToldFact
from safeconduct.rules.telling.reading import read_situation
from safeconduct.rules.vocabulary import Vocabulary
from safeconduct.values.errors import Place

PERSON, HISTORY = "person", "history"
SECTIONS = ("not_happened", "complete")


def read_fact(name: str, content: object, vocabulary: Vocabulary) -> Known:
    """One telling of a fact. `age` is read as days of birth, and is then of that name.

    Raises:
        SituationError: If it is no fact, or cannot be read.
    """
    (known,) = _read({PERSON: {name: content}}, vocabulary).facts.values()
    return known


def read_event(content: object, vocabulary: Vocabulary) -> Event:
    """One telling of an event.

    Raises:
        SituationError: If it is no event, or cannot be read.
    """
    (event,) = _read({HISTORY: [content]}, vocabulary).events
    return event


def read_closed(section: str, content: object, vocabulary: Vocabulary) -> Closed:
    """One line of `not_happened` or `complete`.

    Raises:
        SituationError: If it cannot be read.
    """
    (closed,) = _read({section: [content]}, vocabulary).closed
    return closed


def _read(told: dict[str, object], vocabulary: Vocabulary) -> Situation:
    return read_situation(json.dumps(told, ensure_ascii=False).encode(), vocabulary, form="json")


def situation_of(person: PersonTold, vocabulary: Vocabulary) -> Situation:
    """What is known of a person, from everything that was told.

    Args:
        person: The person.
        vocabulary: Which facts and events there are.
    Raises:
        SituationError: If what is told contradicts itself on every reading.
    """
    events = _events(person, vocabulary)
    closed = [_closed(key, told[-1].content, vocabulary) for key, told in person.closed.items()]
    told = Told(
        facts={known.name: ToldFact(known=known, place=Place(name=known.name)) for known in _facts(person, vocabulary)},
        events=tuple(_numbered(_without(events, _never(closed)))),
        closed=tuple(
            ToldClosed(closed=line, place=Place(name=line.kind))
            for line in closed
            if not (line.never and any(_is_one_of(event, line) for event in events))
        ),
    )
    situation = agree(told, vocabulary)
    return replace(situation, warnings=(*_disagreements(events, closed), *situation.warnings))


def _facts(person: PersonTold, vocabulary: Vocabulary) -> Iterator[Known]:
    found: dict[str, list[Known]] = defaultdict(list)
    for name, told in person.facts.items():
        for telling in told:
            known = read_fact(name, telling.content, vocabulary)
            found[known.name].append(known)
    return (cover_fact(tellings) for tellings in found.values())


def _events(person: PersonTold, vocabulary: Vocabulary) -> list[Event]:
    return [
        cover_event([read_event(telling.content, vocabulary) for telling in told]) for told in person.events.values()
    ]


def _closed(key: str, content: object, vocabulary: Vocabulary) -> Closed:
    return read_closed(key.partition(" ")[0], content, vocabulary)


def _never(closed: Iterable[Closed]) -> Sequence[Closed]:
    return [line for line in closed if line.never]


def _without(events: list[Event], never: Sequence[Closed]) -> list[Event]:
    """The events that nobody denies: where one says it happened and another that it did not, it is unknown."""
    return [event for event in events if not any(_is_one_of(event, line) for line in never)]


def _is_one_of(event: Event, line: Closed) -> bool:
    """Whether an event certainly is one of those a line speaks of."""
    certain = (event.get(name) == Words(possible=frozenset({word})) for name, word in line.where)
    return event.kind == line.kind and all(certain)


def _numbered(events: Iterable[Event]) -> Iterator[ToldEvent]:
    for number, event in enumerate(events):
        yield ToldEvent(event=replace(event, number=number), place=Place(name=event.kind))


def _disagreements(events: list[Event], closed: list[Closed]) -> Iterator[str]:
    for event in events:
        if any(_is_one_of(event, line) for line in _never(closed)):
            yield f"Told both that {event.kind} happened and that it did not: taken as unknown."
