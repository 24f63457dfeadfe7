"""Conditions of the tree become formulas over the variables of one situation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from safeconduct.rules.clock import Clock, clock
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.formula import (
    ASKED,
    FAILS,
    HOLDS,
    AtLeast,
    Formula,
    Moved,
    Settled,
    Within,
    conjunction,
    disjunction,
    inverse,
)
from safeconduct.rules.people import Instance, People
from safeconduct.rules.situation import Record, Situation, Words
from safeconduct.rules.stay import last_lawful_days
from safeconduct.rules.tree import (
    Aged,
    All,
    Always,
    Asked,
    Between,
    BoundDay,
    BoundIs,
    ByReading,
    Condition,
    CountOf,
    Day,
    EventDay,
    FactDay,
    FactIs,
    First,
    Happened,
    Holds,
    Includes,
    ItemAged,
    ItemIs,
    Kind,
    LastLawfulDay,
    Latest,
    Not,
    NumberIn,
    On,
    Pattern,
    Provision,
    Shifted,
    Some,
    Told,
)
from safeconduct.values.days import FIRST_DAY, LAST_DAY, Days, Rounding

_DAY_ASKED = Moved(ASKED)
Readings = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Dates:
    """The days that a term may mean: each with the condition under which it exists.

    Args:
        which: "some" (any of them will do), "first" or "latest" of those that exist.
        options: Pairs of condition and day.
    """

    which: str
    options: tuple[tuple[Formula, Moved], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Applied:
    """A provision applied to the person, or to one event.

    Args:
        instance: The event; None if the provision is about the person.
        exists: Whether there is such an event by the day asked.
        clauses: For each clause of the provision, in order, whether its condition is met.
        in_force: Whether the text governs.
        formula: Whether the provision holds of it; for a deadline, whether it runs.
        clock: For a deadline, its states.
    """

    instance: Instance | None
    exists: Formula
    clauses: tuple[Formula, ...]
    in_force: Formula
    formula: Formula
    clock: Clock | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Grounded:
    """A provision for one situation under one choice of readings.

    Args:
        provision: The provision.
        concerns: Whether it can reach the person at all.
        applied: Its applications; one, or one for each event.
        formula: The answer: it concerns the person and one of the applications holds.
    """

    provision: Provision
    concerns: Formula
    applied: tuple[Applied, ...]
    formula: Formula


class Ground:
    """Turns trees into formulas for one situation.

    Args:
        corpus: The law.
        situation: What is known of the person.
        readings: For each conflict, the reading that is taken; a conflict not named takes its first.
    """

    def __init__(self, corpus: Corpus, situation: Situation, readings: Readings | None = None) -> None:
        """Share nothing with other readings but what is given."""
        self.corpus = corpus
        self.asked = _DAY_ASKED
        self.people = People(corpus.vocabulary, situation)
        self.readings = dict(readings or {})
        self._holds: dict[tuple[str, str], Formula] = {}
        self._grounded: dict[str, Grounded] = {}

    # --- provisions --------------------------------------------------------------------------------------------

    def provision(self, name: str) -> Grounded:
        """The provision of that id."""
        found = self._grounded.get(name)
        if found is None:
            found = self._grounded[name] = self._provision(self.corpus.provisions[name])
        return found

    def _provision(self, provision: Provision) -> Grounded:
        concerns = self.condition(provision.concerns, None, provision.id)
        applied = []
        if provision.about is None:
            applied.append(self._applied(provision, None, HOLDS))
        else:
            for instance in self.people.instances(provision.about, provision.id):
                by_now = Within(self.people.own_day(instance), None, _DAY_ASKED)
                applied.append(self._applied(provision, instance, conjunction([instance.exists, by_now])))
        formula = conjunction([concerns, disjunction([one.formula for one in applied])])
        return Grounded(provision, concerns, tuple(applied), formula)

    def _applied(self, provision: Provision, instance: Instance | None, exists: Formula) -> Applied:
        clauses = tuple(self.condition(clause.condition, instance, provision.id) for clause in provision.clauses)
        in_force = self.in_force(provision, instance)
        holds: list[Formula] = [exists, in_force]
        body: Formula = HOLDS
        for clause, met in zip(provision.clauses, clauses, strict=True):
            if clause.role == "if":
                holds.append(met)
            elif clause.role in ("unless", "displaced"):
                holds.append(inverse(met))
        body = conjunction(holds)
        for clause, met in zip(provision.clauses, clauses, strict=True):
            if clause.role == "exception":
                outside = conjunction([exists, in_force, met]) if clause.outcome else inverse(met)
                body = disjunction([body, outside]) if clause.outcome else conjunction([body, outside])
        if provision.deadline is None:
            return Applied(instance, exists, clauses, in_force, body)
        states = clock(self, provision.deadline, body, instance, provision.id)
        return Applied(instance, exists, clauses, in_force, states.running, states)

    def in_force(self, provision: Provision, instance: Instance | None) -> Formula:
        """Whether the text governs: the governing day lies in its days. A practice is not in force; it happens."""
        span = provision.span
        if provision.kind is Kind.PRACTICE or (span.first is None and span.last is None):
            return HOLDS
        first = On(span.first) if span.first is not None else None
        last = On(span.last) if span.last is not None else None
        return self._between(Between(provision.governed_by, first, last), instance, provision.id)

    # --- conditions --------------------------------------------------------------------------------------------

    def condition(self, node: Condition, bound: Instance | None, use: str) -> Formula:
        """The formula of a condition.

        Args:
            node: The condition.
            bound: The event that the provision is applied to, if any.
            use: Id of the provision or name of the term, which keeps untold events apart.
        """
        match node:
            case Always():
                return HOLDS if node.holds else FAILS
            case All():
                return conjunction([self.condition(part, bound, use) for part in node.parts])
            case Some():
                return disjunction([self.condition(part, bound, use) for part in node.parts])
            case Not():
                return inverse(self.condition(node.part, bound, use))
            case FactIs():
                return self._fact_is(node, bound, use)
            case Includes():
                return self.people.includes(node.fact, node.value)
            case NumberIn():
                return self.people.number_in(node.fact, node.field, node.least, node.most)
            case CountOf():
                return self._count(node, bound, use)
            case Happened():
                return self._happened(node, bound, use)
            case BoundIs():
                return self.people.field_is(self._need(bound, node.event, use), node.field, node.values)
            case Between():
                return self._between(node, bound, use)
            case Aged():
                return self._aged(node, bound, use)
            case Holds():
                return self._reference(node.name, bound)
            case ByReading():
                return self.condition(node.parts[self.readings.get(node.conflict, 0)], bound, use)
            case ItemIs() | ItemAged():
                message = "a condition on a record stands outside its count"
                raise TypeError(message)
            case _:
                assert_never(node)

    def _fact_is(self, node: FactIs, bound: Instance | None, use: str) -> Formula:
        days = self.days(node.day, bound, use)
        parts = [
            conjunction([guard, self.people.fact_is(node.fact, node.field, node.values, day)])
            for guard, day in days.options
        ]
        return disjunction(parts)

    def _aged(self, node: Aged, bound: Instance | None, use: str) -> Formula:
        exists, birth = self.people.day_of_fact(node.fact, "")
        return conjunction([exists, self._age(birth, node.least, node.under, node.day, bound, use)])

    def _age(  # noqa: PLR0913 -- the parts of one sentence
        self, birth: Moved, least: int | None, under: int | None, at: Day, bound: Instance | None, use: str
    ) -> Formula:
        """Aged `least` and not yet `under`, as one atom on the birth date.

        "The n-th birthday is not after D" is "born not after D less n years, clipped": somebody born on 29 February
        has a birthday on 1 March in common years, so D = 28 February less n years gives 28 February.
        """
        parts = []
        for guard, day in self.days(at, bound, use).options:
            first = _after(_years_before(day, under)) if under is not None else None
            last = _years_before(day, least) if least is not None else None
            parts.append(conjunction([guard, Within(birth, first, last)]))
        return disjunction(parts)

    def _count(self, node: CountOf, bound: Instance | None, use: str) -> Formula:
        told = self.people.records(node.fact)
        if told is None:
            return self.people.unknown(("count", node), node.fact)
        parts = []
        for index, record in enumerate(told.records):
            met = [self._item(part, node.fact, index, record, bound, use) for part in node.conditions]
            parts.append(conjunction(met))
        parts += [self.people.unknown(("unstated", node.fact, index), node.fact) for index in range(told.unstated)]
        return AtLeast(node.least, tuple(parts)) if parts else FAILS if node.least > 0 else HOLDS

    def _item(  # noqa: PLR0913 -- the parts of one sentence
        self, node: Condition, fact: str, index: int, record: Record, bound: Instance | None, use: str
    ) -> Formula:
        if isinstance(node, ItemIs):
            value = record.get(node.field)
            if isinstance(value, Words):
                if value.possible <= node.values:
                    return HOLDS
                if not value.possible & node.values:
                    return FAILS
            return self.people.unknown(("item", fact, index, node), f"{fact}.{node.field}")
        if isinstance(node, ItemAged):
            days = record.get(node.field)
            low, high = (days.earliest, days.latest) if isinstance(days, Days) else (FIRST_DAY, LAST_DAY)
            birth = Moved(self.people.whole(("item", fact, index, node.field), f"{fact}.{node.field}", low, high))
            return self._age(birth, node.least, node.under, node.day, bound, use)
        message = "only conditions on a record can be counted"
        raise TypeError(message)

    def _reference(self, name: str, bound: Instance | None) -> Formula:
        term = self.corpus.terms.get(name)
        if term is None:
            return self.provision(name).formula
        same = term.about is not None and bound is not None and term.about.event == bound.kind
        key = (name, bound.label if same and bound is not None else "")
        found = self._holds.get(key)
        if found is None:
            if term.about is None:
                found = self.condition(term.condition, None, name)
            elif same:
                found = self.condition(term.condition, bound, name)
            else:
                parts = []
                for one in self.people.instances(term.about, name):
                    by_now = Within(self.people.own_day(one), None, _DAY_ASKED)
                    parts.append(conjunction([one.exists, by_now, self.condition(term.condition, one, name)]))
                found = disjunction(parts)
            self._holds[key] = found
        return found

    def _happened(self, node: Happened, bound: Instance | None, use: str) -> Formula:
        parts = []
        place = f"{use} {id(node)}"
        for one in self.people.instances(node.pattern, place):
            if node.field:
                exists, day = self.people.field_day(one, node.field)
            else:
                exists, day = HOLDS, self.people.own_day(one)
            met = [one.exists, exists, self._between_options(day, node.first, node.last, bound, use)]
            if not node.field and not isinstance(node.last, Asked):
                met.append(Within(day, None, _DAY_ASKED))
            for index, pattern in enumerate(node.unless_followed_by):
                met.append(self.not_followed(one, day, pattern, f"{place} {index} {one.label}"))
            parts.append(conjunction(met))
        return disjunction(parts)

    def not_followed(self, first: Instance, day: Moved, pattern: Pattern, use: str) -> Formula:
        """No later event of this pattern, by the day asked. Two on one day may have come in either order."""
        parts = []
        for one in self.people.instances(pattern, use):
            later = self.people.own_day(one)
            after = Within(later, _after(day), _DAY_ASKED)
            same = conjunction(
                [Within(later, day, day), Within(later, None, _DAY_ASKED), self.people.unknown(("order", use, one.label), pattern.event)]
            )
            parts.append(conjunction([one.exists, disjunction([after, same])]))
        return inverse(disjunction(parts))

    # --- days --------------------------------------------------------------------------------------------------

    def _between(self, node: Between, bound: Instance | None, use: str) -> Formula:
        days = self.days(node.day, bound, use)
        if days.which == "some" or len(days.options) == 1:
            return disjunction(
                [
                    conjunction([guard, self._between_options(day, node.first, node.last, bound, use)])
                    for guard, day in days.options
                ]
            )
        exists = disjunction([guard for guard, _ in days.options])
        low = self._all_or_one(days, node.first, None, bound, use, every=days.which == "first")
        high = self._all_or_one(days, None, node.last, bound, use, every=days.which == "latest")
        return conjunction([exists, low, high])

    def _all_or_one(  # noqa: PLR0913 -- the parts of one sentence
        self, days: Dates, first: Day | None, last: Day | None, bound: Instance | None, use: str, *, every: bool
    ) -> Formula:
        """The first of some days is not before a limit if all that exist are not; not after it if one is not."""
        if first is None and last is None:
            return HOLDS
        parts = []
        for guard, day in days.options:
            met = self._between_options(day, first, last, bound, use)
            parts.append(disjunction([inverse(guard), met]) if every else conjunction([guard, met]))
        return conjunction(parts) if every else disjunction(parts)

    def _between_options(
        self, day: Moved, first: Day | None, last: Day | None, bound: Instance | None, use: str
    ) -> Formula:
        lows = self._limits(first, bound, use)
        highs = self._limits(last, bound, use)
        if len(lows.options) == 1 and len(highs.options) == 1:
            (low_guard, low), (high_guard, high) = lows.options[0], highs.options[0]
            return conjunction([low_guard, high_guard, _within(day, low, high)])
        return conjunction([self._side(day, lows, below=True), self._side(day, highs, below=False)])

    def _limits(self, limit: Day | None, bound: Instance | None, use: str) -> Dates:
        return self.days(limit, bound, use) if limit is not None else Dates("some", ((HOLDS, _NO_LIMIT),))

    def _side(self, day: Moved, limits: Dates, *, below: bool) -> Formula:
        met = []
        for guard, limit in limits.options:
            one = _within(day, limit, _NO_LIMIT) if below else _within(day, _NO_LIMIT, limit)
            met.append((guard, one))
        every = limits.which == ("latest" if below else "first")
        if every and len(met) > 1:
            exists = disjunction([guard for guard, _ in met])
            return conjunction([exists, *(disjunction([inverse(guard), one]) for guard, one in met)])
        return disjunction([conjunction([guard, one]) for guard, one in met])

    def days(self, node: Day, bound: Instance | None, use: str) -> Dates:
        """The days that a term may mean."""
        match node:
            case Asked():
                return Dates("some", ((HOLDS, _DAY_ASKED),))
            case On():
                return Dates("some", ((HOLDS, Moved(None, node.day.toordinal())),))
            case FactDay():
                return Dates("some", (self.people.day_of_fact(node.fact, node.field),))
            case BoundDay():
                one = self._need(bound, node.event, use)
                if node.field:
                    return Dates("some", (self.people.field_day(one, node.field),))
                return Dates("some", ((HOLDS, self.people.own_day(one)),))
            case EventDay():
                return self._event_days(node, bound, use)
            case Shifted():
                inner = self.days(node.day, bound, use)
                moved = tuple((guard, _moved(day, node)) for guard, day in inner.options)
                return Dates(inner.which, moved)
            case First() | Latest():
                options = [option for part in node.days for option in self.days(part, bound, use).options]
                possible = tuple(option for option in options if option[0] != FAILS)
                return Dates("first" if isinstance(node, First) else "latest", possible)
            case Told():
                return self._told(node, bound, use)
            case LastLawfulDay():
                return Dates("some", last_lawful_days(self, node.country, use))
            case _:
                assert_never(node)

    def _event_days(self, node: EventDay, bound: Instance | None, use: str) -> Dates:
        options = []
        for one in self.people.instances(node.pattern, f"{use} {id(node)}"):
            if node.field:
                exists, day = self.people.field_day(one, node.field)
            else:
                exists, day = HOLDS, self.people.own_day(one)
            guard = [one.exists, exists]
            if node.after is not None:
                limits = self.days(node.after, bound, use)
                later = Dates(limits.which, tuple((known, _after(limit)) for known, limit in limits.options))
                guard.append(self._side(day, later, below=True))
            options.append((conjunction(guard), day))
        return Dates("some", tuple(options))

    def _told(self, node: Told, bound: Instance | None, use: str) -> Dates:
        one = self._need(bound, node.event, use)
        length = self.people.length(one, node.field)
        if length is None:
            return Dates("some", ())
        (_, start), *_rest = self.days(node.day, bound, use).options
        least, most = length
        low, high = start.low(0) + least, min(start.high(0) + most, LAST_DAY)
        if start.variable is None:
            low, high = start.base + least, min(start.base + most, LAST_DAY)
        end = Moved(self.people.whole(("told", one.kind, one.label, node.field), f"{one.kind}.{node.field}", low, high))
        if start.variable is not None:
            bounds = Within(end, Moved(start.variable, 0, 0, least), Moved(start.variable, 0, 0, most))
            if bounds not in self.people.constraints:
                self.people.constraints.append(bounds)
        return Dates("some", ((HOLDS, end),))

    def _need(self, bound: Instance | None, event: str, use: str) -> Instance:
        if bound is None or bound.kind != event:
            message = f"{use} names a field of {event} but is not about one"
            raise TypeError(message)
        return bound

    def constraints(self) -> tuple[Formula, ...]:
        """What is so by the meaning of the words, for the variables made so far."""
        found = list(self.people.constraints)
        for item in self.corpus.vocabulary.implications:
            if self.people.mentions(item.fact) or self.people.mentions(item.then):
                when = self.people.fact_is(item.fact, "", item.values, _DAY_ASKED)
                then = self.people.fact_is(item.then, "", item.then_values, _DAY_ASKED)
                formula = disjunction([inverse(when), then])
                if not isinstance(formula, Settled):
                    found.append(formula)
        return tuple(found)


_NO_LIMIT = Moved(None, -1)


def _within(day: Moved, low: Moved, high: Moved) -> Formula:
    first = None if low is _NO_LIMIT else low
    last = None if high is _NO_LIMIT else high
    return Within(day, first, last) if first is not None or last is not None else HOLDS


def _years_before(day: Moved, years: int) -> Moved:
    return _moved(day, Shifted(Asked(), -12 * years, 0, Rounding.CLIP))


def _after(day: Moved) -> Moved:
    return Moved(day.variable, day.base, day.months, day.days + 1, day.rounding)


def _moved(day: Moved, step: Shifted) -> Moved:
    if day.variable is None:
        base = Moved(None, day.low(0), step.months, step.days, step.rounding).low(0)
        return Moved(None, base)
    if not step.months:
        return Moved(day.variable, day.base, day.months, day.days + step.days, day.rounding)
    if day.days or (day.months and day.rounding is not step.rounding):
        message = "months cannot be added to a day that was moved by days"
        raise TypeError(message)
    return Moved(day.variable, 0, day.months + step.months, step.days, step.rounding)
