"""A situation as variables: each fact that is not known exactly is one variable, shared by all that mention it."""

from dataclasses import dataclass

from safeconduct.rules.formula import (
    FAILS,
    HOLDS,
    Choice,
    Formula,
    In,
    Inverse,
    Moved,
    Settled,
    Whole,
    Within,
    conjunction,
    disjunction,
)
from safeconduct.rules.situation import (
    Absent,
    Asked,
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
from safeconduct.rules.tree import Pattern
from safeconduct.rules.vocabulary import NO, NONE, PRESENT, YES, Fact, Field, Shape, Vocabulary
from safeconduct.values.days import FIRST_DAY, LAST_DAY, Days

_MOST_NUMBER = 1_000_000
ATTEMPTED = "attempted"


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """One event to which a condition may apply: told, or one that may have happened without being told.

    Args:
        kind: Its kind.
        label: Keeps instances apart: the number among the events told, or the name of what it may satisfy.
        exists: Whether there is such an event.
        event: The event that was told; None for one that was not.
    """

    kind: str
    label: str
    exists: Formula
    event: Event | None


class People:
    """Variables for one situation.

    Args:
        vocabulary: Facts and events.
        situation: What is known.
    """

    def __init__(self, vocabulary: Vocabulary, situation: Situation) -> None:
        """Start without variables; they are made when first mentioned."""
        self.vocabulary = vocabulary
        self.situation = situation
        self.constraints: list[Formula] = []
        self._choices: dict[tuple[object, ...], Choice] = {}
        self._wholes: dict[tuple[object, ...], Whole] = {}

    # --- variables ---------------------------------------------------------------------------------------------

    def choice(self, key: tuple[object, ...], name: str, words: tuple[str, ...], possible: frozenset[str]) -> Choice:
        """The choice of that key, made when first asked for."""
        found = self._choices.get(key)
        if found is None:
            mask = sum(1 << index for index, word in enumerate(words) if word in possible)
            found = self._choices[key] = Choice(name, words, mask or (1 << len(words)) - 1)
        return found

    def whole(self, key: tuple[object, ...], name: str, low: int, high: int) -> Whole:
        """The whole number of that key, made when first asked for."""
        found = self._wholes.get(key)
        if found is None:
            found = self._wholes[key] = Whole(name, low, high)
        return found

    def unknown(self, key: tuple[object, ...], name: str) -> Formula:
        """Something that may or may not be so."""
        return In(self.choice(key, name, (YES, NO), frozenset({YES, NO})), 1)

    @property
    def size(self) -> int:
        """How many variables and constraints there are."""
        return len(self._choices) + len(self._wholes) + len(self.constraints)

    def mentions(self, fact: str) -> bool:
        """Whether a variable of this fact was made."""
        return any(key[0] == "fact" and key[1] == fact for key in self._choices)

    # --- facts -------------------------------------------------------------------------------------------------

    def fact_is(self, name: str, field: str, values: frozenset[str], day: Moved) -> Formula:
        """A fact or a field of a record has one of these values on a day."""
        fact = self.vocabulary.facts[name]
        known = self.situation.facts.get(name)
        periods = known.periods if known is not None else ()
        if len(periods) == 1 and periods[0].first is None and periods[0].last is None:
            return self._value_is(fact, field, values, periods[0].value, ("fact", name, 0))
        outside = ("fact", name, _day_key(day) if fact.may_change else "")
        if not periods:
            return self._unknown_is(fact, field, values, outside, known)
        parts, inside = [], []
        for index, period in enumerate(periods):
            within = self._within(period, day, name, index)
            inside.append(within)
            parts.append(
                conjunction([within, self._value_is(fact, field, values, period.value, ("fact", name, index))])
            )
        elsewhere = Inverse(disjunction(inside)) if not isinstance(disjunction(inside), Settled) else FAILS
        parts.append(conjunction([elsewhere, self._unknown_is(fact, field, values, outside, known)]))
        return disjunction(parts)

    def _within(self, period: Period, day: Moved, name: str, index: int) -> Formula:
        first = self._end(period.first, ("first", name, index), name)
        last = self._end(period.last, ("last", name, index), name)
        return Within(day, first, last) if first is not None or last is not None else HOLDS

    def _end(self, days: Days | None, key: tuple[object, ...], name: str) -> Moved | None:
        if days is None:
            return None
        if days.is_one_day:
            return Moved(None, days.earliest)
        return Moved(self.whole(key, name, days.earliest, days.latest))

    def _value_is(
        self, fact: Fact, field: str, values: frozenset[str], value: Value, key: tuple[object, ...]
    ) -> Formula:
        if isinstance(value, Absent):
            return HOLDS if NONE in values else FAILS
        if isinstance(value, Record):
            if not field:
                return HOLDS if PRESENT in values else FAILS
            part = fact.field_named(field)
            return self._words_are(part, f"{fact.name}.{field}", values, value.get(field), (*key, field))
        if isinstance(value, Words):
            return self._words_are(fact, fact.name, values, value, (*key, field))
        return FAILS if NONE in values else HOLDS if PRESENT in values else FAILS

    def _words_are(
        self,
        owner: Fact | Field | None,
        name: str,
        values: frozenset[str],
        value: Value | None,
        key: tuple[object, ...],
    ) -> Formula:
        words = _words(owner)
        told = value.possible if isinstance(value, Words) else None
        if told is not None and PRESENT in values:
            return conjunction([Inverse(self._words_are(owner, name, frozenset({NONE}), value, key))])
        if told is not None and told <= values:
            return HOLDS
        if told is not None and not told & values:
            return FAILS
        if not words:
            return self.unknown((*key, values), name)
        choice = self.choice(key, name, words, told if told is not None else frozenset(words))
        return In(choice, choice.mask(values))

    def _unknown_is(
        self, fact: Fact, field: str, values: frozenset[str], key: tuple[object, ...], known: Known | None
    ) -> Formula:
        if known is not None and known.asked is Asked.TOLD and not known.periods:
            return FAILS
        if fact.shape is Shape.RECORD:
            presence = self.choice((*key, "presence"), fact.name, (PRESENT, NONE), frozenset({PRESENT, NONE}))
            if not field:
                return In(presence, presence.mask(values))
            inner = self._words_are(fact.field_named(field), f"{fact.name}.{field}", values, None, (*key, field))
            return conjunction([In(presence, presence.mask(frozenset({PRESENT}))), inner])
        wanted = frozenset(_words(fact)) - {NONE} if PRESENT in values else values
        words = _words(fact)
        if not words:
            return self.unknown((*key, wanted), fact.name)
        choice = self.choice((*key, ""), fact.name, words, frozenset(words))
        return In(choice, choice.mask(wanted))

    def told_none(self, name: str) -> bool:
        """Whether it was told that there is none, on all days."""
        known = self.situation.facts.get(name)
        if known is None or len(known.periods) != 1 or known.periods[0].first or known.periods[0].last:
            return False
        value = known.periods[0].value
        return isinstance(value, Absent) or (isinstance(value, Words) and value.possible == frozenset({NONE}))

    def includes(self, name: str, value: str) -> Formula:
        """A list fact holds a word."""
        known = self.situation.facts.get(name)
        told = known.periods[0].value if known is not None and known.periods else None
        if isinstance(told, Absent):
            return FAILS
        if isinstance(told, WordList):
            if value in told.words:
                return HOLDS
            if told.whole:
                return FAILS
        return self.unknown(("fact", name, value), name)

    def day_of_fact(self, name: str, field: str) -> tuple[Formula, Moved]:
        """Whether a date fact exists, and its day."""
        fact = self.vocabulary.facts[name]
        known = self.situation.facts.get(name)
        value = known.periods[-1].value if known is not None and known.periods else None
        if isinstance(value, Absent):
            return FAILS, Moved(None, LAST_DAY)
        days = value if isinstance(value, Days) else None
        if isinstance(value, Record) and known is not None:
            period = known.periods[-1]
            found = {"from": period.first, "until": period.last}.get(field) or value.get(field)
            days = found if isinstance(found, Days) else None
        label = f"{name}.{field}" if field else name
        exists: Formula = HOLDS
        if days is None and (fact.may_be_absent or fact.shape is Shape.RECORD):
            presence = self.choice(("day", name, field), label, (PRESENT, NONE), frozenset({PRESENT, NONE}))
            exists = In(presence, 1)
        return exists, self._day(("day", name, field), label, days)

    def _day(self, key: tuple[object, ...], name: str, days: Days | None) -> Moved:
        if days is not None and days.is_one_day:
            return Moved(None, days.earliest)
        low, high = (days.earliest, days.latest) if days is not None else (FIRST_DAY, LAST_DAY)
        return Moved(self.whole(key, name, low, high))

    def number_in(self, name: str, field: str, least: int | None, most: int | None) -> Formula:
        """A number fact lies between two bounds, both included."""
        known = self.situation.facts.get(name)
        value: Value | None = known.periods[0].value if known is not None and known.periods else None
        if isinstance(value, Absent):
            return FAILS
        if isinstance(value, Record):
            value = value.get(field)
        label = f"{name}.{field}" if field else name
        low, high = 0, _MOST_NUMBER
        exists: Formula = HOLDS
        if isinstance(value, Range):
            low = value.least if value.least is not None else low
            high = value.most if value.most is not None else high
        elif self.vocabulary.facts[name].may_be_absent:
            exists = self.unknown(("exists", name, field), label)
        number = Moved(self.whole(("number", name, field), label, low, high))
        first = Moved(None, least) if least is not None else None
        last = Moved(None, most) if most is not None else None
        return conjunction([exists, Within(number, first, last)])

    def records(self, name: str) -> RecordList | None:
        """The records of a list fact; None if it was not told."""
        known = self.situation.facts.get(name)
        value = known.periods[0].value if known is not None and known.periods else None
        if isinstance(value, Absent):
            return RecordList(records=(), unstated=0)
        return value if isinstance(value, RecordList) else None

    # --- events ------------------------------------------------------------------------------------------------

    def instances(self, pattern: Pattern, use: str) -> list[Instance]:
        """The events that may match a pattern's kind, key and fields: those told, and one that was not, if it may be.

        Args:
            pattern: Kind, key and fields.
            use: A name for where the pattern stands; an event that was not told is kept apart for each use, so that
                nothing is concluded from one untold event serving two purposes.
        """
        found = []
        for event in self.situation.events:
            if event.kind == pattern.event:
                instance = Instance(event.kind, str(event.number), HOLDS, event)
                matches = self._matches(instance, pattern)
                if matches != FAILS:
                    found.append(Instance(event.kind, str(event.number), matches, event))
        if self.may_be_more(pattern):
            exists = self.unknown(("untold", pattern.event, use), pattern.event)
            found.append(Instance(pattern.event, f"untold {use}", exists, None))
        return found

    def _matches(self, instance: Instance, pattern: Pattern) -> Formula:
        kind = self.vocabulary.events[pattern.event]
        wanted = list(pattern.where)
        if pattern.key and kind.key:
            wanted.append((kind.key, frozenset({pattern.key})))
        parts = [self.field_is(instance, name, values) for name, values in wanted]
        if kind.field_named(ATTEMPTED) is not None and ATTEMPTED not in dict(pattern.where):
            told = instance.event.get(ATTEMPTED) if instance.event is not None else None
            if isinstance(told, Words):
                parts.append(Inverse(self.field_is(instance, ATTEMPTED, frozenset({YES}))))
        settled = [FAILS if part == Inverse(HOLDS) else HOLDS if part == Inverse(FAILS) else part for part in parts]
        return conjunction(settled)

    def may_be_more(self, pattern: Pattern) -> bool:
        """Whether an event of this pattern may have happened that was not told."""
        if self._closed(pattern):
            return False
        again = self.vocabulary.events[pattern.event].again_after
        if not again:
            return True
        key = pattern.key
        resets = [Pattern(kind, key if self.vocabulary.events[kind].key else "") for kind in again]
        if not all(self._closed(reset) for reset in resets):
            return True
        most = 1 + sum(self._told(reset) for reset in resets)
        return self._told(Pattern(pattern.event, key)) < most

    def _told(self, pattern: Pattern) -> int:
        kind = self.vocabulary.events[pattern.event]
        count = 0
        for event in self.situation.events:
            value = event.get(kind.key) if kind.key and pattern.key else None
            other = isinstance(value, Words) and pattern.key not in value.possible
            count += event.kind == pattern.event and not other
        return count

    def _closed(self, pattern: Pattern) -> bool:
        kind = self.vocabulary.events[pattern.event]
        fixed = {name: values for name, values in pattern.where if len(values) == 1}
        if kind.key and pattern.key:
            fixed[kind.key] = frozenset({pattern.key})
        tried = fixed.get(ATTEMPTED) == frozenset({YES})
        for closed in self.situation.closed:
            same = all(fixed.get(name) == frozenset({value}) for name, value in closed.where)
            # Who says that something did not happen says nothing of a try that failed.
            if closed.kind == pattern.event and same and (not tried or ATTEMPTED in dict(closed.where)):
                return True
        return False

    def in_order(self) -> list[Formula]:
        """What the vocabulary says of the order of two kinds of event, where just one of each was told and can be."""
        found: list[Formula] = []
        for kind in self.vocabulary.events.values():
            for other in kind.precedes:
                first, second = self._only(kind.name), self._only(other)
                if first is not None and second is not None:
                    found.append(Within(self.own_day(first), None, self.own_day(second)))
        return found

    def _only(self, kind: str) -> Instance | None:
        """The event of a kind that was told, if it is the only one and no other can have happened."""
        told = [event for event in self.situation.events if event.kind == kind]
        if len(told) != 1 or self.may_be_more(Pattern(kind)):
            return None
        return Instance(kind, str(told[0].number), HOLDS, told[0])

    def own_day(self, instance: Instance) -> Moved:
        """The day of an event. One that was told without a day happened by the first of the days told of it."""
        days = None
        if instance.event is not None:
            days = instance.event.on
            if days.earliest == FIRST_DAY and days.latest == LAST_DAY:
                told = [value for _, value in instance.event.fields if isinstance(value, Days)]
                if told:
                    days = Days(earliest=FIRST_DAY, latest=min(day.latest for day in told))
        return self._day(("event", instance.kind, instance.label), instance.kind, days)

    def field_day(self, instance: Instance, field: str) -> tuple[Formula, Moved]:
        """Whether a date field of an event exists, and its day."""
        value = instance.event.get(field) if instance.event is not None else None
        key = ("event", instance.kind, instance.label, field)
        name = f"{instance.kind}.{field}"
        if isinstance(value, Words) and value.possible == frozenset({NONE}):
            return FAILS, Moved(None, LAST_DAY)
        days = value if isinstance(value, Days) else None
        exists = HOLDS if days is not None else self.unknown((*key, "exists"), name)
        return exists, self._day(key, name, days)

    def field_is(self, instance: Instance, field: str, values: frozenset[str]) -> Formula:
        """A field of an event has one of these values. A fact of the same name applies where the event is silent."""
        part = self.vocabulary.events[instance.kind].field_named(field)
        value = instance.event.get(field) if instance.event is not None else None
        key = ("event", instance.kind, instance.label, field)
        same = self.vocabulary.facts.get(field)
        if value is None and same is not None:
            known = self.situation.facts.get(field)
            if known is not None and known.periods:
                return self._value_is(same, "", values, known.periods[0].value, ("fact", field, 0))
        name = field if same is not None else f"{instance.kind}.{field}"
        if isinstance(value, Days | Range):
            return FAILS
        return self._words_are(part, name, values, value, key)

    def length(self, instance: Instance, field: str) -> tuple[int, int] | None:
        """The least and the most days of a length that was told; None if it was not."""
        value = instance.event.get(field) if instance.event is not None else None
        if not isinstance(value, Range):
            return None
        least = value.least if value.least is not None else 0
        return least, value.most if value.most is not None else LAST_DAY - FIRST_DAY


def _words(owner: Fact | Field | None) -> tuple[str, ...]:
    if owner is None:
        return ()
    words = (YES, NO) if owner.shape is Shape.YES_NO else owner.words
    absent = isinstance(owner, Fact) and owner.may_be_absent and bool(words) and NONE not in words
    return (*words, NONE) if absent else words


def _day_key(day: Moved) -> object:
    return ("asked",) if day.variable is not None and not day.variable.name else (id(day.variable), day.base)
