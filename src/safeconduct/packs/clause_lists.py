"""Lines that are conditions: if, and, unless, with lists of alternatives under them; and terms, made of them."""

from dataclasses import dataclass, replace

from safeconduct.packs.blocks import Line
from safeconduct.packs.conditions import condition
from safeconduct.packs.days_line import span_days
from safeconduct.packs.names import joined
from safeconduct.packs.reader import Item, Reader, shown, tail_of
from safeconduct.packs.scope import Scope, pattern, trees
from safeconduct.rules.parsing import Node
from safeconduct.rules.tree import All, Between, Condition, Not, On, Some, Term
from safeconduct.values.citation import Citation

ROLES = {"if_clause": "if", "unless_clause": "unless"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A condition with its role.

    Args:
        role: "if" or "unless".
        condition: What the line says, on its days if it has days of its own.
        citation: Its own seat; None if it has none.
    """

    role: str
    condition: Condition
    citation: Citation | None


def members(reader: Reader, line: Line, kind: str, scope: Scope) -> Condition:
    """The conditions indented under `any of` or `all of`."""
    parts: list[Condition] = []
    if not line.members:
        reader.fault("LAW009", line.place, "the list is empty", "indent its members under it")
    for member in line.members:
        node = reader.parse(member, "member")
        if node is None:
            continue
        at = replace(scope, place=member.place)
        if node.data == "member_list":
            parts.append(members(reader, member, str(trees(node)[0].data), at))
            continue
        found = reader.guarded(lambda node=node, at=at: condition(node, at))  # type: ignore[misc]
        if found is not None:
            parts.append(found)
        reader.nothing_under(member)
    return Some(tuple(parts)) if kind == "any_of" else All(tuple(parts))


def list_text(line: Line) -> str:
    """A line with what is indented under it, on one line."""
    inner = "; ".join(list_text(member) for member in line.members)
    return f"{shown(line.text)} {inner}".strip() if inner else shown(line.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A clause as it was parsed.

    Args:
        line: The line.
        node: Its tree, without its days.
        span: The days before the colon, if it has days of its own.
    """

    line: Line
    node: Node
    span: Node | None


def parse_clause(reader: Reader, line: Line) -> Parsed | None:
    """A line of a provision, term or exception; None after a fault."""
    node = reader.parse(line, "clause")
    if node is None:
        return None
    if node.data == "dated_clause":
        span, inner = trees(node)
        return Parsed(line=line, node=inner, span=span)
    return Parsed(line=line, node=node, span=None)


def stated(reader: Reader, item: Item, parsed: Parsed, scope: Scope) -> Stated | None:
    """An if, and, unless or list line; None after a fault.

    Args:
        reader: Names, marks and faults.
        item: The declaration that it belongs to.
        parsed: The line.
        scope: What it may name.
    """
    line, node = parsed.line, parsed.node
    at = replace(scope, place=line.place)
    found: Condition | None
    if node.data == "list_clause":
        role, kind = (str(child.data) for child in trees(node)[:2])
        role = "unless" if role == "role_unless" else "if"
        found = members(reader, line, kind, at)
    else:
        role = ROLES[str(node.data)]
        found = reader.guarded(lambda: condition(trees(node)[0], at))
        reader.nothing_under(line)
    tail = tail_of(node)
    citation = reader.cite(tail, item, line.place, None) if tail is not None and tail.children else None
    if found is None:
        return None
    if parsed.span is not None:
        found = on_its_days(reader, found, parsed.span, at, otherwise=role == "if")
    return Stated(role=role, condition=found, citation=citation)


def is_stated(node: Node) -> bool:
    """Whether the line is an if, and, unless or list line."""
    return node.data in ROLES or node.data == "list_clause"


def on_its_days(reader: Reader, found: Condition, span_node: Node, scope: Scope, *, otherwise: bool) -> Condition:
    """The condition on the days of the span; outside them `otherwise`."""
    span = reader.guarded(lambda: span_days(span_node, scope))
    if span is None:
        return found
    first, last = span
    inside = Between(scope.governed_by, On(first) if first else None, On(last) if last else None)
    return Some((found, Not(inside))) if otherwise else All((found, inside))


def together(reader: Reader, item: Item, lines: tuple[Line, ...], scope: Scope) -> Condition:
    """Some lines of if, and, unless as one condition: all of them."""
    parts: list[Condition] = []
    for line in lines:
        parsed = parse_clause(reader, line)
        if parsed is None:
            continue
        if not is_stated(parsed.node):
            reader.fault("LAW009", line.place, "only if, and, unless can stand here", "move the line to a provision")
            continue
        one = stated(reader, item, parsed, scope)
        if one is not None:
            parts.append(Not(one.condition) if one.role == "unless" else one.condition)
    return All(tuple(parts))


def read_term(reader: Reader, item: Item) -> Term:
    """A named condition."""
    scope = Scope(names=reader.names, place=item.line.place)
    phrase, *events = trees(item.header)
    about = reader.guarded(lambda: pattern(events[0], scope)) if events else None
    if not item.line.members:
        reader.fault("LAW009", item.line.place, "the term has no condition", "indent under it: if ...")
    meaning = together(reader, item, item.line.members, replace(scope, about=about))
    return Term(name=joined(phrase), about=about, condition=meaning, place=item.line.place)
