"""Counting days of stay: "90 days in any 180" under each way of laying the period. Days are ordinals, all included.

A day of entry and a day of exit count whole; one date counts once. The models and their worked examples stand in the
law pages on stay: L looks back from the tested day, F lays fixed periods from the first entry, G asks for a gap outside
once the days are used up, E starts anew with every entry.
"""

from dataclasses import dataclass
from itertools import pairwise

from safeconduct.values.days import LAST_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A stay in the country.

    Args:
        entry: Day of entry, counted.
        departure: Day of exit, counted; None while it lasts.
    """

    entry: int
    departure: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What one model says.

    Args:
        used: Days used on the tested day.
        left: Days that the cap leaves after the tested day.
        last_lawful: Last lawful day of the present stay, the day before its entry if it has none; None for somebody
            outside.
        next_entry: First day on which an entry is possible; None for somebody inside.
    """

    used: int
    left: int
    last_lawful: int | None
    next_entry: int | None


def count(visits: tuple[Visit, ...], model: str, most: int, window: int | None, on: int) -> Counted:
    """What a model says on a day.

    Args:
        visits: In order, not overlapping, none begun after `on`; those not to be counted are left out before.
        model: L, F, G or E.
        most: Days allowed.
        window: Length of the period in days; None only for E.
        on: The tested day.
    Returns:
        Days used and left, and the last lawful day or the first possible entry.
    """
    days = {day for visit in visits for day in range(visit.entry, min(visit.departure or on, on) + 1)}
    present = bool(visits) and (visits[-1].departure is None or visits[-1].departure > on)
    if model == "E" or window is None:
        used = on - visits[-1].entry + 1 if present else 0
        last = visits[-1].entry + most - 1 if present else None
        return Counted(used=used, left=max(most - used, 0), last_lawful=last, next_entry=None if present else on)
    used = _used(visits, days, model, most, window, on)
    last = _last_lawful(visits, days, model, most, window) if present else None
    entry = None if present else _next_entry(visits, days, model, most, window, on)
    return Counted(used=used, left=max(most - used, 0), last_lawful=last, next_entry=entry)


def _starts(visits: tuple[Visit, ...], window: int) -> list[int]:
    """First days of the fixed periods: each begins with the first entry after the one before has ended."""
    starts: list[int] = []
    for visit in visits:
        if not starts or visit.entry >= starts[-1] + window:
            starts.append(visit.entry)
    return starts


def _since_gap(visits: tuple[Visit, ...], gap: int) -> int:
    """First day of the visits since the last absence of at least `gap` whole days."""
    first = visits[0].entry
    for before, after in pairwise(visits):
        if before.departure is not None and after.entry - before.departure - 1 >= gap:
            first = after.entry
    return first


def _used(  # noqa: PLR0913, PLR0917 -- the parts of one count
    visits: tuple[Visit, ...], days: set[int], model: str, most: int, window: int, on: int
) -> int:
    if not visits:
        return 0
    if model == "L":
        return sum(1 for day in days if on - window < day <= on)
    if model == "F":
        start = _starts(visits, window)[-1]
        departure = visits[-1].departure
        if on >= start + window and departure is not None and departure <= on:
            return 0
        # Who stays on past the end of a period is still in it: a new one needs a new entry.
        return sum(1 for day in days if day >= start)
    gap = window - most
    last = visits[-1].departure
    if last is not None and on - last >= gap:
        return 0
    first = _since_gap(visits, gap)
    return sum(1 for day in days if day >= first)


def _last_lawful(visits: tuple[Visit, ...], days: set[int], model: str, most: int, window: int) -> int:
    entry = visits[-1].entry
    before = {day for day in days if day < entry}
    if model == "F":
        start = _starts(visits, window)[-1]
        left = most - sum(1 for day in before if day >= start)
        # What follows the end of a period for somebody who stays is not said: the end is the safe day.
        return max(min(entry + left - 1, start + window - 1), entry - 1)
    if model == "G":
        first = _since_gap(visits, window - most)
        return max(entry + most - sum(1 for day in before if day >= first), entry) - 1
    day = max(entry, entry + most - 1 - len(before))
    while day < LAST_DAY:
        inside = sum(1 for old in before if old > day - window) + min(day - entry + 1, window)
        if inside > most:
            return day - 1
        day += 1
    return LAST_DAY


def _next_entry(  # noqa: PLR0913, PLR0917 -- the parts of one count
    visits: tuple[Visit, ...], days: set[int], model: str, most: int, window: int, on: int
) -> int:
    if not visits:
        return on
    if model == "F":
        start = _starts(visits, window)[-1]
        inside = sum(1 for day in days if day >= start)
        return max(on, start + window) if inside >= most else on
    if model == "G":
        first = _since_gap(visits, window - most)
        total = sum(1 for day in days if day >= first)
        last = visits[-1].departure
        return max(on, (last if last is not None else on) + window - most + 1) if total >= most else on
    day = on
    while sum(1 for old in days if day - window < old < day) + 1 > most:
        day += 1
    return day
