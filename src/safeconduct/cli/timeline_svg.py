"""A timeline as a picture: one lane a finding, answers by pattern and not by colour, changes of law as numbered lines.

Made from `timeline.svg`; it holds no metadata, loads nothing, and each lane says its days to a screen reader.
"""

from collections.abc import Iterator
from datetime import date
from html import escape
from importlib.resources import files
from string import Template
from textwrap import wrap

from safeconduct.cli import timeline_wording as wording
from safeconduct.packs.position.wording import id_list
from safeconduct.rules.finding import Answer
from safeconduct.rules.marks import MarkKind
from safeconduct.rules.timeline import NOTHING_ELSE, Lane, Segment, Timeline
from safeconduct.rules.tree import Kind

LEFT, WIDTH = 20, 760
_KEY_Y, _AXIS_Y, _NUMBERS_Y, _NUMBER_ROWS = 48, 78, 94, 5
_TOP = _NUMBERS_Y + 14 * _NUMBER_ROWS
_LANE, _BAR_Y, _BAR = 36, 16, 11
_LINE, _SIGNS = 16, 112
_MOST_YEARS = 14
_NUMBER_WIDTH, _DIGIT = 20, 7
_SPACE = ("", "")
_FILLS = {Answer.YES: "#000", Answer.UNKNOWN: "url(#dots)", Answer.DISPUTED: "url(#lines)"}


def picture(found: Timeline) -> str:
    """The timeline as the text of an SVG of 800 pixels in width, readable in black and white."""
    changes = _law_changes(found)
    drawn = [lane for lane in found.lanes if _tells(lane)]
    left_out = [lane.id for lane in found.lanes if not _tells(lane)]
    notes = [
        line
        for number, (day, text) in enumerate(changes, start=1)
        for line in _note(f"{number}.", wording.law_note(day, *text))
    ]
    beside = [wording.not_drawn(left_out)] if left_out else []
    for texts in (beside, found.warnings):
        notes += [_SPACE, *(("", line) for text in texts for line in _wrapped(text))] if texts else []
    days = [day for day, _ in changes]
    lanes_end = _TOP + _LANE * len(drawn)
    template = Template(files("safeconduct.cli").joinpath("timeline.svg").read_text(encoding="utf-8"))
    return template.substitute(
        height=lanes_end + 24 + _LINE * len(notes) + 10,
        title=escape(wording.head(found.first, found.last)),
        description=escape(wording.picture_description(len(drawn), len(changes), NOTHING_ELSE)),
        key="\n".join(_key()),
        axis="\n".join(_axis(found, lanes_end)),
        law="\n".join(_law_lines(found, days, lanes_end)),
        lanes_label=escape(wording.LANES),
        lanes="\n".join(_lane(found, lane, _TOP + _LANE * index, days) for index, lane in enumerate(drawn)),
        law_label=escape(wording.LAW_CHANGES),
        notes="\n".join(_notes(notes, lanes_end + 24)),
    )


def _tells(lane: Lane) -> bool:
    """Whether a lane says more than that it may be so: what is open on every day would bury the rest of the picture.

    A deadline that may be running is always drawn.
    """
    return lane.kind is Kind.DEADLINE or any(
        segment.answer in (Answer.YES, Answer.DISPUTED) for segment in lane.segments
    )


def _x(found: Timeline, day: date) -> float:
    """Where a day begins, in pixels; the day after the last is the right edge."""
    return round(LEFT + WIDTH * (day - found.first).days / ((found.last - found.first).days + 1), 1)


def _end(found: Timeline, segment: Segment) -> float:
    return _x(found, date.fromordinal(segment.last.toordinal() + 1))


# --- above the lanes -------------------------------------------------------------------------------------------


def _key() -> Iterator[str]:
    for index, (answer, text) in enumerate(wording.KEY):
        x = LEFT + 190 * index
        yield _bar(answer, x, _KEY_Y - 10, 30)
        yield f'<text x="{x + 38}" y="{_KEY_Y}">{escape(text)}</text>'


def _bar(answer: Answer, x: float, y: float, width: float) -> str:
    if answer is Answer.NO:
        middle = y + _BAR / 2
        return f'<line x1="{x}" y1="{middle}" x2="{round(x + width, 1)}" y2="{middle}" stroke="#000"/>'
    fill = _FILLS[answer]
    return f'<rect x="{x}" y="{y}" width="{width}" height="{_BAR}" fill="{fill}" stroke="#000" stroke-width="0.8"/>'


def _axis(found: Timeline, bottom: int) -> Iterator[str]:
    """The years, every one or every few; the first day asked at the left edge."""
    years = range(found.first.year + 1, found.last.year + 1)
    step = len(years) // _MOST_YEARS + 1
    yield f'<text x="{LEFT}" y="{_AXIS_Y}">{found.first}</text>'
    for year in years[::step]:
        x = _x(found, date(year, 1, 1))
        yield f'<line x1="{x}" y1="{_AXIS_Y + 4}" x2="{x}" y2="{bottom}" stroke="#ccc"/>'
        if x > LEFT + 80:
            yield f'<text x="{x}" y="{_AXIS_Y}" text-anchor="middle">{year}</text>'


def _law_changes(found: Timeline) -> list[tuple[date, tuple[tuple[str, ...], str]]]:
    """The days on which law changes, each with its acts and the findings it bears on."""
    days: dict[date, tuple[dict[str, None], list[str]]] = {}
    for mark in found.marks:
        if mark.kind is MarkKind.LAW:
            acts, ids = days.setdefault(mark.day, ({}, []))
            acts.update(dict.fromkeys(mark.act.split("; ")))
            ids.append(mark.id)
    return [(day, (tuple(acts), id_list(list(dict.fromkeys(ids))))) for day, (acts, ids) in sorted(days.items())]


def _law_lines(found: Timeline, days: list[date], bottom: int) -> Iterator[str]:
    """Dashed lines with a number each; numbers that would touch stand in rows under one another."""
    ends = [float("-inf")] * _NUMBER_ROWS
    numbers = []
    for number, day in enumerate(days, start=1):
        x = _x(found, day)
        row = next((index for index, end in enumerate(ends) if end <= x), ends.index(min(ends)))
        ends[row] = x + _NUMBER_WIDTH
        y = _NUMBERS_Y + 14 * row
        yield f'<line x1="{x}" y1="{y + 2}" x2="{x}" y2="{bottom}" stroke="#000" stroke-dasharray="5 4"/>'
        # White behind the number, and after all lines: one of another day must not run through it.
        half = _DIGIT * len(str(number)) / 2 + 1
        numbers.append(
            f'<rect x="{round(x - half, 1)}" y="{y - 10}" width="{2 * half}" height="12" fill="#fff"/>'
            f'<text x="{x}" y="{y}" text-anchor="middle" font-weight="bold">{number}</text>'
        )
    yield from numbers


# --- lanes and notes -------------------------------------------------------------------------------------------


def _lane(found: Timeline, lane: Lane, y: int, days: list[date]) -> str:
    text = f"{lane.id}  {lane.title}"
    short = text if len(text) <= _SIGNS else text[: _SIGNS - 1] + "…"
    bars = "".join(_segment(found, lane, segment, y + _BAR_Y) for segment in lane.segments)
    # The lines of the law again, with a white edge: a black bar would hide them.
    lines = "".join(f"M{_x(found, day)} {y + _BAR_Y - 2}v{_BAR + 4}" for day in days)
    law = f'<path d="{lines}" stroke="#fff" stroke-width="2.6"/><path d="{lines}" stroke="#000"/>' if days else ""
    # White behind the words, so that the lines of the law do not run through them.
    behind = f'<rect x="{LEFT}" y="{y}" width="{min(7 * len(short), WIDTH)}" height="14" fill="#fff"/>'
    return (
        f'<g role="listitem" aria-label="{escape(wording.lane_label(lane))}">{behind}'
        f'<text x="{LEFT}" y="{y + 11}" aria-hidden="true">{escape(short)}</text>{bars}{law}</g>'
    )


def _segment(found: Timeline, lane: Lane, segment: Segment, y: int) -> str:
    x, end = _x(found, segment.first), _end(found, segment)
    title = escape(wording.segment_line(lane, segment))
    return f"<g><title>{title}</title>{_bar(segment.answer, x, y, round(end - x, 1))}</g>"


def _wrapped(text: str) -> list[str]:
    return wrap(text, _SIGNS, break_on_hyphens=False)


def _note(number: str, text: str) -> Iterator[tuple[str, str]]:
    for index, line in enumerate(_wrapped(text)):
        yield (number if index == 0 else "", line)


def _notes(lines: list[tuple[str, str]], top: int) -> Iterator[str]:
    for index, (number, line) in enumerate(lines):
        if (number, line) == _SPACE:
            continue
        y = top + _LINE * index
        lead = f'<tspan x="{LEFT}" font-weight="bold">{number}</tspan>' if number else ""
        yield f'<text role="listitem" y="{y}">{lead}<tspan x="{LEFT + 26}">{escape(line)}</tspan></text>'
