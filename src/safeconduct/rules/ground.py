"""Conditions of the tree become formulas over the variables of one situation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from safeconduct.rules.clock import Clock, clock
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.dating import At, after, between, days_of, lies_between, moved, one_day
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
from safeconduct.rules.situation import Record, RecordList, Situation, Value, Words
from safeconduct.rules.tree import (
    Aged,
    All,
    Always,
    Asked,
    Between,
    BoundIs,
    ByReading,
    Condition,
    CountOf,
    Day,
    FactDay,
    FactIs,
    Happened,
    Holds,
    Includes,
    ItemAged,
    ItemIs,
    Kind,
    Not,
    NumberIn,
    On,
    Pattern,
    Provision,
    Shifted,
    Some,
)
from safeconduct.values.days import FIRST_DAY, LAST_DAY, Days, Rounding

_DAY_ASKED = Moved(ASKED)
Readings = Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Applied:
    """A provision applied to the person, or to one event.

    Args:
        instance: The event; None if the provision is about the person.
        exists: Whether there is such an event by the day asked.
        clauses: For each clause of the provision, in order, whether its condition is met.
        in_force: Whether the text governs.
        formula: Whether the provision holds of it; for a deadline, whether it runs.
        holds: Whether its clauses hold of it; for a deadline, whether there is one at all.
        clock: For a deadline, its states.
    """

    instance: Instance | None
    exists: Formula
    clauses: tuple[Formula, ...]
    in_force: Formula
    formula: Formula
    holds: Formula
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
        self._constraints: tuple[Formula, ...] = ()
        self._constrained_at = -1

    # --- provisions --------------------------------------------------------------------------------------------

    def provision(self, name: str) -> Grounded:
        """The provision of that id."""
        found = self._grounded.get(name)
        if found is None:
            found = self._grounded[name] = self._provision(self.corpus.provisions[name])
        return found

    def _provision(self, provision: Provision) -> Grounded:
        concerns = self.condition(provision.concerns, At(provision.id))
        applied = []
        if provision.about is None:
            applied.append(self._applied(provision, None, HOLDS, concerns))
        else:
            for instance in self.people.instances(provision.about, provision.id):
                by_now = Within(self.people.own_day(instance), None, _DAY_ASKED)
                applied.append(self._applied(provision, instance, conjunction([instance.exists, by_now]), concerns))
        formula = conjunction([concerns, disjunction([one.formula for one in applied])])
        if any(self.people.told_none(name) for name in self._closing(provision.id)):
            formula = FAILS
        return Grounded(provision, concerns, tuple(applied), formula)

    def _closing(self, provision: str) -> list[str]:
        """The facts that say, where they are `none`, that this provision does not apply."""
        return [fact.name for fact in self.corpus.vocabulary.facts.values() if provision in fact.closes]

    def _applied(self, provision: Provision, instance: Instance | None, exists: Formula, concerns: Formula) -> Applied:
        clauses = tuple(self.condition(clause.condition, At(provision.id, instance)) for clause in provision.clauses)
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
            return Applied(instance, exists, clauses, in_force, body, body)
        states = clock(self, provision.deadline, conjunction([concerns, body]), At(provision.id, instance))
        return Applied(instance, exists, clauses, in_force, states.running, body, states)

    def in_force(self, provision: Provision, instance: Instance | None) -> Formula:
        """Whether the text governs: the governing day lies in its days. A practice is not in force; it happens."""
        span = provision.span
        if provision.kind is Kind.PRACTICE or (span.first is None and span.last is None):
            return HOLDS
        first = On(span.first) if span.first is not None else None
        last = On(span.last) if span.last is not None else None
        return between(self, Between(provision.governed_by, first, last), At(provision.id, instance))

    # --- conditions --------------------------------------------------------------------------------------------

    def condition(self, node: Condition, at: At) -> Formula:  # noqa: C901, PLR0911, PLR0912 -- every case, to the end
        """The formula of a condition.

        Args:
            node: The condition.
            at: Where it stands.
        """
        match node:
            case Always():
                return HOLDS if node.holds else FAILS
            case All():
                return conjunction([self.condition(part, at) for part in node.parts])
            case Some():
                return disjunction([self.condition(part, at) for part in node.parts])
            case Not():
                return inverse(self.condition(node.part, at))
            case FactIs():
                return self._fact_is(node, at)
            case Includes():
                return self.people.includes(node.fact, node.value, _DAY_ASKED)
            case NumberIn():
                return self.people.number_in(node.fact, node.field, (node.least, node.most), _DAY_ASKED)
            case CountOf():
                return self._count(node, at)
            case Happened():
                return self._happened(node, at)
            case BoundIs():
                return self.people.field_is(at.event(node.event), node.field, node.values)
            case Between():
                return between(self, node, at)
            case Aged():
                return self._aged(node, at)
            case Holds():
                return self._reference(node.name, at.bound)
            case ByReading():
                return self.condition(node.parts[self.readings.get(node.conflict, 0)], at)
            case ItemIs() | ItemAged():
                message = "a condition on a record stands outside its count"
                raise TypeError(message)
            case _:
                assert_never(node)

    def _fact_is(self, node: FactIs, at: At) -> Formula:
        parts = [
            conjunction([guard, self.people.fact_is(node.fact, node.field, node.values, day)])
            for guard, day in one_day(days_of(self, node.day, at))
        ]
        return disjunction(parts)

    def _aged(self, node: Aged, at: At) -> Formula:
        births = one_day(days_of(self, FactDay(node.fact), at))
        ages = [(exists, self._age(birth, node.least, node.under, node.day, at)) for exists, birth in births]
        return disjunction([conjunction([exists, age]) for exists, age in ages])

    def _age(self, birth: Moved, least: int | None, under: int | None, when: Day, at: At) -> Formula:
        """Aged `least` and not yet `under`, as one atom on the birth date.

        "The n-th birthday is not after D" is "born not after D less n years, clipped": somebody born on 29 February
        has a birthday on 1 March in common years, so D = 28 February less n years gives 28 February.
        """
        parts = []
        for guard, day in one_day(days_of(self, when, at)):
            fixed = self.people.pinned(day)
            first = after(_years_before(fixed, under)) if under is not None else None
            last = _years_before(fixed, least) if least is not None else None
            parts.append(conjunction([guard, Within(birth, first, last)]))
        return disjunction(parts)

    def _count(self, node: CountOf, at: At) -> Formula:
        met = [
            conjunction([within, self._count_in(node, value, index, at)])
            for index, (within, value) in enumerate(self.people.told_on(node.fact, _DAY_ASKED))
        ]
        return disjunction(met)

    def _count_in(self, node: CountOf, told: Value | None, period: int, at: At) -> Formula:
        if not isinstance(told, RecordList):
            return self.people.unknown(("count", node, at.bound.label if at.bound is not None else ""), node.fact)
        parts = []
        for index, record in enumerate((*told.records, *[Record(fields=())] * told.unstated)):
            key = ("item", node.fact, period, index)
            parts.append(conjunction([self._item(part, node.fact, key, record, at) for part in node.conditions]))
        return AtLeast(node.least, tuple(parts)) if parts else FAILS if node.least > 0 else HOLDS

    def _item(self, node: Condition, fact: str, key: tuple[object, ...], record: Record, at: At) -> Formula:
        if isinstance(node, ItemIs):
            value = record.get(node.field)
            if isinstance(value, Words):
                if value.possible <= node.values:
                    return HOLDS
                if not value.possible & node.values:
                    return FAILS
            return self.people.unknown((*key, node), f"{fact}.{node.field}")
        if isinstance(node, ItemAged):
            days = record.get(node.field)
            low, high = (days.earliest, days.latest) if isinstance(days, Days) else (FIRST_DAY, LAST_DAY)
            birth = Moved(self.people.whole((*key, node.field), f"{fact}.{node.field}", low, high))
            return self._age(birth, node.least, node.under, node.day, at)
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
                found = self.condition(term.condition, At(name))
            elif same and bound is not None:
                matches = self.people.matches(bound, term.about)
                found = conjunction([matches, self.condition(term.condition, At(name, bound))])
            else:
                parts = []
                for one in self.people.instances(term.about, name):
                    by_now = Within(self.people.own_day(one), None, _DAY_ASKED)
                    parts.append(conjunction([one.exists, by_now, self.condition(term.condition, At(name, one))]))
                found = disjunction(parts)
            self._holds[key] = found
        return found

    def _happened(self, node: Happened, at: At) -> Formula:
        parts = []
        place = f"{at.place} {id(node)}"
        for one in self.people.instances(node.pattern, place):
            if node.field:
                exists, day = self.people.field_day(one, node.field)
            else:
                exists, day = HOLDS, self.people.own_day(one)
            own = None if node.field else one
            met = [one.exists, exists, lies_between(self, day, (node.first, node.last), at, own)]
            if node.field or not isinstance(node.last, Asked):
                met.append(Within(self.people.own_day(one), None, _DAY_ASKED))
            for index, pattern in enumerate(node.unless_followed_by):
                met.append(self.not_followed(day, pattern, f"{place} {index} {one.label}"))
            parts.append(conjunction(met))
        return disjunction(parts)

    def not_followed(self, day: Moved, pattern: Pattern, use: str) -> Formula:
        """No later event of this pattern, by the day asked. Two on one day may have come in either order."""
        parts = []
        for one in self.people.instances(pattern, use):
            later = self.people.own_day(one)
            follows = Within(later, after(day), _DAY_ASKED)
            same = conjunction(
                [
                    Within(later, day, day),
                    Within(later, None, _DAY_ASKED),
                    self.people.unknown(("order", use, one.label), pattern.event),
                ]
            )
            parts.append(conjunction([one.exists, disjunction([follows, same])]))
        return inverse(disjunction(parts))

    def constraints(self) -> tuple[Formula, ...]:
        """What is so by the meaning of the words, for the variables made so far; the same tuple while none is new."""
        size = self.people.size
        if size == self._constrained_at:
            return self._constraints
        found = [*self.people.constraints, *self.people.in_order()]
        for item in self.corpus.vocabulary.implications:
            if self.people.mentions(item.fact) or self.people.mentions(item.then):
                when = self.people.fact_is(item.fact, "", item.values, _DAY_ASKED)
                then = self.people.fact_is(item.then, "", item.then_values, _DAY_ASKED)
                formula = disjunction([inverse(when), then])
                if not isinstance(formula, Settled):
                    found.append(formula)
        self._constrained_at = self.people.size
        if tuple(found) != self._constraints:
            self._constraints = tuple(found)
        return self._constraints


def _years_before(day: Moved, years: int) -> Moved:
    return moved(day, Shifted(Asked(), -12 * years, 0, Rounding.CLIP))
