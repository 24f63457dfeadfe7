"""A parsed line becomes a condition or a day of the tree."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from lark import Token, Tree

from safeconduct.packs.names import DatedValue, Meant, Names, Row, fault_at, joined, meant, unknown_phrase
from safeconduct.rules.parsing import Node
from safeconduct.rules.tree import (
    Aged,
    All,
    Always,
    Asked,
    Between,
    BoundDay,
    BoundIs,
    Condition,
    CountOf,
    Day,
    EventDay,
    FactDay,
    FactIs,
    First,
    Happened,
    Holds,
    Includes,
    ItemAged,
    ItemIs,
    LastLawfulDay,
    Latest,
    Not,
    NumberIn,
    On,
    Pattern,
    Shifted,
    Some,
    Told,
)
from safeconduct.rules.vocabulary import NO, NONE, PRESENT, YES, EventKind, Fact, Field, Shape
from safeconduct.values.days import Rounding
from safeconduct.values.errors import Place

BIRTH = "birth_date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where a line stands.

    Args:
        names: What it may name.
        place: Page, line and column at which its text begins.
        about: The kind of event that the provision is about, if any.
        governed_by: The day whose text counts, for dated values.
    """

    names: Names
    place: Place
    about: Pattern | None = None
    governed_by: Day = Asked()


def _trees(node: Node) -> list[Node]:
    return [child for child in node.children if isinstance(child, Tree)]


def parse_day(text: Token, scope: Scope) -> date:
    """A day written YYYY-MM-DD that exists."""
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise fault_at(text, scope.place, "LAW003", f"{text} is not a day of the calendar", "correct it") from None


def amount(node: Node) -> tuple[int, int]:
    """A period as months and days."""
    count, unit = int(node.children[0]), str(node.children[1].data)
    return {"days": (0, count), "months": (count, 0), "years": (12 * count, 0)}[unit]


def shifted(day: Day, months: int, days: int) -> Day:
    """The day moved; days of a constant are folded at once."""
    if isinstance(day, Shifted) and not months:
        return Shifted(day.day, day.months, day.days + days, day.rounding)
    if isinstance(day, First | Latest) and (months or days):
        return type(day)(tuple(shifted(part, months, days) for part in day.days))
    return Shifted(day, months, days, Rounding.CLIP) if months or days else day


def words_of(node: Node) -> list[tuple[str, Node]]:
    """The words of a list, each with its node for the column."""
    found = []
    for word in _trees(node):
        text = {"word_yes": YES, "word_no": NO}.get(str(word.data)) or str(word.children[0])
        found.append((text, word))
    return found


def checked_words(node: Node, owner: Fact | Field, scope: Scope) -> frozenset[str]:
    """The words of a list, each allowed for the fact or field."""
    allowed = {YES, NO} if owner.shape is Shape.YES_NO else set(owner.words)
    if isinstance(owner, Fact) and (owner.may_be_absent or owner.shape is Shape.RECORD):
        allowed.add(NONE)
    for text, word in words_of(node):
        free = not owner.words and owner.shape in (Shape.ONE_OF, Shape.LIST)
        if text not in allowed and not free:
            hint = "write one of " + ", ".join(sorted(allowed))
            raise fault_at(word, scope.place, "LAW004", f'"{text}" is not a value of {owner.name}', hint)
    return frozenset(text for text, _ in words_of(node))


def _named(phrase: Node, scope: Scope) -> Meant:
    found = meant(scope.names, joined(phrase))
    if found is None:
        raise unknown_phrase(scope.names, phrase, scope.place)
    return found


def _is_bound(found: Meant, scope: Scope) -> bool:
    return scope.about is not None and scope.about.event == found.owner.name


def pattern(node: Node, scope: Scope) -> Pattern:
    """An event with its key and filters."""
    return _pattern(node, _named(node.children[0], scope), scope)


def _pattern(node: Node, found: Meant, scope: Scope) -> Pattern:
    kind = found.owner
    if not isinstance(kind, EventKind):
        raise fault_at(node, scope.place, "LAW005", f'"{kind.name}" is a fact, not an event', "name an event here")
    key, where = "", []
    for part in node.children[1:]:
        if isinstance(part, Token):
            key = str(part)
            if not kind.key:
                hint = f'write "{kind.name}" alone, or use with'
                raise fault_at(part, scope.place, "LAW005", f'"{kind.name}" is not kept apart by a code', hint)
        else:
            name = {"word_by": "by", "word_to": "to", "word_from": "from"}.get(part.children[0].data)
            name = name or str(part.children[0].children[0])
            field = kind.field_named(name)
            if field is None:
                hint = "write one of " + ", ".join(item.name for item in kind.fields)
                raise fault_at(part, scope.place, "LAW002", f'"{name}" is not a field of {kind.name}', hint)
            where.append((name, checked_words(part.children[1], field, scope)))
    return Pattern(kind.name, key, tuple(where))


# --- days ------------------------------------------------------------------------------------------------------


def day(node: Node | Token, scope: Scope) -> Day:
    """A day expression."""
    steps: dict[str, Callable[[Node, Scope], Day]] = {
        "date": lambda item, at: On(parse_day(item.children[0], at)),
        "asked": lambda _item, _at: Asked(),
        "day_of": lambda item, at: _day_of(item.children[0], at),
        "later": lambda item, at: shifted(day(item.children[1], at), *amount(item.children[0])),
        "earlier": lambda item, at: shifted(day(item.children[1], at), *(-part for part in amount(item.children[0]))),
        "first_of": lambda item, at: First(tuple(_candidate(part, at) for part in _trees(item))),
        "last_of": lambda item, at: Latest(tuple(_candidate(part, at) for part in _trees(item))),
        "last_lawful": lambda item, _at: LastLawfulDay(str(item.children[0])),
        "day_line": lambda item, at: day(item.children[0], at),
    }
    return steps[node.data](node, scope)


def _candidate(node: Node, scope: Scope) -> Day:
    if node.data == "candidate_day":
        return day(node.children[0], scope)
    if node.data == "told":
        found = _named(node.children[0], scope)
        if found.part is None or found.part.shape is not Shape.LENGTH or not _is_bound(found, scope):
            hint = "name a length of the event that the provision is about"
            raise fault_at(node, scope.place, "LAW005", "only a length can be told", hint)
        return Told(BoundDay(found.owner.name), found.owner.name, found.part.name)
    found_day = _day_of(node.children[0], scope)
    if not isinstance(found_day, EventDay):
        raise fault_at(node, scope.place, "LAW005", "only an event can lie after another day here", "name an event")
    return EventDay(found_day.pattern, found_day.field, day(node.children[1], scope))


def _day_of(node: Node, scope: Scope) -> Day:
    phrase = node.children[0]
    name = joined(phrase)
    if name in scope.names.days:
        scope.names.used.add(name)
        return scope.names.days[name]
    found = _named(phrase, scope)
    if isinstance(found.owner, Fact):
        part = found.part or found.owner
        if part.shape is not Shape.DATE:
            raise fault_at(node, scope.place, "LAW005", f'"{found.owner.name}" is not a day', "name a day here")
        return FactDay(found.owner.name, found.label)
    if found.part is not None and found.part.shape is not Shape.DATE:
        raise fault_at(node, scope.place, "LAW005", f'"{found.part.name}" is not a day', "name a field that is a day")
    if _is_bound(found, scope) and len(node.children) == 1:
        return BoundDay(found.owner.name, found.label)
    return EventDay(_pattern(node, found, scope), found.label)


# --- dated values ----------------------------------------------------------------------------------------------


def in_span(row: Row, scope: Scope) -> Condition:
    """The governing day lies in the row's days."""
    first = On(row.span.first) if row.span.first is not None else None
    last = On(row.span.last) if row.span.last is not None else None
    return Between(scope.governed_by, first, last) if first or last else Always(True)


def by_rows(value: DatedValue, scope: Scope, meaning: Callable[[Row], Condition]) -> Condition:
    """Each row's meaning on its days and for its keys; one of them must hold."""
    parts: list[Condition] = []
    for row in value.rows:
        keyed = (FactIs(value.key_fact, "", row.keys),) if row.keys else ()
        parts.append(All((in_span(row, scope), *keyed, meaning(row))))
    return parts[0] if len(parts) == 1 else Some(tuple(parts))


def _limit(node: Node, scope: Scope) -> int | DatedValue:
    child = node.children[0]
    if isinstance(child, Token):
        return int(child)
    value = scope.names.values.get(joined(child))
    if value is None:
        raise unknown_phrase(scope.names, child, scope.place)
    if any(row.unit != "years" for row in value.rows):
        raise fault_at(child, scope.place, "LAW004", "an age is counted in years", "give the value in years")
    scope.names.used.add(value.name)
    return value


def _aged(node: Node, scope: Scope, *, least: int | None, under: int | None) -> Condition:
    limits = [_limit(item, scope) for item in _trees(node) if item.data == "limit"]
    days = [day(item.children[0], scope) for item in _trees(node) if item.data == "on_day"]
    on = days[0] if days else Asked()
    scope.names.used.add(BIRTH)

    def aged(low: int | None, high: int | None) -> Condition:
        return Aged(BIRTH, low, high, on)

    def with_limits(chosen: list[int]) -> Condition:
        return aged(None if least is None else chosen[least], None if under is None else chosen[under])

    def expand(index: int, chosen: list[int]) -> Condition:
        if index == len(limits):
            return with_limits(chosen)
        limit = limits[index]
        if isinstance(limit, int):
            return expand(index + 1, [*chosen, limit])
        return by_rows(limit, scope, lambda row: expand(index + 1, [*chosen, row.amount]))

    return expand(0, [])


# --- conditions ------------------------------------------------------------------------------------------------


def _bare(node: Node, scope: Scope) -> Condition:
    thing = node.children[0]
    name = joined(thing.children[0])
    names = scope.names
    if name in names.terms:
        names.used.add(name)
        return Holds(name)
    if name in names.values:
        names.used.add(name)
        return by_rows(names.values[name], scope, lambda row: Always(row.truth is True))
    found = _named(thing.children[0], scope)
    if isinstance(found.owner, Fact):
        return _bare_fact(thing, found, scope)
    if found.part is None:
        return Happened(_pattern(thing, found, scope))
    return _field_is(thing, found, frozenset({YES}), scope)


def _bare_fact(thing: Node, found: Meant, scope: Scope) -> Condition:
    fact = found.owner
    part = found.part or fact
    if part.shape is Shape.YES_NO:
        return FactIs(fact.name, found.label, frozenset({YES}))
    if found.part is None and isinstance(fact, Fact) and (fact.shape is Shape.RECORD or fact.may_be_absent):
        return FactIs(fact.name, "", frozenset({PRESENT}))
    raise fault_at(thing, scope.place, "LAW005", f'"{part.name}" is not a yes/no fact', "say what it is, with is")


def _field_is(thing: Node, found: Meant, words: frozenset[str], scope: Scope) -> Condition:
    if _is_bound(found, scope):
        return BoundIs(found.owner.name, found.label, words)
    base = _pattern(thing, found, scope)
    return Happened(Pattern(base.event, base.key, (*base.where, (found.label, words))))


def _is_words(node: Node, scope: Scope) -> Condition:
    thing, words = node.children
    found = _named(thing.children[0], scope)
    if found.part is None and isinstance(found.owner, EventKind):
        raise fault_at(thing, scope.place, "LAW005", f'"{found.owner.name}" is an event', "name one of its fields")
    allowed = checked_words(words, found.part or found.owner, scope)  # type: ignore[arg-type]
    if isinstance(found.owner, Fact):
        return FactIs(found.owner.name, found.label, allowed)
    return _field_is(thing, found, allowed, scope)


def _includes(node: Node, scope: Scope) -> Condition:
    thing, word = node.children
    found = _named(thing.children[0], scope)
    if not isinstance(found.owner, Fact) or found.owner.shape is not Shape.LIST:
        raise fault_at(thing, scope.place, "LAW005", f'"{found.owner.name}" is not a list', "name a list fact")
    value = str(word.children[0])
    if found.owner.words and value not in found.owner.words:
        hint = "write one of " + ", ".join(found.owner.words)
        raise fault_at(word, scope.place, "LAW004", f'"{value}" is not a value of {found.owner.name}', hint)
    return Includes(found.owner.name, value)


def _bounds(nodes: list[Node], scope: Scope) -> tuple[Day | None, Day | None]:
    first: Day | None = None
    last: Day | None = None
    for node in nodes:
        low, high = _bound(node, scope)
        if (low is not None and first is not None) or (high is not None and last is not None):
            raise fault_at(node, scope.place, "LAW005", "the day is bounded twice on one side", "keep one bound")
        first, last = low or first, high or last
    return first, last


def _bound(node: Node, scope: Scope) -> tuple[Day | None, Day | None]:
    limit = day(node.children[-1], scope)
    match node.data:
        case "before":
            return None, shifted(limit, 0, -1)
        case "after":
            return shifted(limit, 0, 1), None
        case "by":
            return None, limit
        case "not_before":
            return limit, None
        case "on_exactly":
            return limit, limit
        case _:
            return limit, shifted(limit, *amount(node.children[0]))


def _bounded(node: Node, scope: Scope) -> Condition:
    thing, *bounds = node.children
    first, last = _bounds(bounds, scope)
    found = _day_of(thing, scope)
    if isinstance(found, EventDay):
        return Happened(found.pattern, found.field, first, last)
    return Between(found, first, last)


def _date_bounded(node: Node, scope: Scope) -> Condition:
    text, *bounds = node.children
    return Between(On(parse_day(text, scope)), *_bounds(bounds, scope))


def _longer(node: Node, scope: Scope) -> Condition:
    months, days = amount(node.children[0])
    start, end = day(node.children[1], scope), day(node.children[2], scope)
    return Between(end, shifted(shifted(start, months, 0), 0, days + 1), None)


def _not_longer(node: Node, scope: Scope) -> Condition:
    start, end = day(node.children[1], scope), day(node.children[2], scope)
    return Between(end, None, shifted(start, *amount(node.children[0])))


def span_days(node: Node, scope: Scope) -> tuple[date | None, date | None]:
    """The first and last day of a span, both included; None for an open end."""
    days = [parse_day(child, scope) for child in node.children if isinstance(child, Token)]
    if node.data == "span_until":
        return None, days[0]
    if len(days) > 1 and days[1] < days[0]:
        raise fault_at(node, scope.place, "LAW006", "the span ends before it begins", "correct one of the two days")
    return days[0], days[1] if len(days) > 1 else None


def _born(node: Node, scope: Scope) -> Condition:
    first, last = span_days(node.children[0], scope)
    scope.names.used.add(BIRTH)
    return Between(FactDay(BIRTH), On(first) if first else None, On(last) if last else None)


def _number(node: Node, scope: Scope, *, least: int | None, most: int | None) -> Condition:
    found = _named(node.children[0].children[0], scope)
    shape = (found.part or found.owner).shape if isinstance(found.owner, Fact) or found.part else None
    if not isinstance(found.owner, Fact) or shape is not Shape.NUMBER:
        raise fault_at(node, scope.place, "LAW005", f'"{found.owner.name}" is not a number', "name a number")
    return NumberIn(found.owner.name, found.label, least, most)


def _count(node: Node, scope: Scope) -> Condition:
    least, phrase, *items = node.children
    found = _named(phrase, scope)
    if not isinstance(found.owner, Fact) or found.owner.shape is not Shape.RECORDS:
        raise fault_at(phrase, scope.place, "LAW005", f'"{found.owner.name}" has no records', "name a fact with records")
    return CountOf(found.owner.name, int(least), tuple(_item(item, found.owner, scope) for item in items))


def _item(node: Node, owner: Fact, scope: Scope) -> Condition:
    if node.data in ("item_under", "item_over"):
        days = [day(part.children[0], scope) for part in _trees(node)]
        years = int(node.children[0])
        under = node.data == "item_under"
        return ItemAged(BIRTH, None if under else years, years if under else None, days[0] if days else Asked())
    field = owner.field_named(joined(node.children[0]))
    if field is None:
        hint = "write one of " + ", ".join(item.name for item in owner.fields)
        raise fault_at(node, scope.place, "LAW002", f'"{joined(node.children[0])}" is not a field of {owner.name}', hint)
    if node.data == "item_is":
        return ItemIs(field.name, checked_words(node.children[1], field, scope))
    return ItemIs(field.name, frozenset({YES if node.data == "item_yes" else NO}))


def _reference(node: Node, scope: Scope) -> Condition:
    name = str(node.children[0])
    if name not in scope.names.provisions:
        near = "write the id of a provision"
        raise fault_at(node, scope.place, "LAW007", f'there is no provision "{name}"', near)
    scope.names.used.add(name)
    return Holds(name)


def _followed(node: Node, scope: Scope) -> Condition:
    thing, *events = node.children
    return Happened(pattern(thing, scope), unless_followed_by=tuple(pattern(event, scope) for event in events))


_STEPS: dict[str, Callable[[Node, Scope], Condition]] = {
    "negation": lambda node, scope: Not(condition(node.children[0], scope)),
    "reference": _reference,
    "bare": _bare,
    "is_words": _is_words,
    "is_not_words": lambda node, scope: Not(_is_words(node, scope)),
    "includes": _includes,
    "bounded": _bounded,
    "followed": _followed,
    "aged_between": lambda node, scope: _aged(node, scope, least=0, under=1),
    "aged_over": lambda node, scope: _aged(node, scope, least=0, under=None),
    "aged_under": lambda node, scope: _aged(node, scope, least=None, under=0),
    "born": _born,
    "at_least": lambda node, scope: _number(node, scope, least=int(node.children[1]), most=None),
    "at_most": lambda node, scope: _number(node, scope, least=None, most=int(node.children[1])),
    "more_than": lambda node, scope: _number(node, scope, least=int(node.children[1]) + 1, most=None),
    "count_of": _count,
    "longer": _longer,
    "not_longer": _not_longer,
    "date_bounded": _date_bounded,
    "asked_bounded": lambda node, scope: Between(Asked(), *_bounds(_trees(node), scope)),
}


def condition(node: Node, scope: Scope) -> Condition:
    """The condition that a parsed line states.

    Raises:
        UnresolvedError: With the fault, if it names what is not declared or misuses what is.
    """
    return _STEPS[node.data](node, scope)
