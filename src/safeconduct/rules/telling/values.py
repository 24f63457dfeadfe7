"""One value, typed by what the vocabulary says of its fact or field."""

from dataclasses import dataclass

from safeconduct.rules.situation import Absent, Asked, Range, Words
from safeconduct.rules.telling.codes import read_code
from safeconduct.rules.telling.days_text import read_days, read_length, read_number
from safeconduct.rules.telling.faults import Code, fault, gather, nearest
from safeconduct.rules.telling.node import Node, Series, Table, Word, word_of
from safeconduct.rules.vocabulary import NO, NONE, YES, Fact, Field, Shape
from safeconduct.values.days import Days

Simple = Words | Days | Range

NOT_TOLD = {"unknown": Asked.UNKNOWN, "withheld": Asked.WITHHELD}
_EXPECTED = {Shape.DATE: "a day", Shape.NUMBER: "a number", Shape.LENGTH: "a number of days"}
IS, ASSUMED, FROM, UNTIL, UNSTATED = "is", "assumed", "from", "until", "unstated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place for one simple value.

    Args:
        name: The fact or field.
        shape: YES_NO, ONE_OF, DATE, NUMBER or LENGTH; LIST for one word of a list.
        words: The words that may stand there; empty where any code may, or none at all.
        may_be_absent: Whether `none` may stand there.
    """

    name: str
    shape: Shape
    words: tuple[str, ...]
    may_be_absent: bool


def slot_of_fact(fact: Fact) -> Slot:
    """The slot of a fact; a fact that closes provisions can only be `none`."""
    words = fact.words
    if fact.shape is Shape.YES_NO:
        words = () if fact.closes else (YES, NO)
    if fact.may_be_absent and fact.shape in (Shape.YES_NO, Shape.ONE_OF) and (words or fact.closes):
        words = (*words, NONE)
    return Slot(name=fact.name, shape=fact.shape, words=words, may_be_absent=fact.may_be_absent)


def slot_of_field(field: Field) -> Slot:
    """The slot of a field of an event or record; a field is never absent, unless `none` is one of its words."""
    words = (YES, NO) if field.shape is Shape.YES_NO else field.words
    return Slot(name=field.name, shape=field.shape, words=words, may_be_absent=False)


def not_told(node: Node) -> Asked | None:
    """Why nothing is told, where `unknown` or `withheld` stands; None where something else stands."""
    return NOT_TOLD.get(node.text.strip()) if isinstance(node, Word) else None


def read_simple(node: Node, slot: Slot) -> Simple | Absent:
    """The value that stands in a slot.

    Raises:
        SituationError: It is no value of that shape; or `none` where nothing can be absent.
    """
    shape = slot.shape
    if shape in (Shape.YES_NO, Shape.ONE_OF) and isinstance(node, Series):
        return _set(node, slot)
    word = word_of(node, _expected(slot))
    text = word.text.strip()
    if shape in (Shape.YES_NO, Shape.ONE_OF):
        return Words(possible=frozenset({read_word(word, slot)}))
    if text == NONE:
        if slot.may_be_absent:
            return Absent()
        raise fault(
            Code.CANNOT_BE_ABSENT,
            word.place,
            f"{slot.name} is never none",
            "write its value; or unknown, if it is not known",
            offending=text,
        )
    if shape is Shape.DATE:
        return read_days(text, word.place)
    return (read_length if shape is Shape.LENGTH else read_number)(text, word.place)


def _set(node: Series, slot: Slot) -> Words:
    """Several words, one of which is so."""
    if not node.items:
        raise fault(
            Code.NOTHING_WRITTEN,
            node.place,
            "an empty list says nothing here",
            "name at least one word, or write unknown",
        )
    items = gather(lambda item: word_of(item, _expected(slot)), node.items)
    return Words(possible=distinct(gather(lambda item: read_word(item, slot), items), items))


def distinct(words: list[str], items: list[Word]) -> frozenset[str]:
    """The words as a set; a word that stands twice is refused."""
    seen: set[str] = set()
    for word, item in zip(words, items, strict=True):
        if word in seen:
            raise fault(
                Code.WORD_TWICE, item.place, "this word stands in the list already", "name each once", offending=word
            )
        seen.add(word)
    return frozenset(words)


def read_word(word: Word, slot: Slot) -> str:
    """One word of a slot that holds words or codes."""
    text = word.text.strip()
    if not slot.words:
        if text == NONE and slot.may_be_absent:
            return NONE
        return read_code(text, slot.name, word.place)
    if text in slot.words:
        return text
    raise fault(
        Code.UNKNOWN_WORD,
        word.place,
        f"{_expected(slot)} is expected for {slot.name}",
        "write one of these words; or unknown, or withheld",
        offending=text,
        nearest=nearest(text, (*slot.words, *NOT_TOLD)),
    )


def _expected(slot: Slot) -> str:
    if slot.shape in _EXPECTED:
        return _EXPECTED[slot.shape]
    if not slot.words:
        return "a code"
    return slot.words[0] if len(slot.words) == 1 else "one of " + ", ".join(slot.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrapped:
    """A value with what was said about it: `{is: VALUE, assumed: why, from: DAY, until: DAY}`.

    Args:
        node: The value.
        assumed: Why it is assumed; "" if it was told.
        first: Where its first day stands; None if nowhere.
        last: Where its last day stands; None if nowhere.
    """

    node: Node
    assumed: str = ""
    first: Node | None = None
    last: Node | None = None


def is_wrapped(node: Node) -> bool:
    """Whether the value stands under `is`, or should."""
    return isinstance(node, Table) and (node.get(IS) is not None or {e.key.text for e in node.entries} == {ASSUMED})


def unwrap(node: Node) -> Wrapped:
    """The value under `is`, with what stands beside it; any other node as it is."""
    if not isinstance(node, Table) or not is_wrapped(node):
        return Wrapped(node=node)
    value = node.get(IS)
    if value is None:
        raise fault(
            Code.WITHOUT_VALUE, node.place, "it says why something is assumed, but not what", "add is: and the value"
        )
    for entry in node.entries:
        if entry.key.text not in (IS, ASSUMED, FROM, UNTIL):
            raise unknown_field(entry.key, (IS, ASSUMED, FROM, UNTIL))
    return Wrapped(node=value, assumed=reason(node), first=node.get(FROM), last=node.get(UNTIL))


def reason(table: Table) -> str:
    """The words after `assumed`, on one line; "" if there is no such key."""
    node = table.get(ASSUMED)
    return "" if node is None else " ".join(word_of(node, "the reason why it is assumed").text.split())


def unknown_field(key: Word, known: tuple[str, ...]) -> Exception:
    """The fault of a name that is no field here."""
    return fault(
        Code.UNKNOWN_FIELD,
        key.place,
        "no field of that name belongs here",
        "write one of " + ", ".join(known) if known else "take it out",
        offending=key.text,
        nearest=nearest(key.text, known),
    )


def read_fields(table: Table, fields: tuple[Field, ...], also: tuple[str, ...]) -> tuple[dict[str, Simple], list[str]]:
    """The fields of an event or record that were told, in the order of the vocabulary.

    Args:
        table: Where they stand.
        fields: What the vocabulary knows.
        also: Further keys that may stand in the table, and are read elsewhere.
    Returns:
        Values by name, and the reasons of those that are assumed.
    Raises:
        SituationError: With every fault of the table.
    """
    known = {field.name: field for field in fields}
    reasons: list[str] = []

    def read(key: Word, node: Node) -> tuple[str, Simple] | None:
        field = known.get(key.text)
        if field is None:
            raise unknown_field(key, (*known, *also))
        wrapped = unwrap(node)
        for bound in (wrapped.first, wrapped.last):
            if bound is not None:
                raise does_not_change(bound, field.name)
        if wrapped.assumed:
            reasons.append(wrapped.assumed)
        if not_told(wrapped.node) is not None:
            return None
        value = read_simple(wrapped.node, slot_of_field(field))
        # A slot of a field is never absent.
        return None if isinstance(value, Absent) else (key.text, value)

    entries = [entry for entry in table.entries if entry.key.text not in also or entry.key.text in known]
    told = dict(pair for pair in gather(lambda entry: read(entry.key, entry.value), entries) if pair is not None)
    return {name: told[name] for name in known if name in told}, reasons


def does_not_change(node: Node, name: str) -> Exception:
    """The fault of days given for something that is the same on all days."""
    return fault(
        Code.DOES_NOT_CHANGE, node.place, f"{name} does not change from day to day", "write its value without days"
    )
