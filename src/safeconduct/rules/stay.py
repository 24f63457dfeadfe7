"""The stay rules for one person: which text governs the present stay, and what its models say of the days left."""

from dataclasses import dataclass
from datetime import date
from itertools import product, zip_longest
from math import prod
from typing import TYPE_CHECKING

from safeconduct.rules.counting import Counted, Visit, count
from safeconduct.rules.finding import DayRange, StayFound
from safeconduct.rules.formula import HOLDS, Moved, Within, conjunction
from safeconduct.rules.people import Instance
from safeconduct.rules.tree import Pattern, Provision, Stay
from safeconduct.values.days import FIRST_DAY, LAST_DAY, Days

if TYPE_CHECKING:
    from safeconduct.rules.formula import Formula
    from safeconduct.rules.ground import Ground

ENTERED, LEFT = "entered", "left_country"
MOST_COMBINATIONS = 4_000
"""More ways than this to place inexact days are not tried one by one: the answer is then unknown."""


def last_lawful_days(ground: "Ground", country: str, use: str) -> tuple[tuple["Formula", Moved], ...]:
    """The last lawful day of the present stay, for each entry that may have begun it and each text that may govern it.

    Where models of counting disagree, or days are not exact, the day lies anywhere between the least and the greatest.
    """
    people = ground.people
    options: list[tuple[Formula, Moved]] = []
    exits = Pattern(LEFT, country)
    for one in people.instances(Pattern(ENTERED, country), f"{use} entry"):
        entry = people.own_day(one)
        present = ground.not_followed(entry, exits, f"{use} exit {one.label}")
        for provision in ground.corpus.provisions.values():
            stay = provision.stay
            if stay is None or stay.country != country:
                continue
            governs = conjunction([one.exists, Within(entry, None, ground.asked), present, _governs(stay, entry)])
            options.append((governs, _last_day(ground, stay, provision.id, one, entry)))
    return tuple(options)


def _governs(stay: Stay, entry: Moved) -> "Formula":
    first = Moved(None, stay.since.toordinal()) if stay.since is not None else None
    last = Moved(None, stay.until.toordinal()) if stay.until is not None else None
    return Within(entry, first, last)


def _last_day(ground: "Ground", stay: Stay, name: str, one: Instance, entry: Moved) -> Moved:
    if stay.window_days is None:
        return Moved(entry.variable, entry.base, 0, stay.most_days - 1)
    days = _last_days(ground, stay, one) if one.event is not None else []
    # Visits of which nothing was told may have used up all days: then the last lawful day lies before the entry.
    low, high = (min(days), max(days)) if days else (entry.low(0) - 1, LAST_DAY)
    key = ("last lawful", name, one.label)
    return Moved(None, low) if low == high else Moved(ground.people.whole(key, ENTERED, low, high))


def _last_days(ground: "Ground", stay: Stay, one: Instance) -> list[int]:
    """The last lawful day of the stay that an entry begins, by each model, for each way to place the days."""
    found = []
    for placed in _placed(ground, stay) or []:
        day = placed.entries[one.label]
        if _entry_days(stay, Days(earliest=day, latest=day)) is not None:
            visits = [visit for visit in placed.visits if visit.entry <= day]
            visits[-1] = Visit(entry=day, departure=None)
            counted = _counted(stay, visits, day)
            found += [count(counted, model, stay.most_days, stay.window_days, day).last_lawful for model in stay.models]
    return [day for day in found if day is not None]


def _entry_days(stay: Stay, days: Days) -> Days | None:
    """The days of an entry that the text governs."""
    first = stay.since.toordinal() if stay.since is not None else None
    last = stay.until.toordinal() if stay.until is not None else None
    return days.cut(first=first, last=last)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """One way in which the visits may have been.

    Args:
        entries: The day of each entry told, by the label of its event.
        visits: The visits, in order.
    """

    entries: dict[str, int]
    visits: list[Visit]


def _told(ground: "Ground", event: str, country: str) -> list[Instance]:
    return [one for one in ground.people.instances(Pattern(event, country), "stay") if one.event is not None]


def _crossings(ground: "Ground", country: str) -> tuple[list[Instance], list[Instance]] | None:
    """All entries and exits; None if some may not have been told, or may be of another country, or only a try."""
    if any(ground.people.may_be_more(Pattern(event, country)) for event in (ENTERED, LEFT)):
        return None
    ins, outs = _told(ground, ENTERED, country), _told(ground, LEFT, country)
    return None if any(one.exists != HOLDS for one in (*ins, *outs)) else (ins, outs)


def _placed(ground: "Ground", stay: Stay) -> list[_Placed] | None:
    """Every way to place the days of all visits; None if that cannot be told, or there are too many."""
    crossings = _crossings(ground, stay.country)
    if crossings is None:
        return None
    ins, outs = crossings
    ranges = [one.event.on for one in (*ins, *outs) if one.event is not None]
    if prod(days.latest - days.earliest + 1 for days in ranges) > MOST_COMBINATIONS:
        return None
    found = []
    for chosen in product(*(range(days.earliest, days.latest + 1) for days in ranges)):
        visits = _visits(sorted(chosen[: len(ins)]), sorted(chosen[len(ins) :]))
        if visits is not None:
            entries = dict(zip((one.label for one in ins), chosen, strict=False))
            found.append(_Placed(entries=entries, visits=visits))
    return found


def _visits(entries: list[int], exits: list[int]) -> list[Visit] | None:
    """The visits between entries and exits; None if these do not take turns."""
    if not len(entries) - 1 <= len(exits) <= len(entries):
        return None
    if any(end < entry for entry, end in zip(entries, exits, strict=False)):
        return None
    if any(entry < end for entry, end in zip(entries[1:], exits, strict=False)):
        return None
    return [Visit(entry=entry, departure=end) for entry, end in zip_longest(entries, exits)]


def _counted(stay: Stay, visits: list[Visit], on: int) -> tuple[Visit, ...]:
    """The visits begun by a day that count against the limit."""
    before = stay.not_counted_before.toordinal() if stay.not_counted_before is not None else FIRST_DAY
    return tuple(visit for visit in visits if before <= visit.entry <= on)


def stay_found(ground: "Ground", provision: Provision, on: int) -> StayFound | None:
    """What a stay rule says to the person on a day; None if it governs no visit that was told.

    Args:
        ground: The person.
        provision: A provision with a stay rule.
        on: The tested day, as ordinal.
    """
    stay = provision.stay
    if stay is None:
        return None
    told = [one.event.on for one in _told(ground, ENTERED, stay.country) if one.event is not None]
    governed = [days for entry in told if (days := _entry_days(stay, entry)) is not None]
    if not governed:
        return None
    if stay.window_days is None:
        return _each_entry(ground, stay, governed, on)
    found = [(model, counted) for placed in _placed(ground, stay) or [] for model, counted in _models(stay, placed, on)]
    by_model = {model: [counted for name, counted in found if name == model] for model in stay.models}
    last = {model: _range([one.last_lawful for one in by_model[model]]) for model in stay.models}
    entry = {model: _range([one.next_entry for one in by_model[model]]) for model in stay.models}
    lasts = [days.earliest for days in last.values() if days is not None and days.earliest is not None]
    entries = [days.latest for days in entry.values() if days is not None and days.latest is not None]
    return StayFound(
        rule=_rule(stay),
        used={model: _least_most([one.used for one in by_model[model]]) for model in stay.models},
        left={model: _least_most([one.left for one in by_model[model]]) for model in stay.models},
        last_lawful=last,
        next_entry=entry,
        safe=min(lasts) if lasts else max(entries) if entries else None,
    )


def _models(stay: Stay, placed: _Placed, on: int) -> list[tuple[str, Counted]]:
    """What each model says; nothing on the days of a visit that does not count."""
    counted = _counted(stay, placed.visits, on)
    begun = [visit for visit in placed.visits if visit.entry <= on]
    if begun and begun[-1] not in counted and (begun[-1].departure is None or begun[-1].departure > on):
        return []
    return [(model, count(counted, model, stay.most_days, stay.window_days, on)) for model in stay.models]


def _each_entry(ground: "Ground", stay: Stay, entries: list[Days], on: int) -> StayFound | None:
    exits = [one.event.on for one in _told(ground, LEFT, stay.country) if one.event is not None and one.exists == HOLDS]
    left = [days for days in exits if days.latest <= on]
    started = [days for days in entries if days.earliest <= on]
    inside = [days for days in started if not any(end.earliest > days.latest for end in left)]
    crossings = _crossings(ground, stay.country)
    begun = [one for one in crossings[0] if one.event is not None and one.event.on.earliest <= on] if crossings else []
    if not inside or (crossings is not None and len(begun) == len(left)):
        return None
    present = max(inside, key=lambda days: days.latest)
    first, last = present.earliest + stay.most_days - 1, present.latest + stay.most_days - 1
    used = (max(on - present.latest + 1, 0), on - present.earliest + 1)
    left_days = (max(stay.most_days - used[1], 0), max(stay.most_days - used[0], 0))
    return StayFound(
        rule=_rule(stay),
        used={"E": used},
        left={"E": left_days},
        last_lawful={"E": _range([first, last])},
        next_entry={"E": None},
        safe=date.fromordinal(first),
    )


def _rule(stay: Stay) -> str:
    if stay.window_days is None:
        return f"{stay.most_days} days from each entry"
    return f"{stay.most_days} days in each {stay.window_days}"


def _least_most(numbers: list[int]) -> tuple[int, int] | None:
    return (min(numbers), max(numbers)) if numbers else None


def _range(days: list[int | None]) -> DayRange | None:
    known = [day for day in days if day is not None]
    if not known or len(known) < len(days):
        return None
    return DayRange(earliest=date.fromordinal(min(known)), latest=date.fromordinal(max(known)))
