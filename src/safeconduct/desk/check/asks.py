"""What a question is answered with on a page: choices, boxes, a day, a number, a country, the fields of a record.

Made from the vocabulary of the law pages: whatever a page declares can be asked. Nothing here is in a language.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from safeconduct.desk.check.run import Put
from safeconduct.packs.naming import Named
from safeconduct.rules.asking import AGAIN, FACTS, FIELDS_OF, Subject
from safeconduct.rules.questions import base_name
from safeconduct.rules.replying import BIRTH_DATE
from safeconduct.rules.vocabulary import NO, NONE, YES, EventKind, Fact, Field, Shape, Vocabulary

ROWS = 4
"""Records of one list that a page has room for."""
_NO_COUNTRY = frozenset({"article", "region"})
"""Fields that hold any code, and none of a country."""
VALUE, WHEN, WHERE, BEGINS, ENDS = "v", "on", "where", "from", "until"
"""Names of inputs, beside those of records."""


class Look(Enum):
    """How something is filled in."""

    BOXES = "boxes"
    COUNTRIES = "countries"
    COUNTRY = "country"
    CHOICE = "choice"
    DAY = "day"
    AGE = "age"
    NUMBER = "number"
    LENGTH = "length"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One thing to fill in.

    Args:
        name: Under which it is sent; the names of a day's parts begin with it.
        look: How it is filled in.
        words: What there is to choose from, as a situation file writes it.
        of: To what the words belong, as `name_in` takes it; "" for facts and events themselves.
        kind: What the words are.
        field: The field of a record that it fills; "" if it is no field.
        row: The row of a list of records, from 1; 0 if it stands alone.
    """

    name: str
    look: Look
    words: tuple[str, ...] = ()
    of: str = ""
    kind: Named = Named.WORD
    field: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that a question is answered with.

    Args:
        choices: Replies to choose from, as a situation file writes them.
        asks: What is filled in.
        of: To what the choices belong.
        is_event: Whether what is filled in tells of an event that happened.
        is_record: Whether it is filled into a record, or a list of them.
        is_many: Whether it is a list.
        lists: Whether it lists several things, each of which is so or not.
        grounds: Whether it is asked that none of several grounds applies.
    """

    choices: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    of: str = ""
    is_event: bool = False
    is_record: bool = False
    is_many: bool = False
    lists: bool = False
    grounds: bool = False


def sheet_of(put: Put, vocabulary: Vocabulary) -> Sheet:
    """What a question is answered with.

    Args:
        put: The question.
        vocabulary: All declarations.
    """
    name = base_name(put.name)
    match put.subject:
        case Subject.NONE_OF:
            return Sheet(choices=(YES, NO), grounds=True)
        case Subject.WHICH:
            return Sheet(choices=(NONE,), asks=(_things(put),), lists=True)
        case Subject.EVENT:
            return _event(vocabulary.events[name])
        case Subject.DAY:
            return Sheet(asks=(Ask(name=WHEN, look=Look.DAY),))
        case Subject.FIELD:
            field = vocabulary.events[name].field_named(put.name.partition(".")[2])
            return Sheet() if field is None else _value(field, put, put.name)
        case Subject.FACT:
            return _fact(vocabulary.facts[name], put)


def _things(put: Put) -> Ask:
    if put.name == FACTS:
        return Ask(name=VALUE, look=Look.BOXES, words=put.of, kind=Named.FACT)
    if put.name.endswith(FIELDS_OF):
        return Ask(name=VALUE, look=Look.BOXES, words=put.of, kind=Named.FIELD, of=base_name(put.name))
    return Ask(name=VALUE, look=Look.BOXES, words=put.of, kind=Named.EVENT)


def word_of(ask: Ask, word: str) -> str:
    """The name under which `name_in` knows a thing of a list: events that happened again are events."""
    if ask.kind is Named.FIELD:
        return word.partition(".")[2]
    return word.removesuffix(AGAIN) if ask.kind is Named.EVENT else word


def _event(kind: EventKind) -> Sheet:
    where = (Ask(name=WHERE, look=Look.COUNTRY),) if kind.key else ()
    return Sheet(choices=(YES, NO), asks=(Ask(name=WHEN, look=Look.DAY), *where), is_event=True)


def _value(owner: Field | Fact, put: Put, of: str) -> Sheet:
    """One value: chosen where words or ranges are offered, filled in otherwise."""
    words = (YES, NO) if owner.shape is Shape.YES_NO else owner.words
    absent = (NONE,) if isinstance(owner, Fact) and owner.may_be_absent and NONE not in words else ()
    if words:
        return Sheet(choices=(*words, *absent), of=of)
    ranges = tuple(text for text in put.offered if ".." in text)
    asks = [Ask(name=WHEN, look=Look.DAY) if owner.shape is Shape.DATE else Ask(name=VALUE, look=_look(owner))]
    if put.name == BIRTH_DATE:
        asks.append(Ask(name=VALUE, look=Look.AGE))
    return Sheet(choices=(*ranges, *absent), asks=tuple(asks), of=of)


def _fact(fact: Fact, put: Put) -> Sheet:
    match fact.shape:
        case Shape.LIST:
            look = Look.BOXES if fact.words else Look.COUNTRIES
            return Sheet(
                choices=(NONE,), asks=(Ask(name=VALUE, look=look, words=fact.words, of=fact.name),), is_many=True
            )
        case Shape.RECORD:
            asks = tuple(_record(fact, row=0))
            return Sheet(choices=(NONE,) if fact.may_be_absent else (), asks=asks, is_record=True)
        case Shape.RECORDS:
            asks = tuple(one for row in range(1, ROWS + 1) for one in _record(fact, row=row))
            return Sheet(choices=(NONE,), asks=asks, is_record=True, is_many=True)
        case _:
            return _value(fact, put, fact.name)


def _record(fact: Fact, *, row: int) -> Iterator[Ask]:
    before = f"r{row}-"
    for field in fact.fields:
        words = (YES, NO) if field.shape is Shape.YES_NO else field.words
        look = Look.CHOICE if words else _look(field)
        yield Ask(
            name=before + field.name, look=look, words=words, of=f"{fact.name}.{field.name}", field=field.name, row=row
        )
    if fact.may_change and row == 0:
        for end in (BEGINS, ENDS):
            yield Ask(name=before + end, look=Look.DAY, field=end)


def _look(owner: Field | Fact) -> Look:
    match owner.shape:
        case Shape.DATE:
            return Look.DAY
        case Shape.NUMBER:
            return Look.NUMBER
        case Shape.LENGTH:
            return Look.LENGTH
        case _:
            return Look.TEXT if owner.name in _NO_COUNTRY else Look.COUNTRY
