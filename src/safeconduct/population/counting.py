"""Counting people by group, for as many conditions at once as there are, in one pass over the frame."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import narwhals.stable.v2 as nw

from safeconduct.population.conditions import Condition, marked
from safeconduct.population.engines import rows_of

_EVERYBODY = "safeconduct__everybody"
Progress = Callable[[int], None]
"""Told how many people have been counted so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of people.

    Args:
        values: The values of the columns grouped by, as text; "" where it is not known.
        people: How many.
        counts: Of how many of them each condition is certain, in the order asked.
    """

    values: tuple[str, ...]
    people: int
    counts: tuple[int, ...]


def nobody_told(_people: int) -> None:
    """Progress that nobody looks at."""


def counted(
    parts: tuple[nw.LazyFrame[Any], ...],
    conditions: list[Condition],
    by: tuple[str, ...],
    *,
    progress: Progress = nobody_told,
) -> list[Group]:
    """Count people.

    Args:
        parts: The people, all of one engine, in one frame or several; they are read once.
        conditions: What is counted. Constants cost nothing.
        by: Columns to group by; none for all together.
        progress: Told after each part.
    Returns:
        The groups by their values; one without values if there is nothing to group by.
    """
    asked = {f"safeconduct_{at}": one for at, one in enumerate(conditions) if not isinstance(one, bool)}
    found: dict[tuple[str, ...], list[int]] = {} if by else {(): [0] * (len(asked) + 1)}
    people = 0
    for part in parts:
        for row in _rows(part, asked, by):
            values = tuple("" if value is None else str(value) for value in row[: len(by)])
            kept = found.setdefault(values, [0] * (len(asked) + 1))
            for at, number in enumerate(row[len(by) :]):
                kept[at] += number or 0
            people += row[len(by)] or 0
        progress(people)
    order = {name: at for at, name in enumerate(asked, start=1)}
    return [
        Group(
            values=values,
            people=kept[0],
            counts=tuple(
                (kept[0] if one else 0) if isinstance(one, bool) else kept[order[f"safeconduct_{at}"]]
                for at, one in enumerate(conditions)
            ),
        )
        for values, kept in sorted(found.items())
    ]


def _rows(frame: nw.LazyFrame[Any], asked: Mapping[str, Condition], by: tuple[str, ...]) -> list[tuple[Any, ...]]:
    people = marked(frame, asked, *by)
    counts = [nw.len().alias(_EVERYBODY), *(_number(name, people.implementation) for name in asked)]
    return rows_of(people.group_by(*by).agg(*counts) if by else people.select(*counts))


def _number(name: str, engine: nw.Implementation) -> nw.Expr:
    """How many rows say yes. Only Polars adds up columns of yes and no as they are, and there it is the fastest way."""
    if engine is nw.Implementation.POLARS:
        return nw.col(name).sum()
    return nw.when(nw.col(name)).then(nw.lit(1)).otherwise(nw.lit(0)).sum().alias(name)
