"""Law blocks become values, days, terms, conflicts and provisions."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from lark import Token, Tree

from safeconduct.packs.blocks import Line, Page
from safeconduct.packs.conditions import Scope, amount, condition, day, parse_day, pattern, span_days
from safeconduct.packs.names import DatedValue, Names, Row, UnresolvedError, fault_at, joined
from safeconduct.packs.sources import Marks, read_tail
from safeconduct.rules.parsing import Node, Start, parse_line
from safeconduct.rules.tree import (
    All,
    Always,
    Asked,
    Between,
    ByReading,
    Caution,
    Clause,
    Condition,
    Conflict,
    Deadline,
    FirstCounted,
    Holds,
    Kind,
    Not,
    Note,
    On,
    Penalty,
    Provision,
    Rolls,
    Some,
    Span,
    Stay,
    Term,
    Unit,
    Window,
)
from safeconduct.values.citation import Citation
from safeconduct.values.days import Rounding
from safeconduct.values.errors import Fault, Place

SETTLED_ROLES = {"if_clause": "if", "unless_clause": "unless"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A declaration of a law block with its parsed header."""

    page: Page
    line: Line
    header: Node
    heading: str


@dataclass(slots=True, kw_only=True)
class Reader:
    """Reads the items of all pages; collects faults instead of stopping at the first."""

    names: Names
    marks: dict[str, Marks]
    faults: list[Fault] = field(default_factory=list)

    def parse(self, line: Line, start: Start) -> Node | None:
        """The tree of a line; None after a fault."""
        node = parse_line(line.text, start, line.place)
        if isinstance(node, Fault):
            self.faults.append(node)
            return None
        return node

    def guarded(self, step: Callable[[], Any]) -> Any:  # noqa: ANN401 -- whatever the step returns
        """The step's result; None after a fault."""
        try:
            return step()
        except UnresolvedError as error:
            self.faults.append(error.fault)
            return None

    def fault(self, code: str, place: Place, message: str, hint: str) -> None:
        """Add a fault."""
        self.faults.append(Fault(code=code, place=place, message=message, hint=hint))

    def cite(self, node: Node | None, item: Item, place: Place, default: Citation | None) -> Citation | None:
        """The citation of a tail; None after a fault."""
        text = str(node.children[0]) if node is not None and node.children else ""
        act = item.page.front.get("act", "")
        marks = self.marks.get(item.page.jurisdiction, Marks(by_mark={}))
        found = read_tail(text, act=act, marks=marks, default=default, place=place)
        if isinstance(found, Fault):
            self.faults.append(found)
            return None
        return found


def tail_of(node: Node) -> Node | None:
    """The tail of a parsed line, if it has one."""
    return next((child for child in node.children if isinstance(child, Tree) and child.data == "tail"), None)


def text_of(token: Node | Token) -> str:
    """The words between quotation marks."""
    return str(token)[1:-1]


def shown(line: str) -> str:
    """The line as a reader sees it: without its tail."""
    quoted = False
    for index, sign in enumerate(line):
        if sign == '"':
            quoted = not quoted
        elif not quoted and line.startswith("source ", index) and (index == 0 or line[index - 1] == " "):
            return line[:index].strip()
    return line.strip()


# --- values, days, conflicts -----------------------------------------------------------------------------------


def read_value(reader: Reader, item: Item) -> DatedValue:
    """A dated value with its rows."""
    phrases = [joined(child) for child in item.header.children if isinstance(child, Tree)]
    key = phrases[1] if len(phrases) > 1 else ""
    rows = []
    for line in item.line.members:
        node = reader.parse(line, "row")
        row = reader.guarded(lambda node=node, line=line: _row(reader, item, node, line, key)) if node else None
        if row is not None:
            rows.append(row)
    return DatedValue(name=phrases[0], key_fact=key, rows=tuple(rows), place=item.line.place)


def _row(reader: Reader, item: Item, node: Node, line: Line, key: str) -> Row | None:
    scope = Scope(names=reader.names, place=line.place)
    trees = {str(child.data): child for child in node.children if isinstance(child, Tree)}
    span_node = trees.get("span_from") or trees.get("span_until")
    first, last = span_days(span_node, scope) if span_node is not None else (None, None)
    keys = frozenset(str(word.children[0]) for word in trees["words"].children) if "words" in trees else frozenset()
    if bool(keys) != bool(key):
        hint = "write value NAME by FACT, and each row for WORD" if keys else "write for WORD before the colon"
        raise fault_at(node, line.place, "LAW008", "rows and header do not agree on a key", hint)
    citation = reader.cite(trees.get("tail"), item, line.place, None)
    if citation is None:
        return None
    span = Span(first=first, last=last)
    if "amount" in trees:
        number, unit = trees["amount"].children
        count, name, truth = int(number), str(unit.data), None
    elif "number" in trees:
        count, name, truth = int(trees["number"].children[0]), "", None
    else:
        count, name, truth = 0, "yes/no", "yes" in trees
    return Row(span=span, keys=keys, amount=count, unit=name, truth=truth, citation=citation, place=line.place)


def read_conflict(reader: Reader, item: Item) -> Conflict:
    """A conflict between sources with its readings."""
    names, sources, safer = [], [], 0
    for line in item.line.members:
        node = reader.parse(line, "clause")
        if node is None:
            continue
        if node.data != "conflict_reading":
            reader.fault("LAW009", line.place, "a conflict holds readings only", 'write: reading "..." source [mark]')
            continue
        citation = reader.cite(tail_of(node), item, line.place, None)
        if citation is None:
            continue
        if any(isinstance(child, Token) and child.type == "SAFER" for child in node.children):
            safer = len(names)
        names.append(text_of(node.children[0]))
        sources.append(citation)
    code, question = item.header.children
    return Conflict(
        id=str(code), question=text_of(question), readings=tuple(names), sources=tuple(sources), safer=safer
    )


# --- lists of conditions ---------------------------------------------------------------------------------------


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
            parts.append(members(reader, member, str(node.children[0].data), at))
            continue
        found = reader.guarded(lambda node=node, at=at: condition(node, at))
        if found is not None:
            parts.append(found)
        if member.members:
            reader.fault("LAW014", member.members[0].place, "nothing can be indented here", "move it to the left")
    return Some(tuple(parts)) if kind == "any_of" else All(tuple(parts))


def _list_text(line: Line) -> str:
    inner = "; ".join(_list_text(member) for member in line.members)
    return f"{shown(line.text)} {inner}".strip() if inner else shown(line.text)


def read_term(reader: Reader, item: Item) -> Term | None:
    """A named condition."""
    name = joined(item.header.children[0])
    scope = Scope(names=reader.names, place=item.line.place)
    about = None
    if len(item.header.children) > 1:
        about = reader.guarded(lambda: pattern(item.header.children[1], scope))
        scope = replace(scope, about=about)
    parts = [part for part in (plain(reader, line, scope) for line in item.line.members) if part is not None]
    return Term(name=name, about=about, condition=All(tuple(parts)), place=item.line.place)


def plain(reader: Reader, line: Line, scope: Scope) -> Condition | None:
    """An if, and, unless or list line as one condition."""
    node = reader.parse(line, "clause")
    if node is None:
        return None
    at = replace(scope, place=line.place)
    span_node = None
    if node.data == "dated_clause":
        span_node, node = node.children
    if node.data == "list_clause":
        role, kind = str(node.children[0].data), str(node.children[1].data)
        found: Condition | None = members(reader, line, kind, at)
        negative = role == "role_unless"
    elif node.data in SETTLED_ROLES:
        body = node.children[0]
        found = reader.guarded(lambda: condition(body, at))
        negative = node.data == "unless_clause"
    else:
        reader.fault("LAW009", line.place, "only if, and, unless can stand here", "move the line to a provision")
        return None
    if found is None:
        return None
    found = Not(found) if negative else found
    return _dated(reader, found, span_node, at, otherwise=True) if span_node is not None else found


def _dated(reader: Reader, found: Condition, span_node: Node, scope: Scope, *, otherwise: bool) -> Condition:
    """The condition on the days of the span; outside them `otherwise`."""
    span = reader.guarded(lambda: span_days(span_node, scope))
    if span is None:
        return found
    first, last = span
    inside = Between(scope.governed_by, On(first) if first else None, On(last) if last else None)
    return Some((found, Not(inside))) if otherwise else All((found, inside))


# --- provisions ------------------------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class Draft:
    """A provision while its clauses are read."""

    item: Item
    citation: Citation
    scope: Scope
    parts: dict[str, Any] = field(default_factory=dict)
    clauses: list[Clause] = field(default_factory=list)
    readings: dict[str, dict[int, Condition]] = field(default_factory=dict)
    reading_place: dict[str, Place] = field(default_factory=dict)

    def add(self, name: str, value: object) -> None:
        """Append to a list part."""
        self.parts.setdefault(name, []).append(value)


def read_provision(reader: Reader, item: Item, concerns: Condition) -> Provision | None:
    """A provision with all its clauses.

    Args:
        reader: Names, marks and faults.
        item: The declaration.
        concerns: Whom the page concerns, where the provision does not say so itself.
    Returns:
        The provision; None if its header is at fault. Faults of clauses are collected.
    """
    code, word, title, *_ = item.header.children
    try:
        kind = Kind(str(word))
    except ValueError:
        hint = "write one of " + ", ".join(known.value for known in Kind)
        reader.faults.append(fault_at(word, item.line.place, "LAW008", f'"{word}" is not a kind', hint).fault)
        return None
    citation = reader.cite(tail_of(item.header), item, item.line.place, None)
    if citation is None:
        return None
    draft = Draft(item=item, citation=citation, scope=Scope(names=reader.names, place=item.line.place))
    lines = _first_scope(reader, draft)
    for line, node in lines:
        span_node = None
        if node.data == "dated_clause":
            span_node, node = node.children
        reader.guarded(lambda node=node, line=line, span=span_node: _clause(reader, draft, node, line, span))
    _close_readings(reader, draft)
    return _finish(reader, draft, str(code), kind, text_of(title), concerns)


def _first_scope(reader: Reader, draft: Draft) -> list[tuple[Line, Node]]:
    """Parses all clauses, and reads `about` and `governed by` first: the other lines depend on them."""
    parsed = [(line, reader.parse(line, "clause")) for line in draft.item.line.members]
    lines = [(line, node) for line, node in parsed if node is not None]
    for line, node in lines:
        if node.data == "about":
            at = replace(draft.scope, place=line.place)
            about = reader.guarded(lambda node=node, at=at: pattern(node.children[0], at))
            draft.scope = replace(draft.scope, about=about)
    for line, node in lines:
        if node.data == "governed":
            at = replace(draft.scope, place=line.place)
            governed = reader.guarded(lambda node=node, at=at: day(node.children[0], at))
            draft.scope = replace(draft.scope, governed_by=governed or Asked())
    return lines


def _clause(reader: Reader, draft: Draft, node: Node, line: Line, span_node: Node | None) -> None:
    at = replace(draft.scope, place=line.place)
    if line.members and node.data not in ("list_clause", "reading", "concerns"):
        reader.fault("LAW014", line.members[0].place, "nothing can be indented here", "move it to the left")
    if node.data in SETTLED_ROLES or node.data == "list_clause":
        _logic(reader, draft, node, line, span_node)
        return
    if span_node is not None and node.data not in ("caution", "displaced"):
        raise fault_at(node, line.place, "LAW006", "this clause has no days of its own", "remove the days before it")
    step = _STEPS.get(str(node.data))
    if step is None:
        raise fault_at(node, line.place, "LAW009", "this clause cannot stand in a provision", "move it")
    step(reader, draft, node, replace(at, place=line.place), line, span_node)


def _logic(reader: Reader, draft: Draft, node: Node, line: Line, span_node: Node | None) -> None:
    at = replace(draft.scope, place=line.place)
    if node.data == "list_clause":
        role = "unless" if node.children[0].data == "role_unless" else "if"
        found = members(reader, line, str(node.children[1].data), at)
    else:
        role = SETTLED_ROLES[node.data]
        found = condition(node.children[0], at)
    if span_node is not None:
        found = _dated(reader, found, span_node, at, otherwise=role == "if")
    own = reader.cite(tail_of(node), draft.item, line.place, draft.citation)
    citation = own if own is not draft.citation else None
    draft.clauses.append(
        Clause(role=role, text=_list_text(line), condition=found, citation=citation, place=line.place)
    )


def _reading(reader: Reader, draft: Draft, node: Node, scope: Scope, line: Line, _span: Node | None) -> None:
    number, code = int(node.children[0]), str(node.children[1])
    conflict = reader.names.conflicts.get(code)
    if conflict is None or not 1 <= number <= len(conflict.readings):
        raise fault_at(node, line.place, "LAW007", f"there is no reading {number} of {code}", "declare the conflict")
    parts = [part for part in (plain(reader, member, scope) for member in line.members) if part is not None]
    draft.readings.setdefault(code, {})[number - 1] = All(tuple(parts))
    draft.reading_place.setdefault(code, line.place)
    reader.names.used.add(code)


def _close_readings(reader: Reader, draft: Draft) -> None:
    for code, parts in draft.readings.items():
        conflict = reader.names.conflicts[code]
        every = tuple(parts.get(index, Always(True)) for index in range(len(conflict.readings)))
        text = f"{code}: {conflict.question}"
        place = draft.reading_place[code]
        draft.clauses.append(
            Clause(role="if", text=text, condition=ByReading(code, every), citation=None, place=place, by=code)
        )


def _displaced(reader: Reader, draft: Draft, node: Node, scope: Scope, line: Line, span: Node | None) -> None:
    code = str(node.children[0])
    if code not in reader.names.provisions:
        raise fault_at(node, line.place, "LAW007", f'there is no provision "{code}"', "write the id of a provision")
    found = condition(node.children[1], scope)
    if span is not None:
        found = _dated(reader, found, span, scope, otherwise=False)
    reader.names.used.add(code)
    draft.clauses.append(
        Clause(role="displaced", text=shown(line.text), condition=found, citation=None, place=line.place, by=code)
    )


def _caution(reader: Reader, draft: Draft, node: Node, scope: Scope, _line: Line, span: Node | None) -> None:
    tokens = [child for child in node.children if isinstance(child, Token)]
    trees = [child for child in node.children if isinstance(child, Tree)]
    found = condition(trees[0], scope) if trees else Always(True)
    if span is not None:
        found = _dated(reader, found, span, scope, otherwise=False)
    code = next((str(token) for token in tokens if token.type == "CODE"), "")
    if code:
        reader.names.used.add(code)
    draft.add("cautions", Caution(text=text_of(tokens[-1]), condition=found, id=code))


def _window(_reader: Reader, draft: Draft, node: Node, scope: Scope, line: Line, _span: Node | None) -> None:
    trees = {str(child.data): child for child in node.children if isinstance(child, Tree)}
    months, days = amount(trees["period"])
    units = {"calendar_days": Unit.CALENDAR_DAYS, "working_days": Unit.WORKING_DAYS, "whole_months": Unit.MONTHS}
    unit = next(value for name, value in units.items() if name in trees)
    if bool(months) != (unit is Unit.MONTHS):
        hint = "write whole months for months, calendar days or working days for days"
        raise fault_at(node, line.place, "LAW015", "the period and its unit do not agree", hint)
    if months and not {"clipped", "rolled"} & set(trees):
        hint = "write: months end clipped, or months end rolled, as the act says"
        raise fault_at(node, line.place, "LAW015", "a period of months needs a rule for its end", hint)
    firsts = {"same_day": FirstCounted.SAME, "next_day": FirstCounted.NEXT, "either_day": FirstCounted.EITHER}
    rolls = {"rolls_not": Rolls.NOT, "rolls_next": Rolls.NEXT_WORKING_DAY, "rolls_unknown": Rolls.UNKNOWN}
    parts = [child for child in node.children if isinstance(child, Tree)]
    last = parts[-1]
    has_condition = last.data not in (*rolls, "clipped", "rolled")
    window = Window(
        start=day(parts[1], scope),
        count=months or days,
        unit=unit,
        first_counted=next(value for name, value in firsts.items() if name in trees),
        rolls=next(value for name, value in rolls.items() if name in trees),
        rounding=Rounding.ROLL if "rolled" in trees else Rounding.CLIP,
        condition=condition(last, scope) if has_condition else Always(True),
        text=shown(line.text),
        restart=any(isinstance(child, Token) and child.type == "AGAIN" for child in node.children),
    )
    draft.add("windows", window)


def _penalty(_reader: Reader, draft: Draft, node: Node, _scope: Scope, line: Line, _span: Node | None) -> None:
    if node.data == "other_penalty":
        draft.add("alternatives", text_of(node.children[0]))
        return
    periods = [amount(child) for child in node.children]
    if any(days for _, days in periods):
        raise fault_at(node, line.place, "LAW004", "imprisonment is given in months or years", "convert it")
    draft.parts["imprisonment"] = (periods[0][0] if len(periods) > 1 else 0, periods[-1][0])


def _stay(_reader: Reader, draft: Draft, node: Node, scope: Scope, _line: Line, _span: Node | None) -> None:
    tokens = [child for child in node.children if isinstance(child, Token)]
    codes = [str(token) for token in tokens if token.type == "CODE"]
    numbers = [int(token) for token in tokens if token.type == "NUMBER"]
    dates = [parse_day(token, scope) for token in tokens if token.type == "DATE"]
    draft.parts["stay"] = Stay(
        country=codes[0],
        most_days=numbers[0],
        window_days=numbers[1] if len(numbers) > 1 else None,
        models=tuple(codes[1:]) or ("E",),
        not_counted_before=dates[0] if dates else None,
        since=None,
        until=None,
    )


def _ids(reader: Reader, node: Node, line: Line) -> tuple[str, ...]:
    for token in node.children:
        if str(token) not in reader.names.provisions:
            raise fault_at(token, line.place, "LAW007", f'there is no provision "{token}"', "write the id of a provision")
        reader.names.used.add(str(token))
    return tuple(str(token) for token in node.children)


def _concerns(reader: Reader, draft: Draft, node: Node, scope: Scope, line: Line, _span: Node | None) -> None:
    child = node.children[0]
    if child.data in ("any_of", "all_of"):
        draft.parts["concerns"] = members(reader, line, str(child.data), scope)
    else:
        draft.parts["concerns"] = condition(child, scope)


def _span_line(reader: Reader, draft: Draft, node: Node, scope: Scope, _line: Line, _span: Node | None) -> None:
    first, last = span_days(node.children[0], scope)
    draft.parts["span"] = Span(first=first, last=last)
    reader.cite(tail_of(node), draft.item, scope.place, draft.citation)


def _note(_reader: Reader, draft: Draft, node: Node, scope: Scope, _line: Line, _span: Node | None) -> None:
    first, last = span_days(node.children[1], scope) if len(node.children) > 1 else (None, None)
    draft.add("notes", Note(text=text_of(node.children[0]), span=Span(first=first, last=last)))


def _set(name: str, read: Callable[[Reader, Node, Scope, Line], object]) -> Callable[..., None]:
    def step(reader: Reader, draft: Draft, node: Node, scope: Scope, line: Line, _span: Node | None) -> None:
        draft.parts[name] = read(reader, node, scope, line)

    return step


def _entries(_reader: Reader, node: Node, scope: Scope, _line: Line) -> Span:
    first, last = span_days(node.children[0], scope)
    return Span(first=first, last=last)


def _missed(_reader: Reader, node: Node, _scope: Scope, _line: Line) -> str:
    token = node.children[0]
    return str(token) if isinstance(token, Token) and token.type == "CODE" else text_of(token)


_STEPS: dict[str, Callable[..., None]] = {
    "span_line": _span_line,
    "concerns": _concerns,
    "about": lambda *_: None,
    "governed": lambda *_: None,
    "displaced": _displaced,
    "reading": _reading,
    "caution": _caution,
    "says": _set("says", lambda _r, node, _s, _l: text_of(node.children[0])),
    "beside": _set("beside", lambda reader, node, _s, line: _ids(reader, node, line)),
    "dated": _set("dated", lambda _r, node, scope, _l: parse_day(node.children[0], scope)),
    "practice_note": _note,
    "imprisonment": _penalty,
    "other_penalty": _penalty,
    "window": _window,
    "met": _set("met", lambda _r, node, scope, _l: tuple(pattern(child, scope) for child in node.children)),
    "late": _set("late", lambda _r, node, _s, _l: text_of(node.children[0])),
    "tells": _set("tells", lambda _r, node, _s, _l: text_of(node.children[0])),
    "missed": _set("missed", _missed),
    "stay": _stay,
    "entries": _set("entries", _entries),
    "governs": _set("governs", lambda *_: True),
    "explains": _set("explains", lambda *_: True),
    "group": _set("of", lambda reader, node, _s, line: _ids(reader, node, line)),
}


def _finish(
    reader: Reader, draft: Draft, code: str, kind: Kind, title: str, concerns: Condition
) -> Provision:
    parts = draft.parts
    stay = parts.get("stay")
    if stay is not None and "entries" in parts:
        stay = replace(stay, since=parts["entries"].first, until=parts["entries"].last)
    deadline = None
    if "windows" in parts:
        deadline = Deadline(
            windows=tuple(parts["windows"]),
            met_by=parts.get("met", ()),
            late=parts.get("late", ""),
            if_missed=parts.get("missed", ""),
            safer_text=parts.get("tells", ""),
        )
    if (deadline is not None) != (kind is Kind.DEADLINE):
        hint = "a deadline needs a line within ..., and only a deadline has one"
        reader.fault("LAW016", draft.item.line.place, "kind and clauses do not agree", hint)
    if kind is Kind.EXPOSURE and isinstance(draft.scope.governed_by, Asked) and "of" not in parts:
        hint = "write governed by and the day of the act; governed by day asked if it never ends"
        if not any(node_is_governed(line) for line in draft.item.line.members):
            reader.fault("LAW017", draft.item.line.place, "an exposure must say which day's text governs it", hint)
    group = parts.get("of", ())
    if group:
        draft.clauses.append(
            Clause(
                role="if",
                text="any of " + ", ".join(group),
                condition=Some(tuple(Holds(name) for name in group)),
                citation=None,
                place=draft.item.line.place,
            )
        )
    least, most = parts.get("imprisonment", (None, None))
    alternatives = tuple(parts.get("alternatives", ()))
    return Provision(
        id=code,
        kind=kind,
        title=title,
        says=parts.get("says", ""),
        span=parts.get("span", Span()),
        concerns=parts.get("concerns", concerns),
        about=draft.scope.about,
        governed_by=draft.scope.governed_by,
        clauses=tuple(draft.clauses),
        cautions=tuple(parts.get("cautions", ())),
        citation=draft.citation,
        place=draft.item.line.place,
        governs=parts.get("governs", False),
        shown=not parts.get("explains", False),
        of=group,
        beside=parts.get("beside", ()),
        dated=parts.get("dated"),
        notes=tuple(parts.get("notes", ())),
        penalty=Penalty(least_months=least, most_months=most, alternatives=alternatives)
        if most is not None or alternatives
        else None,
        deadline=deadline,
        stay=stay,
    )


def node_is_governed(line: Line) -> bool:
    """Whether the line says which day governs."""
    return line.text.startswith("governed by")
