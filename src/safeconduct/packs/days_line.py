"""A parsed line becomes a day of the tree."""

from collections.abc import Callable
from datetime import date

from safeconduct.packs.names import Meant, fault_at, joined
from safeconduct.packs.scope import (
    Scope,
    alone,
    amount,
    calendar_day,
    is_bound,
    named,
    pattern_of,
    tokens,
    trees,
    visits,
)
from safeconduct.rules.parsing import Node
from safeconduct.rules.reading_of import parts_of
from safeconduct.rules.tree import (
    Asked,
    BoundDay,
    Day,
    EventDay,
    FactDay,
    First,
    LastLawfulDay,
    Latest,
    On,
    Shifted,
    Told,
)
from safeconduct.rules.vocabulary import Fact, Shape
from safeconduct.values.days import Rounding


def day(node: Node, scope: Scope) -> Day:
    """The day that a parsed expression means.

    Raises:
        UnresolvedError: With the fault, if it names what is not declared or misuses what is.
    """
    return _STEPS[str(node.data)](node, scope)


def shifted(base: Day, months: int, days: int, node: Node, scope: Scope) -> Day:
    """The day moved by months and then days.

    Args:
        base: The day.
        months: Months added, negative for earlier; not to a day that was moved already: the order would matter.
        days: Days added.
        node: Where it is written, for the fault.
        scope: Likewise.
    """
    if not months and not days:
        return base
    match base:
        case Shifted() if months:
            hint = "add the months first and the days after them, in one step"
            raise fault_at(node, scope.place, "LAW005", "months are added to a day that was moved already", hint)
        case Shifted():
            return Shifted(base.day, base.months, base.days + days, base.rounding)
        case First() | Latest():
            return type(base)(tuple(shifted(part, months, days, node, scope) for part in base.days))
        case _:
            return Shifted(base, months, days, Rounding.CLIP)


def span_days(node: Node, scope: Scope) -> tuple[date | None, date | None]:
    """The first and last day of a span, both included; None for an open end."""
    days = [calendar_day(token, scope) for token in tokens(node)]
    if node.data == "span_until":
        return None, days[0]
    if len(days) > 1 and days[1] < days[0]:
        raise fault_at(node, scope.place, "LAW006", "the span ends before it begins", "correct one of the two days")
    return days[0], days[1] if len(days) > 1 else None


def bounds(nodes: list[Node], scope: Scope) -> tuple[Day | None, Day | None]:
    """The first and the last day that bounds such as `from`, `before`, `within` leave; None for no bound."""
    first: Day | None = None
    last: Day | None = None
    for node in nodes:
        low, high = _bound(node, scope)
        if (low is not None and first is not None) or (high is not None and last is not None):
            raise fault_at(node, scope.place, "LAW005", "the day is bounded twice on one side", "keep one bound")
        first, last = low or first, high or last
    return first, last


def _bound(node: Node, scope: Scope) -> tuple[Day | None, Day | None]:
    limit = day(trees(node)[-1], scope)
    match node.data:
        case "before":
            return None, shifted(limit, 0, -1, node, scope)
        case "after":
            return shifted(limit, 0, 1, node, scope), None
        case "by":
            return None, limit
        case "not_before":
            return limit, None
        case "on_exactly":
            return limit, limit
        case _:
            return limit, shifted(limit, *amount(trees(node)[0], scope), node, scope)


def day_of(thing: Node, scope: Scope) -> Day:
    """The day that a phrase names: a named day, a date fact, an event or one of its date fields."""
    phrase = trees(thing)[0]
    name = joined(phrase)
    if name in scope.names.days:
        return _named_day(thing, name, scope)
    found = named(phrase, scope)
    if isinstance(found.owner, Fact):
        alone(thing, found, scope)
        part = found.part or found.owner
        if part.shape is not Shape.DATE:
            raise fault_at(thing, scope.place, "LAW005", f'"{found.owner.name}" is not a day', "name a day here")
        return FactDay(found.owner.name, found.label)
    if found.part is not None and found.part.shape is not Shape.DATE:
        raise fault_at(thing, scope.place, "LAW005", f'"{found.part.name}" is not a day', "name a field that is a day")
    if is_bound(found, scope) and len(thing.children) == 1:
        return BoundDay(found.owner.name, found.label)
    return EventDay(pattern_of(thing, found, scope), found.label)


def _named_day(thing: Node, name: str, scope: Scope) -> Day:
    scope.names.used.add(name)
    found = scope.names.days[name]
    if len(thing.children) > 1:
        raise fault_at(thing, scope.place, "LAW005", f'"{name}" takes no code or with', "name the day alone")
    about = scope.about.event if scope.about is not None else ""
    for part in parts_of(found):
        if isinstance(part, BoundDay | Told) and part.event != about:
            hint = f"add: about {part.event}"
            raise fault_at(thing, scope.place, "LAW005", f'"{name}" speaks of one event {part.event}', hint)
    return found


def _told(phrase: Node, scope: Scope) -> Day:
    found = named(phrase, scope)
    if found.part is None or found.part.shape is not Shape.LENGTH or not is_bound(found, scope):
        hint = "name a length of the event that the provision is about"
        raise fault_at(phrase, scope.place, "LAW005", "only a length can be told", hint)
    return Told(BoundDay(found.owner.name), found.owner.name, found.part.name)


def _after(thing: Node, after: Node, scope: Scope) -> Day:
    """Inside a list of days: an event after another day, which is any event of that kind."""
    found = _any_event(named(trees(thing)[0], scope), thing, scope)
    return EventDay(found.pattern, found.field, day(after, scope))


def _any_event(found: Meant, thing: Node, scope: Scope) -> EventDay:
    if isinstance(found.owner, Fact) or (found.part is not None and found.part.shape is not Shape.DATE):
        raise fault_at(thing, scope.place, "LAW005", "only an event can lie after another day here", "name an event")
    return EventDay(pattern_of(thing, found, scope), found.label)


def _candidate(node: Node, scope: Scope) -> Day:
    first = trees(node)[0]
    match node.data:
        case "told":
            return _told(first, scope)
        case "candidate_after":
            return _after(first, trees(node)[1], scope)
        case _:
            return day(first, scope)


def _moved(node: Node, scope: Scope, sign: int) -> Day:
    period, base = trees(node)
    months, days = amount(period, scope)
    return shifted(day(base, scope), sign * months, sign * days, node, scope)


def _last_lawful(node: Node, scope: Scope) -> Day:
    visits(node, scope)
    return LastLawfulDay(str(tokens(node)[0]))


_STEPS: dict[str, Callable[[Node, Scope], Day]] = {
    "date": lambda node, scope: On(calendar_day(tokens(node)[0], scope)),
    "asked": lambda _node, _scope: Asked(),
    "day_of": lambda node, scope: day_of(trees(node)[0], scope),
    "later": lambda node, scope: _moved(node, scope, 1),
    "earlier": lambda node, scope: _moved(node, scope, -1),
    "first_of": lambda node, scope: First(tuple(_candidate(part, scope) for part in trees(node))),
    "last_of": lambda node, scope: Latest(tuple(_candidate(part, scope) for part in trees(node))),
    "last_lawful": _last_lawful,
    "day_line": lambda node, scope: day(trees(node)[0], scope),
}
