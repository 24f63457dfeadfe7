"""What is certain whatever the missing facts turn out to be: exact where Kleene's tables only say unknown.

A formula is *yes* if it holds in every world, *no* if it fails in every world, else *unknown*. A world gives each
variable one of its values so that all constraints hold. The ways to find out, cheapest first: the tables; a few likely
worlds, since one that holds and one that fails prove "unknown"; every combination of cells, if there are few; z3.
"""

from collections import deque
from dataclasses import dataclass
from itertools import chain

from safeconduct.rules.apart import apart
from safeconduct.rules.cells import count, cut, loosened, worlds
from safeconduct.rules.formula import FAILS, HOLDS, And, Formula, Whole, inverse
from safeconduct.rules.kleene import (
    NO,
    UNKNOWN,
    YES,
    Atom,
    Variable,
    asks_the_day,
    mapped,
    residual,
    value,
    variables,
)
from safeconduct.rules.likely import likely
from safeconduct.rules.relevance import relevant, weights
from safeconduct.rules.solver import STEPS_AT_MOST, Prover, UnsettledError
from safeconduct.rules.stretches import value_throughout
from safeconduct.rules.world import World, completed, holds, in_words
from safeconduct.values.days import FIRST_DAY
from safeconduct.values.errors import SituationError

WORLDS_AT_MOST = 256
"""So many worlds are looked at one by one rather than by z3: about a millisecond, and z3 need not be imported."""
_KEPT_AT_MOST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A value, and whether it is exact.

    Args:
        value: NO, UNKNOWN or YES.
        settled: False if the solver gave up: then the value is UNKNOWN, and might be certain after all.
    """

    value: int
    settled: bool = True


_SETTLED = {found: Decision(value=found) for found in (NO, UNKNOWN, YES)}
_GAVE_UP = Decision(value=UNKNOWN, settled=False)

_Answers = dict[bool, World]
"""What a formula is in the worlds there are, each with one in which it is so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """Two worlds that show that a formula is unknown on a day, and the constraints that bear on it."""

    formula: Formula
    on: int
    bound: tuple[Formula, ...]
    answers: _Answers


class Worlds:
    """All worlds that some constraints allow. Make one for a situation and ask it everything: it remembers.

    Not to be shared between threads.

    Args:
        constraints: What holds in every world; together they leave at least one.
        worlds_at_most: How many combinations of cells are looked at before z3 is asked.
        steps: What z3 may spend on one question.
    """

    def __init__(
        self,
        constraints: tuple[Formula, ...] = (),
        *,
        worlds_at_most: int = WORLDS_AT_MOST,
        steps: int = STEPS_AT_MOST,
    ) -> None:
        self._worlds_at_most = worlds_at_most
        self._steps = steps
        self._constraints = constraints
        self._daily = tuple(constraint for constraint in constraints if asks_the_day(constraint))
        self._always = _prepared(tuple(constraint for constraint in constraints if not asks_the_day(constraint)), 0)
        self._tied = frozenset(variable for _, touched in self._always for variable in touched)
        self._prover: Prover | None = None
        self._required: set[Formula] = set()
        self._kept: deque[World] = deque(maxlen=_KEPT_AT_MOST)
        self._known: dict[tuple[Formula, ...], tuple[Decision, _Answers]] = {}
        self._shown: dict[int, _Shown] = {}  # by identity

    def decided(self, formula: Formula, on: int) -> Decision:
        """The value of a formula over all worlds, and whether it is exact.

        Args:
            formula: Any formula.
            on: The day asked, as ordinal.
        Raises:
            SituationError: If no world is left, where that comes to light.
        """
        if self._still_shown(formula, on):
            return _SETTLED[UNKNOWN]
        found = value(formula, on)
        if found != UNKNOWN:
            return _SETTLED[found]
        decision, answers = self._decided(residual(formula, on), on)
        if len(answers) > 1 and not self._daily:
            self._show(formula, answers, on)
        return decision

    def alike(self, formula: Formula, first: int, last: int) -> bool:
        """Whether it shows at once that `decided` gives the same on all days of a stretch.

        Args:
            formula: Any formula.
            first: First day, as ordinal.
            last: Last day, inclusive.
        Returns:
            True only if it is so; False if it would have to be looked into.
        """
        shown = self._shown.get(id(formula))
        if shown is not None and not self._daily:
            return all(
                value_throughout(formula, first, last, world) == (YES if wanted else NO)
                or _moves_along(formula, shown, world, first, last) == (YES if wanted else NO)
                for wanted, world in shown.answers.items()
            )
        return value_throughout(formula, first, last, {}) != UNKNOWN

    def matters(self, formula: Formula, on: int) -> tuple[str, ...]:
        """The variables that can still change the value.

        Args:
            formula: Any formula.
            on: The day asked, as ordinal.
        Returns:
            Names, each once, those nearest to the root of the formula first, then in order of appearance; none if the
            value is certain. Which variables count, and which may stand here without need: see `relevant`.
        """
        if self.decided(formula, on).value != UNKNOWN:
            return ()
        left = mapped(residual(formula, on), lambda atom: self._without_certain(atom, on))
        near = weights(left)
        found = relevant(left, self._linked(left, on), on, at_most=self._worlds_at_most)
        return tuple(dict.fromkeys(variable.name for variable in sorted(found, key=lambda one: -near[one])))

    def witness(self, formula: Formula, on: int, *, wanted: bool) -> dict[Variable, str | int] | None:
        """A world in which the formula holds, or one in which it fails.

        Args:
            formula: Any formula.
            on: The day asked, as ordinal.
            wanted: Whether it is to hold.
        Returns:
            A word or number for every variable of the formula and of the constraints; None if there is no such world.
        Raises:
            UnsettledError: If z3 gave up.
        """
        goal = formula if wanted else inverse(formula)
        parts = [residual(part, on) for part in (goal, *self._constraints)]
        if FAILS in parts:
            return None
        mentioned = variables(And((formula, *self._constraints)))
        for guess in likely(parts[0], tuple(parts[1:])):
            if all(holds(part, guess, on) for part in parts):
                return in_words(completed(guess, mentioned))
        found = Prover(steps=self._steps).world(parts)
        return None if found is None else in_words(completed(found, mentioned))

    def _still_shown(self, formula: Formula, on: int) -> bool:
        """Whether two worlds that showed on another day that the formula is unknown show it on this day too.

        As they were, or with everything that happened as many days later, where the constraints allow it.
        """
        shown = self._shown.get(id(formula))
        return shown is not None and all(
            holds(formula, world, on) == wanted or _holds_later(formula, shown, world, on) == wanted
            for wanted, world in shown.answers.items()
        )

    def _show(self, formula: Formula, answers: _Answers, on: int) -> None:
        """Keep the two worlds, if they go on to be worlds for all variables of the formula."""
        bound = self._linked(formula, on)
        mentioned = variables(And((formula, *bound)))
        worlds_shown = {wanted: completed(world, mentioned) for wanted, world in answers.items()}
        if all(holds(part, world, on) for part in bound for world in worlds_shown.values()):
            self._shown[id(formula)] = _Shown(formula=formula, on=on, bound=bound, answers=worlds_shown)

    def _decided(self, left: Formula, on: int) -> tuple[Decision, _Answers]:
        """What is so of an unknown formula, as `residual` leaves it; the same question is not looked into twice."""
        key = (left, *(residual(constraint, on) for constraint in self._daily))
        if key not in self._known:
            self._known[key] = self._looked_into(left, on)
        return self._known[key]

    def _looked_into(self, left: Formula, on: int) -> tuple[Decision, _Answers]:
        try:
            answers = self._answers(left, self._linked(left, on), on)
        except UnsettledError:
            return _GAVE_UP, {}
        if not answers:
            raise SituationError(
                "no course of events fits everything that was told",
                remedy="check the facts, and the days of the events, against one another",
            )
        return _SETTLED[UNKNOWN if len(answers) > 1 else YES if True in answers else NO], answers

    def _answers(self, left: Formula, bound: tuple[Formula, ...], on: int) -> _Answers:
        plainly = None if bound else apart(left)
        if plainly is not None:
            return plainly
        mentioned = variables(And((left, *bound)))
        found: _Answers = {}
        cuts = cut((left, *bound))
        few = cuts if cuts is not None and count(cuts) <= self._worlds_at_most else None
        kept = (completed(world, mentioned) for world in self._kept)
        for guess in chain(likely(left, bound), kept, worlds(few) if few is not None else ()):
            if all(holds(part, guess, on) for part in bound):
                found.setdefault(holds(left, guess, on), guess)
                if len(found) > 1:
                    return found
        if few is not None:
            return found
        if cuts is None and (alike := self._alike(left, bound)) is not None:
            return {alike: {}}
        for goal in {True, False} - set(found):
            world = self._found(left if goal else inverse(left), bound)
            if world is not None:
                self._kept.append(world)
                found[goal] = world
        return found

    def _alike(self, left: Formula, bound: tuple[Formula, ...]) -> bool | None:
        """What the formula is in all worlds, if that shows without how its days hang together."""
        goal, *kept = loosened((left, *bound))
        cuts = cut((goal, *kept))
        if cuts is None or count(cuts) > self._worlds_at_most:
            return None
        found = {holds(goal, world, 0) for world in worlds(cuts) if all(holds(part, world, 0) for part in kept)}
        return found.pop() if len(found) == 1 else None

    def _found(self, goal: Formula, bound: tuple[Formula, ...]) -> World | None:
        """A world that z3 finds; what holds on every day it is told once."""
        if self._prover is None:
            self._prover = Prover(steps=self._steps)
        for part, _ in self._always:
            if part in bound and part not in self._required:
                self._required.add(part)
                self._prover.require(part)
        return self._prover.world((goal, *(part for part in bound if part not in self._required)))

    def touching(self, formula: Formula) -> tuple[Formula, ...]:
        """The constraints that can bear on a formula, on whatever day it is asked."""
        daily = ((part, frozenset(variables(part))) for part in self._daily)
        return _chained(formula, [*self._always, *daily])

    def _linked(self, left: Formula, on: int) -> tuple[Formula, ...]:
        """The constraints that can bear on a formula, as `residual` leaves them on a day."""
        return _chained(left, [*self._always, *_prepared(self._daily, on)])

    def _without_certain(self, atom: Atom, on: int) -> Formula:
        """What an atom comes to in all worlds: some facts follow from others."""
        free = not self._daily and self._tied.isdisjoint(variables(atom))
        found = UNKNOWN if free or not self._linked(atom, on) else self._decided(atom, on)[0].value
        return atom if found == UNKNOWN else HOLDS if found == YES else FAILS


def _chained(formula: Formula, waiting: list[tuple[Formula, frozenset[Variable]]]) -> tuple[Formula, ...]:
    """The constraints that touch a variable of the formula, or one that such a constraint touches, and so on."""
    reached = set(variables(formula))
    chosen: list[Formula] = []
    while True:
        near = [pair for pair in waiting if not reached.isdisjoint(pair[1])]
        if not near:
            return tuple(chosen)
        waiting = [pair for pair in waiting if reached.isdisjoint(pair[1])]
        for part, touched in near:
            chosen.append(part)
            reached |= touched


def _prepared(constraints: tuple[Formula, ...], on: int) -> tuple[tuple[Formula, frozenset[Variable]], ...]:
    """Constraints as `residual` leaves them, with the variables that they touch, without those that are kept anyway."""
    lefts = [residual(constraint, on) for constraint in constraints]
    return tuple((left, frozenset(variables(left))) for left in lefts if left != HOLDS)


def decide(formula: Formula, on: int, constraints: tuple[Formula, ...] = ()) -> int:
    """The value of a formula over all worlds.

    Args:
        formula: Any formula.
        on: The day asked, as ordinal.
        constraints: What holds in every world; together they leave at least one.
    Returns:
        NO, UNKNOWN or YES; UNKNOWN also if z3 gave up, which `Worlds.decided` tells apart.
    Raises:
        SituationError: If no world is left, where that comes to light; `witness(HOLDS, ...)` tells for sure.
    """
    found = value(formula, on)
    return found if found != UNKNOWN else Worlds(constraints).decided(formula, on).value


def matters(formula: Formula, on: int, constraints: tuple[Formula, ...] = ()) -> tuple[str, ...]:
    """Names of the variables that can still change the value: see `Worlds.matters`."""
    return Worlds(constraints).matters(formula, on)


def witness(
    formula: Formula, on: int, constraints: tuple[Formula, ...] = (), *, wanted: bool
) -> dict[Variable, str | int] | None:
    """A world in which the formula holds, or one in which it fails: see `Worlds.witness`."""
    return Worlds(constraints).witness(formula, on, wanted=wanted)


def _moves_along(formula: Formula, shown: _Shown, world: World, first: int, last: int) -> int:
    """The value of a formula in a world in which everything that can happens as many days later as the day asked."""
    begin = _later(world, first - shown.on)
    end = _later(world, last - shown.on)
    along = last - first
    moving = frozenset(one for one in begin if isinstance(one, Whole) and end[one] == begin[one] + along)
    # Unknown where one of them comes to the end of its range on the way, or a constraint does not hold throughout.
    if any(end[one] != begin[one] for one in begin if one not in moving) or any(
        value_throughout(part, first, last, begin, moving) != YES for part in shown.bound
    ):
        return UNKNOWN
    return value_throughout(formula, first, last, begin, moving)


def _holds_later(formula: Formula, shown: _Shown, world: World, on: int) -> bool | None:
    """Whether a formula holds in a world in which everything happened later; None if that is no world."""
    later = _later(world, on - shown.on)
    return holds(formula, later, on) if all(holds(part, later, on) for part in shown.bound) else None


def _later(world: World, days: int) -> World:
    """The same course of events so many days later; what cannot move stays."""
    return {
        one: found + days
        if isinstance(one, Whole) and one.low >= FIRST_DAY and one.low <= found + days <= one.high
        else found
        for one, found in world.items()
    }
