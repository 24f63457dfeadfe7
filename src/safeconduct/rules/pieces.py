"""The calendar in pieces: runs of days that a move by months carries along unchanged, or onto one and the same day."""

from dataclasses import dataclass

from safeconduct.rules.formula import Moved, Whole
from safeconduct.values.days import FIRST_DAY, LAST_DAY

LONGEST_PIECE = 200
"""Days looked at on either side; a longer run is told in several pieces."""

_DAYS_IN_400_YEARS, _MONTHS_IN_400_YEARS = 146_097, 4800
_SWAY = 7
"""How far so many months in a row can be from as many average months, in days: months of 28 to 31 days, leap years,
the two centuries without one, and the day by which months may be rounded up."""


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
    """All pieces of what is possible, in order; None if there are more than `at_most`."""
    found: list[Piece] = []
    number = variable.low
    while number <= variable.high:
        if len(found) == at_most:
            return None
        found.append(piece_at(moved, variable, number))
        number = found[-1].last + 1
    return tuple(found)


def offsets(moved: Moved) -> tuple[int, int]:
    """The least and the greatest number of days by which it can move a day, unless an end of all days stops it."""
    average = moved.months * _DAYS_IN_400_YEARS // _MONTHS_IN_400_YEARS + moved.days
    sway = _SWAY if moved.months else 0
    return average - sway, average + sway


def stops(moved: Moved) -> tuple[int, int]:
    """Where days are stopped that would leave what the engine knows: no later at the first end, no earlier at the last.

    Months are stopped before days are added, so days added after months that were stopped lead back inside.
    """
    return FIRST_DAY + max(moved.days, 0), LAST_DAY + min(moved.days, 0)
