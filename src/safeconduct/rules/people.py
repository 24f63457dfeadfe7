"""A person: facts, and events that were told or may have happened without being told."""

from dataclasses import dataclass

from safeconduct.rules.facts import Facts
from safeconduct.rules.formula import FAILS, HOLDS, Formula, Moved, Within, conjunction, inverse
from safeconduct.rules.situation import Event, Range, Words
from safeconduct.rules.tree import Pattern
from safeconduct.rules.vocabulary import NO, YES, EventKind
from safeconduct.values.days import FIRST_DAY, LAST_DAY, Days

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


class People(Facts):
    """The facts and the events of one situation."""

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
                matches = self.matches(instance, pattern)
                if matches != FAILS:
                    found.append(Instance(event.kind, str(event.number), matches, event))
        if self.may_be_more(pattern):
            exists = self.unknown(("untold", pattern.event, use), pattern.event)
            found.append(Instance(pattern.event, f"untold {use}", exists, None))
        return found

    def matches(self, instance: Instance, pattern: Pattern) -> Formula:
        """Whether an event has the key and the fields of a pattern of its kind."""
        kind = self.vocabulary.events[pattern.event]
        wanted = list(pattern.where)
        if pattern.key and kind.key:
            wanted.append((kind.key, frozenset({pattern.key})))
        parts = [self.field_is(instance, name, values) for name, values in wanted]
        if kind.field_named(ATTEMPTED) is not None and ATTEMPTED not in dict(pattern.where):
            told = instance.event.get(ATTEMPTED) if instance.event is not None else None
            if isinstance(told, Words):
                parts.append(inverse(self.field_is(instance, ATTEMPTED, frozenset({YES}))))
        return conjunction(parts)

    def may_be_more(self, pattern: Pattern) -> bool:
        """Whether an event of this pattern may have happened that was not told."""
        if self._closed(pattern):
            return False
        kind = self.vocabulary.events[pattern.event]
        if not kind.again_after or (kind.key and not pattern.key):
            return True
        resets = [Pattern(name, pattern.key if self.vocabulary.events[name].key else "") for name in kind.again_after]
        if not all(self._closed(reset) for reset in resets):
            return True
        most = 1 + sum(self._told(reset, certainly=False) for reset in resets)
        return self._told(Pattern(pattern.event, pattern.key), certainly=True) < most

    def _told(self, pattern: Pattern, *, certainly: bool) -> int:
        """How many events told are certainly, or possibly, of this kind and key, and more than a try."""
        kind = self.vocabulary.events[pattern.event]
        count = 0
        for event in self.situation.events:
            key = event.get(kind.key) if kind.key and pattern.key else None
            tried = event.get(ATTEMPTED) if kind.field_named(ATTEMPTED) is not None else None
            keys = key.possible if isinstance(key, Words) else None
            tries = tried.possible if isinstance(tried, Words) else frozenset({NO})
            sure = (not kind.key or not pattern.key or keys == frozenset({pattern.key})) and YES not in tries
            may = (keys is None or pattern.key in keys) and NO in tries
            count += event.kind == pattern.event and (sure if certainly else may)
        return count

    def _closed(self, pattern: Pattern) -> bool:
        kind = self.vocabulary.events[pattern.event]
        fixed = {name: values for name, values in pattern.where if len(values) == 1}
        if kind.key and pattern.key:
            fixed[kind.key] = frozenset({pattern.key})
        tried = YES in dict(pattern.where).get(ATTEMPTED, ())
        for closed in self.situation.closed:
            same = all(fixed.get(name) == frozenset({value}) for name, value in closed.where)
            # Who says that something did not happen says nothing of a try that failed.
            if closed.kind == pattern.event and same and (not tried or ATTEMPTED in dict(closed.where)):
                return True
        return False

    def in_order(self) -> list[Formula]:
        """What the vocabulary says of the order of two kinds of event, where just one of each was told and can be."""
        pairs = self._pairs()
        return [Within(self.own_day(first), None, self.own_day(second)) for first, second in pairs]

    def is_before(self, first: Instance, second: Instance) -> bool:
        """Whether the vocabulary says that the first of two events cannot come after the second."""
        labels = (first.kind, first.label, second.kind, second.label)
        return any(labels == (one.kind, one.label, other.kind, other.label) for one, other in self._pairs())

    def _pairs(self) -> list[tuple[Instance, Instance]]:
        found = []
        for kind in self.vocabulary.events.values():
            for other in kind.precedes:
                keyed = kind.key and self.vocabulary.events[other].key
                for key in self._keys(kind) if keyed else [""]:
                    first, second = self._only(Pattern(kind.name, key)), self._only(Pattern(other, key))
                    if first is not None and second is not None:
                        found.append((first, second))
        return found

    def _keys(self, kind: EventKind) -> list[str]:
        """The keys by which the events told of a kind are kept apart."""
        told = [event.get(kind.key) for event in self.situation.events if event.kind == kind.name]
        return sorted({word for key in told if isinstance(key, Words) for word in key.possible})

    def _only(self, pattern: Pattern) -> Instance | None:
        """The event of a kind and key that was told, if it is the only one and no other can have happened."""
        if self.may_be_more(pattern) or self._told(pattern, certainly=False) != 1:
            return None
        kind = self.vocabulary.events[pattern.event]
        for event in self.situation.events:
            key = event.get(kind.key) if pattern.key else None
            same = not pattern.key or key == Words(possible=frozenset({pattern.key}))
            if event.kind == pattern.event and same and self._told(pattern, certainly=True) == 1:
                return Instance(event.kind, str(event.number), HOLDS, event)
        return None

    def own_day(self, instance: Instance) -> Moved:
        """The day of an event. One that was told without a day happened by the first of the days told of it."""
        days = None
        if instance.event is not None:
            days = instance.event.on
            if days.earliest == FIRST_DAY and days.latest == LAST_DAY:
                told = [value for _, value in instance.event.fields if isinstance(value, Days)]
                if told:
                    days = Days(earliest=FIRST_DAY, latest=min(day.latest for day in told))
        return self.day(("event", instance.kind, instance.label), instance.kind, days)

    def field_day(self, instance: Instance, field: str) -> tuple[Formula, Moved]:
        """Whether a date field of an event exists, and its day."""
        value = instance.event.get(field) if instance.event is not None else None
        key = ("event", instance.kind, instance.label, field)
        name = f"{instance.kind}.{field}"
        days = value if isinstance(value, Days) else None
        exists = HOLDS if days is not None else self.unknown((*key, "exists"), name)
        return exists, self.day(key, name, days)

    def field_is(self, instance: Instance, field: str, values: frozenset[str]) -> Formula:
        """A field of an event has one of these values. A fact of the same name applies where the event is silent."""
        part = next(part for part in self.vocabulary.events[instance.kind].fields if part.name == field)
        value = instance.event.get(field) if instance.event is not None else None
        key = ("event", instance.kind, instance.label, field)
        same = self.vocabulary.facts.get(field)
        if value is None and same is not None:
            known = self.situation.facts.get(field)
            if known is not None and known.periods:
                return self._value_is(same, "", values, known.periods[0].value, ("fact", field, 0))
        name = field if same is not None else f"{instance.kind}.{field}"
        return self._words_are(part, name, values, value, key)

    def length(self, instance: Instance, field: str) -> tuple[int, int] | None:
        """The least and the most days of a length that was told; None if it was not."""
        value = instance.event.get(field) if instance.event is not None else None
        if not isinstance(value, Range):
            return None
        least = value.least if value.least is not None else 0
        return least, value.most if value.most is not None else LAST_DAY - FIRST_DAY
