"""What raising the age of conscription does, from births alone: on paper, and with its transition, day by day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from safeconduct.rules.corpus import Corpus
from safeconduct.rules.ground import Ground
from safeconduct.rules.implicants import implicants
from safeconduct.rules.kleene import residual
from safeconduct.rules.situation import (
    Absent,
    Asked,
    Closed,
    Known,
    Period,
    RecordList,
    Situation,
    Value,
    WordList,
    Words,
)
from safeconduct.rules.vocabulary import NO, NONE, Fact, Shape
from safeconduct.values.days import Rounding, shift
from safeconduct.values.errors import QuestionError

BOYS = 0.514
"""Share of boys among births; background knowledge (confidence C)."""
LIABLE = ("RU-CON-01", "RU-CON-02")
"""The provisions on who is liable to be called up: before 2024, and since."""
_MONTHS, _YOUNGEST = 12, 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Born:
    """Days of birth, both included.

    Args:
        first: Ordinal of the first.
        last: Ordinal of the last.
    """

    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Men added on a day.

    Args:
        on: The day.
        on_paper: All men between the old and the new limit, as if there were no transition.
        added: Those of them whom the law reaches with its transition.
        ceased: Men whom the old text would reach on that day and the new one does not.
    """

    on: date
    on_paper: float
    added: float
    ceased: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reform:
    """Two texts of the law as the pages hold them.

    Args:
        before: The last day asked of the old text.
        after: The first day asked of the new one.
        old_limit: Age at which the old text ended.
        new_limit: Age at which the new one ends.
        protected_until: Ordinal of the last day of birth that the transition protects; None if there is no transition.
    """

    before: date
    after: date
    old_limit: int
    new_limit: int
    protected_until: int | None

    def effect(self, on: date, births: Mapping[int, int]) -> Effect:
        """Men added on a day, from births by calendar year, spread evenly over its days."""
        day = on.toordinal()
        last = _years_before(day, self.old_limit)
        first = _years_before(day, self.new_limit) + 1
        reached = first if self.protected_until is None else max(first, self.protected_until + 1)
        young = _years_before(day, _YOUNGEST)
        return Effect(
            on=on,
            on_paper=men_born(first, last, births),
            added=men_born(reached, last, births),
            ceased=men_born(last + 1, min(young, reached - 1), births),
        )


def reform_between(corpus: Corpus, before: date, after: date) -> Reform:
    """The change of the age of conscription between two days, read from the pages.

    Args:
        corpus: The law.
        before: A day under the old text.
        after: A later day under the new one.
    Raises:
        QuestionError: If nobody is liable on one of the days, or the limit does not rise.
    """
    old = born_liable(corpus, before)
    new = born_liable(corpus, after)
    # Long after, the transition has run out and the limit stands alone.
    later = date(after.year + 20, after.month, after.day)
    end = born_liable(corpus, later)
    old_limit, new_limit = _limit(before, old), _limit(later, end)
    if not 0 < old_limit < new_limit or after <= before:
        raise QuestionError(
            "the age of conscription does not rise between these days",
            remedy="name a day before the change and one after it: 2023-12-31 2024-01-01",
            code="POP04",
        )
    alone = _years_before(after.toordinal(), new_limit) + 1
    protected = new.first - 1 if new.first > alone else None
    return Reform(before=before, after=after, old_limit=old_limit, new_limit=new_limit, protected_until=protected)


def born_liable(corpus: Corpus, on: date) -> Born:
    """The days of birth of the men whom the law reaches, of those with no ground against it.

    Args:
        corpus: The law.
        on: The day asked.
    Raises:
        QuestionError: If there is no such day.
    """
    # The first reading of each conflict: the transition protects everybody who had turned 27. The other would leave out
    # men never entered in the reserve, whom nobody has counted.
    ground = Ground(corpus, model_man(corpus))
    for name in LIABLE:
        primes = implicants(residual(ground.provision(name).formula, on.toordinal()), on.toordinal())
        # Where the pages ask for more than the model says, the answer that leaves him liable is taken.
        births = (literal for box in primes.yes for literal in box) if primes is not None else ()
        spans = [span for one in births if one.variable.name == "birth_date" for span in one.spans]
        if spans:
            return Born(first=min(first for first, _ in spans), last=max(last for _, last in spans))
    raise QuestionError(
        "the pages reach nobody by age on that day", remedy="name days on which conscription is in force", code="POP05"
    )


def model_man(corpus: Corpus) -> Situation:
    """A man on the register, of whom nothing else is so and to whom nothing has happened; his birth is not told."""
    facts: dict[str, Value] = {name: _nothing(fact) for name, fact in corpus.vocabulary.facts.items()}
    told = {
        "sex": "male",
        "on_register": "yes",
        "of_register_age": "yes",
        "fitness": "A",
        "rank_group": "soldier",
    }
    facts |= {name: Words(possible=frozenset({word})) for name, word in told.items() if name in facts}
    facts["citizenships"] = WordList(words=frozenset({"RU"}), whole=True)
    left_out = {"birth_date", "age"} | {
        name for name, fact in corpus.vocabulary.facts.items() if fact.closes or facts[name] is _UNTOLD
    }
    known = {
        name: Known(name=name, asked=Asked.TOLD, periods=(Period(value=value),))
        for name, value in facts.items()
        if name not in left_out
    }
    return Situation(facts=known, closed=tuple(Closed(kind=kind) for kind in corpus.vocabulary.events))


_UNTOLD = Words(possible=frozenset({"untold"}))


def _nothing(fact: Fact) -> Value:
    """That there is none of it, or that it is not so."""
    if fact.shape is Shape.RECORDS:
        return RecordList(records=(), unstated=0)
    if fact.may_be_absent or fact.shape is Shape.RECORD:
        return Absent()
    match fact.shape:
        case Shape.YES_NO:
            return Words(possible=frozenset({NO}))
        case Shape.LIST:
            return WordList(words=frozenset(), whole=True)
        case Shape.ONE_OF if NONE in fact.words:
            return Words(possible=frozenset({NONE}))
        case _:
            return _UNTOLD


def men_born(first: int, last: int, births: Mapping[int, int]) -> float:
    """Boys born from one day to another, both included (ordinals), a year's births spread evenly over its days.

    Raises:
        QuestionError: If the table does not hold a year that is asked for.
    """
    if first > last:
        return 0.0
    total = 0.0
    for year in range(date.fromordinal(first).year, date.fromordinal(last).year + 1):
        start, end = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        days = min(last, end) - max(first, start) + 1
        if year not in births:
            raise QuestionError(
                "the table of births does not reach that far", remedy="ask for days up to 2030", code="POP06"
            )
        total += births[year] * days / (end - start + 1)
    return BOYS * total


def days_shown(after: date, last_year: int) -> list[date]:
    """The first and the last day of each year from the change on, both; the first of `last_year` ends the list."""
    found = [day for year in range(after.year, last_year) for day in (date(year, 1, 1), date(year, 12, 31))]
    return [day for day in (*found, date(last_year, 1, 1)) if day >= after]


def months_shown(after: date, last_year: int) -> list[date]:
    """The first day of each month, for a line."""
    found = [date(year, month, 1) for year in range(after.year, last_year) for month in range(1, _MONTHS + 1)]
    return [*(day for day in found if day >= after), date(last_year, 1, 1)]


def _limit(on: date, born: Born) -> int:
    """The age at which liability ends; 0 if its first day of birth is of no whole age, as that of a transition."""
    years = on.year - date.fromordinal(born.first).year
    found = (one for one in (years, years + 1) if _years_before(on.toordinal(), one) + 1 == born.first)
    return next(found, 0)


def _years_before(day: int, years: int) -> int:
    """The last day of birth of whoever has reached an age on a day."""
    return shift(day, -_MONTHS * years, 0, Rounding.CLIP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An estimate that somebody published.

    Args:
        first: First day that it may be about.
        last: Last day that it may be about; the same as `first` if a day is named.
        men: Men added.
        on_paper: Whether it leaves the transition out.
    """

    first: date
    last: date
    men: float
    on_paper: bool


PUBLISHED = (
    Published(first=date(2024, 1, 1), last=date(2024, 1, 1), men=2_300_000, on_paper=True),
    Published(first=date(2025, 1, 1), last=date(2025, 12, 31), men=700_000, on_paper=False),
)
"""ru.md 7.4: +2.2 to 2.4 million on paper for 2024 (three sources, A); about +0.7 million by 2025, no day named (B)."""
