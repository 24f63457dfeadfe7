"""Days, ages, numbers and lengths as a file writes them. Only digits 0-9 and the ISO order of a date are read."""

import re
from calendar import monthrange
from datetime import date

from safeconduct.rules.situation import Range
from safeconduct.rules.telling.faults import Code, fault
from safeconduct.values.days import FIRST_DAY, LAST_DAY, Days
from safeconduct.values.errors import Place

_COARSE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[./ -]([0-9]{1,2})[./ -]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[./ -]([0-9]{1,2})[./ -]([0-9]{1,2})(?:[T ][0-9]{2}:.*)?")
_AGE = re.compile(r"(?P<years>.+?)\s+on\s+(?P<day>.+)")
_LENGTH = re.compile(r"(?P<days>.+?)\s*days?")
_WHOLE = re.compile(r"[0-9]{1,6}")
_DECEMBER = 12
_OLDEST = 130
_HOW = "write a day as YYYY-MM-DD, YYYY-MM or YYYY; or two of these with .. between, one of which may be left out"


def read_days(text: str, place: Place) -> Days:
    """A day, or the days in which it lies; both ends included.

    Args:
        text: 1993, 1993-05, 1993-05-14, or two of these with `..` between; one end may be left out.
        place: Where it stands.
    Returns:
        The range of days; an open end lies at the end of the calendar that the engine knows.
    Raises:
        SituationError: In another form, no such day, outside that calendar, or the end lies before the beginning.
    """
    first, dots, last = (part.strip() for part in text.partition(".."))
    if not dots:
        return _coarse(first, place, text)
    if not first and not last:
        raise _not_a_day(text, place)
    earliest = _coarse(first, place, text).earliest if first else FIRST_DAY
    latest = _coarse(last, place, text).latest if last else LAST_DAY
    if latest < earliest:
        raise _ends_first(place, text)
    return Days(earliest=earliest, latest=latest)


def _ends_first(place: Place, text: str) -> Exception:
    return fault(
        Code.ENDS_BEFORE_IT_BEGINS,
        place,
        "this range ends before it begins",
        "write the earlier or smaller end first; both ends are included",
        offending=text,
    )


def _not_a_day(text: str, place: Place) -> Exception:
    return fault(
        Code.NOT_A_DAY, place, "a day is expected here, in ISO form", _HOW, offending=text, nearest=_iso_meant(text)
    )


def _iso_meant(text: str) -> str:
    """The ISO form of a date in another form, where it can be read in one way only; else ""."""
    if (match := _YEAR_FIRST.fullmatch(text)) is not None:
        year, month, day = (int(part) for part in match.groups())
    elif (match := _DAY_FIRST.fullmatch(text)) is not None:
        day, month, year = (int(part) for part in match.groups())
        if "/" in text and day != month and day <= _DECEMBER:
            # Day first in some countries, month first in others.
            if month <= _DECEMBER:
                return ""
            day, month = month, day
    else:
        return ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _coarse(text: str, place: Place, whole: str) -> Days:
    match = _COARSE.fullmatch(text)
    if match is None:
        raise _not_a_day(whole, place)
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if not date.fromordinal(FIRST_DAY).year <= year <= date.fromordinal(LAST_DAY).year:
        raise fault(
            Code.OUTSIDE_CALENDAR, place, "the year lies outside 1850 to 2199", "check the year", offending=whole
        )
    months = (month, month) if month else (1, _DECEMBER)
    if match[2] and not 1 <= month <= _DECEMBER:
        raise _no_such_day(place, whole)
    last = monthrange(year, months[1])[1]
    if match[3] and not 1 <= day <= last:
        raise _no_such_day(place, whole)
    first = date(year, months[0], day or 1)
    return Days(earliest=first.toordinal(), latest=date(year, months[1], day or last).toordinal())


def _no_such_day(place: Place, whole: str) -> Exception:
    return fault(
        Code.NO_SUCH_DAY,
        place,
        "the calendar has no such day or month",
        "check it; if only the month or the year is sure, write that alone",
        offending=whole,
    )


def read_number(text: str, place: Place) -> Range:
    """A whole number, or the numbers in which it lies: 22, 20..24, ..24, 20.. with both ends included.

    Raises:
        SituationError: No number from 0 to 999999, or the end is smaller than the beginning.
    """
    first, dots, last = (part.strip() for part in text.partition(".."))
    if not dots:
        last = first
    whole = [_WHOLE.fullmatch(part) is not None or (dots and not part) for part in (first, last)]
    if not all(whole) or not (first or last):
        raise fault(
            Code.NOT_A_NUMBER,
            place,
            "a whole number is expected here",
            "write a number such as 3, or two with .. between, such as 3..10",
            offending=text,
        )
    least, most = (int(part) if part else None for part in (first, last))
    if least is not None and most is not None and most < least:
        raise _ends_first(place, text)
    return Range(least=least, most=most)


def read_length(text: str, place: Place) -> Range:
    """A number of days: `10 days`, `3..10 days`. Months and weeks are refused: they are not days.

    Raises:
        SituationError: In another form, or the end is smaller than the beginning.
    """
    match = _LENGTH.fullmatch(text)
    if match is None:
        raise fault(
            Code.NOT_A_LENGTH,
            place,
            "a number of days is expected here",
            "write it as 10 days, or 3..10 days with both ends included",
            offending=text,
        )
    return read_number(match["days"], place)


def read_age(text: str, place: Place) -> Days:
    """The days on which somebody of that age was born.

    Args:
        text: `30 on 2023-12-12` or `28..32 on 2023-12-12`; the day may be coarse.
        place: Where it stands.
    Returns:
        Exactly the days of birth that give one of these ages on that day. An age is reached at the start of the
        birthday; born on 29 February, on 1 March of common years.
    Raises:
        SituationError: In another form, or an age that nobody reaches.
    """
    match = _AGE.fullmatch(text)
    if match is None:
        raise _not_an_age(text, place)
    day = read_days(match["day"].strip(), place)
    years = read_number(match["years"].strip(), place)
    least = 0 if years.least is None else years.least
    most = _OLDEST if years.most is None else years.most
    if not least <= most <= _OLDEST:
        raise _not_an_age(text, place)
    earliest = last_birth(day.earliest, most + 1) + 1
    latest = last_birth(day.latest, least)
    if latest < FIRST_DAY:
        raise _not_an_age(text, place)
    return Days(earliest=max(earliest, FIRST_DAY), latest=latest)


def _not_an_age(text: str, place: Place) -> Exception:
    return fault(
        Code.NOT_AN_AGE,
        place,
        "an age is expected here, with the day on which it was so",
        "write it as 30 on 2023-12-12, or 28..32 on 2023-12-12",
        offending=text,
    )


def last_birth(day: int, years: int) -> int:
    """The last day of birth (ordinal) from which so many years are complete at the start of `day`."""
    on = date.fromordinal(day)
    year = on.year - years
    # On 29 February nobody completes years born on 29 February of a year that has none: the 28th is the last such day.
    # On 1 March those born on 29 February complete them too, and 29 February lies before 1 March anyway.
    return date(year, on.month, min(on.day, monthrange(year, on.month)[1])).toordinal()
