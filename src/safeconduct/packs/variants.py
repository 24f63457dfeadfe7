"""Small changes of a tree, one at a time: what a slip of the pen could have made of it."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any, TypeVar

from safeconduct.rules.tree import (
    Aged,
    All,
    Always,
    Between,
    BoundIs,
    ByReading,
    CountOf,
    FactIs,
    FirstCounted,
    Happened,
    Holds,
    Includes,
    ItemAged,
    ItemIs,
    Not,
    NumberIn,
    On,
    Penalty,
    Shifted,
    Some,
    Span,
    Stay,
    Window,
)
from safeconduct.rules.vocabulary import NO, YES
from safeconduct.values.days import FIRST_DAY, LAST_DAY

Part = TypeVar("Part")
Variant = tuple[str, Any]
"""What was changed, in words, and the changed part."""

_LEAVES = (FactIs, Includes, NumberIn, CountOf, Happened, BoundIs, Between, Aged, Holds)
_YES_NO = frozenset({YES, NO})
_COMPARED = (Between, Happened)
_OTHER_DAY = {FirstCounted.SAME: FirstCounted.NEXT, FirstCounted.NEXT: FirstCounted.SAME}
_NUMBERS: dict[type, tuple[str, ...]] = {
    Aged: ("least", "under"),
    ItemAged: ("least", "under"),
    NumberIn: ("least", "most"),
    CountOf: ("least",),
    Shifted: ("months", "days"),
    Window: ("count",),
    Stay: ("most_days", "window_days"),
    Penalty: ("least_months", "most_months"),
}
_DAYS: dict[type, tuple[str, ...]] = {
    On: ("day",),
    Span: ("first", "last"),
    Stay: ("not_counted_before", "since", "until"),
}


def variants(part: Part, fixed: frozenset[int] = frozenset()) -> Iterator[tuple[str, Part]]:
    """A part of the tree with one thing in it changed, in every way.

    Args:
        part: A condition, day, window, stay, penalty or span.
        fixed: Identities of inner parts that are left as they are.
    Returns:
        What was changed and the changed part: a day moved by one, a number or age by one, a comparison turned, a
        condition negated, a line of a list dropped, a word of several dropped.
    """
    yield from slips(part)
    if not is_dataclass(part):
        return
    for name in (each.name for each in fields(part)):
        inner = getattr(part, name)
        if isinstance(inner, tuple):
            for index, item in enumerate(inner):
                for what, changed in variants(item, fixed) if id(item) not in fixed else ():
                    yield what, replace(part, **{name: (*inner[:index], changed, *inner[index + 1 :])})  # type: ignore[type-var]
        elif is_dataclass(inner) and id(inner) not in fixed:
            for what, changed in variants(inner, fixed):
                yield what, replace(part, **{name: changed})  # type: ignore[type-var]


def swapped(value: Part, old: object, new: object) -> Part:
    """The tree with one of its parts replaced, wherever that very part stands in it."""
    if value is old:
        return new  # type: ignore[return-value]
    if isinstance(value, tuple):
        items = tuple(swapped(item, old, new) for item in value)
        return items if any(one is not other for one, other in zip(items, value, strict=True)) else value  # type: ignore[return-value]
    if not is_dataclass(value):
        return value
    parts = {each.name: getattr(value, each.name) for each in fields(value)}
    changed = {name: swapped(part, old, new) for name, part in parts.items()}
    other = {name: part for name, part in changed.items() if part is not parts[name]}
    return replace(value, **other) if other else value  # type: ignore[type-var]


def slips(part: Any) -> Iterator[Variant]:  # noqa: ANN401 -- any part of the tree
    """What may be changed in a part itself, not in what it is made of."""
    for change in _CHANGES:
        yield from change(part)


def _negated(part: Any) -> Iterator[Variant]:  # noqa: ANN401
    if isinstance(part, _LEAVES):
        yield "a condition negated", Not(part)
    elif isinstance(part, ItemIs) and part.values <= _YES_NO and len(part.values) == 1:
        # A condition on a record cannot stand under a not: the opposite word is its negation.
        yield "a condition negated", replace(part, values=_YES_NO - part.values)
    elif isinstance(part, Always):
        yield "a yes made a no, or a no a yes", Always(holds=not part.holds)


def _numbers(part: Any) -> Iterator[Variant]:  # noqa: ANN401
    for name in _NUMBERS.get(type(part), ()):
        value = getattr(part, name)
        if value is None or (isinstance(part, Shifted) and value == 0):
            continue
        for step in (1, -1):
            if value + step >= 0 or isinstance(part, Shifted):
                yield f"{value} made {value + step}", replace(part, **{name: value + step})


def _days(part: Any) -> Iterator[Variant]:  # noqa: ANN401
    for name in _DAYS.get(type(part), ()):
        day = getattr(part, name)
        for step in (1, -1) if isinstance(day, date) else ():
            moved = day + timedelta(days=step)
            if FIRST_DAY <= moved.toordinal() <= LAST_DAY:
                yield f"{day} made {moved}", replace(part, **{name: moved})


def _turned(part: Any) -> Iterator[Variant]:  # noqa: ANN401
    if isinstance(part, _COMPARED) and part.first != part.last:
        yield "a comparison of days turned", replace(part, first=part.last, last=part.first)
    elif isinstance(part, Aged | ItemAged) and (part.least is None) != (part.under is None):
        yield "a comparison turned", replace(part, least=part.under, under=part.least)
    elif isinstance(part, NumberIn) and (part.least is None) != (part.most is None):
        yield "a comparison turned", replace(part, least=part.most, most=part.least)
    elif isinstance(part, Window) and part.first_counted in _OTHER_DAY:
        yield "the first day counted moved", replace(part, first_counted=_OTHER_DAY[part.first_counted])


def _dropped(part: Any) -> Iterator[Variant]:  # noqa: ANN401
    if isinstance(part, All | Some) and len(part.parts) > 1:
        for index in range(len(part.parts)):
            yield "a line dropped", replace(part, parts=(*part.parts[:index], *part.parts[index + 1 :]))
    elif isinstance(part, CountOf):
        for index in range(len(part.conditions)):
            kept = (*part.conditions[:index], *part.conditions[index + 1 :])
            yield "a condition on a record dropped", replace(part, conditions=kept)
    elif isinstance(part, ByReading):
        for index in range(len(part.parts)):
            changed = (*part.parts[:index], Always(holds=True), *part.parts[index + 1 :])
            if changed != part.parts and part.parts[index] != All(()):
                yield f"reading {index + 1} dropped", replace(part, parts=changed)
    elif isinstance(part, FactIs | BoundIs | ItemIs) and len(part.values) > 1:
        for word in sorted(part.values):
            yield f"the word {word} dropped", replace(part, values=part.values - {word})


_CHANGES: tuple[Callable[[Any], Iterator[Variant]], ...] = (_negated, _numbers, _days, _turned, _dropped)
