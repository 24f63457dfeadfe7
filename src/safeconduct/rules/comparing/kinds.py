"""Kinds of person whom a change reaches: boxes of conditions, found and proved complete by the solver."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from safeconduct.rules.cells import range_of
from safeconduct.rules.comparing.features import Feature, features
from safeconduct.rules.comparing.pair import Pair
from safeconduct.rules.finding import Answer
from safeconduct.rules.formula import Choice, Formula, In, Whole, Within, conjunction, inverse
from safeconduct.rules.kleene import Variable, variables
from safeconduct.rules.solver import STEPS_AT_MOST, Prover, UnsettledError
from safeconduct.rules.tree import Condition, Happened, Holds
from safeconduct.rules.world import World, completed, holds

KINDS_AT_MOST = 24
"""More kinds than this of one shift tell a reader nothing."""


class Proof(Enum):
    """What is known of persons outside the kinds.

    PROVED: there is nobody outside them who is answered differently. TOO_MANY: there are more kinds than are shown.
    GAVE_UP: the solver came to its limit.
    """

    PROVED = "proved"
    TOO_MANY = "more kinds than are shown"
    GAVE_UP = "not settled within the solver's limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """One condition of a kind.

    Args:
        of: The condition of the page; None for the answers themselves.
        formula: The same, as a formula; the inverse is meant where it does not hold.
        holds: Whether it is so of the kind, or is not.
        span: For a day or number alone: its variable and both ends; None otherwise.
        law, answer: As the feature's.
    """

    of: Condition | None
    formula: Formula
    holds: bool
    span: tuple[Whole, int, int] | None
    law: int | None
    answer: Answer | None

    @property
    def meant(self) -> Formula:
        """What is so of the kind."""
        return self.formula if self.holds else inverse(self.formula)


Kind = tuple[Trait, ...]
"""All traits together: everybody who has them is answered differently."""


def whole(kind: Kind) -> Formula:
    """A kind as one formula."""
    return conjunction([trait.meant for trait in kind])


class Search:
    """Looks for the kinds of person whom two laws answer differently about one provision.

    Args:
        pair: Both laws.
        name: Id of the provision.
        at_most: How many kinds of one shift are looked for.
        steps: What the solver may spend on one question.
    """

    def __init__(self, pair: Pair, name: str, *, at_most: int = KINDS_AT_MOST, steps: int = STEPS_AT_MOST) -> None:
        self.shifts = pair.shifts(name)
        self._pair, self._provision, self._at_most = pair, name, at_most
        self._constraints = pair.constraints()
        self._prover = Prover(steps=steps)
        for constraint in self._constraints:
            self._prover.require(constraint)
        self._written: dict[tuple[int, bool], tuple[int, Formula]] = {}
        self._told: tuple[Feature, ...] | None = None
        self._mentioned: dict[Variable, None] = {}

    def kinds(self, answers: tuple[Answer, Answer]) -> tuple[tuple[Kind, ...], Proof]:
        """Kinds none of which can be left out, and what is known of everybody else.

        Args:
            answers: One of `shifts`.
        """
        shift = self.shifts[answers]
        found: list[tuple[Kind, int]] = []
        try:
            proof = self._collect(shift, found)
            kept = self._needed(shift, found) if proof is Proof.PROVED else found
        except UnsettledError:
            proof, kept = Proof.GAVE_UP, found
        return tuple(kind for kind, _ in kept), proof

    def outside(self, answers: tuple[Answer, Answer], kinds: Sequence[Kind]) -> World | None:
        """Somebody who is answered so and is of none of these kinds; None if there is certainly nobody.

        Raises:
            UnsettledError: If the solver came to its limit.
        """
        return self._prover.together(
            [self._name(self.shifts[answers]), *(self._prover.name(inverse(whole(one))) for one in kinds)]
        )

    def _features(self) -> tuple[Feature, ...]:
        """What may tell persons apart; they need not suffice."""
        if self._told is None:
            self._told = tuple(sorted(features(self._pair, self._provision), key=_weight))
            formulas = (*self._constraints, *self.shifts.values(), *(one.formula for one in self._told))
            self._mentioned = dict.fromkeys(variable for one in formulas for variable in variables(one))
        return self._told

    def _collect(self, shift: Formula, found: list[tuple[Kind, int]]) -> Proof:
        while True:
            world = self._prover.together([self._name(shift), *(outside for _, outside in found)])
            if world is None:
                return Proof.PROVED
            if len(found) == self._at_most:
                return Proof.TOO_MANY
            kind = self._grown(shift, world)
            found.append((kind, self._prover.name(inverse(whole(kind)))))

    def _grown(self, shift: Formula, world: World) -> Kind:
        """The largest kind around somebody: whatever can be left out is."""
        told = self._features()
        known = completed(world, self._mentioned)
        traits = [_trait(one, is_so=holds(one.formula, known, 0)) for one in told]
        core = self._clash(shift, traits)
        if core is None:  # the features do not suffice: the answers themselves do
            traits = [_trait(Feature(of=None, formula=shift), is_so=True), *traits]
            core = self._clash(shift, traits) or frozenset()
        kept = [trait for trait in traits if self._of(trait) in core]
        for trait in tuple(kept):
            fewer = [one for one in kept if one is not trait]
            if self._clash(shift, fewer) is not None:
                kept = fewer
        return tuple(kept)

    def _clash(self, shift: Formula, traits: list[Trait]) -> frozenset[int] | None:
        """Whether everybody of whom this is so is answered differently; the names that matter for that."""
        return self._prover.clash([self._name(shift, holds=False), *map(self._of, traits)])

    def _needed(self, shift: Formula, found: list[tuple[Kind, int]]) -> list[tuple[Kind, int]]:
        kept = list(found)
        for one in found if len(found) > 1 else ():
            others = [other for other in kept if other is not one]
            if self._prover.clash([self._name(shift), *(outside for _, outside in others)]) is not None:
                kept = others
        return kept

    def events(self, answers: tuple[Answer, Answer], kind: Kind) -> tuple[str, ...]:
        """Kinds of event that happened, though nobody told of them, to somebody of a kind; as few as the solver says.

        Args:
            answers: One of `shifts`.
            kind: One of its kinds.
        Raises:
            UnsettledError: If the solver came to its limit.
        """
        made = self._pair.people.made()
        untold = [(one, str(made[one][1])) for one in self._mentioned if made.get(one, ("",))[0] == "untold"]
        wanted = [self._name(self.shifts[answers]), *map(self._of, kind)]
        none = {self._prover.name(In(one, 0b10)): name for one, name in untold if isinstance(one, Choice)}
        happened = []
        while (core := self._prover.clash([*wanted, *none])) is not None:
            happened += [none.pop(one) for one in sorted(core) if one in none]
        return tuple(dict.fromkeys(happened))

    def _name(self, formula: Formula, *, holds: bool = True) -> int:
        """The solver's name of a formula, or of its inverse; found by identity, since comparing costs more."""
        found = self._written.get((id(formula), holds))
        if found is None:
            name = self._prover.name(formula if holds else inverse(formula))
            found = self._written[id(formula), holds] = (name, formula)
        return found[0]

    def _of(self, trait: Trait) -> int:
        return self._name(trait.formula, holds=trait.holds)


def _weight(feature: Feature) -> int:
    """What is left out of a kind first, where it can be: what other provisions say, then what happened, then facts."""
    return 0 if isinstance(feature.of, Holds) else 1 if isinstance(feature.of, Happened) else 2


def _trait(feature: Feature, *, is_so: bool) -> Trait:
    return Trait(
        of=feature.of,
        formula=feature.formula,
        holds=is_so,
        span=_span(feature.formula, is_so=is_so),
        law=feature.law,
        answer=feature.answer,
    )


def _span(formula: Formula, *, is_so: bool) -> tuple[Whole, int, int] | None:
    found = range_of(formula) if isinstance(formula, Within) else None
    if found is None or is_so:
        return found
    variable, low, high = found
    if low <= variable.low:
        return variable, high + 1, variable.high
    return (variable, variable.low, low - 1) if high >= variable.high else None
