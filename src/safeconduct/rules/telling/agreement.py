"""What a file says of itself: contradictions are refused, days tightened where the order of events leaves no choice.

Only what cannot be so on any reading is refused. Whether a stated fact contradicts `mobilisation_deferrals: none` (it
establishes a ground of deferral beside the claim that there is none) needs the law: the vocabulary only names, in
`closes`, the provisions that the claim speaks of, and the engine refuses such a situation when it evaluates them.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from safeconduct.rules.situation import Absent, Closed, Event, Known, Period, Situation, Words
from safeconduct.rules.telling.faults import Code, fault, refuse
from safeconduct.rules.telling.history import ATTEMPTED, ToldClosed, ToldEvent
from safeconduct.rules.telling.person import BIRTH, ToldFact
from safeconduct.rules.vocabulary import NONE, PRESENT, YES, EventKind, Implication, Vocabulary
from safeconduct.values.days import ANY_DAY, FIRST_DAY, LAST_DAY, Days, is_leap_birthday
from safeconduct.values.errors import Place, SituationError

NEVER_BESIDE_NONE = (("exemptions", "enlisted"),)
"""Facts that, being `none`, say that an event never happened: whoever is not exempt neither serves nor served."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All parts of a file."""

    facts: dict[str, ToldFact]
    events: tuple[ToldEvent, ...]
    closed: tuple[ToldClosed, ...]


def agree(told: Told, vocabulary: Vocabulary) -> Situation:
    """The situation that a file tells, if it does not contradict itself.

    Raises:
        SituationError: With every contradiction.
    """
    refuse(
        [
            *_broken_implications(told, vocabulary),
            *_fact_against_event(told),
            *_happened_and_did_not(told),
            *_impossible_order(told, vocabulary),
        ]
    )
    return Situation(
        facts={name: fact.known for name, fact in told.facts.items()},
        events=_tightened(told, vocabulary),
        closed=tuple(line.closed for line in told.closed),
        warnings=tuple(_warnings(told)),
    )


# --- facts -----------------------------------------------------------------------------------------------------


def _broken_implications(told: Told, vocabulary: Vocabulary) -> Iterator[SituationError]:
    for rule in vocabulary.implications:
        if rule.fact in told.facts and rule.then in told.facts:
            fact, then = told.facts[rule.fact], told.facts[rule.then]
            if _breaks(rule, fact.known, then.known):
                yield fault(
                    Code.FACTS_CONTRADICT,
                    _later(fact.place, then.place),
                    f"{rule.fact} and {rule.then} contradict each other",
                    "correct one of the two, or write unknown for the one that is not sure",
                )


def _breaks(rule: Implication, fact: Known, then: Known) -> bool:
    """Whether, on some day, `fact` certainly has one of the values and `then` certainly none of those implied."""
    return any(
        _words(one) <= rule.values and not _words(other) & rule.then_values and _surely_share_a_day(one, other)
        for one in fact.periods
        for other in then.periods
    )


def _words(period: Period) -> frozenset[str]:
    value = period.value
    if isinstance(value, Words):
        return value.possible
    return frozenset({NONE if isinstance(value, Absent) else PRESENT})


def _surely_share_a_day(one: Period, other: Period) -> bool:
    first = max(FIRST_DAY if period.first is None else period.first.latest for period in (one, other))
    last = min(LAST_DAY if period.last is None else period.last.earliest for period in (one, other))
    return first <= last


def _fact_against_event(told: Told) -> Iterator[SituationError]:
    kinds = {line.event.kind for line in told.events}
    for name, kind in NEVER_BESIDE_NONE:
        fact = told.facts.get(name)
        if fact is not None and fact.known.periods and kind in kinds:
            yield fault(
                Code.FACT_CONTRADICTS_EVENT,
                fact.place,
                f"{name}: none says that the person never served, but {kind} is listed",
                f"take {name} out and tell the single grounds, or correct the history",
            )


# --- events ----------------------------------------------------------------------------------------------------


def _happened_and_did_not(told: Told) -> Iterator[SituationError]:
    for line in told.closed:
        if line.closed.never and any(_matches(each.event, line.closed) for each in told.events):
            yield fault(
                Code.HAPPENED_AND_DID_NOT,
                line.place,
                f"{line.closed.kind} is listed under history and under not_happened",
                "take one of the two out, or narrow this line by a field; what was only tried needs attempted: yes",
            )


def _matches(event: Event, closed: Closed) -> bool:
    """Whether an event certainly is one of those that a line speaks of; an attempt only where the line says so."""
    certain = (event.get(name) == Words(possible=frozenset({word})) for name, word in closed.where)
    only_tried = ATTEMPTED not in dict(closed.where) and event.get(ATTEMPTED) == Words(possible=frozenset({YES}))
    return event.kind == closed.kind and not only_tried and all(certain)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two listed events of which the second cannot lie before the first."""

    first: ToldEvent
    then: ToldEvent


def _pairs(told: Told, vocabulary: Vocabulary, single: frozenset[str]) -> list[_Pair]:
    """All pairs whose first event is of one of the kinds that are listed once."""
    pairs = []
    for first in told.events:
        kind = vocabulary.events[first.event.kind]
        if kind.name not in single or not kind.precedes:
            continue
        for then in told.events:
            other = vocabulary.events[then.event.kind]
            same = _key(first.event, kind) == _key(then.event, other)
            # Two events of which the country is open may be of two countries.
            sure = not kind.key or len(_key(first.event, kind)) == 1
            if other.name in kind.precedes and same and sure:
                pairs.append(_Pair(first, then))
    return pairs


def _key(event: Event, kind: EventKind) -> frozenset[str]:
    """The key of an event; empty for kinds without one, and where it was not told."""
    value = event.get(kind.key) if kind.key else None
    return value.possible if isinstance(value, Words) else frozenset()


def _settle(pairs: list[_Pair], days: dict[int, Days]) -> _Pair | None:
    """Take from `days` what the pairs leave impossible.

    Args:
        pairs: The pairs, with the events that both hold.
        days: The days of each event, by its number; changed.
    Returns:
        The pair that leaves no day, None if all of them fit.
    """
    moved = True
    while moved:
        moved = False
        for pair in pairs:
            first, then = pair.first.event.number, pair.then.event.number
            earlier, later = days[first].cut(last=days[then].latest), days[then].cut(first=days[first].earliest)
            if earlier is None or later is None:
                return pair
            moved = moved or (days[first], days[then]) != (earlier, later)
            days[first], days[then] = earlier, later
    return None


def _days(told: Told) -> dict[int, Days]:
    return {line.event.number: line.event.on for line in told.events}


def _impossible_order(told: Told, vocabulary: Vocabulary) -> Iterator[SituationError]:
    """Events before one that comes first.

    Where that one is listed twice, or what lets it happen again is listed, an earlier round may explain the days, and
    nothing is refused.
    """
    count = Counter(line.event.kind for line in told.events)
    kinds = [vocabulary.events[name] for name in count if count[name] == 1]
    single = frozenset(kind.name for kind in kinds if not any(count[again] for again in kind.again_after))
    pairs = _pairs(told, vocabulary, single)
    clash = _settle(pairs, _days(told))
    if clash is not None:
        yield fault(
            Code.ORDER_IMPOSSIBLE,
            _later(clash.first.place, clash.then.place),
            f"{clash.then.event.kind} cannot lie before {clash.first.event.kind}",
            "correct the day of one of them; if one of them happened twice, list both times",
        )


def _tightened(told: Told, vocabulary: Vocabulary) -> tuple[Event, ...]:
    """The events without days that their order rules out, where no further event of either kind is possible."""
    count = Counter(line.event.kind for line in told.events)
    lone = [line.event for line in told.events if count[line.event.kind] == 1]
    only = frozenset(event.kind for event in lone if _no_further(event, vocabulary.events[event.kind], told))
    days = _days(told)
    _settle([pair for pair in _pairs(told, vocabulary, only) if pair.then.event.kind in only], days)
    return tuple(replace(line.event, on=days[line.event.number]) for line in told.events)


def _no_further(event: Event, kind: EventKind, told: Told) -> bool:
    """Whether this event is certainly the only one: its list is whole, or nothing lets it happen again."""
    key = _key(event, kind)
    if _is_closed(kind.name, key, told, never=False):
        return True
    return bool(kind.again_after) and all(_is_closed(again, key, told, never=True) for again in kind.again_after)


def _is_closed(kind: str, key: frozenset[str], told: Told, *, never: bool) -> bool:
    lines = (line.closed for line in told.closed if line.closed.kind == kind and line.closed.never is never)
    return any(not closed.where or (len(closed.where) == 1 and key == {closed.where[0][1]}) for closed in lines)


def _later(one: Place, other: Place) -> Place:
    return max(one, other, key=lambda place: (place.line, place.column))


# --- warnings --------------------------------------------------------------------------------------------------


def _warnings(told: Told) -> Iterator[str]:
    for name in sorted(told.facts):
        if told.facts[name].known.assumed:
            yield _assumed(name, told.facts[name].known.assumed)
    for line in told.events:
        if line.event.assumed:
            yield _assumed(_label(line.event), line.event.assumed)
    for closed in (line.closed for line in told.closed):
        if closed.assumed:
            label = " ".join((closed.kind, *(word for _, word in closed.where)))
            said = "did not happen" if closed.never else "is listed completely"
            yield _assumed(f"{label} {said}", closed.assumed)
    birth = told.facts.get(BIRTH)
    if birth is not None and any(_is_leap(period) for period in birth.known.periods):
        yield "Born on 29 February: in years without that day an age is taken as reached on 1 March."
    for line in told.events:
        appear_by, served = line.event.get("appear_by"), line.event.get("served")
        if isinstance(appear_by, Days) and isinstance(served, Days) and appear_by.latest < served.earliest:
            number = line.event.number + 1
            yield f"Event {number} of the history: the day to appear lies before the day of service. Check both days."


def _assumed(what: str, why: str) -> str:
    return f"Assumed: {what}: {why}"


def _label(event: Event) -> str:
    """An event as a reader recognises it: its kind, its country, its days."""
    country = event.get("country")
    words = sorted(country.possible) if isinstance(country, Words) else []
    name = " ".join((event.kind, " or ".join(words))) if words else event.kind
    return name if event.on == ANY_DAY else f"{name}, {event.on}"


def _is_leap(period: Period) -> bool:
    return isinstance(period.value, Days) and period.value.is_one_day and is_leap_birthday(period.value.earliest)
