"""A reform of the age of conscription as a chart: what is computed, and what was published."""

from collections.abc import Mapping
from typing import Any

import altair as alt

from safeconduct.population.burden_charts import Picture
from safeconduct.population.charts import ACCENT, INK, OTHER, inline, titled
from safeconduct.population.reform import PUBLISHED, Published, Reform, months_shown
from safeconduct.population.reform_report import LAST_YEAR, assumptions, names, title
from safeconduct.population.words import number, say

_THOUSAND = 1000
_WIDTH, _HEIGHT = 620, 380


def reform_chart(reform: Reform, births: Mapping[int, int], language: str) -> Picture:
    """Two lines from the day of the change to 2030, with the published estimates as marks."""
    paper, added = names(reform, language)
    rows = []
    for day in months_shown(reform.after, LAST_YEAR):
        found = reform.effect(day, births)
        rows += [_point(day.isoformat(), found.on_paper, paper), _point(day.isoformat(), found.added, added)]
    axis = alt.Axis(format="%Y", tickCount="year", title=None, grid=True)
    x = alt.X("day:T", axis=axis)
    scale = alt.Scale(domain=[0, 2600], nice=False)
    y = alt.Y("men:Q", title=say(language, "reform y"), scale=scale, axis=alt.Axis(format=",d", tickCount=6))
    colour = alt.Color(
        "line:N",
        scale=alt.Scale(domain=[paper, added], range=[OTHER, ACCENT]),
        legend=alt.Legend(orient="top", title=None, labelLimit=600, symbolStrokeWidth=3, direction="vertical"),
    )
    lines = alt.Chart(inline(rows)).mark_line(strokeWidth=2.5).encode(x=x, y=y, color=colour)
    ends = (
        alt.Chart(inline(_ends(reform, births, language)))
        .mark_circle(size=50, color=ACCENT, opacity=1)
        .encode(x=x, y=y)
    )
    labels = (
        alt.Chart(inline(_ends(reform, births, language)))
        .mark_text(align="left", dx=8, dy=10, fontSize=11, color=ACCENT)
        .encode(x=x, y=y, text=alt.Text("label:N"))
    )
    data = inline([_mark(one, language) for one in PUBLISHED])
    spans = alt.Chart(data).mark_rule(color=INK, strokeWidth=2, strokeDash=[2, 2]).encode(x=x, x2="last:T", y=y)
    marks = alt.Chart(data).mark_point(shape="diamond", size=70, color=INK, filled=True).encode(x=x, y=y)
    said = alt.Chart(data).mark_text(align="left", dx=8, fontSize=11, color=INK)
    said = said.encode(x=alt.X("last:T", axis=axis), y=y, text="text:N")
    drawn = alt.layer(lines, spans, marks, said, ends, labels).properties(width=_WIDTH, height=_HEIGHT)
    head = title(reform, language)
    chart = titled(drawn, title=head, below=[say(language, "reform computed")], notes=assumptions(reform, language))
    return Picture(chart=chart, language=language, title=head, description=_described(reform, births, language, head))


def _point(day: str, men: float, line: str) -> dict[str, Any]:
    return {"day": f"{day}T00:00:00", "men": men / _THOUSAND, "line": line}


def _ends(reform: Reform, births: Mapping[int, int], language: str) -> list[dict[str, Any]]:
    """What is computed for the first and the last day of a published estimate that names no day."""
    found = []
    for one in PUBLISHED:
        for day in (one.first, one.last) if one.first != one.last else ():
            men = reform.effect(day, births).added
            shown = _point(day.isoformat(), men, "")
            found.append({**shown, "label": f"{day.isoformat()}: {number(language, men / _THOUSAND)}"})
    return found


def _mark(one: Published, language: str) -> dict[str, Any]:
    text = say(language, "reform published paper" if one.on_paper else "reform published added")
    return {**_point(one.first.isoformat(), one.men, ""), "last": f"{one.last.isoformat()}T00:00:00", "text": text}


def _described(reform: Reform, births: Mapping[int, int], language: str, head: str) -> str:
    first = reform.effect(reform.after, births)
    span = next(one for one in PUBLISHED if one.first != one.last)
    start, end = (reform.effect(day, births) for day in (span.first, span.last))
    return say(
        language,
        "reform description",
        title=head,
        paper=number(language, first.on_paper),
        first=first.on,
        added=number(language, start.added),
        day=start.on,
        later=number(language, end.added),
        end=end.on,
    )
