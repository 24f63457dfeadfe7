"""The clauses of a provision beside its conditions: each fills one part of the draft."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from safeconduct.packs.clause_lists import Parsed, members, on_its_days, together
from safeconduct.packs.conditions import condition
from safeconduct.packs.days_line import span_days
from safeconduct.packs.names import fault_at, no_provision
from safeconduct.packs.reader import Item, Reader, codes, part, shown, strings, tail_of
from safeconduct.packs.scope import Scope, amount, calendar_day, pattern, tokens, trees, visits, whole
from safeconduct.packs.windows import read_window
from safeconduct.rules.tree import Always, Caution, Clause, Condition, Note, Pattern, Span, Stay, Window
from safeconduct.values.citation import Citation
from safeconduct.values.errors import Place

MODELS = ("L", "F", "G", "E")


@dataclass(slots=True, kw_only=True)
class Draft:
    """A provision while its clauses are read; what is None was not written.

    Args:
        whole: Whether every line could be parsed.
        runs: Whether a line says how a deadline runs.
    """

    item: Item
    citation: Citation
    scope: Scope
    governed: bool = False
    whole: bool = True
    runs: bool = False
    clauses: list[Clause] = field(default_factory=list)
    readings: dict[str, dict[int, Condition]] = field(default_factory=dict)
    reading_place: dict[str, Place] = field(default_factory=dict)
    cautions: list[Caution] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    span: Span | None = None
    concerns: Condition | None = None
    imprisonment: tuple[int, int] | None = None
    stay: Stay | None = None
    entries: Span | None = None
    says: str | None = None
    beside: tuple[str, ...] | None = None
    group: tuple[str, ...] | None = None
    dated: date | None = None
    met: tuple[Pattern, ...] | None = None
    late: str | None = None
    tells: str | None = None
    missed: str | None = None
    governs: bool | None = None
    explains: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """A clause that is read: where it stands and what for."""

    reader: Reader
    draft: Draft
    parsed: Parsed
    scope: Scope

    @property
    def place(self) -> Place:
        """Where the line begins."""
        return self.parsed.line.place

    def ids(self) -> tuple[str, ...]:
        """The ids that the line names, each of a provision that there is."""
        names = self.reader.names
        for code in codes(self.parsed.node):
            if str(code) not in names.provisions:
                raise no_provision(names, code, self.place)
            names.used.add(str(code))
        return tuple(str(code) for code in codes(self.parsed.node))

    def span(self) -> Span:
        """The days that the line names."""
        node = part(self.parsed.node, "span_from") or part(self.parsed.node, "span_until")
        first, last = span_days(node, self.scope) if node is not None else (None, None)
        return Span(first=first, last=last)

    def text(self) -> str:
        """The words in quotation marks."""
        return strings(self.parsed.node)[0]


def read_clause(reader: Reader, draft: Draft, parsed: Parsed) -> None:
    """Fill the part of the draft that the line speaks of.

    Raises:
        UnresolvedError: With the fault, if the line cannot stand here or names what is not declared.
    """
    name, place = str(parsed.node.data), parsed.line.place
    if name not in ("reading", "concerns"):
        reader.nothing_under(parsed.line)
    if parsed.span is not None and name not in ("caution", "displaced"):
        raise fault_at(parsed.node, place, "LAW006", "this clause has no days of its own", "remove the days before it")
    at = At(reader=reader, draft=draft, parsed=parsed, scope=replace(draft.scope, place=place))
    if name in _ONCE:
        if getattr(draft, _ONCE[name][0]) is not None:
            raise fault_at(parsed.node, place, "LAW019", "a line of this kind stands here already", "keep one of them")
        setattr(draft, _ONCE[name][0], _ONCE[name][1](at))
    elif name in _MANY:
        _MANY[name](at)
    else:
        raise fault_at(parsed.node, place, "LAW009", "this line cannot stand in a provision", "move it")


# --- lines that may stand several times ------------------------------------------------------------------------


def _reading(at: At) -> None:
    number, code = whole(tokens(at.parsed.node)[0], at.scope), str(codes(at.parsed.node)[0])
    draft, conflict = at.draft, at.reader.names.conflicts.get(code)
    if conflict is None or not 1 <= number <= len(conflict.readings):
        message = f"there is no reading {number} of {code}"
        raise fault_at(at.parsed.node, at.place, "LAW007", message, "declare the conflict, or correct the number")
    read = draft.readings.setdefault(code, {})
    if number - 1 in read:
        raise fault_at(at.parsed.node, at.place, "LAW019", f"reading {number} stands here already", "keep one of them")
    read[number - 1] = together(at.reader, draft.item, at.parsed.line.members, at.scope)
    draft.reading_place.setdefault(code, at.place)
    at.reader.names.used.add(code)


def _displaced(at: At) -> None:
    code = at.ids()[0]
    found = condition(trees(at.parsed.node)[0], at.scope)
    if at.parsed.span is not None:
        found = on_its_days(at.reader, found, at.parsed.span, at.scope, otherwise=False)
    text = shown(at.parsed.line.text)
    clause = Clause(role="displaced", text=text, condition=found, citation=None, place=at.place, by=code)
    at.draft.clauses.append(clause)


def _caution(at: At) -> None:
    node = at.parsed.node
    found = condition(trees(node)[0], at.scope) if trees(node) else Always(holds=True)
    if at.parsed.span is not None:
        found = on_its_days(at.reader, found, at.parsed.span, at.scope, otherwise=False)
    names = at.reader.names
    code = next((str(token) for token in codes(node)), "")
    if code:
        names.used.add(code)
    at.draft.cautions.append(Caution(text=at.text(), condition=found, id=code))


def _add_window(at: At) -> None:
    at.draft.windows.append(read_window(at.parsed.node, at.parsed.line, at.scope))


def _note(at: At) -> None:
    at.draft.notes.append(Note(text=at.text(), span=at.span()))


def _other_penalty(at: At) -> None:
    at.draft.alternatives.append(at.text())


def _nothing(_at: At) -> None:
    """`about` and `governed by` were read before the other lines."""


_MANY: dict[str, Callable[[At], None]] = {
    "about": _nothing,
    "governed": _nothing,
    "reading": _reading,
    "displaced": _displaced,
    "caution": _caution,
    "window": _add_window,
    "practice_note": _note,
    "other_penalty": _other_penalty,
}


# --- lines that may stand once ---------------------------------------------------------------------------------


def _concerns(at: At) -> Condition:
    child = trees(at.parsed.node)[0]
    if child.data in ("any_of", "all_of"):
        return members(at.reader, at.parsed.line, str(child.data), at.scope)
    at.reader.nothing_under(at.parsed.line)
    return condition(child, at.scope)


def _span_line(at: At) -> Span:
    tail = tail_of(at.parsed.node)
    if tail is not None and tail.children:
        at.reader.cite(tail, at.draft.item, at.place, None)
    return at.span()


def _imprisonment(at: At) -> tuple[int, int]:
    periods = [amount(child, at.scope) for child in trees(at.parsed.node)]
    if any(days for _, days in periods):
        raise fault_at(at.parsed.node, at.place, "LAW004", "imprisonment is given in months or years", "convert it")
    least, most = (periods[0][0] if len(periods) > 1 else 0), periods[-1][0]
    if least > most:
        raise fault_at(at.parsed.node, at.place, "LAW006", "the most is less than the least", "write the least first")
    return least, most


def _stay(at: At) -> Stay:
    node = at.parsed.node
    visits(node, at.scope)
    country, *models = codes(node)
    numbers = [whole(token, at.scope) for token in tokens(node) if token.type == "NUMBER"]
    days = [calendar_day(token, at.scope) for token in tokens(node) if token.type == "DATE"]
    for model in models:
        if str(model) not in MODELS:
            hint = "write one of " + ", ".join(MODELS)
            raise fault_at(model, at.place, "LAW004", f'"{model}" is not a way of counting', hint)
    return Stay(
        country=str(country),
        most_days=numbers[0],
        window_days=numbers[1] if len(numbers) > 1 else None,
        models=tuple(str(model) for model in models) or ("E",),
        not_counted_before=days[0] if days else None,
        since=None,
        until=None,
    )


def _missed(at: At) -> str:
    if not codes(at.parsed.node):
        return at.text()
    return at.ids()[0]


def _met(at: At) -> tuple[Pattern, ...]:
    return tuple(pattern(child, at.scope) for child in trees(at.parsed.node))


_ONCE: dict[str, tuple[str, Callable[[At], object]]] = {
    "span_line": ("span", _span_line),
    "concerns": ("concerns", _concerns),
    "imprisonment": ("imprisonment", _imprisonment),
    "stay": ("stay", _stay),
    "entries": ("entries", At.span),
    "says": ("says", At.text),
    "beside": ("beside", At.ids),
    "group": ("group", At.ids),
    "dated": ("dated", lambda at: calendar_day(tokens(at.parsed.node)[0], at.scope)),
    "met": ("met", _met),
    "late": ("late", At.text),
    "tells": ("tells", At.text),
    "missed": ("missed", _missed),
    "governs": ("governs", lambda _at: True),
    "explains": ("explains", lambda _at: True),
}
