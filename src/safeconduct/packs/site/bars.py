"""The days on which a text is in force, as a bar over the years: a picture with its words, also in black and white."""

from datetime import date

from safeconduct.packs.site.markup import Markup, tag
from safeconduct.rules.tree import Span

FIRST_YEAR, LAST_YEAR = 2022, 2028
_WIDTH, _HEIGHT, _BAR = 560, 34, 12


def in_force(span: Span) -> str:
    """The days of a text in words."""
    first = f"from {span.first}" if span.first else "since before these pages begin"
    return f"In force {first}, " + (f"until {span.last}, that day included" if span.last else "with no end so far")


def bar(span: Span) -> Markup:
    """The picture: years below, a filled bar where the text is in force."""
    begin = _place(span.first) if span.first else 0.0
    end = _place(span.last, after=True) if span.last else float(_WIDTH)
    years = range(FIRST_YEAR, LAST_YEAR)
    step = _WIDTH / len(years)
    lines = [
        tag("line", x1=f"{index * step:.1f}", x2=f"{index * step:.1f}", y1="0", y2=str(_BAR + 4), class_="year")
        for index in range(1, len(years))
    ]
    names = [
        tag("text", str(year), x=f"{index * step + 3:.1f}", y=str(_HEIGHT - 4)) for index, year in enumerate(years)
    ]
    shown = tag("rect", x=f"{begin:.1f}", y="2", width=f"{max(2.0, end - begin):.1f}", height=str(_BAR), class_="force")
    frame = tag("rect", x="0.5", y="2", width=str(_WIDTH - 1), height=str(_BAR), class_="frame")
    return tag(
        "svg",
        tag("title", in_force(span)),
        frame,
        shown if end > 0 and begin < _WIDTH else None,
        lines,
        names,
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        role="img",
        class_="bar",
    )


def _place(day: date, *, after: bool = False) -> float:
    """Where a day lies on the bar, within its ends."""
    first, last = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 1, 1).toordinal()
    share = (day.toordinal() + after - first) / (last - first)
    return min(1.0, max(0.0, share)) * _WIDTH
