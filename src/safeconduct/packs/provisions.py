"""A numbered declaration of a law block becomes a provision."""

from dataclasses import replace

from safeconduct.packs.clause_lists import Parsed, is_stated, list_text, parse_clause, stated
from safeconduct.packs.clauses import Draft, read_clause
from safeconduct.packs.days_line import day
from safeconduct.packs.names import fault_at
from safeconduct.packs.reader import Item, Reader, codes, strings, tail_of
from safeconduct.packs.scope import Scope, pattern, tokens, trees
from safeconduct.rules.tree import (
    Always,
    ByReading,
    Clause,
    Condition,
    Deadline,
    Holds,
    Kind,
    Penalty,
    Provision,
    Some,
    Span,
    Stay,
)


def read_provision(reader: Reader, item: Item, concerns: Condition) -> Provision | None:
    """A provision with all its clauses.

    Args:
        reader: Names, marks and faults.
        item: The declaration.
        concerns: Whom the page concerns, where the provision does not say so itself.
    Returns:
        The provision; None if its header is at fault. Faults of clauses are collected.
    """
    word = next(token for token in tokens(item.header) if token.type == "WORD")
    if str(word) not in {known.value for known in Kind}:
        hint = "write one of " + ", ".join(known.value for known in Kind)
        reader.faults.append(fault_at(word, item.line.place, "LAW008", f'"{word}" is not a kind', hint).fault)
        return None
    citation = reader.cite(tail_of(item.header), item, item.line.place, None)
    if citation is None:
        return None
    draft = Draft(item=item, citation=citation, scope=Scope(names=reader.names, place=item.line.place))
    for parsed in _first_scope(reader, draft):
        if is_stated(parsed.node):
            _condition(reader, draft, parsed)
        else:
            reader.guarded(lambda parsed=parsed: read_clause(reader, draft, parsed))  # type: ignore[misc]
    _close_readings(reader, draft)
    kind = Kind(str(word))
    _check_kind(reader, draft, kind)
    return _finish(draft, kind, concerns)


def _first_scope(reader: Reader, draft: Draft) -> list[Parsed]:
    """Parses all clauses, and reads `about` and `governed by` first: the other lines depend on them."""
    found = [parse_clause(reader, line) for line in draft.item.line.members]
    clauses = [parsed for parsed in found if parsed is not None]
    draft.whole = len(clauses) == len(found)
    draft.runs = any(parsed.node.data == "window" for parsed in clauses)
    for name in ("about", "governed"):
        lines = [parsed for parsed in clauses if parsed.node.data == name]
        for parsed in lines[1:]:
            reader.fault("LAW019", parsed.line.place, "a line of this kind stands here already", "keep one of them")
        for parsed in lines[:1]:
            _read_scope(reader, draft, parsed)
    return clauses


def _read_scope(reader: Reader, draft: Draft, parsed: Parsed) -> None:
    node, at = trees(parsed.node)[0], replace(draft.scope, place=parsed.line.place)
    if parsed.node.data == "about":
        draft.scope = replace(draft.scope, about=reader.guarded(lambda: pattern(node, at)))
        return
    draft.governed = True
    governed = reader.guarded(lambda: day(node, at))
    if governed is not None:
        draft.scope = replace(draft.scope, governed_by=governed)


def _condition(reader: Reader, draft: Draft, parsed: Parsed) -> None:
    found = stated(reader, draft.item, parsed, draft.scope)
    if found is not None:
        clause = Clause(
            role=found.role,
            text=list_text(parsed.line),
            condition=found.condition,
            citation=found.citation,
            place=parsed.line.place,
        )
        draft.clauses.append(clause)


def _close_readings(reader: Reader, draft: Draft) -> None:
    for code, parts in draft.readings.items():
        conflict = reader.names.conflicts[code]
        place = draft.reading_place[code]
        absent = [str(index + 1) for index in range(len(conflict.readings)) if index not in parts]
        if absent:
            hint = f"add: reading {absent[0]} of {code}; nothing need be indented under it"
            reader.fault("LAW024", place, f"reading {', '.join(absent)} of {code} is not given", hint)
        every = tuple(parts.get(index, Always(holds=True)) for index in range(len(conflict.readings)))
        text = f"{code}: {conflict.question}"
        clause = Clause(role="if", text=text, condition=ByReading(code, every), citation=None, place=place, by=code)
        draft.clauses.append(clause)


def _check_kind(reader: Reader, draft: Draft, kind: Kind) -> None:
    place = draft.item.line.place
    if not draft.whole:
        return  # the line that is missed may be the one that could not be read
    deadline = any((draft.runs, draft.met, draft.late, draft.tells, draft.missed))
    if kind is Kind.DEADLINE and not draft.runs:
        reader.fault("LAW016", place, "a deadline says how it runs", "add: within ... after DAY, counting from ...")
    if kind is not Kind.DEADLINE and deadline:
        hint = "make it a deadline, or remove within, met by, late, tells and missed"
        reader.fault("LAW016", place, f"a {kind.value} has no deadline", hint)
    if draft.entries is not None and draft.stay is None:
        reader.fault("LAW016", place, "entries are named without a limit on the stay", "add: stay in ..., or remove it")
    if kind is Kind.EXPOSURE and not draft.governed and not draft.group:
        hint = "add governed by and the day of the act; governed by day asked if it never ends"
        reader.fault("LAW017", place, "an exposure must say which day's text governs it", hint)


def _finish(draft: Draft, kind: Kind, concerns: Condition) -> Provision:
    group = draft.group or ()
    if group:
        draft.clauses.append(_any_of(group, draft))
    return Provision(
        id=str(codes(draft.item.header)[0]),
        kind=kind,
        title=strings(draft.item.header)[0],
        says=draft.says or "",
        span=draft.span or Span(),
        concerns=draft.concerns or concerns,
        about=draft.scope.about,
        governed_by=draft.scope.governed_by,
        clauses=tuple(draft.clauses),
        cautions=tuple(draft.cautions),
        citation=draft.citation,
        place=draft.item.line.place,
        governs=bool(draft.governs),
        shown=not draft.explains,
        of=group,
        beside=draft.beside or (),
        dated=draft.dated,
        notes=tuple(draft.notes),
        penalty=_penalty(draft),
        deadline=_deadline(draft) if kind is Kind.DEADLINE else None,
        stay=_stay(draft),
    )


def _any_of(group: tuple[str, ...], draft: Draft) -> Clause:
    text = "any of " + ", ".join(group)
    found = Some(tuple(Holds(name) for name in group))
    return Clause(role="if", text=text, condition=found, citation=None, place=draft.item.line.place)


def _penalty(draft: Draft) -> Penalty | None:
    if draft.imprisonment is None and not draft.alternatives:
        return None
    least, most = draft.imprisonment or (None, None)
    return Penalty(least_months=least, most_months=most, alternatives=tuple(draft.alternatives))


def _deadline(draft: Draft) -> Deadline:
    return Deadline(
        windows=tuple(draft.windows),
        met_by=draft.met or (),
        late=draft.late or "",
        if_missed=draft.missed or "",
        safer_text=draft.tells or "",
    )


def _stay(draft: Draft) -> Stay | None:
    if draft.stay is None or draft.entries is None:
        return draft.stay
    return replace(draft.stay, since=draft.entries.first, until=draft.entries.last)
