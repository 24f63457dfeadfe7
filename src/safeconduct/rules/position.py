"""The position of one person on one day: every finding with its reasons, what is missing, and what changes next."""

from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from safeconduct.rules.certainty import Worlds
from safeconduct.rules.changing import changes_of
from safeconduct.rules.clock import Clock, Run, together
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import (
    Answer,
    Caution,
    Change,
    DayRange,
    DeadlineFound,
    Finding,
    PenaltyFound,
    Position,
    ReadingAnswer,
    Receipt,
    State,
)
from safeconduct.rules.ground import Ground, Grounded, Readings
from safeconduct.rules.kleene import NO, UNKNOWN, YES
from safeconduct.rules.penalties import penalties_together, penalty_found
from safeconduct.rules.questions import base_name, questions
from safeconduct.rules.reach import reach
from safeconduct.rules.reading_of import cones
from safeconduct.rules.reasons import cautions, derivation
from safeconduct.rules.situation import Situation
from safeconduct.rules.stay import stay_found
from safeconduct.rules.tree import Kind, On, Provision
from safeconduct.rules.warnings import about_changes, about_input, contradictions
from safeconduct.values.citation import Confidence
from safeconduct.values.days import FIRST_DAY, LAST_DAY, Rounding, add_months

if TYPE_CHECKING:
    from safeconduct.rules.formula import Formula

CHANGES_MONTHS = 24
"""How far ahead changes are looked for, in months from the day asked."""

GIVEN_UP = "Too many possibilities were left to look through: the answer may be certain, but take it as unknown."

_ANSWERS = {NO: Answer.NO, UNKNOWN: Answer.UNKNOWN, YES: Answer.YES}


class _Case:
    """A person under one choice of readings. Worlds are made when first asked for, after everything is grounded."""

    def __init__(self, readings: Readings, ground: Ground) -> None:
        self.readings = readings
        self.ground = ground
        self._worlds: Worlds | None = None
        self._constraints: tuple[Formula, ...] = ()

    @property
    def worlds(self) -> Worlds:
        """All that can be so. What was learnt of it is kept until something new is grounded."""
        constraints = self.ground.constraints()
        if self._worlds is None or constraints is not self._constraints:
            self._constraints = constraints
            self._worlds = Worlds(constraints)
        return self._worlds


class Assessor:
    """Answers for one person; made once, asked for any provision and any day.

    Args:
        corpus: The law.
        situation: What is known of the person.
    """

    def __init__(self, corpus: Corpus, situation: Situation) -> None:
        """Ground nothing before it is asked for."""
        self.corpus = corpus
        self.situation = situation
        self._cones = cones(corpus)
        self._cases: dict[tuple[tuple[str, int], ...], _Case] = {}

    def _case(self, readings: Readings, name: str) -> _Case:
        key = tuple(sorted(readings.items()))
        found = self._cases.get(key)
        if found is None:
            found = self._cases[key] = _Case(readings, Ground(self.corpus, self.situation, readings))
        found.ground.provision(name)
        return found

    def cases(self, name: str) -> list[_Case]:
        """The person under every combination of readings that bears on a provision."""
        conflicts = self._cones.conflicts(name)
        counts = [range(len(self.corpus.conflicts[conflict].readings)) for conflict in conflicts]
        found = []
        for chosen in product(*counts):
            readings = dict(zip(conflicts, chosen, strict=True))
            found.append(self._case(readings, name))
        return found

    def answer(self, name: str, on: int) -> Answer:
        """The answer of a provision on a day (an ordinal)."""
        return _combined([self._value(case, name, on) for case in self.cases(name)])

    def _value(self, case: _Case, name: str, on: int) -> int:
        grounded = case.ground.provision(name)
        found = case.worlds.decided(grounded.formula, on).value
        if found != NO or grounded.provision.deadline is None:
            return found
        # A deadline that does not run may have been met or missed: while that is open, its answer is open.
        if case.worlds.decided(grounded.concerns, on).value == NO:
            return NO
        return NO if _state(case, _clock(grounded), on) is not State.UNKNOWN else UNKNOWN

    # --- one finding -------------------------------------------------------------------------------------------

    def finding(self, name: str, on: int) -> Finding:
        """The finding of a provision on a day (an ordinal)."""
        provision = self.corpus.provisions[name]
        cases = self.cases(name)
        values = [self._value(case, name, on) for case in cases]
        answer = _combined(values)
        safer = self._safer(name)
        shown = next((case for case in cases if case.readings == safer), cases[0])
        grounded = shown.ground.provision(name)
        shown_value = values[cases.index(shown)]
        why = derivation(shown.ground, shown.worlds, grounded, shown_value, on)
        concerned = shown.worlds.decided(grounded.concerns, on).value != NO
        day = date.fromordinal(on)
        return Finding(
            id=name,
            kind=provision.kind,
            title=provision.title,
            says=provision.says,
            answer=answer,
            concerns=concerned,
            confidence=self._confidence(name, answer, why.confidence),
            practice=provision.kind is Kind.PRACTICE,
            because=why.because,
            missing=self._missing(name, cases, on) if concerned else (),
            of=provision.of,
            readings=self._readings(name, cases, values),
            caution=(*cautions(shown.ground, shown.worlds, grounded, on), *self._given_up(name, cases, on)),
            practice_state=_practice_state(provision, day),
            dated=provision.dated,
            since_then=provision.dated is not None and provision.dated > day,
            citations=why.citations,
            beside=provision.beside,
            penalty=self._penalty(provision, answer, on),
            deadline=_deadline(shown, grounded, on) if concerned else None,
            stay=stay_found(shown.ground, provision, on) if concerned else None,
            governs=provision.governs,
        )

    def _confidence(self, name: str, answer: Answer, decided: Confidence) -> Confidence:
        """The lowest of what decides; for a disputed answer also of the readings that differ."""
        if answer is not Answer.DISPUTED:
            return decided
        for conflict in self._cones.conflicts(name):
            for citation in self.corpus.conflicts[conflict].sources:
                decided = decided.lower(citation.confidence)
        return decided

    def _given_up(self, name: str, cases: list[_Case], on: int) -> tuple[Caution, ...]:
        settled = all(case.worlds.decided(case.ground.provision(name).formula, on).settled for case in cases)
        return () if settled else (Caution(text=GIVEN_UP),)

    def certainly_concerned(self, findings: tuple[Finding, ...], on: int) -> frozenset[str]:
        """Ids of the findings that certainly concern the person."""
        found = set()
        for finding in findings:
            case = self.cases(finding.id)[0]
            concerns = case.ground.provision(finding.id).concerns
            if finding.concerns and case.worlds.decided(concerns, on).value == YES:
                found.add(finding.id)
        return frozenset(found)

    def _safer(self, name: str) -> dict[str, int]:
        return {conflict: self.corpus.conflicts[conflict].safer for conflict in self._cones.conflicts(name)}

    def _readings(self, name: str, cases: list[_Case], values: list[int]) -> tuple[ReadingAnswer, ...]:
        if len(cases) == 1:
            return ()
        safer = self._safer(name)
        found = []
        for case, one in zip(cases, values, strict=True):
            names = [self.corpus.conflicts[key].readings[index] for key, index in case.readings.items()]
            found.append(ReadingAnswer(name="; ".join(names), answer=_ANSWERS[one], safer=dict(case.readings) == safer))
        return tuple(found)

    def _missing(self, name: str, cases: list[_Case], on: int) -> tuple[str, ...]:
        """Facts and events that could still change the answer, or for a deadline its state."""
        found: dict[str, None] = {}
        for case in cases:
            grounded = case.ground.provision(name)
            names = case.worlds.matters(grounded.formula, on)
            if not names:
                clocks = tuple(applied.clock for applied in grounded.applied if applied.clock is not None)
                names = case.worlds.matters(together(clocks).missed, on) if clocks else ()
            over = _days_over(grounded, on)
            found.update(dict.fromkeys(one for one in names if one not in over))
        return tuple(part for part in found if part and (base_name(part) == part or base_name(part) not in found))

    def _penalty(self, provision: Provision, answer: Answer, on: int) -> PenaltyFound | None:
        if provision.of:
            parts = [part for part in provision.of if answer is Answer.NO or self.answer(part, on) is not Answer.NO]
            penalties = [(part, self.corpus.provisions[part].penalty) for part in parts]
            known = [(part, penalty) for part, penalty in penalties if penalty is not None]
            return penalties_together(known) if known else None
        if provision.penalty is None:
            return None
        basis = " ".join(part for part in (provision.citation.act, provision.citation.article) if part)
        return penalty_found(provision.penalty, basis)

    def changes(self, name: str, first: int, last: int) -> list[Change]:
        """The days after `first`, up to `last`, on which a provision's answer changes if nothing else happens."""
        return changes_of(self, name, first, last)


def _combined(values: list[int]) -> Answer:
    """All alike: that answer. A yes and a no among them: disputed. Otherwise unknown."""
    if len(set(values)) == 1:
        return _ANSWERS[values[0]]
    return Answer.DISPUTED if YES in values and NO in values else Answer.UNKNOWN


def _practice_state(provision: Provision, day: date) -> str:
    notes = [
        note.text
        for note in provision.notes
        if (note.span.first is None or note.span.first <= day) and (note.span.last is None or day <= note.span.last)
    ]
    return "; ".join(notes)


def _deadline(case: _Case, grounded: Grounded, on: int) -> DeadlineFound | None:
    deadline = grounded.provision.deadline
    if deadline is None:
        return None
    clock = _clock(grounded)
    state = _state(case, clock, on)
    run = _shown_run(case, clock, on)
    nothing = DayRange(earliest=None, latest=None)
    starts = _days(run.first[0].low(on), run.first[1].high(on)) if run is not None else nothing
    ends = _days(run.end[0].low(on), run.end[1].high(on)) if run is not None else nothing
    return DeadlineFound(
        starts=starts,
        ends=ends,
        act_by=ends.earliest,
        state=state,
        if_missed=deadline.if_missed,
        late=deadline.late,
        tells=deadline.safer_text,
    )


def _clock(grounded: Grounded) -> Clock:
    return together(tuple(applied.clock for applied in grounded.applied if applied.clock is not None))


def _state(case: _Case, clock: Clock, on: int) -> State:
    """Where the deadline stands; unknown if it may run and may not."""
    running = case.worlds.decided(clock.running, on).value
    if running != NO:
        return State.RUNNING if running == YES else State.UNKNOWN
    others = {State.MET: clock.met, State.MISSED: clock.missed, State.NOT_STARTED: clock.not_started}
    certain = (state for state, formula in others.items() if case.worlds.decided(formula, on).value == YES)
    return next(certain, State.UNKNOWN)


def _days_over(grounded: Grounded, on: int) -> set[str]:
    """Events whose days to act are over whenever they happened: the exact day tells no more where a deadline stands."""
    runs = [run for applied in grounded.applied if applied.clock is not None for run in applied.clock.runs]
    told = [run for run in runs if run.told and run.start.variable is not None]
    names = {run.start.variable.name for run in told if run.start.variable is not None and run.end[1].high(on) < on}
    return names - {run.start.variable.name for run in told if run.start.variable and run.end[1].high(on) >= on}


def _shown_run(case: _Case, clock: Clock, on: int) -> Run | None:
    """The run whose days are shown: of those still open the first to end, else the last begun, else the next."""
    applies = [(run, case.worlds.decided(run.applies, on).value) for run in clock.runs if run.told]
    sure = [run for run, value in applies if value == YES]
    begun = [run for run in sure if run.start.low(on) <= on]
    still_open = [run for run in begun if on <= run.end[1].high(on)]
    if still_open:
        return min(still_open, key=lambda run: run.end[0].low(on))
    if begun:
        return max(begun, key=lambda run: run.start.low(on))
    # A day that stands on the page tells nothing of the person while it is open whether it applies.
    perhaps = [
        run for run, value in applies if value != NO and not run.window.restart and not isinstance(run.window.start, On)
    ]
    return min(sure, key=lambda run: run.start.low(on)) if sure else perhaps[0] if perhaps else None


def _days(earliest: int, latest: int) -> DayRange:
    return DayRange(
        earliest=date.fromordinal(earliest) if earliest > FIRST_DAY else None,
        latest=date.fromordinal(latest) if latest < LAST_DAY else None,
    )


def assess(corpus: Corpus, situation: Situation, *, on: date, engine: str = "", everything: bool = False) -> Position:
    """Everything the law holds for one person on one day.

    Args:
        corpus: The law.
        situation: What is known of the person; what it does not say is unknown.
        on: The day asked.
        engine: Version of the engine, for the receipt.
        everything: Look also at the law of countries that nothing told mentions.
    Returns:
        The position. It depends on nothing but the arguments.
    Raises:
        SituationError: If what is told contradicts itself under this law.
    """
    day = on.toordinal()
    assessor = Assessor(corpus, situation)
    contradictions(assessor, day)
    reached = reach(corpus, situation, everything=everything)
    shown = reached.provisions
    for provision in shown:
        assessor.cases(provision.id)
    findings = tuple(assessor.finding(provision.id, day) for provision in shown)
    last = min(add_months(day, CHANGES_MONTHS, Rounding.CLIP), LAST_DAY)
    changes = [
        change for finding in findings if not finding.practice for change in assessor.changes(finding.id, day, last)
    ]
    return Position(
        on=on,
        receipt=Receipt(corpus=corpus.digest, engine=engine),
        warnings=(*about_input(corpus, situation, on, reached), *about_changes(situation, changes)),
        findings=findings,
        questions=questions(corpus, findings, assessor.certainly_concerned(findings, day)),
        changes=tuple(sorted(changes, key=lambda change: change.on)),
    )


__all__ = ["CHANGES_MONTHS", "GIVEN_UP", "Assessor", "assess"]
