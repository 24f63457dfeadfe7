"""A timeline as a picture inside the page: one lane a finding, answers told by pattern and words, not by colour.

Shapes are computed here; the template draws them. The same days stand beside the picture as a table of words.
"""

from dataclasses import dataclass
from datetime import date

from safeconduct.rules.finding import Answer
from safeconduct.rules.timeline import Lane, Timeline

LEFT, WIDTH, HEAD, LANE, BAR = 20, 760, 40, 40, 12
_MOST_YEARS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The days of one answer.

    Args:
        x: Left edge.
        y: Upper edge.
        width: Width.
        answer: The answer.
        first: First day.
        last: Last day, included.
    """

    x: float
    y: int
    width: float
    answer: Answer
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One finding.

    Args:
        lane: The finding over time.
        y: Base line of its title.
        bars: Its answers.
    """

    lane: Lane
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is drawn.

    Args:
        height: In pixels; the width is 800.
        tracks: The findings.
        years: Where years begin: x and the year.
        unknown: How many findings are unknown on every day, and are not drawn.
    """

    height: int
    tracks: tuple[Track, ...]
    years: tuple[tuple[float, int], ...]
    unknown: int


def picture_of(found: Timeline) -> Picture:
    """The shapes of a timeline."""
    told = [lane for lane in found.lanes if any(one.answer is not Answer.UNKNOWN for one in lane.segments)]
    tracks = tuple(_track(found, lane, HEAD + LANE * number) for number, lane in enumerate(told))
    years = range(found.first.year + 1, found.last.year + 1)
    step = len(years) // _MOST_YEARS + 1
    return Picture(
        height=HEAD + LANE * len(told) + 10,
        tracks=tracks,
        years=tuple((_x(found, date(year, 1, 1)), year) for year in years[::step]),
        unknown=len(found.lanes) - len(told),
    )


def _track(found: Timeline, lane: Lane, y: int) -> Track:
    bars = []
    for segment in lane.segments:
        x = _x(found, segment.first)
        end = _x(found, date.fromordinal(segment.last.toordinal() + 1))
        bars.append(
            Bar(
                x=x,
                y=y + 18,
                width=round(end - x, 1),
                answer=segment.answer,
                first=segment.first,
                last=segment.last,
            )
        )
    return Track(lane=lane, y=y + 12, bars=tuple(bars))


def _x(found: Timeline, day: date) -> float:
    """Where a day begins; the day after the last is the right edge."""
    return round(LEFT + WIDTH * (day - found.first).days / ((found.last - found.first).days + 1), 1)
