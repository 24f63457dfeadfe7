"""Days, ranges of days, and the calendar arithmetic that acts of law use.

Days are held as ordinals (1 = 1 January of year 1, as `date.toordinal`) where many are compared, and as `date` where
people read them. Months are not days: each way of adding them is named, and there is no default.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache

FIRST_DAY = date(1850, 1, 1).toordinal()
LAST_DAY = date(2199, 12, 31).toordinal()
"""The first and last day that the engine knows, both included; an open end of a range lies there."""

_FEBRUARY, _LEAP_DAY = 2, 29


class Rounding(Enum):
    """Where a month or year ends that has no such day.

    CLIP: on the last day of that month (31 January + 1 month = 28 or 29 February).
    ROLL: on the day after it (29 February + 1 year = 1 March): birthdays.
    """

    CLIP = "clip"
    ROLL = "roll"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Days:
    """A range of days in which one day lies.

    Args:
        earliest: Ordinal of the first possible day, inclusive.
        latest: Ordinal of the last possible day, inclusive.
    Raises:
        ValueError: If it holds no day, or days outside FIRST_DAY..LAST_DAY.
    """

    earliest: int
    latest: int

    def __post_init__(self) -> None:
        """Refuse an empty range."""
        if not FIRST_DAY <= self.earliest <= self.latest <= LAST_DAY:
            message = "a range of days needs a first day that is not after its last, within 1850..2199"
            raise ValueError(message)

    @property
    def is_one_day(self) -> bool:
        """Whether the day is known exactly."""
        return self.earliest == self.latest

    def cut(self, *, first: int | None = None, last: int | None = None) -> "Days | None":
        """The part from `first` to `last`, both included; None if nothing is left."""
        earliest = self.earliest if first is None else max(self.earliest, first)
        latest = self.latest if last is None else min(self.latest, last)
        return Days(earliest=earliest, latest=latest) if earliest <= latest else None

    def __str__(self) -> str:
        """One ISO date, or two with `..` between; an open end is left out."""
        if self.is_one_day:
            return iso(self.earliest)
        first = "" if self.earliest == FIRST_DAY else iso(self.earliest)
        last = "" if self.latest == LAST_DAY else iso(self.latest)
        return f"{first}..{last}"


ANY_DAY = Days(earliest=FIRST_DAY, latest=LAST_DAY)


def one_day(day: date) -> Days:
    """The range that holds just this day."""
    return Days(earliest=day.toordinal(), latest=day.toordinal())


def iso(ordinal: int) -> str:
    """The day as YYYY-MM-DD."""
    return date.fromordinal(ordinal).isoformat()


def _clamp(ordinal: int) -> int:
    return min(max(ordinal, FIRST_DAY), LAST_DAY)


@lru_cache(maxsize=65536)
def add_months(ordinal: int, months: int, rounding: Rounding) -> int:
    """The day so many months later (earlier if negative).

    Args:
        ordinal: The day counted from.
        months: Number of months; 12 for a year.
        rounding: What happens where the month has no such day.
    Returns:
        The ordinal of the day, kept within FIRST_DAY..LAST_DAY. It never falls as `ordinal` grows.
    """
    day = date.fromordinal(ordinal)
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    if year < date.fromordinal(FIRST_DAY).year:
        return FIRST_DAY
    if year > date.fromordinal(LAST_DAY).year:
        return LAST_DAY
    last = _days_in_month(year, month)
    if day.day <= last:
        return _clamp(date(year, month, day.day).toordinal())
    end = date(year, month, last).toordinal()
    return _clamp(end if rounding is Rounding.CLIP else end + 1)


def _days_in_month(year: int, month: int) -> int:
    if month == 12:  # noqa: PLR2004 -- December, whose next month lies in another year
        return 31
    return (date(year, month + 1, 1) - date(year, month, 1)).days


@lru_cache(maxsize=65536)
def shift(ordinal: int, months: int, days: int, rounding: Rounding) -> int:
    """Months first, then days; kept within FIRST_DAY..LAST_DAY. It never falls as `ordinal` grows."""
    moved = add_months(ordinal, months, rounding) if months else ordinal
    return _clamp(moved + days)


def latest_not_after(limit: int, months: int, days: int, rounding: Rounding) -> int:
    """The last day whose shift is not after `limit`: turns "18 years after birth <= day" into a limit on birth.

    Args:
        limit: Ordinal of the day that the shifted day must not pass.
        months: Months added.
        days: Days added.
        rounding: As in `add_months`.
    Returns:
        An ordinal, FIRST_DAY - 1 if there is no such day, LAST_DAY if every day is such a day.
    """
    low, high = FIRST_DAY - 1, LAST_DAY
    while low < high:
        middle = (low + high + 1) // 2
        if shift(middle, months, days, rounding) <= limit:
            low = middle
        else:
            high = middle - 1
    return low


def is_leap_birthday(ordinal: int) -> bool:
    """Whether somebody born on this day has a birthday on 1 March in common years."""
    day = date.fromordinal(ordinal)
    return (day.month, day.day) == (_FEBRUARY, _LEAP_DAY)
