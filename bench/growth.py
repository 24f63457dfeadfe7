"""How the time grows with the number of people, as a chart: `python -m bench.growth POINTS.json`."""

import json
import sys
from pathlib import Path
from typing import Any

import altair as alt

from safeconduct.population.charts import ACCENT, INK, MUTED, OTHER, inline, png, svg, titled

TITLE = "Three rules, counted: time by number of people"
NOTES = [
    "In memory: processor time, everything known and ready before the clock starts. From Parquet: time by the clock,",
    "with reading, gaps and ranges. Both axes are logarithmic. ZEN was given 100,000 people at most.",
]
COLOURS = {
    "Safeconduct, from Parquet": ACCENT,
    "Safeconduct, in memory": "#e07a5f",
    "Polars by hand, in memory": MUTED,
    "OpenFisca, in memory": OTHER,
    "ZEN, in memory": INK,
}
_WIDTH, _HEIGHT = 620, 380


def main(points: Path) -> None:
    """Write growth.svg and growth.png beside the points."""
    found = json.loads(points.read_text(encoding="utf-8"))
    rows: list[dict[str, Any]] = found["points"]
    data = inline(rows)
    x = alt.X("people:Q", title="people", scale=alt.Scale(type="log", nice=False), axis=_powers(range(4, 9), "~s"))
    y = alt.Y("seconds:Q", title="seconds", scale=alt.Scale(type="log"), axis=_powers(range(-4, 4), "~g"))
    shown = [who for who in COLOURS if any(row["who"] == who for row in rows)]
    scale = alt.Scale(domain=shown, range=[COLOURS[who] for who in shown])
    legend = alt.Legend(orient="right", title=None, labelLimit=240, symbolStrokeWidth=3)
    colour = alt.Color("who:N", scale=scale, legend=legend)
    lines = alt.Chart(data).mark_line(strokeWidth=2.5).encode(x=x, y=y, color=colour)
    dots = alt.Chart(data).mark_circle(size=45, opacity=1).encode(x=x, y=y, color=colour)
    drawn = alt.layer(lines, dots).properties(width=_WIDTH, height=_HEIGHT)
    chart = titled(
        drawn, title=TITLE, below=["Invented people, nobody is in them.", *found["said"].split("; ", 1)], notes=NOTES
    )
    slowest = max(rows, key=lambda row: row["seconds"])
    described = f"{TITLE}. The longest: {slowest['who']}, {slowest['people']:,.0f} people, {slowest['seconds']:.1f} s."
    points.with_name("growth.svg").write_text(
        svg(chart, language="en", title=TITLE, description=described), encoding="utf-8"
    )
    points.with_name("growth.png").write_bytes(png(chart, language="en"))


def _powers(exponents: range, form: str) -> alt.Axis:
    return alt.Axis(values=[10.0**one for one in exponents], format=form, grid=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
