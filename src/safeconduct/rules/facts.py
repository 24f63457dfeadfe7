"""What was told of a person's facts, as formulas: a value, several, or none, on the days for which it was told."""

from safeconduct.rules.formula import FAILS, HOLDS, Formula, In, Moved, Within, conjunction, disjunction, inverse
from safeconduct.rules.situation import Absent, Period, Range, Record, Value, WordList, Words
from safeconduct.rules.variables import Variables
from safeconduct.rules.vocabulary import NO, NONE, PRESENT, YES, Fact, Field, Shape
from safeconduct.values.days import FIRST_DAY, LAST_DAY, Days

_MOST_NUMBER = 1_000_000
ENDS = ("from", "until")
"""The fields of a record that say on which days it is so."""


class Facts(Variables):
    """The facts of one situation."""

    def fact_is(self, name: str, field: str, values: frozenset[str], day: Moved) -> Formula:
        """A fact or a field of a record has one of these values on a day."""
        fact = self.vocabulary.facts[name]
        known = self.situation.facts.get(name)
        periods = known.periods if known is not None else ()
        if len(periods) == 1 and periods[0].first is None and periods[0].last is None:
            return self._value_is(fact, field, values, periods[0].value, ("fact", name, 0))
        outside = ("fact", name, day if fact.may_change else "")
        if not periods:
            return self._unknown_is(fact, field, values, outside)
        parts, inside = [], []
        for index, period in enumerate(periods):
            within = self._within(period, day, name, index)
            inside.append(within)
            parts.append(
                conjunction([within, self._value_is(fact, field, values, period.value, ("fact", name, index))])
            )
        parts.append(conjunction([inverse(disjunction(inside)), self._unknown_is(fact, field, values, outside)]))
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
            return self._words_are(_part(fact, field), f"{fact.name}.{field}", values, value.get(field), (*key, field))
        if isinstance(value, Words):
            return self._words_are(fact, fact.name, values, value, (*key, field))
        return HOLDS if PRESENT in values else FAILS

    def _words_are(
        self,
        owner: Fact | Field,
        name: str,
        values: frozenset[str],
        value: Value | None,
        key: tuple[object, ...],
    ) -> Formula:
        words = _words(owner)
        told = value.possible if isinstance(value, Words) else None
        if told is not None and PRESENT in values:
            return inverse(self._words_are(owner, name, frozenset({NONE}), value, key))
        if told is not None and told <= values:
            return HOLDS
        if told is not None and not told & values:
            return FAILS
        if not words:
            return self.unknown((*key, values), name)
        choice = self.choice(key, name, words, told if told is not None else frozenset(words))
        return In(choice, choice.mask(values))

    def _unknown_is(self, fact: Fact, field: str, values: frozenset[str], key: tuple[object, ...]) -> Formula:
        if fact.shape is Shape.RECORD:
            presence = self.choice((*key, "presence"), fact.name, (PRESENT, NONE), frozenset({PRESENT, NONE}))
            if not field:
                return In(presence, presence.mask(values))
            inner = self._words_are(_part(fact, field), f"{fact.name}.{field}", values, None, (*key, field))
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

    def told_on(self, name: str, day: Moved) -> list[tuple[Formula, Value | None]]:
        """What was told of a fact: each value with the formula that it is the one of this day; None where none is."""
        known = self.situation.facts.get(name)
        found: list[tuple[Formula, Value | None]] = []
        inside: list[Formula] = []
        for index, period in enumerate(known.periods if known is not None else ()):
            within = self._within(period, day, name, index)
            inside.append(within)
            found.append((within, period.value))
        outside = inverse(disjunction(inside))
        return found if outside == FAILS else [*found, (outside, None)]

    def includes(self, name: str, value: str, day: Moved) -> Formula:
        """A list fact holds a word on a day."""
        parts = []
        for index, (within, told) in enumerate(self.told_on(name, day)):
            held = self.unknown(("fact", name, value, index), name)
            if isinstance(told, WordList) and (value in told.words or told.whole):
                held = HOLDS if value in told.words else FAILS
            parts.append(conjunction([within, held]))
        return disjunction(parts)

    def days_of_fact(self, name: str, field: str, day: Moved) -> tuple[tuple[Formula, Moved], ...]:
        """The days that a date fact, or a date of a record, has on a day, each with the formula that it is the one."""
        fact = self.vocabulary.facts[name]
        label = f"{name}.{field}" if field else name
        found = []
        for index, (within, told) in enumerate(self.told_on(name, day)):
            if not isinstance(told, Absent):
                value = told.get(field) if isinstance(told, Record) else told
                dated = self._dated(("day", name, field, index), label, value, sure=not _may_lack(fact))
                found.append((conjunction([within, dated[0]]), dated[1]))
        return tuple(found)

    def ends_of_fact(self, name: str, field: str) -> tuple[tuple[Formula, Moved], ...]:
        """The days `from` or `until` which a record is so, of all that there were; each with whether there is one."""
        known = self.situation.facts.get(name)
        periods = known.periods if known is not None else ()
        found = []
        for index, period in enumerate(periods):
            if not isinstance(period.value, Absent):
                days = period.first if field == ENDS[0] else period.last
                found.append(self._dated(("day", name, field, index), f"{name}.{field}", days, sure=False))
        for index, days in enumerate(_untold_days(periods)):
            key = ("day", name, field, "untold", index)
            found.append((self.may_exist(key, f"{name}.{field}"), self.day(key, f"{name}.{field}", days)))
        return tuple(found)

    def _dated(self, key: tuple[object, ...], name: str, value: Value | None, *, sure: bool) -> tuple[Formula, Moved]:
        """A day that was told; or one that was not, and that may not exist unless that is sure."""
        days = value if isinstance(value, Days) else None
        return HOLDS if sure or days is not None else self.may_exist(key, name), self.day(key, name, days)

    def number_in(self, name: str, field: str, bounds: tuple[int | None, int | None], day: Moved) -> Formula:
        """A number fact lies between two bounds, both included, on a day."""
        label = f"{name}.{field}" if field else name
        first, last = (Moved(None, bound) if bound is not None else None for bound in bounds)
        parts = []
        for index, (within, told) in enumerate(self.told_on(name, day)):
            value = told.get(field) if isinstance(told, Record) else told
            if isinstance(value, Absent):
                continue
            low, high = 0, _MOST_NUMBER
            exists: Formula = HOLDS
            if isinstance(value, Range):
                low = value.least if value.least is not None else low
                high = value.most if value.most is not None else high
            elif self.vocabulary.facts[name].may_be_absent:
                exists = self.unknown(("exists", name, field, index), label)
            number = Moved(self.whole(("number", name, field, index), label, low, high))
            parts.append(conjunction([within, exists, Within(number, first, last)]))
        return disjunction(parts)


def _part(fact: Fact, name: str) -> Field:
    return next(part for part in fact.fields if part.name == name)


def _words(owner: Fact | Field) -> tuple[str, ...]:
    words = (YES, NO) if owner.shape is Shape.YES_NO else owner.words
    absent = isinstance(owner, Fact) and owner.may_be_absent and bool(words) and NONE not in words
    return (*words, NONE) if absent else words


def _may_lack(fact: Fact) -> bool:
    """Whether somebody may have no such day."""
    return fact.may_be_absent or fact.shape is Shape.RECORD


def _untold_days(periods: tuple[Period, ...]) -> list[Days]:
    """The days of which nothing was told: before the first period, between two, after the last."""
    found, first = [], FIRST_DAY
    for period in periods:
        last = period.first.latest - 1 if period.first is not None else FIRST_DAY - 1
        if first <= last:
            found.append(Days(earliest=first, latest=last))
        first = max(first, period.last.earliest + 1 if period.last is not None else LAST_DAY + 1)
    if first <= LAST_DAY:
        found.append(Days(earliest=first, latest=LAST_DAY))
    return found
