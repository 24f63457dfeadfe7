"""Values that the law sets and changes, where they stand in a condition; and ages, which they often are."""

from collections.abc import Callable

from lark import Token

from safeconduct.packs.days_line import day
from safeconduct.packs.names import DatedValue, Row, fault_at, joined, unknown_phrase
from safeconduct.packs.scope import Scope, birth, trees, whole
from safeconduct.rules.parsing import Node
from safeconduct.rules.tree import Aged, All, Always, Asked, Between, Condition, FactIs, On, Some


def in_span(row: Row, scope: Scope) -> Condition:
    """The governing day lies in the row's days."""
    first = On(row.span.first) if row.span.first is not None else None
    last = On(row.span.last) if row.span.last is not None else None
    return Between(scope.governed_by, first, last) if first or last else Always(holds=True)


def by_rows(value: DatedValue, scope: Scope, meaning: Callable[[Row], Condition]) -> Condition:
    """Each row's meaning on its days and for its keys; one of them must hold."""
    scope.names.used.add(value.name)
    parts: list[Condition] = []
    for row in value.rows:
        keyed = (FactIs(value.key_fact, "", row.keys),) if row.keys else ()
        parts.append(All((in_span(row, scope), *keyed, meaning(row))))
    return parts[0] if len(parts) == 1 else Some(tuple(parts))


def yes_or_no(value: DatedValue, phrase: Node, scope: Scope) -> Condition:
    """A value as a condition: its rows say yes or no."""
    if any(row.truth is None for row in value.rows):
        raise fault_at(phrase, scope.place, "LAW005", f'"{value.name}" is not a yes/no value', "use it as an age")
    return by_rows(value, scope, lambda row: Always(holds=row.truth is True))


def _limit(node: Node, scope: Scope) -> int | DatedValue:
    child = node.children[0]
    if isinstance(child, Token):
        return whole(child, scope)
    value = scope.names.values.get(joined(child))
    if value is None:
        raise unknown_phrase(scope.names, child, scope.place)
    if any(row.unit != "years" for row in value.rows):
        raise fault_at(child, scope.place, "LAW004", "an age is counted in years", "give the value in years")
    return value


def aged(node: Node, scope: Scope, *, least: int | None, under: int | None) -> Condition:
    """A condition on the person's age.

    Args:
        node: The parsed line.
        scope: Where it stands.
        least: Which of its limits is the lower one, from 0; None for none.
        under: Which is the upper one; None for none.
    """
    limits = [_limit(item, scope) for item in trees(node) if item.data == "limit"]
    days = [day(trees(item)[0], scope) for item in trees(node) if item.data == "on_day"]
    on = days[0] if days else Asked()
    fact = birth(node, scope)
    if least is not None and under is not None:
        low, high = limits[least], limits[under]
        if isinstance(low, int) and isinstance(high, int) and low >= high:
            raise fault_at(node, scope.place, "LAW006", "no age lies between these two", "write the lower one first")

    def expand(index: int, chosen: list[int]) -> Condition:
        if index == len(limits):
            low = None if least is None else chosen[least]
            high = None if under is None else chosen[under]
            return Aged(fact, low, high, on)
        limit = limits[index]
        if isinstance(limit, int):
            return expand(index + 1, [*chosen, limit])
        return by_rows(limit, scope, lambda row: expand(index + 1, [*chosen, row.amount]))

    return expand(0, [])
