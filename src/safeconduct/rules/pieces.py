"""The calendar in pieces: runs of days that a move by months carries along unchanged, or onto one and the same day."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from safeconduct.rules.formula import Moved, Whole
from safeconduct.values.days import FIRST_DAY, LAST_DAY, Rounding

LONGEST_PIECE = 200
"""Days looked at on either side; a longer run is told in several pieces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of days and where they are moved to.

    Args:
        first: First day of the run, inclusive.
        last: Last day of the run, inclusive.
        offset: What is added to each of the days; None if all of them are moved to one day.
        day: The day to which the first of them is moved.
    """

    first: int
    last: int
    offset: int | None
    day: int


def piece_at(moved: Moved, variable: Whole, number: int) -> Piece:
    """The piece around one day, within what is possible.

    Args:
        moved: How days are moved.
        variable: The variable that is moved; its ends bound the piece.
        number: The day, as ordinal.
    Returns:
        A piece that holds the day; at most LONGEST_PIECE further days on either side.
    """
    least, most = max(variable.low, number - LONGEST_PIECE), min(variable.high, number + LONGEST_PIECE)
    step = 1 if number == most else moved.at(number + 1) - moved.at(number)
    if step not in (0, 1):
        step = 1
    first = last = number
    while last < most and moved.at(last + 1) - moved.at(last) == step:
        last += 1
    while first > least and moved.at(first) - moved.at(first - 1) == step:
        first -= 1
    day = moved.at(first)
    return Piece(first=first, last=last, offset=day - first if step else None, day=day)


def pieces(moved: Moved, variable: Whole, at_most: int) -> tuple[Piece, ...] | None:
    """All pieces of what is possible, in order, neighbours may share a day; None if there are more than `at_most`."""
    found: list[Piece] = []
    number = variable.low
    while number <= variable.high:
        if len(found) == at_most:
            return None
        found.append(piece_at(moved, variable, number))
        number = found[-1].last + 1
    return tuple(found)


def offsets(moved: Moved) -> tuple[int, int]:
    """The least and the greatest number of days by which it moves a day, unless the end of all days stops it."""
    least, most = _offsets_of_months(moved.months, moved.rounding)
    return least + moved.days, most + moved.days


@lru_cache(maxsize=256)
def _offsets_of_months(months: int, rounding: Rounding) -> tuple[int, int]:
    starts = _starts_of_months()
    found = {0} if abs(months) >= len(starts) - 1 else set()  # so far that every day is stopped
    for here in range(max(-months, 0), min(len(starts) - 1, len(starts) - 1 - months)):
        there = here + months
        offset = starts[there] - starts[here]
        found.add(offset)
        # Days that the other month does not have: the last of them is moved the least far.
        missing = (starts[here + 1] - starts[here]) - (starts[there + 1] - starts[there])
        if missing > 0:
            found.add(offset - missing if rounding is Rounding.CLIP else offset - missing + 1)
    return min(found), max(found)


@lru_cache(maxsize=1)
def _starts_of_months() -> tuple[int, ...]:
    """The first day of every month that the engine knows, and of the one after."""
    years = range(date.fromordinal(FIRST_DAY).year, date.fromordinal(LAST_DAY).year + 1)
    starts = [date(year, month, 1).toordinal() for year in years for month in range(1, 13)]
    return (*starts, LAST_DAY + 1)


def stops(moved: Moved) -> tuple[int, int]:
    """Where days end up that would leave what the engine knows: not after the first of these, or not before the last.

    Months are stopped before days are added, so days added after months that were stopped lead back inside.
    """
    return FIRST_DAY + max(moved.days, 0), LAST_DAY + min(moved.days, 0)
