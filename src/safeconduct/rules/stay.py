"""The stay rules for one person: which text governs the present stay, and what its models say of the days left."""

from datetime import date
from itertools import pairwise, product
from typing import TYPE_CHECKING

from safeconduct.rules.counting import Counted, Visit, count
from safeconduct.rules.finding import DayRange, StayFound
from safeconduct.rules.formula import FAILS, Moved, Within, conjunction
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
            if governs != FAILS:
                options.append((governs, _last_day(ground, stay, provision.id, one, entry)))
    return tuple(options)


def _governs(stay: Stay, entry: Moved) -> "Formula":
    first = Moved(None, stay.since.toordinal()) if stay.since is not None else None
    last = Moved(None, stay.until.toordinal()) if stay.until is not None else None
    return Within(entry, first, last)


def _last_day(ground: "Ground", stay: Stay, name: str, one: Instance, entry: Moved) -> Moved:
    if stay.window_days is None:
        return Moved(entry.variable, entry.base, 0, stay.most_days - 1)
    low, high = entry.low(0), LAST_DAY
    cut = _entry_days(stay, one)
    found = _every_count(ground, stay, LAST_DAY - 1, cut) if cut is not None else None
    days = [counted.last_lawful for _, counted in found or () if counted.last_lawful is not None]
    if days and found is not None:
        low, high = min(days), max(days)
    key = ("last lawful", name, one.label)
    return Moved(None, low) if low == high else Moved(ground.people.whole(key, ENTERED, low, high))


def _entry_days(stay: Stay, one: Instance) -> Days | None:
    """The days of an entry that the text governs."""
    if one.event is None:
        return None
    first = stay.since.toordinal() if stay.since is not None else None
    last = stay.until.toordinal() if stay.until is not None else None
    return one.event.on.cut(first=first, last=last)


def _visits(ground: "Ground", stay: Stay, on: int) -> list[tuple[Days, Days | None]] | None:
    """The visits told, in order, each with its exit; None if there may be visits that were not told."""
    people, country = ground.people, stay.country
    entries = Pattern(ENTERED, country)
    if people.may_be_more(entries) or people.may_be_more(Pattern(LEFT, country)):
        return None
    ins = [one for one in people.instances(entries, "stay") if one.event is not None]
    outs = [one for one in people.instances(Pattern(LEFT, country), "stay") if one.event is not None]
    events = sorted(
        [(one.event.on, 0) for one in outs if one.event] + [(one.event.on, 1) for one in ins if one.event],
        key=lambda item: (item[0].earliest, item[0].latest, item[1]),
    )
    visits: list[tuple[Days, Days | None]] = []
    for days, entering in events:
        if entering and days.earliest <= on:
            visits.append((days, None))
        elif not entering and visits and visits[-1][1] is None:
            visits[-1] = (visits[-1][0], days)
    return visits


def _every_count(
    ground: "Ground", stay: Stay, on: int, present: Days | None = None
) -> list[tuple[str, Counted]] | None:
    """What each model says for each way to place the days; None if that cannot be told.

    Args:
        ground: The person.
        stay: The rule.
        on: The tested day.
        present: If given, only entries of the last visit within these days.
    """
    visits = _visits(ground, stay, on)
    if not visits:
        return None
    before = stay.not_counted_before.toordinal() if stay.not_counted_before is not None else FIRST_DAY
    choices: list[list[int | None]] = []
    for index, (entry, departure) in enumerate(visits):
        last = index == len(visits) - 1
        days = present if last and present is not None else entry
        choices.append(list(range(days.earliest, days.latest + 1)))
        choices.append(list(range(departure.earliest, departure.latest + 1)) if departure is not None else [None])
    size = 1
    for options in choices:
        size *= len(options)
    if size > MOST_COMBINATIONS:
        return None
    found: list[tuple[str, Counted]] = []
    for days_chosen in product(*choices):
        pairs = tuple(zip(days_chosen[::2], days_chosen[1::2], strict=True))
        made = [Visit(entry=entry, departure=end) for entry, end in pairs if entry is not None]
        ordered = all(
            first.departure is not None and first.entry <= first.departure <= second.entry
            for first, second in pairwise(made)
        )
        if not ordered or (made[-1].departure is not None and made[-1].departure < made[-1].entry):
            continue
        counted = tuple(visit for visit in made if visit.entry >= before and visit.entry <= on)
        found.extend((model, count(counted, model, stay.most_days, stay.window_days, on)) for model in stay.models)
    return found


def stay_found(ground: "Ground", provision: Provision, on: int) -> StayFound | None:
    """What a stay rule says to the person on a day; None if no visit was told.

    Args:
        ground: The person.
        provision: A provision with a stay rule.
        on: The tested day, as ordinal.
    """
    stay = provision.stay
    if stay is None:
        return None
    people = ground.people
    told = [one for one in people.instances(Pattern(ENTERED, stay.country), "stay") if one.event is not None]
    governed = [days for one in told if (days := _entry_days(stay, one)) is not None]
    if not governed:
        return None
    if stay.window_days is None:
        return _each_entry(stay, governed, on, outside=_outside(ground, stay, on))
    found = _every_count(ground, stay, on)
    models = stay.models
    if found is None:
        return StayFound(
            rule=_rule(stay),
            used=dict.fromkeys(models),
            left=dict.fromkeys(models),
            last_lawful=dict.fromkeys(models),
            next_entry=dict.fromkeys(models),
            safe=None,
        )
    by_model = {model: [counted for name, counted in found if name == model] for model in models}
    last = {model: _range([one.last_lawful for one in by_model[model]]) for model in models}
    entry = {model: _range([one.next_entry for one in by_model[model]]) for model in models}
    lasts = [days.earliest for days in last.values() if days is not None and days.earliest is not None]
    entries = [days.latest for days in entry.values() if days is not None and days.latest is not None]
    return StayFound(
        rule=_rule(stay),
        used={model: _least_most([one.used for one in by_model[model]]) for model in models},
        left={model: _least_most([one.left for one in by_model[model]]) for model in models},
        last_lawful=last,
        next_entry=entry,
        safe=min(lasts) if lasts else max(entries) if entries else None,
    )


def _outside(ground: "Ground", stay: Stay, on: int) -> bool:
    visits = _visits(ground, stay, on)
    return bool(visits) and visits is not None and visits[-1][1] is not None and visits[-1][1].latest <= on


def _each_entry(stay: Stay, entries: list[Days], on: int, *, outside: bool) -> StayFound | None:
    started = [days for days in entries if days.earliest <= on]
    if not started or outside:
        return None
    present = max(started, key=lambda days: days.latest)
    first, last = present.earliest + stay.most_days - 1, present.latest + stay.most_days - 1
    used = (max(on - present.latest + 1, 0), on - present.earliest + 1)
    left = (max(stay.most_days - used[1], 0), max(stay.most_days - used[0], 0))
    return StayFound(
        rule=_rule(stay),
        used={"E": used},
        left={"E": left},
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
