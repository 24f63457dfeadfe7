"""Blocks of facts: the vocabulary that pages and situation files share."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from lark import Token, Tree

from safeconduct.packs.blocks import Line
from safeconduct.rules.parsing import Node, parse_line
from safeconduct.rules.vocabulary import EventKind, Fact, Field, Implication, Shape, Vocabulary
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What the blocks of facts declare, with the faults found."""

    vocabulary: Vocabulary
    faults: tuple[Fault, ...]


def _words(nodes: list[Node | Token]) -> tuple[str, ...]:
    return tuple(_word(node) for node in nodes if isinstance(node, Tree))


def _word(node: Node) -> str:
    return "any" if node.data == "word_any" else str(node.children[0])


def _text(token: Node | Token) -> str:
    return str(token)[1:-1]


def _trees(node: Node) -> list[Node]:
    return [child for child in node.children if isinstance(child, Tree)]


def _codes(node: Node) -> tuple[str, ...]:
    return tuple(str(child) for child in node.children)


def _fields(node: Node) -> tuple[Field, ...]:
    found = []
    for field in _trees(node):
        name, shape = _trees(field)
        label = "date" if name.data == "date_name" else str(name.children[0])
        found.append(Field(name=label, shape=_SHAPES[shape.data], words=_words(shape.children)))
    return tuple(found)


def _fact(node: Node, place: Place) -> Fact:
    name, shape, *rest = node.children
    kind = _SHAPES[shape.data]
    records = kind in (Shape.RECORD, Shape.RECORDS)
    fact = Fact(
        name=str(name),
        shape=kind,
        words=() if records else _words(shape.children),
        fields=_fields(shape.children[0]) if records else (),
        may_be_absent=shape.data == "none_only",
        place=place,
    )
    for part in rest:
        fact = _with_part(fact, part)
    return fact


def _with_part(fact: Fact, part: Node) -> Fact:
    steps: dict[str, Callable[[], Fact]] = {
        "may_change": lambda: replace(fact, may_change=True),
        "may_be_absent": lambda: replace(fact, may_be_absent=True),
        "for_a_lawyer": lambda: replace(fact, lawyer=True),
        "closes": lambda: replace(fact, closes=_codes(part)),
        "ask": lambda: replace(fact, question=_text(part.children[0])),
        "why": lambda: replace(fact, why=_text(part.children[0])),
        "usual_share": lambda: replace(fact, usual_share=float(part.children[0])),
    }
    return steps[part.data]()


def _event(node: Node, place: Place) -> EventKind:
    event = EventKind(name=str(node.children[0]), place=place)
    for wrapper in _trees(node):
        part = wrapper if wrapper.data != "event_part" else wrapper.children[0]
        if part.data == "key":
            event = replace(event, key=str(part.children[0]))
        elif part.data == "event_fields":
            event = replace(event, fields=event.fields + _fields(part.children[0]))
        elif part.data == "precedes":
            event = replace(event, precedes=_codes(part))
        elif part.data == "again_after":
            event = replace(event, again_after=_codes(part))
        else:
            event = replace(event, question=_text(part.children[0]))
    return event


def _implication(node: Node) -> Implication:
    fact, then = (str(child) for child in node.children if isinstance(child, Token))
    trees = _trees(node)
    when = frozenset(_word(tree) for tree in trees if tree.data in ("word", "word_any"))
    implied = frozenset(_word(tree.children[0]) for tree in trees if tree.data == "implied")
    return Implication(fact=fact, values=when, then=then, then_values=implied)


def declare(lines: list[Line]) -> Declared:
    """The vocabulary of all blocks of facts.

    Args:
        lines: The top lines of the blocks, of all pages.
    Returns:
        The vocabulary, and faults: a line that cannot be parsed (LAW001), a name declared twice (LAW020), a name that
        is used but not declared (LAW021).
    """
    faults: list[Fault] = []
    facts: dict[str, Fact] = {}
    events: dict[str, EventKind] = {}
    implications: list[tuple[Implication, Place]] = []
    for line in lines:
        node = parse_line(line.text, "declaration", line.place)
        if isinstance(node, Fault):
            faults.append(node)
        elif node.data == "implies":
            implications.append((_implication(node), line.place))
        else:
            name = str(node.children[0])
            if name in facts or name in events:
                hint = "give one of the two another name"
                faults.append(Fault(code="LAW020", place=line.place, message=f'"{name}" is declared twice', hint=hint))
            elif node.data == "fact":
                facts[name] = _fact(node, line.place)
            else:
                events[name] = _event(node, line.place)
    faults.extend(_dangling(facts, events, implications))
    vocabulary = Vocabulary(facts=facts, events=events, implications=tuple(item for item, _ in implications))
    return Declared(vocabulary=vocabulary, faults=tuple(faults))


def _dangling(
    facts: dict[str, Fact], events: dict[str, EventKind], implications: list[tuple[Implication, Place]]
) -> list[Fault]:
    used = [(name, event.place) for event in events.values() for name in (*event.precedes, *event.again_after)]
    missing = [(name, place) for name, place in used if name not in events]
    missing += [(name, place) for item, place in implications for name in (item.fact, item.then) if name not in facts]
    return [
        Fault(code="LAW021", place=place, message=f'"{name}" is not declared', hint="declare it, or correct the name")
        for name, place in missing
    ]
