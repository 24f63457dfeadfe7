"""The days on which an answer changes if nothing else happens, and why."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from safeconduct.rules.breakpoints import days_of_change
from safeconduct.rules.finding import Cause, Change, Turn
from safeconduct.rules.formula import Formula, conjunction, disjunction
from safeconduct.rules.ground import Grounded
from safeconduct.rules.kleene import YES, value
from safeconduct.rules.reasons import clause_text, facts_behind
from safeconduct.values.truth import Truth

if TYPE_CHECKING:
    from safeconduct.rules.position import Assessor


def changes_of(assessor: "Assessor", name: str, first: int, last: int) -> list[Change]:
    """The changes of a provision's answer.

    Args:
        assessor: The person.
        name: The provision.
        first: The day from which changes are looked for, as ordinal; never among them itself.
        last: The last day looked at, inclusive.
    """
    if _alike(assessor, name, first, last):
        return []
    days: set[int] = set()
    for case in assessor.cases(name):
        moving = _moving(case.ground.provision(name))
        days.update(days_of_change(moving, first, last, case.worlds.touching(moving)))
    found = []
    before = assessor.answer(name, first)
    for day in _worth_asking(assessor, name, sorted(days)):
        after = assessor.answer(name, day)
        if after is not before:
            cause = _what_changed(assessor, name, day)
            found.append(Change(on=date.fromordinal(day), id=name, before=before, after=after, cause=cause))
            before = after
    return found


def _worth_asking(assessor: "Assessor", name: str, days: list[int]) -> Iterator[int]:
    """The days in order, without those on which the answer shows at once to be that of the day before."""
    if not days:
        return
    yield days[0]
    waiting = [days[1:]]
    asked = days[0]
    while waiting:
        stretch = waiting.pop()
        if not stretch or _alike(assessor, name, asked, stretch[-1]):
            continue
        if len(stretch) == 1:
            asked = stretch[0]
            yield asked
        else:
            middle = len(stretch) // 2
            waiting += [stretch[middle:], stretch[:middle]]


def _alike(assessor: "Assessor", name: str, first: int, last: int) -> bool:
    """Whether it shows at once that the answer is the same on all days of a stretch."""
    # That a deadline does not run is no answer yet: it may be met on one of the days and missed on the next.
    if assessor.corpus.provisions[name].deadline is not None:
        return False
    cases = assessor.cases(name)
    return all(case.worlds.alike(case.ground.provision(name).formula, first, last) for case in cases)


def _moving(grounded: Grounded) -> Formula:
    """The formula whose days of change are those of the answer.

    A deadline of which nothing is told that sets it off may begin today or never, whatever the day: its answer changes
    only where it comes into force, or begins or ceases to concern the person.
    """
    clocks = [applied.clock for applied in grounded.applied if applied.clock is not None]
    if not clocks or any(run.told for clock in clocks for run in clock.runs):
        return grounded.formula
    return conjunction([grounded.concerns, disjunction([applied.holds for applied in grounded.applied])])


def _what_changed(assessor: "Assessor", name: str, day: int) -> Cause:
    case = assessor.cases(name)[0]
    grounded = case.ground.provision(name)
    applied = max(grounded.applied, key=lambda one: value(one.formula, day))
    force = [case.worlds.decided(applied.in_force, at).value for at in (day - 1, day)]
    if force[0] != force[1]:
        return Cause(turn=Turn.BEGINS if force[1] == YES else Turn.ENDS)
    for clause, formula in zip(grounded.provision.clauses, applied.clauses, strict=True):
        both = [case.worlds.decided(formula, at).value for at in (day - 1, day)]
        if both[0] != both[1]:
            facts = facts_behind(case.ground, clause)
            return Cause(turn=Turn.LINE, line=clause_text(clause), holds=Truth(both[1]), facts=facts)
    return Cause(turn=Turn.DAY)
