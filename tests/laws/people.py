"""People made at random for the real vocabulary, and the same people of whom less is known."""

import random
from dataclasses import replace
from datetime import date, timedelta

from safeconduct.rules.situation import (
    Absent,
    Asked,
    Closed,
    Event,
    Known,
    Period,
    Range,
    Record,
    RecordList,
    Situation,
    Value,
    WordList,
    Words,
)
from safeconduct.rules.vocabulary import EventKind, Fact, Field, Shape, Vocabulary
from safeconduct.values.days import ANY_DAY, FIRST_DAY, LAST_DAY, Days

FIRST, LAST = date(2022, 1, 1), date(2026, 6, 30)
BORN = date(1970, 1, 1), date(2010, 1, 1)
COUNTRIES = ("KZ", "RU")
ALWAYS_TOLD = ("birth_date", "sex", "citizenships")
TRIED = "attempted"
Fields = tuple[tuple[str, Words | Days | Range], ...]


def word(*words: str) -> Words:
    return Words(possible=frozenset(words))


# --- somebody -------------------------------------------------------------------------------------------------------


def a_day(dice: random.Random, first: date = FIRST, last: date = LAST) -> Days:
    start = first + timedelta(days=dice.randint(0, (last - first).days))
    return Days(earliest=start.toordinal(), latest=start.toordinal() + dice.choice([0, 0, 0, 3, 40]))


def a_situation(dice: random.Random, vocabulary: Vocabulary) -> Situation:
    facts = {}
    for fact in vocabulary.facts.values():
        keep = 0.95 if fact.name in ALWAYS_TOLD else 0.1 if fact.closes else 0.4
        value = a_value(dice, fact) if dice.random() < keep else None
        if value is not None:
            facts[fact.name] = Known(name=fact.name, asked=Asked.TOLD, periods=periods(dice, fact, value))
    happened = [kind for kind in vocabulary.events.values() for _ in range(dice.choice([0, 0, 0, 1, 1, 2]))]
    events = tuple(an_event(dice, kind, number, told=frozenset(facts)) for number, kind in enumerate(happened))
    # What happened twice needs something in between, of which not everything was told.
    between = {name for kind in happened if happened.count(kind) > 1 for name in kind.again_after}
    kinds = [kind for kind in vocabulary.events.values() if kind.name not in between]
    marks = [mark for kind in kinds if (mark := a_mark(dice, kind, events)) is not None]
    return Situation(facts=facts, events=events, closed=tuple(marks))


def a_value(dice: random.Random, fact: Fact) -> Value | None:
    if fact.closes or (fact.may_be_absent and dice.random() < 0.4):
        return word("none") if fact.words or fact.shape is Shape.YES_NO else Absent()
    match fact.shape:
        case Shape.RECORD:
            return Record(fields=some_fields(dice, fact.fields))
        case Shape.RECORDS:
            records = tuple(Record(fields=some_fields(dice, fact.fields)) for _ in range(dice.randint(0, 3)))
            return RecordList(records=records, unstated=dice.choice([0, 0, 1]))
        case Shape.LIST:
            words = fact.words or COUNTRIES
            return WordList(words=frozenset(dice.sample(words, dice.randint(0, 2))), whole=dice.random() < 0.8)
        case Shape.DATE if fact.name == "birth_date":
            return a_day(dice, *BORN)
        case _:
            return a_field_value(dice, Field(name=fact.name, shape=fact.shape, words=fact.words))


def a_field_value(dice: random.Random, part: Field) -> Words | Days | Range | None:
    match part.shape:
        case Shape.YES_NO:
            return word(dice.choice(["yes", "no"]))
        case Shape.ONE_OF:
            return word(dice.choice(part.words or COUNTRIES))
        case Shape.DATE:
            return a_day(dice, *(BORN if part.name == "birth_date" else (FIRST, LAST)))
        case _:
            least = dice.randint(0, 40)
            return Range(least=least, most=least + dice.choice([0, 5]))


def some_fields(dice: random.Random, parts: tuple[Field, ...]) -> Fields:
    chosen = [part for part in parts if part.name not in ("from", "until") and dice.random() < 0.7]
    return tuple((part.name, value) for part in chosen if (value := a_field_value(dice, part)) is not None)


def periods(dice: random.Random, fact: Fact, value: Value) -> tuple[Period, ...]:
    """The value on all days; or, of what may change, on some, and perhaps another one after them."""
    if not fact.may_change or dice.random() < 0.6:
        return (Period(value=value),)
    end = a_day(dice)
    found = [Period(value=value, first=a_day(dice, date(2020, 1, 1), FIRST) if dice.random() < 0.5 else None, last=end)]
    later = a_value(dice, fact)
    if later is not None and dice.random() < 0.5:
        found.append(Period(value=later, first=Days(earliest=end.earliest + 1, latest=end.latest + 1)))
    return tuple(found)


def an_event(dice: random.Random, kind: EventKind, number: int, told: frozenset[str]) -> Event:
    """An event; its fields do not contradict facts of the same name, which speak of all such events."""
    on = a_day(dice)
    fields: list[tuple[str, Words | Days | Range]] = []
    for part in (part for part in kind.fields if part.name not in told):
        if part.name == kind.key:
            fields.append((part.name, word(*dice.sample(COUNTRIES, dice.choice([1, 1, 1, 2])))))
        elif part.name == TRIED:
            fields += [(part.name, word("yes"))] * (dice.random() < 0.15)
        elif part.shape is Shape.DATE:
            # What happened has happened by each of its days.
            later = on.latest + dice.randint(0, 60)
            fields += [(part.name, Days(earliest=later, latest=later + dice.choice([0, 5])))] * (dice.random() < 0.6)
        elif dice.random() < 0.6 and (value := a_field_value(dice, part)) is not None:
            fields.append((part.name, value))
    return Event(kind=kind.name, on=on, fields=tuple(fields), number=number)


def a_mark(dice: random.Random, kind: EventKind, events: tuple[Event, ...]) -> Closed | None:
    """That nothing else of a kind happened, everywhere or in one country."""
    if dice.random() < 0.4:
        return None
    where = ((kind.key, dice.choice(COUNTRIES)),) if kind.key and dice.random() < 0.5 else ()
    return Closed(kind=kind.name, where=where, never=all(event.kind != kind.name for event in events))


# --- the same, of whom less is known --------------------------------------------------------------------------------


def less_known(dice: random.Random, situation: Situation) -> Situation:
    """The same person, of whom something is hidden, blurred, dropped or left open."""
    facts = {name: vaguer(dice, known) for name, known in situation.facts.items() if dice.random() > 0.15}
    kept = [event for event in situation.events if dice.random() > 0.12]
    hidden = {event.kind for event in situation.events if event not in kept}
    # Whoever hides an event hides that the list was whole.
    closed = tuple(mark for mark in situation.closed if mark.kind not in hidden and dice.random() > 0.15)
    return replace(situation, facts=facts, events=tuple(dimmer(dice, event) for event in kept), closed=closed)


def vaguer(dice: random.Random, known: Known) -> Known:
    found = []
    for period in known.periods:
        if dice.random() < 0.1 and (period.first is not None or period.last is not None):
            continue  # these days are as if nobody had asked
        ends = (period.first, period.last)
        first, last = (days and (blurred(dice, days) if dice.random() < 0.4 else days) for days in ends)
        found.append(Period(value=dim(dice, period.value), first=first, last=last))
    return replace(known, periods=tuple(found), asked=Asked.TOLD if found else Asked.UNKNOWN)


def dim(dice: random.Random, value: Value) -> Value:
    match value:
        case Days():
            return blurred(dice, value) if dice.random() < 0.5 else value
        case Range(least=least, most=most):
            return Range(least=None if dice.random() < 0.3 else least, most=None if dice.random() < 0.3 else most)
        case WordList():
            return replace(value, whole=False) if dice.random() < 0.3 else value
        case Record():
            return Record(fields=dim_fields(dice, value.fields))
        case RecordList():
            return replace(value, records=tuple(Record(fields=dim_fields(dice, one.fields)) for one in value.records))
        case _:
            return value


def dim_fields(dice: random.Random, fields: Fields) -> Fields:
    kept = [(name, value) for name, value in fields if name == TRIED or dice.random() > 0.15]
    found: list[tuple[str, Words | Days | Range]] = []
    for name, value in kept:
        less = dim(dice, value)
        assert isinstance(less, Words | Days | Range)
        found.append((name, less))
    return tuple(found)


def dimmer(dice: random.Random, event: Event) -> Event:
    on = ANY_DAY if dice.random() < 0.1 else blurred(dice, event.on) if dice.random() < 0.4 else event.on
    return replace(event, on=on, fields=dim_fields(dice, event.fields))


def blurred(dice: random.Random, days: Days) -> Days:
    return Days(
        earliest=max(days.earliest - dice.randint(0, 500), FIRST_DAY),
        latest=min(days.latest + dice.randint(0, 500), LAST_DAY),
    )
