"""Variables cut into cells: values that no atom tells apart. A few cells stand for every world there is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from math import prod

from safeconduct.rules.formula import Choice, Formula, In, Inverse, Settled, Whole, Within
from safeconduct.rules.kleene import Atom, Variable, mapped
from safeconduct.rules.world import World


@dataclass(frozen=True, slots=True)
class Cut:
    """A variable and its cells.

    Args:
        variable: The variable.
        marks: One for each cell: of a Choice the mask of its words, of a Whole its first number, ascending.
    """

    variable: Variable
    marks: tuple[int, ...]

    @property
    def values(self) -> tuple[int, ...]:
        """One value of each cell: the bit of a word, or a number."""
        if isinstance(self.variable, Choice):
            return tuple(mark & -mark for mark in self.marks)
        return self.marks


def literals(formula: Formula) -> Iterator[tuple[Atom, bool]]:
    """Every atom, where it stands, with whether it speaks for the formula or against it."""
    pending: list[tuple[Formula, bool]] = [(formula, True)]
    while pending:
        part, positive = pending.pop()
        match part:
            case In() | Within():
                yield part, positive
            case Inverse(inner):
                pending.append((inner, not positive))
            case Settled():
                pass
            case _:
                pending.extend((each, positive) for each in reversed(part.parts))


def range_of(atom: Within) -> tuple[Whole, int, int] | None:
    """An atom that compares one variable, not moved, with constants: the variable and the two ends, both included.

    Args:
        atom: An atom as `residual` leaves it.
    Returns:
        None for any other atom.
    """
    variable = atom.middle.variable
    if variable is None or atom.middle.months or atom.middle.days:
        return None
    low, high = variable.low, variable.high
    if atom.first is not None:
        if atom.first.variable is not None:
            return None
        low = atom.first.base
    if atom.last is not None:
        if atom.last.variable is not None:
            return None
        high = atom.last.base
    return variable, low, high


def cut(formulas: Iterable[Formula]) -> tuple[Cut, ...] | None:
    """The cells of all variables of some formulas.

    Args:
        formulas: As `residual` leaves them.
    Returns:
        In order of appearance; None if an atom compares two variables, or one with itself: those have no cells.
    """
    masks: dict[Variable, set[int]] = {}
    for formula in formulas:
        for atom, _ in literals(formula):
            if isinstance(atom, In):
                masks.setdefault(atom.choice, set()).add(atom.mask)
                continue
            found = range_of(atom)
            if found is None:
                return None
            variable, low, high = found
            masks.setdefault(variable, set()).update((low, high + 1))
    return tuple(
        Cut(variable, _words(variable, marks) if isinstance(variable, Choice) else _numbers(variable, marks))
        for variable, marks in masks.items()
    )


def loosened(formulas: Iterable[Formula]) -> tuple[Formula, ...]:
    """The formulas with a fact of its own for each atom that has no cells.

    Args:
        formulas: As `residual` leaves them.
    Returns:
        Formulas that have cells. What is so in all their worlds is so in all worlds of the first ones, not the other
        way round: the facts forget how the variables of those atoms hang together.
    """
    facts: dict[Atom, Choice] = {}

    def with_cells(atom: Atom) -> Formula:
        if isinstance(atom, In) or range_of(atom) is not None:
            return atom
        return In(facts.setdefault(atom, Choice("", ("yes", "no"), 0b11)), 0b01)

    return tuple(mapped(formula, with_cells) for formula in formulas)


def _words(choice: Choice, masks: set[int]) -> tuple[int, ...]:
    cells = [choice.possible]
    for mask in sorted(masks):
        cells = [part for cell in cells for part in (cell & mask, cell & ~mask) if part]
    return tuple(sorted(cells))


def _numbers(whole: Whole, starts: set[int]) -> tuple[int, ...]:
    return tuple(sorted({whole.low} | {start for start in starts if whole.low < start <= whole.high}))


def count(cuts: tuple[Cut, ...]) -> int:
    """How many worlds the cells make."""
    return prod(len(part.marks) for part in cuts)


def worlds(cuts: tuple[Cut, ...]) -> Iterator[World]:
    """One world for every combination of cells; the last variable changes first."""
    names = [part.variable for part in cuts]
    for values in product(*(part.values for part in cuts)):
        yield dict(zip(names, values, strict=True))
