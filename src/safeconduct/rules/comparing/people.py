"""Somebody of a kind, in as few facts as will do: found by the solver, checked by asking both laws."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from safeconduct.rules.comparing.features import said
from safeconduct.rules.comparing.kinds import Kind
from safeconduct.rules.comparing.pair import Pair
from safeconduct.rules.comparing.sketch import NotTellableError, Sketch
from safeconduct.rules.finding import Answer
from safeconduct.rules.formula import (
    FAILS,
    HOLDS,
    Choice,
    Formula,
    In,
    Moved,
    Whole,
    Within,
    conjunction,
    disjunction,
    inverse,
)
from safeconduct.rules.guessing import ranges
from safeconduct.rules.kleene import Variable, variables
from safeconduct.rules.position import Assessor
from safeconduct.rules.situation import Situation
from safeconduct.rules.solver import Prover, UnsettledError
from safeconduct.rules.telling import read_situation
from safeconduct.rules.world import World
from safeconduct.values.days import FIRST_DAY
from safeconduct.values.errors import SituationError

RECENT_DAYS = 1000
TRIES = 4
"""So many people of a kind are looked for until one can be told in a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Somebody of a kind.

    Args:
        content: A situation file, as JSON.
        day_by_day: Whether `assess` too answers differently on the two days; False also where there are no two days.
    """

    content: str
    day_by_day: bool


class Finder:
    """Finds examples for one provision.

    Args:
        pair: Both laws, and as a third the one whose own history `assess` knows.
        name: Id of the provision.
        days: The first day and the second as ordinals; twice the day asked where laws of two folders are compared.
        named: Facts and events that bear on the provision.
    """

    def __init__(self, pair: Pair, name: str, days: tuple[int, int], named: Iterable[str]) -> None:
        self._pair = pair
        self._name = name
        self._days = days
        vocabulary = pair.laws[0].vocabulary
        known = tuple(named)
        self._kinds = tuple(one for one in known if one in vocabulary.events)
        self._closing = tuple(fact.name for fact in vocabulary.facts.values() if fact.closes and fact.name in known)
        self._outlines: dict[tuple[tuple[str, ...], tuple[str, ...]], _Outline] = {}

    def example(self, answers: tuple[Answer, Answer], kind: Kind, untold: Sequence[str]) -> Example | None:
        """Somebody of a kind who is answered so by the two laws.

        Args:
            answers: The answers of the first law and the second.
            kind: The kind.
            untold: Kinds of event that happened to him, in the world that the solver found.
        Returns:
            None if none could be told in a file: then the kind stands without an example.
        """
        told = tuple(dict.fromkeys(untold))
        by_day = self._days[0] != self._days[1]
        for closing in (self._closing, ()) if self._closing else ((),):
            for days in (True, False) if by_day else (False,):
                for found in self._outline(told, closing).contents(answers, kind, by_day=days):
                    if self._is_so(found, answers, by_day=days):
                        return Example(content=found, day_by_day=days)
        return None

    def _outline(self, told: tuple[str, ...], closing: tuple[str, ...]) -> "_Outline":
        found = self._outlines.get((told, closing))
        if found is None:
            sketch = Sketch(
                self._pair.laws[0].vocabulary, none=closing, told=told, kinds=self._kinds, last=self._days[1]
            )
            found = self._outlines[told, closing] = _Outline(self._pair, self._name, sketch, self._days)
        return found

    def _is_so(self, content: str, answers: tuple[Answer, Answer], *, by_day: bool) -> bool:
        """Whether the file is answered so, read and asked as any other."""
        try:
            situation = read_situation(content.encode(), self._pair.laws[0].vocabulary, form="json")
        except SituationError:
            return False
        asked = [(0, self._days[1], answers[0]), (1, self._days[1], answers[1])]
        if by_day:
            asked += [(2, self._days[0], answers[0]), (2, self._days[1], answers[1])]
        return all(self._answer(law, situation, day) is answer for law, day, answer in asked)

    def _answer(self, law: int, situation: Situation, day: int) -> Answer:
        corpus = self._pair.laws[law]
        return Assessor(corpus, situation).answer(self._name, day) if self._name in corpus.provisions else Answer.NO


class _Outline:
    """A person in outline, under all the laws.

    Args:
        like: The laws.
        name: Id of the provision.
        sketch: The person.
        days: As in Finder.
    """

    def __init__(self, like: Pair, name: str, sketch: Sketch, days: tuple[int, int]) -> None:
        self._pair = Pair(like.laws, sketch.situation(), days[1], like=like)
        self._sketch = sketch
        self._shifts = self._pair.shifts(name)
        self._before = self._pair.answers(2, name, on=days[0])
        self._said: dict[tuple[object, int | None, Answer | None], list[Formula]] = {}
        for one in said(self._pair, name):
            self._said.setdefault((one.of, one.law, one.answer), []).append(one.formula)
        self._prover = Prover()
        for constraint in self._pair.constraints():
            self._prover.require(constraint)

    def contents(self, answers: tuple[Answer, Answer], kind: Kind, *, by_day: bool) -> Iterator[str]:
        """Files of some people of a kind who are answered so.

        Args:
            answers: The answers of the first law and the second.
            kind: The kind.
            by_day: Whether the law with its history must answer on the first day as the first law does.
        Returns:
            None of them is like the others; whoever no file can tell is left out, and so is who takes too long to find.
        """
        parts = [self._shifts.get(answers, FAILS), self._of_kind(kind)]
        if by_day:
            parts.append(self._before.get(answers[0], FAILS))
        goal = conjunction(parts)
        for _ in range(TRIES):
            try:
                chosen = self._chosen(goal) if goal != FAILS else None
                if chosen is None:
                    return
                goal = conjunction([goal, inverse(conjunction([_is(*one) for one in chosen.items()]))])
                yield self._sketch.written(self._pair.people, chosen)
            except NotTellableError:
                continue
            except UnsettledError:
                return

    def _of_kind(self, kind: Kind) -> Formula:
        """That the person is of a kind: some event that he had is as the kind has it."""
        parts = []
        for trait in kind:
            if trait.of is not None:
                same = self._said.get((trait.of, trait.law, trait.answer), [])
                found = disjunction(same) if same else HOLDS if trait.holds else FAILS
                parts.append(found if trait.holds else inverse(found))
        return conjunction(parts)

    def _chosen(self, goal: Formula) -> dict[Variable, tuple[int, int]] | None:
        """As few values as make a formula certain: a word's bit twice, or both ends of a range of numbers."""
        wanted, missed = self._prover.name(goal), self._prover.name(inverse(goal))
        world = self._prover.together([wanted, self._prover.name(self._lately(goal))]) or self._prover.together(
            [wanted]
        )
        if world is None:
            return None
        values = {variable: _around(goal, variable, world) for variable in variables(goal)}
        found = self._fewest(missed, values)
        if found is None:  # a range holds days that differ where two days are compared: take the days themselves
            found = self._fewest(missed, {variable: (world[variable], world[variable]) for variable in values})
        return found

    def _lately(self, goal: Formula) -> Formula:
        """That everything happened in the last years: any day would do, and an old one startles."""
        keys = self._pair.people.made()
        days = [one for one in variables(goal) if isinstance(one, Whole) and keys.get(one, ("",))[0] == "event"]
        recent = max(self._pair.on - RECENT_DAYS, FIRST_DAY)
        return conjunction([Within(Moved(one), Moved(None, recent), Moved(None, self._pair.on)) for one in days])

    def _fewest(self, missed: int, values: dict[Variable, tuple[int, int]]) -> dict[Variable, tuple[int, int]] | None:
        names = {variable: self._prover.name(_is(variable, value)) for variable, value in values.items()}
        core = self._prover.clash([missed, *names.values()])
        if core is None:
            return None
        kept = [variable for variable in values if names[variable] in core]
        for variable in tuple(kept):
            fewer = [one for one in kept if one is not variable]
            if self._prover.clash([missed, *(names[one] for one in fewer)]) is not None:
                kept = fewer
        return {variable: values[variable] for variable in kept}


def _around(goal: Formula, variable: Variable, world: World) -> tuple[int, int]:
    value = world[variable]
    if isinstance(variable, Choice):
        return value, value
    return next((low, high) for low, high in ranges(goal, variable) if low <= value <= high)


def _is(variable: Variable, value: tuple[int, int]) -> Formula:
    if isinstance(variable, Choice):
        return In(variable, value[0])
    return Within(Moved(variable), Moved(None, value[0]), Moved(None, value[1]))
