"""Counts by group as a chart: one bar a group and provision, a part of it for each answer."""

from dataclasses import dataclass, replace
from typing import Any

import altair as alt

from safeconduct.population.ages import AGE, OVER, UNDER, UNTOLD
from safeconduct.population.burden_charts import Picture
from safeconduct.population.charts import ACCENT, MUTED, OTHER, inline, titled
from safeconduct.population.grouped import LEAST, Counts, Grouped
from safeconduct.population.words import number, say
from safeconduct.values.errors import QuestionError

ROWS_AT_MOST = 80
_ROW, _WIDTH, _LABEL = 19, 520, 260
_COLOURS = {
    "yes": ACCENT,
    "becomes": ACCENT,
    "ceases": OTHER,
    "stays": "#e9a28f",
    "disputed": "#e9b44c",
    "unknown": MUTED,
    "no": "#dfe3e8",
    "never": "#dfe3e8",
}
"""Whom a law reaches stands out; who is not reached recedes; unknown is a grey of its own, never one of the two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What stands on the chart beside the counts.

    Args:
        title: What it shows.
        below: Days, made or real, digest: what the reader must know first.
        notes: What must not be read from it.
        left_out: An answer that is not drawn, because it would dwarf the others; "" for none.
    """

    title: str
    below: tuple[str, ...]
    notes: tuple[str, ...]
    left_out: str = ""


def group_chart(found: Grouped, said: Said, language: str) -> Picture:
    """Bars by group.

    Args:
        found: The counts.
        said: What stands beside them.
        language: en or ru.
    Raises:
        QuestionError: If there are more bars than one can read.
    """
    drawn_answers = (answer for answer in found.answers if answer != said.left_out)
    order = sorted(drawn_answers, key=list(_COLOURS).index)
    names = {answer: say(language, f"group {answer}") for answer in order}
    drawn_counts = tuple(one for one in found.counts if _shows(one, found.answers, order))
    if len(drawn_counts) > ROWS_AT_MOST:
        raise QuestionError(
            f"a chart of {len(drawn_counts)} bars cannot be read",
            remedy="name one provision, or fewer columns to group by; text and csv hold everything",
            code="OUT04",
        )
    bars, hidden = _rows(replace(found, counts=drawn_counts), language, names, order)
    labels = list(dict.fromkeys(row["label"] for row in bars))
    y = alt.Y("label:N", sort=labels, title=None, axis=alt.Axis(labelLimit=_LABEL, ticks=False, domain=False))
    axis = alt.Axis(orient="top", grid=True, tickCount=6, format=",d", tickMinStep=1)
    x = alt.X("people:Q", stack="zero", title=say(language, "group axis"), axis=axis)
    colour = alt.Color(
        "answer:N",
        scale=alt.Scale(domain=[names[one] for one in order], range=[_COLOURS[one] for one in order]),
        legend=alt.Legend(orient="top", title=None, columns=3, labelLimit=300, symbolType="square", offset=10),
    )
    drawn = (
        alt.Chart(inline(bars))
        .mark_bar(height=_ROW - 6)
        .encode(y=y, x=x, color=colour, order=alt.Order("place:Q"))
        .properties(width=_WIDTH, height=_ROW * max(len(labels), 1))
    )
    marks = (
        alt.Chart(inline(hidden))
        .mark_text(align="left", dx=5, fontSize=10, color=MUTED)
        .encode(y=y, x=alt.X("end:Q"), text="text:N")
    )
    notes = [*said.notes, say(language, "group withheld", least=LEAST)]
    if said.left_out:
        notes.append(say(language, "group left out", answer=say(language, f"group {said.left_out}")))
    if len(drawn_counts) < len(found.counts):
        notes.append(say(language, "group nobody drawn", bars=len(found.counts) - len(drawn_counts)))
    whole = alt.layer(drawn, marks)
    chart = titled(whole, title=said.title, below=list(said.below), notes=notes)
    described = say(language, "group description", title=said.title, bars=len(drawn_counts))
    return Picture(chart=chart, language=language, title=said.title, description=described)


def _shows(one: Counts, answers: tuple[str, ...], order: list[str]) -> bool:
    """Whether anything of a bar is drawn, or withheld."""
    return any(cell is None or (cell and answer in order) for answer, cell in zip(answers, one.cells, strict=True))


def _rows(
    found: Grouped, language: str, names: dict[str, str], order: list[str]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The parts of the bars, and for bars with withheld parts what is written at their end."""
    several = len({one.id for one in found.counts}) > 1
    bars: list[dict[str, Any]] = []
    hidden: list[dict[str, Any]] = []
    for one in found.counts:
        shown = [_value(name, value, language) for name, value in zip(found.by, one.group, strict=True)]
        label = " · ".join([*shown, one.id] if several or not shown else shown)
        cells = dict(zip(found.answers, one.cells, strict=True))
        missing = [names[answer] for answer in order if cells[answer] is None]
        bars += [
            {"label": label, "answer": names[answer], "people": cells[answer] or 0, "place": order.index(answer)}
            for answer in order
        ]
        if missing:
            text = say(language, "group missing", answers=", ".join(missing))
            end = sum(cells[answer] or 0 for answer in order)
            hidden.append({"label": label, "end": end, "text": text})
    return bars, hidden


def _value(column: str, value: str, language: str) -> str:
    """The value of a column as the language says it; words of ages are ours, all others the file's."""
    if column == AGE:
        value = {
            UNTOLD: say(language, "age unknown"),
            UNDER: say(language, "age under"),
            OVER: say(language, "age over"),
        }.get(value, value)
    return value or say(language, "group untold")


def people_said(language: str, people: int) -> str:
    """How many people were counted."""
    return say(language, "group people", people=number(language, people))
