"""What a burden is as text and as CSV."""

import csv
import io
from math import isinf

from safeconduct.population.burden import Burden, Inequality, Rate
from safeconduct.population.exact import Interval
from safeconduct.population.shipped import region_names
from safeconduct.population.tally import Tally
from safeconduct.population.words import number, say

HEADER = ("region", "men", "deaths", "rate_per_10000", "lower_95", "upper_95", "ratio_to_mean")
_AGAINST = ("ratio_to_region", "ratio_lower_95", "ratio_upper_95")


def burden_csv(burden: Burden) -> str:
    """One row a region, highest rate first, two decimals; with a chosen region three columns more.

    A ratio that nothing can be said of is an empty cell, and an upper end without bound as well.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER if burden.against is None else (*HEADER, *_AGAINST))
    for rate in burden.rates:
        cells = [rate.per_10000, rate.interval.low, rate.interval.high, rate.to_mean]
        written = [rate.row.region, rate.row.men, rate.row.deaths, *map(_two, cells)]
        if burden.against is not None:
            written += [_two(rate.to_region), *_ends(rate.to_region_interval)]
        writer.writerow(written)
    return text.getvalue()


def _two(value: float | None) -> str:
    return "" if value is None or isinf(value) else f"{value:.2f}"


def _ends(interval: Interval | None) -> tuple[str, str]:
    return ("", "") if interval is None else (_two(interval.low), _two(interval.high))


def burden_lines(burden: Burden, language: str) -> list[str]:
    """The report for a terminal: what was counted, the table, how unequal it is, what it does not say."""
    tally = burden.tally
    lines = [say(language, "burden title"), *origin(tally, language), ""]
    lines += [
        say(
            language,
            "all",
            regions=len(tally.rows),
            men=number(language, tally.men),
            deaths=number(language, tally.deaths),
            rate=number(language, burden.mean_per_10000, digits=2),
        ),
        *_unequal(burden.inequality, language),
        "",
        *_table(burden, language),
        "",
        *warnings(language),
    ]
    return lines


def origin(tally: Tally, language: str) -> list[str]:
    """Whose count it is and of which days."""
    lines = [say(language, "source", source=tally.source) if tally.source else say(language, "no source")]
    if tally.first is not None and tally.last is not None:
        lines.append(say(language, "counted", first=tally.first, last=tally.last))
    elif tally.last is not None:
        lines.append(say(language, "counted until", last=tally.last))
    else:
        lines.append(say(language, "not dated"))
    lines.append(say(language, "made" if tally.made else "real" if tally.packaged else "not told real"))
    if tally.packaged:
        lines.append(say(language, "men packaged"))
    return lines


def warnings(language: str) -> list[str]:
    """What must not be read from it."""
    return [say(language, name) for name in ("not ethnicity", "not individual", "one tally")]


def region_name(tally: Tally, region: str, language: str) -> str:
    """A region as the language writes it; names of the user's own table stay as they are."""
    return region_names().get(region, region) if tally.packaged and language == "ru" else region


def _unequal(found: Inequality | None, language: str) -> list[str]:
    if found is None:
        return [say(language, "no gini")]
    gini, low, high, chance = (
        number(language, value, digits=3)
        for value in (found.gini, found.interval.low, found.interval.high, found.by_chance)
    )
    return [say(language, "gini", gini=gini, low=low, high=high), say(language, "gini scale", chance=chance)]


def _table(burden: Burden, language: str) -> list[str]:
    head = [say(language, f"head {name}") for name in ("region", "men", "deaths", "rate", "interval", "mean")]
    if burden.against is not None:
        name = region_name(burden.tally, burden.against.region, language)
        head.append(say(language, "head other", region=name))
        if burden.against.deaths == 0:
            head[-1] = say(language, "against none", region=name)
    rows = [head, *([*_cells(rate, burden, language)] for rate in burden.rates)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return ["  ".join(_placed(row, widths)).rstrip() for row in rows]


def _placed(row: list[str], widths: list[int]) -> list[str]:
    """Names to the left, numbers to the right."""
    first, *rest = zip(row, widths, strict=True)
    return [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]


def _cells(rate: Rate, burden: Burden, language: str) -> list[str]:
    cells = [
        region_name(burden.tally, rate.row.region, language),
        number(language, rate.row.men),
        number(language, rate.row.deaths),
        number(language, rate.per_10000, digits=2),
        _interval(rate.interval, language),
        number(language, rate.to_mean, digits=2),
    ]
    if burden.against is not None:
        ratio = "" if rate.to_region is None else number(language, rate.to_region, digits=2)
        ends = "" if rate.to_region_interval is None else f" ({_interval(rate.to_region_interval, language)})"
        cells.append(ratio + ends)
    return cells


def _interval(interval: Interval, language: str) -> str:
    high = "∞" if isinf(interval.high) else number(language, interval.high, digits=2)
    return f"{number(language, interval.low, digits=2)}–{high}"
