"""Blocks of facts: the vocabulary that pages and situation files share."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from safeconduct.packs.blocks import Line
from safeconduct.packs.scope import tokens, trees
from safeconduct.rules.parsing import Node, parse_line
from safeconduct.rules.vocabulary import NO, NONE, YES, EventKind, Fact, Field, Implication, Shape, Vocabulary
from safeconduct.values.errors import Fault, Place

_SHAPES = {
    "yes_no": Shape.YES_NO,
    "one_of": Shape.ONE_OF,
    "any_code": Shape.ONE_OF,
    "date": Shape.DATE,
    "number": Shape.NUMBER,
    "length": Shape.LENGTH,
    "list_any": Shape.LIST,
    "list_of": Shape.LIST,
    "record_of": Shape.RECORD,
    "records_of": Shape.RECORDS,
    "none_only": Shape.YES_NO,
}


_FLAGS: dict[str, Callable[[Fact], Fact]] = {
    "may_change": lambda fact: replace(fact, may_change=True),
    "may_be_absent": lambda fact: replace(fact, may_be_absent=True),
    "for_a_lawyer": lambda fact: replace(fact, lawyer=True),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What the blocks of facts declare, with the faults found."""

    vocabulary: Vocabulary
    faults: tuple[Fault, ...]


def declare(lines: list[Line]) -> Declared:
    """The vocabulary of all blocks of facts.

    Args:
        lines: The top lines of the blocks, of all pages.
    Returns:
        The vocabulary, and faults: a line that cannot be parsed (LAW001), a word or share that cannot be (LAW004), a
        name declared twice (LAW020), a name that is used but not declared (LAW021).
    """
    faults: list[Fault] = []
    facts: dict[str, Fact] = {}
    events: dict[str, EventKind] = {}
    implications: list[tuple[Implication, Place]] = []
    for line in lines:
        node = parse_line(line.text, "declaration", line.place)
        if line.members:
            place = line.members[0].place
            faults.append(_fault("LAW014", place, "nothing can be indented here", "move it to the left"))
        if isinstance(node, Fault):
            faults.append(node)
        elif node.data == "implies":
            implications.append((_implication(node), line.place))
        else:
            name = str(node.children[0])
            other = facts.get(name) or events.get(name)
            if other is not None:
                hint = f"give one of the two another name; the other stands at {other.place}"
                faults.append(_fault("LAW020", line.place, f'"{name}" is declared twice', hint))
            elif node.data == "fact":
                facts[name] = _fact(node, line.place)
            else:
                events[name] = _event(node, line.place)
    faults.extend(_wrong(facts, events, implications))
    for name, event in events.items():
        precedes, again = (
            tuple(other for other in part if other in events) for part in (event.precedes, event.again_after)
        )
        events[name] = replace(event, precedes=precedes, again_after=again)
    meant = tuple(item for item, _ in implications if item.fact in facts and item.then in facts)
    vocabulary = Vocabulary(facts=facts, events=events, implications=meant)
    return Declared(vocabulary=vocabulary, faults=tuple(faults))


def _fault(code: str, place: Place, message: str, hint: str) -> Fault:
    return Fault(code=code, place=place, message=message, hint=hint)


def _word(node: Node) -> str:
    return "any" if node.data == "word_any" else str(tokens(node)[0])


def _words(node: Node) -> tuple[str, ...]:
    return tuple(_word(each) for each in trees(node))


def _names(node: Node) -> tuple[str, ...]:
    return tuple(str(token) for token in tokens(node))


def _text(node: Node) -> str:
    return str(tokens(node)[0])[1:-1]


def _fields(node: Node) -> tuple[Field, ...]:
    found = []
    for field in trees(node):
        name, shape = trees(field)
        label = "date" if name.data == "date_name" else str(tokens(name)[0])
        found.append(Field(name=label, shape=_SHAPES[str(shape.data)], words=_words(shape)))
    return tuple(found)


def _fact(node: Node, place: Place) -> Fact:
    shape, *rest = trees(node)
    kind = _SHAPES[str(shape.data)]
    records = kind in (Shape.RECORD, Shape.RECORDS)
    fact = Fact(
        name=str(tokens(node)[0]),
        shape=kind,
        words=() if records else _words(shape),
        fields=_fields(trees(shape)[0]) if records else (),
        may_be_absent=shape.data == "none_only",
        place=place,
    )
    for part in rest:
        fact = _with_part(fact, part)
    return fact


def _with_part(fact: Fact, part: Node) -> Fact:
    if part.data in _FLAGS:
        return _FLAGS[str(part.data)](fact)
    if part.data == "closes":
        return replace(fact, closes=_names(part))
    if part.data == "usual_share":
        return replace(fact, usual_share=float(tokens(part)[0]))
    return replace(fact, why=_text(part)) if part.data == "why" else replace(fact, question=_text(part))


def _event(node: Node, place: Place) -> EventKind:
    event = EventKind(name=str(tokens(node)[0]), place=place)
    for wrapper in trees(node):
        part = trees(wrapper)[0] if wrapper.data == "event_part" else wrapper
        match part.data:
            case "key":
                event = replace(event, key=str(tokens(part)[0]))
            case "event_fields":
                event = replace(event, fields=event.fields + _fields(trees(part)[0]))
            case "precedes":
                event = replace(event, precedes=_names(part))
            case "again_after":
                event = replace(event, again_after=_names(part))
            case _:
                event = replace(event, question=_text(part))
    return event


def _implication(node: Node) -> Implication:
    fact, then = _names(node)
    when = frozenset(_word(tree) for tree in trees(node) if tree.data != "implied")
    implied = frozenset(_word(trees(tree)[0]) for tree in trees(node) if tree.data == "implied")
    return Implication(fact=fact, values=when, then=then, then_values=implied)


def _wrong(
    facts: dict[str, Fact], events: dict[str, EventKind], implications: list[tuple[Implication, Place]]
) -> Iterator[Fault]:
    """What is wrong with declarations, now that all are known."""
    for fact in facts.values():
        if fact.usual_share is not None and not 0 <= fact.usual_share <= 1:
            yield _fault("LAW004", fact.place, "a usual share lies between 0 and 1", "write it as 0.3")
        yield from _twice(fact)
    for event in events.values():
        yield from _twice(event)
        if event.key and event.field_named(event.key) is None:
            hint = f"add the field {event.key} after the semicolon"
            yield _fault("LAW021", event.place, f'"{event.key}" is not a field of {event.name}', hint)
        for name in (*event.precedes, *event.again_after):
            if name not in events:
                hint = "declare the event, or correct the name"
                yield _fault("LAW021", event.place, f'"{name}" is not a declared event', hint)
    yield from _wrong_implications(facts, implications)


def _wrong_implications(facts: dict[str, Fact], implications: list[tuple[Implication, Place]]) -> Iterator[Fault]:
    for item, place in implications:
        for name, values in ((item.fact, item.values), (item.then, item.then_values)):
            if name not in facts:
                hint = "declare the fact, or correct the name"
                yield _fault("LAW021", place, f'"{name}" is not a declared fact', hint)
            elif not values <= _allowed(facts[name]):
                word = min(values - _allowed(facts[name]))
                hint = "write one of " + ", ".join(sorted(_allowed(facts[name])))
                yield _fault("LAW004", place, f'"{word}" is not a value of {name}', hint)


def _allowed(fact: Fact) -> frozenset[str]:
    words = {YES, NO} if fact.shape is Shape.YES_NO else set(fact.words)
    return frozenset(words | ({NONE} if fact.may_be_absent else set()))


def _twice(owner: Fact | EventKind) -> Iterator[Fault]:
    names = [part.name for part in owner.fields]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield _fault("LAW020", owner.place, f'the field "{name}" is declared twice', "keep one of the two")
