"""The parts `history`, `not_happened` and `complete`: what happened, what did not, and which lists are whole."""

from dataclasses import dataclass

from safeconduct.rules.situation import Closed, Event, Words
from safeconduct.rules.telling.faults import Code, fault, gather, nearest
from safeconduct.rules.telling.node import Node, Table, Word, series_of, word_of
from safeconduct.rules.telling.values import ASSUMED, read_fields, read_word, reason, slot_of_field
from safeconduct.rules.vocabulary import NO, EventKind, Field, Shape, Vocabulary
from safeconduct.values.days import ANY_DAY, Days
from safeconduct.values.errors import Place

EVENT, ON = "event", "on"
ATTEMPTED = "attempted"
"""What was only tried is none of its kind, unless a line asks for attempts: so `attempted: no` narrows nothing."""

_DAY = Field(name=ON, shape=Shape.DATE)
_WORDS = (Shape.YES_NO, Shape.ONE_OF)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldEvent:
    """An event and where it stands."""

    event: Event
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldClosed:
    """A line of `not_happened` or `complete`, and where it stands."""

    closed: Closed
    place: Place


def read_history(node: Node, vocabulary: Vocabulary) -> tuple[ToldEvent, ...]:
    """The events of a history, numbered in the order in which they stand.

    Raises:
        SituationError: With every fault of this part.
    """
    items = enumerate(series_of(node, "the list of events").items)
    return tuple(gather(lambda item: _event(item[1], item[0], vocabulary), items))


def _event(node: Node, number: int, vocabulary: Vocabulary) -> ToldEvent:
    """One event. Without `on` it may lie on any day, also after the day asked."""
    if not isinstance(node, Table):
        kind, where = _bare(node, vocabulary)
        fields = tuple((name, Words(possible=frozenset({word}))) for name, word in where)
        return ToldEvent(event=Event(kind=kind.name, on=ANY_DAY, fields=fields, number=number), place=node.place)
    kind = _kind_in(node, vocabulary)
    told, reasons = read_fields(node, (_DAY, *kind.fields), (EVENT, ASSUMED))
    on = told.pop(ON, ANY_DAY)
    assumed = "; ".join(dict.fromkeys(each for each in (reason(node), *reasons) if each))
    event = Event(
        kind=kind.name,
        on=on if isinstance(on, Days) else ANY_DAY,
        fields=tuple(told.items()),
        assumed=assumed,
        number=number,
    )
    return ToldEvent(event=event, place=node.place)


def read_closed(node: Node, vocabulary: Vocabulary, *, never: bool) -> tuple[ToldClosed, ...]:
    """The kinds of event that hold no more than what is told.

    Args:
        node: The list.
        vocabulary: Which kinds of event there are.
        never: True for `not_happened`, False for `complete`.
    Raises:
        SituationError: With every fault of this part.
    """
    items = series_of(node, "the list of kinds of event").items
    return tuple(gather(lambda item: _closed(item, vocabulary, never=never), items))


def _closed(node: Node, vocabulary: Vocabulary, *, never: bool) -> ToldClosed:
    if not isinstance(node, Table):
        kind, where = _bare(node, vocabulary)
        return ToldClosed(closed=Closed(kind=kind.name, where=where, never=never), place=node.place)
    kind = _kind_in(node, vocabulary)
    for entry in node.entries:
        field = kind.field_named(entry.key.text)
        if entry.key.text == ON or (field is not None and field.shape not in _WORDS):
            raise fault(
                Code.NOT_HERE,
                entry.key.place,
                "a line of this list speaks of every day, and of words only",
                "take the day, number or length out; write an event that did happen under history",
            )
    told, reasons = read_fields(node, kind.fields, (EVENT, ASSUMED))
    words = ((name, _single(value.possible, node)) for name, value in told.items() if isinstance(value, Words))
    narrowed = tuple(pair for pair in words if pair != (ATTEMPTED, NO))
    assumed = "; ".join(dict.fromkeys(each for each in (reason(node), *reasons) if each))
    closed = Closed(kind=kind.name, where=narrowed, never=never, assumed=assumed)
    return ToldClosed(closed=closed, place=node.place)


def _single(words: frozenset[str], node: Node) -> str:
    if len(words) == 1:
        return next(iter(words))
    raise fault(
        Code.NOT_HERE, node.place, "a line of this list needs one word for each field", "write one line for each word"
    )


def _kind_in(table: Table, vocabulary: Vocabulary) -> EventKind:
    node = table.get(EVENT)
    if node is None:
        raise fault(
            Code.NO_EVENT_NAMED,
            table.place,
            "this line does not say which event it is",
            "begin it with event: and its name",
        )
    return _kind(word_of(node, "the name of an event"), vocabulary)


def _bare(node: Node, vocabulary: Vocabulary) -> tuple[EventKind, tuple[tuple[str, str], ...]]:
    """An event named by its kind alone, or by its kind and its key: `entered KZ`."""
    word = word_of(node, "the name of an event, or a group that begins with event:,")
    name, _, code = word.text.strip().partition(" ")
    kind = _kind(Word(text=name, place=word.place), vocabulary)
    if not code:
        return kind, ()
    field = kind.field_named(kind.key)
    if field is None:
        raise fault(
            Code.NOT_HERE,
            word.place,
            f"{kind.name} is not kept apart by a second word",
            "write its name alone, or a group with event: and its fields",
            offending=code,
        )
    return kind, ((field.name, read_word(Word(text=code.strip(), place=word.place), slot_of_field(field))),)


def _kind(word: Word, vocabulary: Vocabulary) -> EventKind:
    name = word.text.strip()
    kind = vocabulary.events.get(name)
    if kind is None:
        raise fault(
            Code.UNKNOWN_EVENT,
            word.place,
            "no event of that name is known",
            "see the vocabulary for the names of events",
            offending=name,
            nearest=nearest(name, vocabulary.events),
        )
    return kind
