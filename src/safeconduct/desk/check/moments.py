"""A day as somebody remembers it: a year, a month or a season, a day, or only about when. Pure, and in no language."""

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

SEASONS = ("spring", "summer", "autumn", "winter")
MONTHS = tuple(f"{month:02}" for month in range(1, 13))
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


class MomentFault(Enum):
    """What is wrong with a day."""

    NO_YEAR = "no year"
    NOT_A_YEAR = "not a year"
    NO_MONTH = "a day and no month"
    NO_SUCH_DAY = "no such day"
    VAGUE_END = "an end that is a season or only about"
    REVERSED = "the last day before the first"


class MomentError(ValueError):
    """A day that cannot be; it holds nothing of what was written.

    Args:
        fault: What is wrong with it.
    """

    def __init__(self, fault: MomentFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What was filled in.

    Args:
        year: As it was written.
        month: Two digits, a season, or "".
        day: As it was written.
        about: Whether it is only about so.
    """

    year: str = ""
    month: str = ""
    day: str = ""
    about: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was filled in."""
        return not (self.year or self.month or self.day or self.about)


def in_words(moment: Moment) -> str:
    """The words that say it, as `days_meant` takes them: "2022-09-21", "autumn 2022", "about 2022-09".

    What is both vague and only about so becomes wider, never narrower.

    Raises:
        MomentError: If it is no day, month, season or year.
    """
    if not moment.year:
        raise MomentError(MomentFault.NO_YEAR)
    if not (moment.year.isascii() and moment.year.isdecimal() and _FIRST_YEAR <= int(moment.year[:5]) <= _LAST_YEAR):
        raise MomentError(MomentFault.NOT_A_YEAR)
    if moment.month in SEASONS and not moment.day:
        return f"about {moment.year}" if moment.about else f"{moment.month} {moment.year}"
    if moment.day and moment.month not in MONTHS:
        raise MomentError(MomentFault.NO_MONTH)
    exact = "-".join(part for part in (moment.year, moment.month, _two_digits(moment)) if part)
    coarse = "-".join(part for part in (moment.year, moment.month) if part)
    return f"about {coarse}" if moment.about else exact


def between(first: Moment, last: Moment) -> str:
    """The words for some day between two, both included; either may be left open.

    Args:
        first: The first day, month or year that it can have been; may be empty.
        last: The last one; not empty.

    Raises:
        MomentError: If an end is none, or is vague, or they stand in the wrong order.
    """
    ends = []
    for end in (first, last):
        if end.about or end.month in SEASONS:
            raise MomentError(MomentFault.VAGUE_END)
        ends.append("" if end.is_empty else in_words(end))
    # Parts of equal length are compared: a year and a day of it may stand in either order.
    length = min(len(end) for end in ends)
    if ends[0][:length] > ends[1][:length]:
        raise MomentError(MomentFault.REVERSED)
    return "..".join(ends)


def _two_digits(moment: Moment) -> str:
    if not moment.day:
        return ""
    try:
        return f"{date(int(moment.year), int(moment.month), int(moment.day[:3])).day:02}"
    except ValueError:
        raise MomentError(MomentFault.NO_SUCH_DAY) from None


def moment_of(text: str) -> Moment | None:
    """What has to be filled in to say a day, a month or a year; None for everything vaguer."""
    found = _DAY.fullmatch(text)
    return None if found is None else Moment(year=found[1], month=found[2] or "", day=(found[3] or "").lstrip("0"))
