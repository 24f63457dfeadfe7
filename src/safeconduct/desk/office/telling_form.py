"""The form of a situation, made from the vocabulary of the law pages: whatever a page declares can be written down.

`inputs_of` says what a fact or an event is asked by, `content_of` and `event_of` turn what was sent into the form of a
situation file. Nothing is checked here: the engine reads it, and refuses what it cannot read.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from safeconduct.rules.vocabulary import NO, NONE, YES, EventKind, Fact, Field, Shape

UNKNOWN, WITHHELD, UNSTATED = "unknown", "withheld", "unstated"
NOT_TOLD = (UNKNOWN, WITHHELD)
ROWS = 4
"""Records of one list that fit into the form; a telling that needs more is written as two lists by two people."""
_STATE, _FROM, _UNTIL, _VALUE = "s", "from", "until", "f"
_LONGEST = 500


class Sent(Protocol):
    """What a form sent: Django's own mapping of lists."""

    def get(self, key: str, default: str, /) -> str | None:
        """The last value under a name."""

    def getlist(self, key: str, /) -> Sequence[str]:
        """All values under a name."""


class Look(Enum):
    """How something is asked on the page."""

    RADIO = "radio"
    BOXES = "boxes"
    CHOICE = "choice"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One thing to fill in.

    Args:
        name: Under which it is sent.
        label: A word of ours ("from"), a fact, or a field of what it is `of`, for the template to say.
        look: How it is asked.
        options: Words to choose from, in the order of the law pages; the template says "not asked" by itself.
        shape: What a text holds, for its hint.
        chosen: What was sent before, when the form is shown again.
        of: The fact or event whose field this is; empty for a fact itself and for words of ours.
    """

    name: str
    label: str
    look: Look
    options: tuple[str, ...] = ()
    shape: str = ""
    chosen: tuple[str, ...] = ()
    of: str = ""

    @property
    def place(self) -> str:
        """To what its options belong: a fact, or a field of one: `left_unit.group`."""
        return f"{self.of}.{self.label}" if self.of else self.label

    @property
    def id(self) -> str:
        """Its id on the page."""
        return self.name.replace(".", "-")

    @property
    def text(self) -> str:
        """What was written before."""
        return self.chosen[0] if self.chosen else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A record, as far as it is filled in.

    Args:
        number: Its number on the page, from 1.
        inputs: Its fields.
    """

    number: int
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A fact on the page.

    Args:
        name: The fact.
        text: The question.
        lawyer: Whether only a lawyer can answer it.
        value: What is filled in for a simple value; None for records.
        state: Not known, would rather not say, none; None where these stand among the options.
        rows: Records.
        more: A box for "and more that was not told"; None where there is none.
        days: The first and the last day on which it is so; empty for what never changes.
    """

    name: str
    text: str
    lawyer: bool
    value: Input | None
    state: Input | None
    rows: tuple[Row, ...]
    more: Input | None
    days: tuple[Input, ...]

    @property
    def is_filled(self) -> bool:
        """Whether something was written in it before."""
        beside = (self.value, self.state, self.more, *self.days, *(one for row in self.rows for one in row.inputs))
        return any(any(one.chosen) for one in beside if one is not None)


def question_of(fact: Fact, *, text: str, sent: Sent | None = None) -> Question:
    """What a fact is asked by.

    Args:
        fact: The fact.
        text: The question, in the reader's language.
        sent: What was sent before, when the form is shown again.
    """
    records = fact.shape in (Shape.RECORD, Shape.RECORDS)
    value = None if records else _value(fact, sent)
    count = {Shape.RECORD: 1, Shape.RECORDS: ROWS}.get(fact.shape, 0)
    has_more = fact.shape in (Shape.LIST, Shape.RECORDS)
    absent = fact.may_be_absent or has_more
    words = (*NOT_TOLD, NONE) if absent else NOT_TOLD
    in_options = value is not None and value.look in (Look.RADIO, Look.BOXES) and not has_more
    return Question(
        name=fact.name,
        text=text,
        lawyer=fact.lawyer,
        value=value,
        state=None if in_options else _filled(sent, f"{_STATE}.{fact.name}", "state", Look.CHOICE, options=words),
        rows=tuple(_row(fact, number, sent) for number in range(1, count + 1)),
        more=_filled(sent, f"more.{fact.name}", "more", Look.BOXES, options=(UNSTATED,)) if has_more else None,
        days=_days(fact, sent) if fact.may_change else (),
    )


def _filled(  # noqa: PLR0913 -- the parts of an input, each by its name
    sent: Sent | None,
    name: str,
    label: str,
    look: Look,
    *,
    options: tuple[str, ...] = (),
    shape: str = "",
    of: str = "",
) -> Input:
    chosen = () if sent is None else tuple(sent.getlist(name))
    return Input(name=name, label=label, look=look, options=options, shape=shape, chosen=chosen, of=of)


def _value(fact: Fact, sent: Sent | None) -> Input:
    name = f"{_VALUE}.{fact.name}"
    match fact.shape:
        case Shape.YES_NO:
            words = () if fact.closes else (YES, NO)
            absent = (NONE,) if fact.may_be_absent else ()
            return _filled(sent, name, fact.name, Look.RADIO, options=(*words, *absent, *NOT_TOLD))
        case Shape.ONE_OF if fact.words:
            absent = (NONE,) if fact.may_be_absent and NONE not in fact.words else ()
            return _filled(sent, name, fact.name, Look.BOXES, options=(*fact.words, *absent, *NOT_TOLD))
        case Shape.LIST if fact.words:
            return _filled(sent, name, fact.name, Look.BOXES, options=fact.words)
        case _:
            shape = "code" if fact.shape is Shape.ONE_OF else fact.shape.name.lower()
            return _filled(sent, name, fact.name, Look.TEXT, shape="codes" if shape == "list" else shape)


def _days(fact: Fact, sent: Sent | None) -> tuple[Input, ...]:
    return tuple(_filled(sent, f"{end}.{fact.name}", end, Look.TEXT, shape="date") for end in (_FROM, _UNTIL))


def _row(fact: Fact, number: int, sent: Sent | None) -> Row:
    prefix = f"r.{fact.name}.{number}"
    return Row(number=number, inputs=tuple(_field(field, prefix, sent, of=fact.name) for field in fact.fields))


def _field(field: Field, prefix: str, sent: Sent | None, *, of: str) -> Input:
    name = f"{prefix}.{field.name}"
    words = (YES, NO) if field.shape is Shape.YES_NO else field.words
    if words:
        return _filled(sent, name, field.name, Look.CHOICE, options=(*words, *NOT_TOLD), of=of)
    shape = "code" if field.shape is Shape.ONE_OF else field.shape.name.lower()
    return _filled(sent, name, field.name, Look.TEXT, shape=shape, of=of)


# --- what was sent ---------------------------------------------------------------------------------------------------


def content_of(fact: Fact, sent: Sent) -> object | None:
    """One telling of a fact, in the form of a situation file.

    Args:
        fact: The fact.
        sent: What the form sent.
    Returns:
        The content; None if nothing was asked or said.
    """
    state = _one(sent, f"{_STATE}.{fact.name}")
    if state in (*NOT_TOLD, NONE):
        return [] if state == NONE and fact.shape in (Shape.LIST, Shape.RECORDS) else state
    value = _told(fact, sent)
    days = {end: day for end in (_FROM, _UNTIL) if fact.may_change and (day := _one(sent, f"{end}.{fact.name}"))}
    if value is None or not days:
        return value
    return {**value, **days} if isinstance(value, dict) else {"is": value, **days}


def _told(fact: Fact, sent: Sent) -> object | None:
    if fact.shape in (Shape.RECORD, Shape.RECORDS):
        rows = [row for row in _records(fact, sent) if row]
        more = list(sent.getlist(f"more.{fact.name}"))[:1]
        if fact.shape is Shape.RECORD:
            return rows[0] if rows else None
        return [*rows, *more] or None
    words = list(_chosen(fact, sent))
    if fact.shape is Shape.LIST:
        return [*words, *list(sent.getlist(f"more.{fact.name}"))[:1]] or None
    if not words:
        return None
    return words[0] if len(words) == 1 else words


def _chosen(fact: Fact, sent: Sent) -> Iterator[str]:
    """The words that were chosen, or those that were written with commas between."""
    name = f"{_VALUE}.{fact.name}"
    by_hand = fact.shape in (Shape.LIST, Shape.ONE_OF) and not fact.words
    told = _one(sent, name).split(",") if by_hand else sent.getlist(name)
    yield from (word.strip()[:_LONGEST] for word in told if word.strip())


def _records(fact: Fact, sent: Sent) -> Iterator[dict[str, object]]:
    for number in range(1, ROWS + 1):
        yield dict(_fields(fact.fields, f"r.{fact.name}.{number}", sent))


def _fields(fields: Iterable[Field], prefix: str, sent: Sent) -> Iterator[tuple[str, object]]:
    for field in fields:
        told = _one(sent, f"{prefix}.{field.name}")
        if told:
            # A situation file writes the unit; on the page it stands in the hint, in the reader's language.
            is_bare = field.shape is Shape.LENGTH and told[-1].isdigit()
            yield field.name, f"{told} days" if is_bare else told


def _one(sent: Sent, name: str) -> str:
    return (sent.get(name, "") or "").strip()[:_LONGEST]


# --- events ----------------------------------------------------------------------------------------------------------

EVENT = "e"


def inputs_of_event(kind: EventKind, *, sent: Sent | None = None) -> tuple[Input, ...]:
    """What an event is asked by: its day first, why something is assumed last."""
    return (
        _filled(sent, f"{EVENT}.on", "on", Look.TEXT, shape="date"),
        *(_field(field, EVENT, sent, of=kind.name) for field in kind.fields),
        _filled(sent, f"{EVENT}.assumed", "assumed", Look.TEXT, shape="words"),
    )


def event_of(kind: EventKind, sent: Sent) -> dict[str, object]:
    """One telling of an event, in the form of a situation file."""
    told = {name: value for name in ("on", "assumed") if (value := _one(sent, f"{EVENT}.{name}"))}
    return {"event": kind.name, **dict(_fields(kind.fields, EVENT, sent)), **told}


def line_of_kind(kind: EventKind, code: str) -> str:
    """A line of `not_happened` or `complete`: the kind, and its country where one was written."""
    return f"{kind.name} {code.strip()[:_LONGEST]}" if code.strip() else kind.name
