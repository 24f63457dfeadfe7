"""A made population: invented people for tests, tutorials and benchmarks, the same for the same seed everywhere.

Nobody is in it, and the file says so in its metadata. Shares are round numbers of ours and describe no country.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from pathlib import Path

import polars as pl

from safeconduct.population.columns import FROM, TO
from safeconduct.population.frame_law import Column, Exists
from safeconduct.rules.formula import Choice, Whole
from safeconduct.rules.vocabulary import NONE
from safeconduct.values.days import FIRST_DAY, LAST_DAY

MADE = {"safeconduct_made": "yes: invented people, nobody is in it"}
"""What a file of made people bears in its metadata."""
REGION = "region"
_REGIONS = 10
_PART = 2_000_000
_SHARES: Mapping[str, float] = {
    "citizenships__RU": 0.93,
    "citizen": 0.93,
    "on_register": 0.8,
    "in_reserve": 0.2,
    "of_register_age": 0.9,
}
_USUAL, _EXISTS = 0.01, 0.1
_WEIGHTS: Mapping[str, tuple[float, ...]] = {"fitness": (0.4, 0.35, 0.15, 0.05, 0.05)}
_NONE = 0.95
"""Share of people who have none of what may be absent."""
_BORN = (date(1964, 1, 1).toordinal(), date(2010, 12, 31).toordinal())
_EPOCH = date(1970, 1, 1).toordinal()
_YEAR_ONLY = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """How a population is made.

    Args:
        people: How many, >= 1.
        seed: Any whole number; the same seed gives the same people.
        unknown: Share of values that are not known, 0..1.
    """

    people: int
    seed: int
    unknown: float


def made_people(
    making: Making, columns: Mapping[str, tuple[Column, Choice | Whole]], start: int, end: int
) -> pl.DataFrame:
    """Some of the people, by their numbers.

    Args:
        making: How they are made.
        columns: As `FrameLaw.columns` gives them.
        start: Number of the first, from 0.
        end: Number after the last.
    """
    number = pl.int_range(start, end, dtype=pl.UInt64)
    region = (_uniform(number, making.seed, 0) * _REGIONS).floor().cast(pl.Int32)
    made = [pl.concat_str([pl.lit("made-"), (region + 1).cast(pl.String).str.zfill(2)]).alias(REGION)]
    for stream, (name, (column, variable)) in enumerate(columns.items(), start=1):
        told = _uniform(number, making.seed, -stream) >= making.unknown
        value = _uniform(number, making.seed, 2 * stream)
        other = _uniform(number, making.seed, 2 * stream + 1)
        if isinstance(variable, Choice):
            made.append(pl.when(told).then(_word(column, variable, value)).alias(name))
        elif (variable.low, variable.high) == (FIRST_DAY, LAST_DAY):
            made += _days(name, value, other, told)
        else:
            whole = (value * 40).floor().cast(pl.Int64)
            made += [pl.when(told).then(whole).alias(name + end_) for end_ in (FROM, TO)]
    return pl.select(*made)


def write_made(making: Making, columns: Mapping[str, tuple[Column, Choice | Whole]], target: Path) -> None:
    """Write a population as Parquet: one file, or, if it is large, a folder of them.

    Args:
        making: How it is made.
        columns: As `FrameLaw.columns` gives them.
        target: The file or folder, which is not there yet.
    """
    if making.people <= _PART:
        made_people(making, columns, 0, making.people).write_parquet(target, metadata=MADE)
        return
    target.mkdir()
    for number, start in enumerate(range(0, making.people, _PART)):
        part = made_people(making, columns, start, min(start + _PART, making.people))
        part.write_parquet(target / f"part-{number:05d}.parquet", metadata=MADE)


def _word(column: Column, variable: Choice, value: pl.Expr) -> pl.Expr:
    """A word, or yes and no as a boolean."""
    if column.asks is not None or set(variable.words) == {"yes", "no"}:
        share = _EXISTS if column.asks is Exists.EXISTS else _SHARES.get(column.name, _USUAL)
        return value < share
    found: pl.Expr = pl.lit(variable.words[-1])
    bounds = list(accumulate(_weights(column.name, variable.words)))
    for word, bound in reversed(list(zip(variable.words, bounds, strict=True))[:-1]):
        found = pl.when(value < bound).then(pl.lit(word)).otherwise(found)
    return found


def _weights(name: str, words: tuple[str, ...]) -> tuple[float, ...]:
    """The share of each word; all alike where nothing else is said."""
    if name in _WEIGHTS and len(_WEIGHTS[name]) == len(words):
        return _WEIGHTS[name]
    if NONE in words:
        return tuple(_NONE if word == NONE else (1 - _NONE) / (len(words) - 1) for word in words)
    return tuple(1 / len(words) for _ in words)


def _days(name: str, value: pl.Expr, other: pl.Expr, told: pl.Expr) -> list[pl.Expr]:
    """A day, sometimes only its year; as a range."""
    first, last = _BORN
    day = (value * (last - first + 1)).floor().cast(pl.Int32) + (first - _EPOCH)
    exact = day.cast(pl.Date)
    coarse = other < _YEAR_ONLY
    start = pl.when(coarse).then(exact.dt.truncate("1y")).otherwise(exact)
    end = pl.when(coarse).then(pl.date(exact.dt.year(), 12, 31)).otherwise(exact)
    return [pl.when(told).then(start).alias(name + FROM), pl.when(told).then(end).alias(name + TO)]


def _uniform(number: pl.Expr, seed: int, stream: int) -> pl.Expr:
    """A share in [0, 1) for each number: the mixing of SplitMix64, in whole numbers that wrap, the same everywhere.

    Source:
        G. Steele, D. Lea and C. Flood (2014), Fast splittable pseudorandom number generators.
    """

    def wrapped(value: int) -> pl.Expr:
        return pl.lit(value % 2**64, dtype=pl.UInt64)

    mixed = (number + wrapped(1)) * wrapped(0x9E3779B97F4A7C15) + wrapped(
        (seed * 1_000_003 + stream) * 0xD1342543DE82EF95
    )
    mixed = (mixed ^ (mixed // wrapped(2**30))) * wrapped(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed // wrapped(2**27))) * wrapped(0x94D049BB133111EB)
    mixed ^= mixed // wrapped(2**31)
    return (mixed // wrapped(2**11)).cast(pl.Float64) / 2.0**53
