"""Prime implicants: the largest boxes on which a formula holds, and those on which it fails.

A box says of some variables in which of their cells they lie. What is possible is a box too (each fact with what it may
still be), and it lies inside a formula exactly if it lies inside one of its prime implicants. So a list of them gives
the exact value for many people at once, each with other gaps, by plain comparisons.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from safeconduct.rules.cells import Cut, cut
from safeconduct.rules.formula import And, AtLeast, Choice, Formula, In, Inverse, Or, Settled
from safeconduct.rules.kleene import NO, UNKNOWN, YES, Atom, Variable, residual
from safeconduct.rules.world import holds

AT_MOST = 64
"""So many prime implicants on either side; columns say *unknown* where there are more."""
_BOXES_AT_MOST = 512
"""So many boxes on the way."""

Spans = tuple[tuple[int, int], ...]
"""Ranges of numbers, both ends included, ascending, with a gap between any two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal:
    """A variable and the values that it may have.

    Args:
        variable: The variable.
        mask: Of a Choice: its words. 0 for a Whole.
        spans: Of a Whole: its numbers. Empty for a Choice.
    """

    variable: Variable
    mask: int = 0
    spans: Spans = ()


Box = tuple[Literal, ...]
"""All literals hold; variables that are not named may have any value. The empty box holds every world."""

Possible = Mapping[Variable, int | tuple[int, int]]
"""What each variable may be: the mask of a Choice, both ends of a Whole. One that is left out may be anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Implicants:
    """All prime implicants of a formula on one day.

    Args:
        yes: The largest boxes on which it holds.
        no: The largest boxes on which it fails.
    """

    yes: tuple[Box, ...]
    no: tuple[Box, ...]

    def value(self, possible: Possible) -> int:
        """The exact value of the formula for somebody of whom this much is known.

        Args:
            possible: Within what the variables of the formula allow.
        Returns:
            NO, UNKNOWN or YES.
        """
        if any(_inside(possible, box) for box in self.yes):
            return YES
        return NO if any(_inside(possible, box) for box in self.no) else UNKNOWN


def _inside(possible: Possible, box: Box) -> bool:
    return all(_allows(literal, possible.get(literal.variable)) for literal in box)


def _allows(literal: Literal, found: int | tuple[int, int] | None) -> bool:
    match found:
        case None:
            return False
        case int():
            return not found & ~literal.mask
        case _:
            low, high = found
            return any(first <= low and high <= last for first, last in literal.spans)


def implicants(formula: Formula, on: int) -> Implicants | None:
    """The prime implicants of a formula, for yes and for no.

    Args:
        formula: Any formula.
        on: The day asked, as ordinal.
    Returns:
        None if there are more than AT_MOST of either kind (or far more on the way to them), or if an atom compares two
        variables, which no box can say.
    """
    left = residual(formula, on)
    cuts = cut([left])
    if cuts is None:
        return None
    grid = _Grid(cuts)
    found: dict[bool, tuple[Box, ...]] = {}
    for goal in (True, False):
        try:
            primes = grid.primes(grid.cover(left, goal=not goal))
        except _TooManyError:
            return None
        if len(primes) > AT_MOST:
            return None
        found[goal] = tuple(map(grid.written, primes))
    return Implicants(yes=found[True], no=found[False])


class _TooManyError(Exception):
    """The boxes on the way are beyond what is worth the work."""


class _Grid:
    """Boxes as numbers: one bit for each cell of each variable, so that what two boxes share is `&`."""

    def __init__(self, cuts: tuple[Cut, ...]) -> None:
        self._cuts = cuts
        self._starts: dict[Variable, int] = {}
        self._fields: list[int] = []
        start = 0
        for part in cuts:
            self._starts[part.variable] = start
            self._fields.append(((1 << len(part.marks)) - 1) << start)
            start += len(part.marks)
        self._all = (1 << start) - 1
        self._marks = {part.variable: part.marks for part in cuts}

    def primes(self, other_side: list[int]) -> list[int]:
        """The largest boxes outside all of these, smallest number first.

        A box lies outside another if it does in one variable. So the largest boxes outside one are known, and the
        largest outside two are the largest of what two such boxes share.
        """
        found = [self._all]
        for box in other_side:
            outside = [self._all & ~(field & box) for field in self._fields if field & ~box]
            found = self._largest(
                shared
                for one in found
                for shared in ([one & other for other in outside] if self._is_box(one & box) else [one])
            )
        return found

    def cover(self, formula: Formula, *, goal: bool) -> list[int]:
        """Boxes, not always the largest, that together are where a formula holds (or fails, if that is the goal)."""
        match formula:
            case Settled(holds):
                return [self._all] if holds == goal else []
            case Inverse(part):
                return self.cover(part, goal=not goal)
            case And(parts):
                return self._counted(len(parts) if goal else 1, parts, goal=goal)
            case Or(parts):
                return self._counted(1 if goal else len(parts), parts, goal=goal)
            case AtLeast(least, parts):
                return self._counted(least if goal else len(parts) - least + 1, parts, goal=goal)
            case _:
                return [self._literal(formula, goal=goal)]

    def _counted(self, least: int, parts: tuple[Formula, ...], *, goal: bool) -> list[int]:
        """Where at least so many of the parts meet the goal: boxes by how many they have met so far."""
        met: list[list[int]] = [[self._all], *([] for _ in range(least))]
        for part in parts:
            own = self.cover(part, goal=goal)
            for number in range(least, 0, -1):
                both = (one & other for one in met[number - 1] for other in own)
                met[number] = self._largest([*met[number], *both])
        return met[least]

    def _literal(self, atom: Atom, *, goal: bool) -> int:
        variable = atom.choice if isinstance(atom, In) else atom.middle.variable
        assert variable is not None  # noqa: S101 -- atoms without a variable are settled, and `cut` refuses others
        bits = sum(
            1 << index
            for index, mark in enumerate(self._marks[variable])
            if holds(atom, {variable: mark & -mark if isinstance(variable, Choice) else mark}, 0) == goal
        )
        start = self._starts[variable]
        field = ((1 << len(self._marks[variable])) - 1) << start
        return self._all & ~field | bits << start

    def _is_box(self, bits: int) -> bool:
        return all(field & bits for field in self._fields)

    def _largest(self, boxes: Iterable[int]) -> list[int]:
        """The boxes that lie inside no other one, without those that hold no world."""
        found: list[int] = []
        for box in sorted({box for box in boxes if self._is_box(box)}, key=lambda one: (-one.bit_count(), one)):
            if not any(box & larger == box for larger in found):
                found.append(box)
                if len(found) > _BOXES_AT_MOST:
                    raise _TooManyError
        return found

    def written(self, box: int) -> Box:
        """A box as literals, without those that allow everything."""
        return tuple(
            self._written(part, box >> self._starts[part.variable])
            for part, field in zip(self._cuts, self._fields, strict=True)
            if field & ~box
        )

    def _written(self, part: Cut, bits: int) -> Literal:
        chosen = [index for index in range(len(part.marks)) if bits >> index & 1]
        if isinstance(part.variable, Choice):
            return Literal(variable=part.variable, mask=sum(part.marks[index] for index in chosen))
        ends = [*(mark - 1 for mark in part.marks[1:]), part.variable.high]
        spans: list[tuple[int, int]] = []
        for index in chosen:
            first = spans.pop()[0] if spans and spans[-1][1] == part.marks[index] - 1 else part.marks[index]
            spans.append((first, ends[index]))
        return Literal(variable=part.variable, spans=tuple(spans))
