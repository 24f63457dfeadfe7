"""Days that matter on a timeline beside the answers: changes of law, what was told, ages, deadlines, ends of stays."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import DayRange, Finding, State
from safeconduct.rules.position import Assessor
from safeconduct.rules.reading_of import parts_of, references
from safeconduct.rules.situation import Situation, Words
from safeconduct.rules.tree import Aged, Asked, Between, On, Provision
from safeconduct.values.citation import Citation
from safeconduct.values.days import FIRST_DAY, LAST_DAY, Days, Rounding, add_months

MONTHS_IN_A_YEAR = 12
BEGINS, ENDS, CHANGES = "in force from this day", "no longer in force", "a clause changes on this day"


class MarkKind(Enum):
    """What happens on a day."""

    LAW = "law"
    EVENT = "event"
    FACT = "fact"
    AGE = "age"
    DEADLINE = "deadline"
    STAY = "stay"


class MarkWhat(Enum):
    """What happens, exactly."""

    BEGINS = "the text begins"
    ENDS = "the text ends"
    CHANGES = "a clause changes"
    HAPPENED = "an event that was told"
    FIRST_DAY = "first day of a fact"
    LAST_DAY = "last day of a fact"
    AGE = "an age is reached"
    LAST_TO_ACT = "last day to act"
    LAST_LAWFUL = "last lawful day of a stay"


_OF_LAW = {BEGINS: MarkWhat.BEGINS, ENDS: MarkWhat.ENDS, CHANGES: MarkWhat.CHANGES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A day that matters, or the days between which it lies.

    Args:
        kind: What happens.
        earliest: The first day on which it can be; None if not known.
        latest: The last day on which it can be, included; None if not known. A change of law has one day.
        id: The provision, the event or the fact.
        text: What happens, in English.
        what: The same, for other languages.
        value: The country of an event, if one was told; the age; the model of counting a stay; "" otherwise.
        act: For a change of law, its act and article; "" otherwise.
        act_by: For a deadline, the safe day to act by; None otherwise, or if none is known.
    """

    kind: MarkKind
    earliest: date | None
    latest: date | None
    id: str
    text: str
    what: MarkWhat
    value: str = ""
    act: str = ""
    act_by: date | None = None

    @property
    def day(self) -> date:
        """The day under which it stands in an ordered list: the earliest that is known."""
        return self.earliest or self.latest or date.min


def marks_of(assessor: Assessor, starts: Mapping[str, Iterable[date]], *, first: date, last: date) -> tuple[Mark, ...]:
    """The days that matter to some findings, between two days, both included.

    Args:
        assessor: The person.
        starts: For each provision looked at, the days on which its answer begins.
        first: First day.
        last: Last day.
    Returns:
        Ordered by day; each once.
    """
    corpus, situation = assessor.corpus, assessor.situation
    cones = [(name, tuple(_cone(corpus, name))) for name in starts]
    found = [
        *(mark for name in starts for mark in changes_of_law(corpus, name)),
        *_told(situation),
        *_ages(situation, [one for _, cone in cones for *_, part in cone for one in parts_of(part)]),
        *_clocks(assessor, starts, last),
    ]
    kept = [mark for mark in found if (mark.earliest or first) <= last and (mark.latest or last) >= first]
    return tuple(sorted(dict.fromkeys(kept), key=lambda mark: (mark.day, mark.kind.value)))


# --- law -------------------------------------------------------------------------------------------------------


def _cone(corpus: Corpus, name: str) -> Iterator[tuple[Provision, Citation, object]]:
    """The conditions of a provision, also those of the terms it uses, each with the seat that it comes from.

    Other provisions that it rests on are not entered: they are findings with marks of their own.
    """
    provision = corpus.provisions[name]
    waiting: list[tuple[Citation, object]] = [
        (provision.citation, provision.concerns),
        (provision.citation, provision.deadline),
        *((clause.citation or provision.citation, clause.condition) for clause in provision.clauses),
    ]
    seen: set[tuple[Citation, str]] = set()
    while waiting:
        citation, part = waiting.pop()
        yield provision, citation, part
        for other in references(part):
            if other in corpus.terms and (citation, other) not in seen:
                seen.add((citation, other))
                waiting.append((citation, corpus.terms[other].condition))


def changes_of_law(corpus: Corpus, name: str) -> Iterator[Mark]:
    """The days on which the text of a provision begins and ends, and those on which a clause of it does.

    Args:
        corpus: The law.
        name: Id of the provision; terms that it uses are looked at too.
    """
    acts: dict[tuple[date, str], dict[str, None]] = {}

    def note(day: date | None, what: str, citation: Citation) -> None:
        if day is not None:
            act = " ".join(part for part in (citation.act, citation.article) if part)
            acts.setdefault((day, what), {})[act] = None

    for provision, citation, part in _cone(corpus, name):
        note(provision.span.first, BEGINS, provision.citation)
        note(_next(provision.span.last), ENDS, provision.citation)
        for one in parts_of(part):
            if isinstance(one, Between) and one.day in (Asked(), provision.governed_by):
                note(one.first.day if isinstance(one.first, On) else None, CHANGES, citation)
                note(_next(one.last.day) if isinstance(one.last, On) else None, CHANGES, citation)
    whole = {day for day, what in acts if what != CHANGES}
    for (day, what), named in acts.items():
        if what != CHANGES or day not in whole:
            act, exactly = "; ".join(named), _OF_LAW[what]
            yield Mark(kind=MarkKind.LAW, earliest=day, latest=day, id=name, text=what, what=exactly, act=act)


def _next(day: date | None) -> date | None:
    return date.fromordinal(day.toordinal() + 1) if day is not None else None


# --- what was told ---------------------------------------------------------------------------------------------


def _told(situation: Situation) -> Iterator[Mark]:
    for event in situation.events:
        where = event.get("country")
        country = min(where.possible) if isinstance(where, Words) and len(where.possible) == 1 else ""
        text = f"{event.kind.replace('_', ' ')} {country}".rstrip()
        yield _mark(MarkWhat.HAPPENED, event.on, event.kind, text, value=country)
    for known in situation.facts.values():
        name = known.name.replace("_", " ")
        for period in known.periods:
            if period.first is not None:
                yield _mark(MarkWhat.FIRST_DAY, period.first, known.name, f"{name}: first day")
            if period.last is not None:
                yield _mark(MarkWhat.LAST_DAY, period.last, known.name, f"{name}: last day")


_KINDS = {MarkWhat.HAPPENED: MarkKind.EVENT, MarkWhat.AGE: MarkKind.AGE}


def _mark(what: MarkWhat, days: Days, name: str, text: str, *, value: str = "") -> Mark:
    return Mark(
        kind=_KINDS.get(what, MarkKind.FACT),
        earliest=date.fromordinal(days.earliest) if days.earliest > FIRST_DAY else None,
        latest=date.fromordinal(days.latest) if days.latest < LAST_DAY else None,
        id=name,
        text=text,
        what=what,
        value=value,
    )


def _ages(situation: Situation, parts: Iterable[object]) -> Iterator[Mark]:
    """The birthdays that a provision names."""
    ages = {(part.fact, age) for part in parts if isinstance(part, Aged) for age in (part.least, part.under)}
    for fact, age in sorted((fact, age) for fact, age in ages if age is not None):
        known = situation.facts.get(fact)
        born = known.periods[-1].value if known is not None and known.periods else None
        if isinstance(born, Days):
            ends = (add_months(day, MONTHS_IN_A_YEAR * age, Rounding.ROLL) for day in (born.earliest, born.latest))
            earliest, latest = ends
            days = Days(earliest=earliest, latest=latest)
            yield _mark(MarkWhat.AGE, days, fact, f"age {age} is reached", value=str(age))


# --- deadlines and stays ---------------------------------------------------------------------------------------


def _clocks(assessor: Assessor, starts: Mapping[str, Iterable[date]], last: date) -> Iterator[Mark]:
    """Ends of deadlines and stays, as they are known on the days on which an answer begins and on the last day."""
    for name, days in starts.items():
        provision = assessor.corpus.provisions[name]
        if provision.deadline is None and provision.stay is None:
            continue
        for day in (*days, last):
            finding = assessor.finding(name, day.toordinal())
            yield from _deadline(finding)
            yield from _stay(finding)


def _deadline(finding: Finding) -> Iterator[Mark]:
    deadline = finding.deadline
    if deadline is None or deadline.state is State.MET or deadline.ends == DayRange(earliest=None, latest=None):
        return
    yield Mark(
        kind=MarkKind.DEADLINE,
        earliest=deadline.ends.earliest,
        latest=deadline.ends.latest,
        id=finding.id,
        text=f"last day to act: {finding.title}",
        what=MarkWhat.LAST_TO_ACT,
        act_by=deadline.act_by,
    )


def _stay(finding: Finding) -> Iterator[Mark]:
    for model, days in finding.stay.last_lawful.items() if finding.stay is not None else ():
        if days is not None:
            yield Mark(
                kind=MarkKind.STAY,
                earliest=days.earliest,
                latest=days.latest,
                id=finding.id,
                text=f"last lawful day of the stay ({model}): {finding.title}",
                what=MarkWhat.LAST_LAWFUL,
                value=model,
            )
