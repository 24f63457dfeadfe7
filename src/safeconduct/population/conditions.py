"""What is certain, as conditions over columns: comparisons with a literal, joined by "and" and "or" alone.

There is no "not", so an unknown value (null) behaves like "not certain" on every engine. Comparisons are made once each
and shared: the pages ask the same few things of everybody again and again.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import partial, reduce
from typing import Any, assert_never

import narwhals.stable.v2 as nw

_SHARED = "safeconduct__"
_SHARED_FROM = 3
"""In so many places a comparison is worth a column of its own."""


class How(Enum):
    """How a column is compared."""

    IS = "=="
    IS_NOT = "!="
    AT_LEAST = ">="
    AT_MOST = "<="


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A column compared with a literal.

    Args:
        column: Its name.
        how: How.
        value: The literal: a word, a day, a number, or True and False for a column of yes and no.
    """

    column: str
    how: How
    value: str | int | date


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Parts of which all hold, or at least one.

    Args:
        every: Whether all of them must hold.
        parts: Two or more.
    """

    every: bool
    parts: "tuple[Compared | Joined, ...]"


Condition = bool | Compared | Joined
"""True or False where no column decides."""


def all_of(parts: Iterable[Condition]) -> Condition:
    """All of them hold."""
    return _joined(parts, every=True)


def any_of(parts: Iterable[Condition]) -> Condition:
    """At least one of them holds."""
    return _joined(parts, every=False)


def _joined(parts: Iterable[Condition], *, every: bool) -> Condition:
    kept: dict[Compared | Joined, None] = {}
    for part in parts:
        if isinstance(part, bool):
            if part is not every:
                return part
        elif isinstance(part, Joined) and part.every is every:
            kept.update(dict.fromkeys(part.parts))
        else:
            kept[part] = None
    if not kept:
        return every
    return Joined(every=every, parts=tuple(kept)) if len(kept) > 1 else next(iter(kept))


def at_least(least: int, parts: list[Condition]) -> Condition:
    """At least so many: what is met so far, one part after another."""
    met: list[Condition] = [True, *(False for _ in range(least))]
    for part in parts:
        for number in range(least, 0, -1):
            met[number] = any_of([met[number], all_of([met[number - 1], part])])
    return met[least]


def comparisons(condition: Condition) -> Iterator[Compared]:
    """The comparisons in it, as often as they stand there."""
    pending = [condition]
    while pending:
        match pending.pop():
            case bool():
                pass
            case Compared() as one:
                yield one
            case Joined(parts=parts):
                pending.extend(parts)


def expression(condition: Condition, *, made: Callable[[Compared], nw.Expr] | None = None) -> nw.Expr:
    """A condition as an expression.

    Args:
        condition: Any; what is unknown comes out as null or False, never as True.
        made: How a comparison is had; None for comparing the column on the spot.
    """
    match condition:
        case bool():
            return nw.lit(condition)
        case Compared():
            return (made or comparison)(condition)
        case Joined(every=every, parts=parts):
            join = nw.Expr.__and__ if every else nw.Expr.__or__
            return reduce(join, (expression(part, made=made) for part in parts))
        case _:
            assert_never(condition)


def comparison(one: Compared) -> nw.Expr:
    """A comparison as an expression; null where the value is."""
    column = nw.col(one.column)
    if isinstance(one.value, bool):
        return column if one.value else ~column
    match one.how:
        case How.IS:
            return column == one.value
        case How.IS_NOT:
            return column != one.value
        case How.AT_LEAST:
            return column >= one.value
        case How.AT_MOST:
            return column <= one.value
        case _:
            assert_never(one.how)


def marked(frame: nw.LazyFrame[Any], conditions: Mapping[str, Condition], *keep: str) -> nw.LazyFrame[Any]:
    """A frame with a column for each condition: yes where it is certain, no or null elsewhere.

    Args:
        frame: People.
        conditions: By the names of the new columns.
        keep: Columns of the frame that stay; the others go.
    """
    places = Counter(one for each in conditions.values() for one in comparisons(each))
    names = {one: f"{_SHARED}{at}" for at, one in enumerate(places) if places[one] >= _SHARED_FROM}
    found = {name: expression(one, made=partial(_had, names)) for name, one in conditions.items()}
    if not names:
        return frame.select(*keep, **found)
    # No gaps are left in them, so that joining them costs half.
    shared = {name: comparison(one).fill_null(value=False) for one, name in names.items()}
    read = {one.column for one in places if one not in names}
    return frame.select(*dict.fromkeys([*keep, *read]), **shared).select(*keep, **found)


def _had(names: Mapping[Compared, str], one: Compared) -> nw.Expr:
    """A comparison: the column that holds it, or made on the spot."""
    return nw.col(names[one]) if one in names else comparison(one)
