"""What several tellings leave possible: the engine gets the range that covers all of them, and nobody is overruled.

Values that agree stay as they are. Where two differ, either may be so: of two words one of them, of two days the days
between, of two lists what both have. What cannot be covered is unknown. "I do not know" contradicts nobody.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from typing import TypeVar

from safeconduct.rules.situation import (
    Absent,
    Asked,
    Event,
    Known,
    Period,
    Range,
    Record,
    Value,
    WordList,
    Words,
)
from safeconduct.rules.vocabulary import NONE
from safeconduct.values.days import ANY_DAY, Days

Simple = TypeVar("Simple", bound=Words | Days | Range)


def cover_fact(tellings: Sequence[Known]) -> Known:
    """One fact from all tellings of it.

    Args:
        tellings: At least one, all of the same fact.
    """
    told = [known for known in tellings if known.asked is Asked.TOLD]
    if not told:
        return tellings[0]
    return reduce(_fact, told)


def cover_event(tellings: Sequence[Event]) -> Event:
    """One event from all tellings of it: its days cover all, and a field stays if all tell it.

    Args:
        tellings: At least one, all of one kind.
    """
    return reduce(_event, tellings)


def _fact(one: Known, other: Known) -> Known:
    periods = one.periods if one.periods == other.periods else _periods(one.periods, other.periods)
    asked = Asked.TOLD if periods else Asked.UNKNOWN
    return replace(one, asked=asked, periods=periods, assumed=_reasons(one.assumed, other.assumed))


def _periods(one: tuple[Period, ...], other: tuple[Period, ...]) -> tuple[Period, ...]:
    """The periods of two tellings, if they are alike; none where they cut time differently."""
    if len(one) != len(other):
        return ()
    covered = [_period(first, second) for first, second in zip(one, other, strict=True)]
    return tuple(period for period in covered if period is not None) if all(covered) else ()


def _period(one: Period, other: Period) -> Period | None:
    value = cover_value(one.value, other.value)
    alike = (one.first is None) is (other.first is None) and (one.last is None) is (other.last is None)
    if value is None or not alike:
        return None
    return Period(value=value, first=_bound(one.first, other.first), last=_bound(one.last, other.last))


def _bound(one: Days | None, other: Days | None) -> Days | None:
    return None if one is None or other is None else _days(one, other)


def cover_value(one: Value, other: Value) -> Value | None:
    """What two values leave possible; None if no value says that."""
    if one == other:
        return one
    match one, other:
        case (Words() | Days() | Range(), Words() | Days() | Range()):
            return _simple(one, other)
        case (Words() as words, Absent()) | (Absent(), Words() as words):
            return Words(possible=words.possible | {NONE})
        case (WordList() | Absent(), WordList() | Absent()):
            return WordList(words=_words(one) & _words(other), whole=False)
        case Record(), Record():
            return Record(fields=_fields(one.fields, other.fields))
        case _:
            return None


def _words(value: WordList | Absent) -> frozenset[str]:
    return value.words if isinstance(value, WordList) else frozenset()


def _simple(one: Words | Days | Range, other: Words | Days | Range) -> Words | Days | Range | None:
    match one, other:
        case Words(), Words():
            return Words(possible=one.possible | other.possible)
        case Days(), Days():
            return _days(one, other)
        case Range(), Range():
            least = None if one.least is None or other.least is None else min(one.least, other.least)
            most = None if one.most is None or other.most is None else max(one.most, other.most)
            return Range(least=least, most=most)
        case _:
            return None


Fields = tuple[tuple[str, Words | Days | Range], ...]


def _fields(one: Fields, other: Fields) -> Fields:
    """Fields that both tell, covered; one that only one of them tells is not told."""
    told = dict(other)
    covered = ((name, _simple(value, told[name])) for name, value in one if name in told)
    return tuple((name, value) for name, value in covered if value is not None)


def _days(one: Days, other: Days) -> Days:
    return Days(earliest=min(one.earliest, other.earliest), latest=max(one.latest, other.latest))


def _event(one: Event, other: Event) -> Event:
    if one.kind != other.kind:
        raise ValueError("two tellings of one event are of one kind")
    on = ANY_DAY if ANY_DAY in (one.on, other.on) else _days(one.on, other.on)
    fields = _fields(one.fields, other.fields)
    return replace(one, on=on, fields=fields, assumed=_reasons(one.assumed, other.assumed))


def _reasons(one: str, other: str) -> str:
    return "; ".join(dict.fromkeys(reason for reason in (one, other) if reason))
