"""A parsed line becomes a condition of the tree."""

from collections.abc import Callable

from safeconduct.packs.days_line import bounds, day, day_of, shifted, span_days
from safeconduct.packs.limits import aged, yes_or_no
from safeconduct.packs.names import Meant, fault_at, joined, no_provision
from safeconduct.packs.scope import (
    BIRTH,
    Scope,
    alone,
    amount,
    birth,
    calendar_day,
    checked_words,
    is_bound,
    named,
    pattern,
    pattern_of,
    tokens,
    trees,
    whole,
    word_of,
)
from safeconduct.rules.parsing import Node
from safeconduct.rules.tree import (
    Asked,
    Between,
    BoundIs,
    Condition,
    CountOf,
    EventDay,
    FactDay,
    FactIs,
    Happened,
    Holds,
    Includes,
    ItemAged,
    ItemIs,
    Not,
    NumberIn,
    On,
    Pattern,
)
from safeconduct.rules.vocabulary import NO, PRESENT, YES, EventKind, Fact, Shape


def condition(node: Node, scope: Scope) -> Condition:
    """The condition that a parsed line states.

    Raises:
        UnresolvedError: With the fault, if it names what is not declared or misuses what is.
    """
    return _STEPS[str(node.data)](node, scope)


# --- a phrase alone, or compared with words --------------------------------------------------------------------


def _bare(node: Node, scope: Scope) -> Condition:
    thing = trees(node)[0]
    phrase = trees(thing)[0]
    name = joined(phrase)
    names = scope.names
    if name in names.terms or name in names.values:
        if len(thing.children) > 1:
            raise fault_at(thing, scope.place, "LAW005", f'"{name}" takes no code or with', "name it alone")
        names.used.add(name)
        return Holds(name) if name in names.terms else yes_or_no(names.values[name], phrase, scope)
    found = named(phrase, scope)
    if isinstance(found.owner, Fact):
        return _bare_fact(thing, found, found.owner, scope)
    if found.part is None:
        return Happened(pattern_of(thing, found, scope))
    if found.part.shape is not Shape.YES_NO:
        raise fault_at(thing, scope.place, "LAW005", f'"{found.part.name}" is not a yes/no field', "say what it is")
    return _field_is(thing, found, frozenset({YES}), scope)


def _bare_fact(thing: Node, found: Meant, fact: Fact, scope: Scope) -> Condition:
    alone(thing, found, scope)
    part = found.part or fact
    if part.shape is Shape.YES_NO and not fact.closes:
        return FactIs(fact.name, found.label, frozenset({YES}))
    if found.part is None and (fact.shape is Shape.RECORD or fact.may_be_absent) and not fact.closes:
        return FactIs(fact.name, "", frozenset({PRESENT}))
    raise fault_at(thing, scope.place, "LAW005", f'"{part.name}" is not a yes/no fact', "say what it is, with is")


def _field_is(thing: Node, found: Meant, words: frozenset[str], scope: Scope) -> Condition:
    if is_bound(found, scope) and len(thing.children) == 1:
        return BoundIs(found.owner.name, found.label, words)
    base = pattern_of(thing, found, scope)
    return Happened(Pattern(base.event, base.key, (*base.where, (found.label, words))))


def _is_words(node: Node, scope: Scope) -> Condition:
    thing, words = trees(node)
    found = named(trees(thing)[0], scope)
    part = found.part
    if part is None:
        if isinstance(found.owner, EventKind):
            raise fault_at(thing, scope.place, "LAW005", f'"{found.owner.name}" is an event', "name one of its fields")
        if found.owner.shape in (Shape.LIST, Shape.RECORDS):
            hint = "write includes for a list of words, at least ... with for records"
            raise fault_at(thing, scope.place, "LAW005", f'"{found.owner.name}" is a list', hint)
    allowed = checked_words(words, part or _fact_of(found), scope)
    if isinstance(found.owner, Fact):
        alone(thing, found, scope)
        return FactIs(found.owner.name, found.label, allowed)
    return _field_is(thing, found, allowed, scope)


def _fact_of(found: Meant) -> Fact:
    if isinstance(found.owner, EventKind):
        message = "an event is compared by its fields"
        raise TypeError(message)
    return found.owner


def _includes(node: Node, scope: Scope) -> Condition:
    thing, word = trees(node)
    found = named(trees(thing)[0], scope)
    if not isinstance(found.owner, Fact) or found.owner.shape is not Shape.LIST:
        raise fault_at(thing, scope.place, "LAW005", f'"{found.owner.name}" is not a list', "name a list fact")
    alone(thing, found, scope)
    value = word_of(word)
    if found.owner.words and value not in found.owner.words:
        hint = "write one of " + ", ".join(found.owner.words)
        raise fault_at(word, scope.place, "LAW004", f'"{value}" is not a value of {found.owner.name}', hint)
    return Includes(found.owner.name, value)


def _reference(node: Node, scope: Scope) -> Condition:
    code = tokens(node)[0]
    if str(code) not in scope.names.provisions:
        raise no_provision(scope.names, code, scope.place)
    scope.names.used.add(str(code))
    return Holds(str(code))


# --- days ------------------------------------------------------------------------------------------------------


def _bounded(node: Node, scope: Scope) -> Condition:
    thing, *limits = trees(node)
    first, last = bounds(limits, scope)
    found = day_of(thing, scope)
    if isinstance(found, EventDay):
        return Happened(found.pattern, found.field, first, last)
    return Between(found, first, last)


def _followed(node: Node, scope: Scope) -> Condition:
    thing, *events = trees(node)
    return Happened(pattern(thing, scope), unless_followed_by=tuple(pattern(event, scope) for event in events))


def _born(node: Node, scope: Scope) -> Condition:
    first, last = span_days(trees(node)[0], scope)
    return Between(FactDay(birth(node, scope)), On(first) if first else None, On(last) if last else None)


def _longer(node: Node, scope: Scope) -> Condition:
    period, start, end = trees(node)
    months, days = amount(period, scope)
    moved = shifted(day(start, scope), months, 0, node, scope)
    return Between(day(end, scope), shifted(moved, 0, days + 1, node, scope), None)


def _not_longer(node: Node, scope: Scope) -> Condition:
    period, start, end = trees(node)
    return Between(day(end, scope), None, shifted(day(start, scope), *amount(period, scope), node, scope))


# --- numbers and records ---------------------------------------------------------------------------------------


def _number(node: Node, scope: Scope, *, above: int | None, most: bool) -> Condition:
    thing = trees(node)[0]
    count = whole(tokens(node)[0], scope)
    found = named(trees(thing)[0], scope)
    if not isinstance(found.owner, Fact) or (found.part or found.owner).shape is not Shape.NUMBER:
        name = found.label or found.owner.name
        raise fault_at(node, scope.place, "LAW005", f'"{name}" is not a number', "name a fact that is a number")
    alone(thing, found, scope)
    least = None if above is None else count + above
    return NumberIn(found.owner.name, found.label, least, count if most else None)


def _count(node: Node, scope: Scope) -> Condition:
    phrase, *items = trees(node)
    found = named(phrase, scope)
    if not isinstance(found.owner, Fact) or found.owner.shape is not Shape.RECORDS:
        raise fault_at(
            phrase, scope.place, "LAW005", f'"{found.owner.name}" has no records', "name a fact with records"
        )
    owner = found.owner
    return CountOf(owner.name, whole(tokens(node)[0], scope), tuple(_item(item, owner, scope) for item in items))


def _item(node: Node, owner: Fact, scope: Scope) -> Condition:
    if node.data in ("item_under", "item_over"):
        days = [day(trees(part)[0], scope) for part in trees(node)]
        years = whole(tokens(node)[0], scope)
        born = owner.field_named(BIRTH)
        if born is None or born.shape is not Shape.DATE:
            hint = f"declare a field {BIRTH} date"
            raise fault_at(node, scope.place, "LAW005", f"the records of {owner.name} have no birth date", hint)
        under = node.data == "item_under"
        on = days[0] if days else Asked()
        return ItemAged(BIRTH, None if under else years, years if under else None, on)
    phrase = trees(node)[0]
    field = owner.field_named(joined(phrase))
    if field is None:
        hint = "write one of " + ", ".join(item.name for item in owner.fields)
        raise fault_at(node, scope.place, "LAW002", f'"{joined(phrase)}" is not a field of {owner.name}', hint)
    if node.data == "item_is":
        return ItemIs(field.name, checked_words(trees(node)[1], field, scope))
    if field.shape is not Shape.YES_NO:
        raise fault_at(node, scope.place, "LAW005", f'"{field.name}" is not a yes/no field', "say what it is, with is")
    return ItemIs(field.name, frozenset({YES if node.data == "item_yes" else NO}))


_STEPS: dict[str, Callable[[Node, Scope], Condition]] = {
    "negation": lambda node, scope: Not(condition(trees(node)[0], scope)),
    "reference": _reference,
    "bare": _bare,
    "is_words": _is_words,
    "is_not_words": lambda node, scope: Not(_is_words(node, scope)),
    "includes": _includes,
    "bounded": _bounded,
    "followed": _followed,
    "aged_between": lambda node, scope: aged(node, scope, least=0, under=1),
    "aged_over": lambda node, scope: aged(node, scope, least=0, under=None),
    "aged_under": lambda node, scope: aged(node, scope, least=None, under=0),
    "born": _born,
    "at_least": lambda node, scope: _number(node, scope, above=0, most=False),
    "at_most": lambda node, scope: _number(node, scope, above=None, most=True),
    "more_than": lambda node, scope: _number(node, scope, above=1, most=False),
    "count_of": _count,
    "longer": _longer,
    "not_longer": _not_longer,
    "date_bounded": lambda node, scope: Between(On(calendar_day(tokens(node)[0], scope)), *bounds(trees(node), scope)),
    "asked_bounded": lambda node, scope: Between(Asked(), *bounds(trees(node), scope)),
}
