"""Who bears the burden: rates by region with exact intervals, and how unequal they are."""

from dataclasses import dataclass
from math import pi, sqrt

from safeconduct.population.exact import TAIL, Interval, poisson_interval, poisson_quantile, ratio_interval
from safeconduct.population.tally import Row, TableError, Tally

PER = 10_000
_Z = 1.959963984540054
"""The normal quantile of 97.5 %."""
WIDE_TAIL = 0.001
"""What the outer limits of a funnel leave out on either side: 99.8 % lie within."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One region.

    Args:
        row: Its counts.
        per_10000: Deaths per 10,000 men.
        interval: 95 %, exact, per 10,000 men.
        to_mean: Ratio to the mean of all regions together.
        to_region: Ratio to the chosen region; None if none was chosen, or nobody is counted there.
        to_region_interval: Its 95 % interval, exact; None if none was chosen, or nobody is counted in either.
    """

    row: Row
    per_10000: float
    interval: Interval
    to_mean: float
    to_region: float | None = None
    to_region_interval: Interval | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inequality:
    """The Gini index of deaths over men by region: 0 if every region has the same rate, 1 if one bears everything.

    Args:
        gini: The index, 0..1.
        interval: 95 %, by the delta method over Poisson counts; approximate.
        by_chance: What chance alone would be expected to show in this table if all rates were equal; approximate.
    """

    gini: float
    interval: Interval
    by_chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Burden:
    """What a tally shows.

    Args:
        tally: The tally.
        rates: Highest first.
        inequality: Over all regions; None if there is only one.
        against: The region that others are compared with; None if none was chosen.
    """

    tally: Tally
    rates: tuple[Rate, ...]
    inequality: Inequality | None
    against: Row | None

    @property
    def mean_per_10000(self) -> float:
        """Deaths per 10,000 men over all regions together."""
        return PER * self.tally.rate


def burden_of(tally: Tally, *, against: str | None = None) -> Burden:
    """What a tally shows.

    Args:
        tally: The tally.
        against: The region that others are compared with, as the table writes it; letters' case does not matter.
    Raises:
        TableError: If there is no such region.
    """
    other = None if against is None else _named(tally, against)
    rates = sorted((_rate(row, tally, other) for row in tally.rows), key=lambda one: (-one.per_10000, one.row.region))
    unequal = inequality(tally.rows) if len(tally.rows) > 1 else None
    return Burden(tally=tally, rates=tuple(rates), inequality=unequal, against=other)


def _named(tally: Tally, name: str) -> Row:
    for row in tally.rows:
        if row.region.casefold() == name.casefold():
            return row
    raise TableError(
        "the table has no region of that name",
        remedy="write it as the table does; the text output lists all",
        code="TAB06",
    )


def _rate(row: Row, tally: Tally, other: Row | None) -> Rate:
    rate = row.deaths / row.men
    ratio = None if other is None or other.deaths == 0 else rate / (other.deaths / other.men)
    compared = other is not None and other is not row and row.deaths + other.deaths > 0
    return Rate(
        row=row,
        per_10000=PER * rate,
        interval=poisson_interval(row.deaths).scaled(PER / row.men),
        to_mean=rate / tally.rate,
        to_region=ratio,
        to_region_interval=ratio_interval(row.deaths, row.men, other.deaths, other.men)
        if other is not None and compared
        else None,
    )


def inequality(rows: tuple[Row, ...]) -> Inequality:
    """The Gini index over regions, each weighted by its men.

    Args:
        rows: At least two regions, with at least one death.
    Source:
        N. Kakwani, A. Wagstaff and E. van Doorslaer (1997), Journal of Econometrics 77, for indices over groups.
        With the order of the regions kept, the index is a sum over deaths, so independent Poisson counts give its
        variance directly.
    """
    men, deaths = sum(row.men for row in rows), sum(row.deaths for row in rows)
    ordered = sorted(rows, key=lambda row: (row.deaths / row.men, row.region))
    below, terms = 0, []
    for row in ordered:
        weight = (2 * below + row.men) / men - 1
        terms.append((row.deaths, weight))
        below += row.men
    gini = sum(count * weight for count, weight in terms) / deaths
    error = sqrt(sum(count * (weight - gini) ** 2 for count, weight in terms)) / deaths
    interval = Interval(low=max(0.0, gini - _Z * error), high=min(1.0, gini + _Z * error))
    return Inequality(gini=max(0.0, gini), interval=interval, by_chance=_by_chance(rows, men, deaths))


def _by_chance(rows: tuple[Row, ...], men: int, deaths: int) -> float:
    """Half the mean difference between two rates that differ by Poisson noise alone, each pair by its men."""
    shares = [row.men / men for row in rows]
    total = 0.0
    for first in shares:
        total += sum(first * second * sqrt(1 / first + 1 / second) for second in shares)
        total -= first * first * sqrt(2 / first)  # a region does not differ from itself
    return min(1.0, total * sqrt(2 / pi / deaths) / 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Where the rate of a region of some size would lie if its risk were the mean.

    Args:
        men: Its size.
        narrow: 95 % lie within, per 10,000 men.
        wide: 99.8 % lie within, per 10,000 men.
    """

    men: float
    narrow: Interval
    wide: Interval


def funnel(tally: Tally, *, points: int = 50) -> tuple[Limits, ...]:
    """The limits of a funnel plot, from a little below the smallest region to a little above the largest.

    Args:
        tally: The tally.
        points: How many sizes, >= 2; they grow by one factor.
    Source:
        D. Spiegelhalter (2005), as in `exact.poisson_quantile`.
    """
    least, most = min(row.men for row in tally.rows) * 0.8, max(row.men for row in tally.rows) * 1.25
    step = (most / least) ** (1 / (points - 1))
    return tuple(_limits(least * step**index, tally.rate) for index in range(points))


def _limits(men: float, rate: float) -> Limits:
    expected = men * rate
    narrow, wide = (
        Interval(low=poisson_quantile(expected, tail), high=poisson_quantile(expected, 1 - tail)).scaled(PER / men)
        for tail in (TAIL, WIDE_TAIL)
    )
    return Limits(men=men, narrow=narrow, wide=wide)
