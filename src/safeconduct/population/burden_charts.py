"""A burden as two charts: regions by rank with their intervals, and a funnel by size."""

from collections.abc import Callable
from dataclasses import dataclass
from math import log, sqrt
from typing import Any

import altair as alt

from safeconduct.population.burden import Burden, Rate, funnel
from safeconduct.population.burden_report import origin, region_name, warnings
from safeconduct.population.charts import ACCENT, INK, MUTED, OTHER, Chart, inline, png, svg, titled
from safeconduct.population.words import number, say

_ROW = 14
_NAMED_AT_MOST = 14
_WIDTH, _HEIGHT = 640, 440
_TALLER = 1.08
_LETTER, _LINE, _DOT = 7.0, 11.0, 5.0
"""Pixels: what a letter of a name takes, how far two lines lie apart, half a point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart with what is said of it.

    Args:
        chart: The chart.
        language: en or ru.
        title: Its title.
        description: For those who hear it.
    """

    chart: Chart
    language: str
    title: str
    description: str

    def svg(self) -> str:
        """As SVG."""
        return svg(self.chart, language=self.language, title=self.title, description=self.description)

    def png(self) -> bytes:
        """As PNG."""
        return png(self.chart, language=self.language)


def ranked(burden: Burden, language: str) -> Picture:
    """Every region by its rate, highest first, each with its interval; the mean as a line."""
    rows = [_values(rate, burden, language) for rate in burden.rates]
    data = inline(rows)
    y = alt.Y("region:N", sort=None, title=None, axis=alt.Axis(labelLimit=240, ticks=False, domain=False))
    scale = alt.Scale(zero=True, nice=True)
    axis = alt.Axis(orient="top", grid=True, tickCount=8)
    x = alt.X("rate:Q", title=say(language, "burden axis"), scale=scale, axis=axis)
    colour = _colour()
    lines = alt.Chart(data).mark_rule(strokeWidth=1.5).encode(y=y, x=alt.X("low:Q"), x2="high:Q", color=colour)
    points = alt.Chart(data).mark_circle(size=36, opacity=1).encode(y=y, x=x, color=colour)
    mean = alt.Chart(inline([_mean(burden, language)]))
    rule = mean.mark_rule(color=INK, strokeDash=[4, 3]).encode(x="rate:Q")
    label = mean.mark_text(align="left", dx=4, dy=-6, baseline="bottom", color=INK, fontSize=11, y="height").encode(
        x="rate:Q", text="text:N"
    )
    drawn = alt.layer(rule, lines, points, label).properties(width=560, height=_ROW * len(rows))
    return _picture(drawn, burden, language, "burden title", ["colours"])


def _colour() -> alt.Color:
    """Above the mean, not to be told from it, below it; said in words as well."""
    scale = alt.Scale(domain=["above", "near", "below"], range=[ACCENT, MUTED, OTHER])
    return alt.Color("side:N", scale=scale, legend=None)


def funnel_chart(burden: Burden, language: str) -> Picture:
    """Every region by its size and rate, with the limits within which chance alone would leave it."""
    limits = [
        {"men": one.men, "low": one.narrow.low, "high": one.narrow.high, "least": one.wide.low, "most": one.wide.high}
        for one in funnel(burden.tally)
    ]
    rows = [_values(rate, burden, language) for rate in burden.rates]
    x = alt.X("men:Q", scale=alt.Scale(type="log", nice=False), title=say(language, "funnel x"), axis=_men())
    top = _TALLER * max(*(rate.per_10000 for rate in burden.rates), *(one["most"] for one in limits))
    y_scale = alt.Scale(type="sqrt", domain=[0, top], nice=False)
    y = alt.Y("rate:Q", scale=y_scale, title=say(language, "funnel y"), axis=_rates(top))
    band = alt.Chart(inline(limits))
    wide = band.mark_area(color="#d3d9e0", opacity=0.6).encode(x=x, y=alt.Y("least:Q", scale=y_scale), y2="most:Q")
    narrow = band.mark_area(color="#aab4c0", opacity=0.6).encode(x=x, y=alt.Y("low:Q", scale=y_scale), y2="high:Q")
    mean = alt.Chart(inline([_mean(burden, language)]))
    rule = mean.mark_rule(color=INK, strokeDash=[4, 3]).encode(y="rate:Q")
    label = mean.mark_text(align="left", dx=6, dy=-7, color=INK, fontSize=11, x=0).encode(y="rate:Q", text="text:N")
    points = alt.Chart(inline(rows)).mark_circle(size=40, opacity=0.9).encode(x=x, y=y, color=_colour())
    names = (
        alt.Chart(inline(_farthest(rows, top)))
        .mark_text(align="left", dx=7, fontSize=11, color=INK)
        .encode(x=x, y=y, text="region:N")
    )
    drawn = alt.layer(wide, narrow, rule, label, points, names).properties(width=_WIDTH, height=_HEIGHT)
    return _picture(drawn, burden, language, "funnel title", ["funnel limits", "funnel labels", "colours"])


CHARTS: dict[str, Callable[[Burden, str], Picture]] = {"ranked": ranked, "funnel": funnel_chart}


def _men() -> alt.Axis:
    return alt.Axis(grid=True, values=_steps(10, 1e10), format=",d")


def _rates(top: float) -> alt.Axis:
    return alt.Axis(
        grid=True, values=[step for step in _steps(1e-4, 1e4) if step == 0 or top / 50 <= step <= top], format="~g"
    )


def _steps(least: float, most: float) -> list[float]:
    """Zero, and 1, 2, 5, 10, 20, 50 ... between two powers of ten."""
    found, power = [0.0], least
    while power < most:
        found += [power, 2 * power, 5 * power]
        power *= 10
    return found


def _values(rate: Rate, burden: Burden, language: str) -> dict[str, Any]:
    mean = burden.mean_per_10000
    side = "above" if rate.interval.low > mean else "below" if rate.interval.high < mean else "near"
    return {
        "side": side,
        "region": region_name(burden.tally, rate.row.region, language),
        "men": rate.row.men,
        "rate": rate.per_10000,
        "low": rate.interval.low,
        "high": rate.interval.high,
        "far": abs(rate.row.deaths - burden.tally.rate * rate.row.men) / (burden.tally.rate * rate.row.men) ** 0.5,
    }


def _farthest(rows: list[dict[str, Any]], top: float) -> list[dict[str, Any]]:
    """The regions farthest from the mean, counted in standard errors, as far as their names do not meet."""
    places = {row["region"]: _place(row, rows, top) for row in rows}
    found: list[dict[str, Any]] = []
    taken = [(x - _DOT, x + _DOT, y) for x, y in places.values()]
    for row in sorted(rows, key=lambda row: -row["far"]):
        if row["side"] == "near" or len(found) == _NAMED_AT_MOST:
            continue
        x, y = places[row["region"]]
        start, end = x + _DOT + 1, x + _DOT + _LETTER * len(row["region"])
        if all(abs(y - other) > _LINE or start > last or end < first for first, last, other in taken):
            found.append(row)
            taken.append((start, end, y))
    return found


def _place(row: dict[str, Any], rows: list[dict[str, Any]], top: float) -> tuple[float, float]:
    """Where a point lies in the picture, in pixels from its lower left corner."""
    sizes = [log(one["men"]) for one in rows]
    span = max(sizes) - min(sizes) or 1.0
    return _WIDTH * (log(row["men"]) - min(sizes)) / span, _HEIGHT * sqrt(row["rate"] / top)


def _mean(burden: Burden, language: str) -> dict[str, Any]:
    rate = number(language, burden.mean_per_10000, digits=2)
    return {"rate": burden.mean_per_10000, "text": say(language, "mean", rate=rate)}


def _picture(drawn: Chart, burden: Burden, language: str, title: str, extra: list[str]) -> Picture:
    top, bottom = burden.rates[0], burden.rates[-1]
    name = say(language, title)
    described = say(
        language,
        "description",
        title=name,
        regions=len(burden.rates),
        top=region_name(burden.tally, top.row.region, language),
        top_rate=number(language, top.per_10000, digits=2),
        bottom=region_name(burden.tally, bottom.row.region, language),
        bottom_rate=number(language, bottom.per_10000, digits=2),
        mean=number(language, burden.mean_per_10000, digits=2),
    )
    below = [*origin(burden.tally, language), *(say(language, one) for one in extra)]
    chart = titled(drawn, title=name, below=below, notes=warnings(language))
    return Picture(chart=chart, language=language, title=name, description=described)


__all__ = ["CHARTS", "Picture", "funnel_chart", "ranked"]
