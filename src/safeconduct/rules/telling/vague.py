"""Vague replies: "autumn 2022", "about 30". They become ranges that only widen, and are read back before they are used.

Source: the contract of a situation file: about 30 is 28 to 32; autumn is 1 September to 30 November.
"""

import re
from calendar import monthrange
from datetime import date

_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_SEASON = re.compile(r"(?:in |in the )?(spring|summer|autumn|fall|winter)(?: of)? (\d{4})")
_ABOUT = re.compile(r"(?:about|around|circa|c\.) (\d{4})(?:-(\d{2}))?")
_ABOUT_AGE = re.compile(r"(?:about|around) (\d{1,2})(?: years(?: old)?)?")
_AGE = re.compile(r"(\d{1,2})(?: years(?: old)?)?")
_YEARS_EITHER_SIDE, _MONTHS_EITHER_SIDE = 2, 1
_YEAR = 12


def days_meant(text: str) -> str:
    """The days of a vague reply as a file writes them; the reply itself where it is not vague.

    A winter is that which begins or that which ends in the year: both, since the words do not say.
    """
    told = text.strip().casefold()
    season = _SEASON.fullmatch(told)
    if season is not None:
        year = int(season[2])
        if season[1] == "winter":
            return f"{year - 1}-12-01..{_last_of(year + 1, 2)}"
        first, last = _SEASONS[season[1]]
        return f"{year}-{first:02}-01..{_last_of(year, last)}"
    about = _ABOUT.fullmatch(told)
    if about is None:
        return text.strip()
    year, month = int(about[1]), about[2]
    if month is None:
        return f"{year - 1}..{year + 1}"
    return f"{_moved(year, int(month), -_MONTHS_EITHER_SIDE)}..{_moved(year, int(month), _MONTHS_EITHER_SIDE)}"


def age_meant(text: str, on: date) -> str:
    """An age as a file writes it, about or exact; "" if the reply is none."""
    told = text.strip().casefold()
    about = _ABOUT_AGE.fullmatch(told)
    if about is not None:
        years = int(about[1])
        return f"{max(years - _YEARS_EITHER_SIDE, 0)}..{years + _YEARS_EITHER_SIDE} on {on}"
    exact = _AGE.fullmatch(told)
    return f"{exact[1]} on {on}" if exact is not None else ""


def _last_of(year: int, month: int) -> str:
    return f"{year}-{month:02}-{monthrange(year, month)[1]}"


def _moved(year: int, month: int, months: int) -> str:
    count = year * _YEAR + month - 1 + months
    return f"{count // _YEAR}-{count % _YEAR + 1:02}"
