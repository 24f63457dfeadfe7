"""Declarations that are tables: values with their rows, conflicts with their readings, questions for a lawyer."""

from safeconduct.packs.blocks import Line
from safeconduct.packs.days_line import span_days
from safeconduct.packs.names import DatedValue, Row, fault_at, joined
from safeconduct.packs.reader import Item, Reader, codes, part, strings, tail_of
from safeconduct.packs.scope import Scope, named, tokens, trees, whole, word_of
from safeconduct.rules.corpus import Untranslatable
from safeconduct.rules.parsing import Node
from safeconduct.rules.tree import Conflict, Span
from safeconduct.rules.vocabulary import Fact, Shape

_TWO = 2


def read_value(reader: Reader, item: Item) -> DatedValue | None:
    """A dated value with its rows; None if its header is at fault."""
    phrases = trees(item.header)
    key = reader.guarded(lambda: _key(reader, item, phrases[1])) if len(phrases) > 1 else None
    if len(phrases) > 1 and key is None:
        return None
    rows = []
    for line in item.line.members:
        node = reader.parse(line, "row")
        reader.nothing_under(line)
        row = reader.guarded(lambda node=node, line=line: _row(reader, item, node, line, key)) if node else None  # type: ignore[misc]
        if row is not None:
            rows.append(row)
    if not item.line.members:
        reader.fault("LAW009", item.line.place, "the value has no rows", "indent under it: from YYYY-MM-DD: 27 years")
    kinds = {"" if row.truth is None else "yes/no" for row in rows}
    if len(kinds) > 1:
        reader.fault("LAW008", item.line.place, "rows of one value are of two kinds", "write all as yes/no, or none")
        return None
    name = key.name if key is not None else ""
    return DatedValue(name=joined(phrases[0]), key_fact=name, rows=tuple(rows), place=item.line.place)


def _key(reader: Reader, item: Item, phrase: Node) -> Fact:
    found = named(phrase, Scope(names=reader.names, place=item.line.place))
    if isinstance(found.owner, Fact) and found.part is None and found.owner.shape is Shape.ONE_OF:
        return found.owner
    hint = "name a fact that is one of some words"
    raise fault_at(phrase, item.line.place, "LAW005", f'"{found.owner.name}" cannot be the key of a value', hint)


def _row(reader: Reader, item: Item, node: Node, line: Line, key: Fact | None) -> Row | None:
    scope = Scope(names=reader.names, place=line.place)
    parts = {str(child.data): child for child in trees(node)}
    span_node = parts.get("span_from") or parts.get("span_until")
    first, last = span_days(span_node, scope) if span_node is not None else (None, None)
    words = trees(parts["words"]) if "words" in parts else []
    if bool(words) != (key is not None):
        hint = "write value NAME by FACT, and each row for WORD" if words else "write for WORD before the colon"
        raise fault_at(node, line.place, "LAW008", "rows and header do not agree on a key", hint)
    for word in words:
        if key is not None and word_of(word) not in key.words:
            hint = "write one of " + ", ".join(key.words)
            raise fault_at(word, line.place, "LAW004", f'"{word_of(word)}" is not a value of {key.name}', hint)
    citation = reader.cite(parts.get("tail"), item, line.place, None)
    if citation is None:
        return None
    count, unit, truth = 0, "yes/no", "yes" in parts
    if "amount" in parts:
        count, unit = whole(parts["amount"].children[0], scope), str(trees(parts["amount"])[0].data)
    return Row(
        span=Span(first=first, last=last),
        keys=frozenset(word_of(word) for word in words),
        amount=count,
        unit=unit,
        truth=truth if "amount" not in parts else None,
        citation=citation,
        place=line.place,
    )


def read_conflict(reader: Reader, item: Item) -> Conflict:
    """A conflict between sources with its readings; exactly one of them is the safer one."""
    names: list[str] = []
    sources = []
    safer: list[int] = []
    for line in item.line.members:
        node = reader.parse(line, "clause")
        reader.nothing_under(line)
        if node is None:
            continue
        if node.data != "conflict_reading":
            reader.fault("LAW009", line.place, "a conflict holds readings only", 'write: reading "..." source [mark]')
            continue
        if any(token.type == "SAFER" for token in tokens(node)):
            safer.append(len(names))
        citation = reader.cite(tail_of(node), item, line.place, None)
        if citation is not None:
            names.append(strings(node)[0])
            sources.append(citation)
    if len(item.line.members) < _TWO or len(safer) != 1:
        hint = "give each reading a line, and write safer behind the one that is safer to assume"
        reader.fault("LAW024", item.line.place, "a conflict has two readings or more, one of them safer", hint)
    return Conflict(
        id=str(codes(item.header)[0]),
        question=strings(item.header)[0],
        readings=tuple(names),
        sources=tuple(sources),
        safer=safer[0] if safer else 0,
    )


def read_question(reader: Reader, item: Item) -> Untranslatable | None:
    """A question that only a lawyer can answer, with the fact that holds the answer; None after a fault."""
    asked = []
    for line in item.line.members:
        node = reader.parse(line, "clause")
        reader.nothing_under(line)
        if node is not None and node.data == "asks":
            asked.append(joined(trees(node)[0]))
        elif node is not None:
            reader.fault("LAW009", line.place, "only asks can stand here", "write: asks FACT")
    citation = reader.cite(part(item.header, "tail"), item, item.line.place, None)
    fact = reader.names.vocabulary.facts.get(asked[0]) if len(asked) == 1 else None
    if fact is None or not fact.lawyer:
        hint = "add one line: asks FACT, a fact declared for a lawyer"
        reader.fault("LAW018", item.line.place, "it asks nothing of a lawyer", hint)
        return None
    reader.names.used.add(fact.name)
    if citation is None:
        return None
    code, text = str(codes(item.header)[0]), strings(item.header)[0]
    return Untranslatable(id=code, text=text, fact=fact.name, citation=citation)


__all__ = ["read_conflict", "read_question", "read_value"]
