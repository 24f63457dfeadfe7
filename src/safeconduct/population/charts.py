"""From a chart's description to a picture, without a browser and without a network."""

from typing import Any, Literal
from xml.sax.saxutils import escape

import altair as alt
import vl_convert

_FONT = "Open Sans, DejaVu Sans, sans-serif"
INK, MUTED, ACCENT, OTHER = "#1f2933", "#5f6c7b", "#9b2226", "#005f73"
"""Readable on white, and apart from one another in every common form of colour blindness."""
_LOCALES: dict[str, Literal["en-US", "ru-RU"]] = {"en": "en-US", "ru": "ru-RU"}
Chart = alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart


def inline(rows: list[dict[str, Any]]) -> alt.InlineData:
    """Rows as the data of a chart."""
    return alt.InlineData(values=rows)


def titled(chart: Chart, *, title: str, below: list[str], notes: list[str]) -> Chart:
    """The chart with its title, what stands under the title, and notes at its foot; fonts and colours set.

    Args:
        chart: A chart that fits 80 letters of text in its width.
        title: What it shows.
        below: Source, days, made or real: what the reader must know first.
        notes: What must not be read from it.
    """
    foot = (
        alt.Chart(inline([{}]))
        .mark_text(align="left", baseline="top", x=0, y=0, fontSize=11, color=MUTED, lineHeight=15)
        .encode(text=alt.value(notes))
        .properties(height=15 * len(notes), width=560)
    )
    head = alt.TitleParams(
        text=title, subtitle=below, anchor="start", fontSize=16, subtitleFontSize=11, subtitleColor=MUTED, offset=14
    )
    whole = alt.vconcat(chart, foot, spacing=14).properties(title=head)
    axis = {"labelFontSize": 11, "titleFontSize": 12, "titleFontWeight": "normal", "labelColor": INK, "titleColor": INK}
    drawn: alt.VConcatChart = (
        whole.configure(font=_FONT, padding=16, background="white")
        .configure_axis(**axis, gridColor="#e4e7eb", domainColor="#9aa5b1", tickColor="#9aa5b1")
        .configure_view(stroke=None)
        .configure_legend(labelFontSize=11, titleFontSize=11, titleFontWeight="normal")
    )
    return drawn


def svg(chart: Chart, *, language: str, title: str, description: str) -> str:
    """The chart as SVG, with a title and a description for those who hear it.

    Args:
        chart: From `titled`.
        language: en or ru; decides how numbers are written.
        title: Its title.
        description: What a reader sees in it, in a sentence or two.
    """
    drawn = vl_convert.vegalite_to_svg(_spec(chart), format_locale=_LOCALES[language], allowed_base_urls=[])
    opening, _, rest = drawn.partition(">")
    named = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    return f'{opening} role="img" lang="{language}">{named}{rest}\n'


def png(chart: Chart, *, language: str) -> bytes:
    """The chart as PNG, twice as fine as a screen."""
    return bytes(
        vl_convert.vegalite_to_png(_spec(chart), scale=2, format_locale=_LOCALES[language], allowed_base_urls=[])
    )


def _spec(chart: Chart) -> dict[str, Any]:
    return dict(chart.to_dict())
