"""Formulas as expressions over columns, the same for every engine.

Each formula becomes two expressions: it certainly holds, it certainly fails. Both are put together from comparisons by
"and" and "or" alone, never by "not", so an unknown value (null) behaves like "not certain" on every engine, and no
engine's own handling of null decides anything. Only operations are used that passed on all of them (tests/population/
test_conformance.py): comparison of a column with a literal, and, or, when.
"""

from dataclasses import dataclass
from datetime import date

import narwhals.stable.v2 as nw

from safeconduct.population.conditions import Compared, Condition, How, all_of, any_of, at_least, expression
from safeconduct.population.frame_law import ColumnLaw
from safeconduct.population.shape import clusters, restricted, shared_cells
from safeconduct.rules.cells import Cut, range_of
from safeconduct.rules.formula import And, AtLeast, Choice, Formula, In, Inverse, Or, Settled, Whole, Within
from safeconduct.rules.implicants import Box, Literal, implicants
from safeconduct.rules.vocabulary import PRESENT, YES
from safeconduct.values.days import FIRST_DAY, LAST_DAY

_CASES_AT_MOST = 96
"""So many cells in all are looked at for one provision; beyond, *unknown* may still be certain."""
FROM, TO = "_from", "_to"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """What is certain.

    Args:
        yes: It certainly holds; null counts as not certain.
        no: It certainly fails.
    """

    yes: Condition
    no: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A provision over columns.

    Args:
        id: Its id.
        sides: The answers on which all readings agree.
        disputed: Where one reading gives yes and another no.
        exact: False if it has too many prime implicants: then *unknown* may still be certain.
    """

    id: str
    sides: Sides
    disputed: Condition
    exact: bool

    def code(self) -> nw.Expr:
        """One column: 0 no, 1 unknown, 2 yes, 3 disputed."""
        found = _when(self.sides.yes, 2, nw.lit(1))
        found = _when(self.sides.no, 0, found)
        return _when(self.disputed, 3, found)


def _when(side: Condition, value: int, otherwise: nw.Expr) -> nw.Expr:
    if isinstance(side, bool):
        return nw.lit(value) if side else otherwise
    return nw.when(expression(side)).then(nw.lit(value)).otherwise(otherwise)


class Columns:
    """Writes formulas for the columns that a frame has.

    Args:
        kinds: Columns of the frame, each with whether it holds yes and no as a boolean. A column that is not there is
            unknown for everybody.
        on: The day asked, as ordinal.
    """

    def __init__(self, kinds: dict[str, bool], on: int) -> None:
        self._kinds = kinds
        self._on = on
        self._exact = True
        self._left = _CASES_AT_MOST

    def answered(self, law: ColumnLaw) -> Answered:
        """A provision as expressions."""
        self._exact, self._left = True, _CASES_AT_MOST
        cases = [self.sides(case) for case in law.cases]
        yes, no = all_of(one.yes for one in cases), all_of(one.no for one in cases)
        disputed: Condition = False
        if len(cases) > 1:
            disputed = all_of([any_of(one.yes for one in cases), any_of(one.no for one in cases)])
        return Answered(id=law.id, sides=Sides(yes=yes, no=no), disputed=disputed, exact=self._exact)

    def sides(self, formula: Formula) -> Sides:
        """What is certain of a formula."""
        match formula:
            case Settled(holds):
                return Sides(yes=holds, no=not holds)
            case In(choice, mask):
                return self._words(choice, mask)
            case Within():
                return self._range(formula)
            case Inverse(part):
                found = self.sides(part)
                return Sides(yes=found.no, no=found.yes)
            case And(parts) | Or(parts):
                return self._joined(type(formula), parts)
            case AtLeast():
                return self._together(formula)

    def _joined(self, kind: type[And] | type[Or], parts: tuple[Formula, ...]) -> Sides:
        """Groups that share no fact are certain each for itself; what shares one is looked at together."""
        groups = clusters(parts)
        return _combined(
            kind, [self.sides(one[0]) if len(one) == 1 else self._together(kind(tuple(one))) for one in groups]
        )

    def _together(self, formula: And | Or | AtLeast) -> Sides:
        """Parts that share a fact: by prime implicants, which are exact, or, if there are too many, by the tables."""
        if isinstance(formula, AtLeast) and len(clusters(formula.parts)) == len(formula.parts):
            return self._counted(formula)
        primes = implicants(formula, self._on)
        if primes is not None:
            return Sides(yes=any_of(map(self._box, primes.yes)), no=any_of(map(self._box, primes.no)))
        cells = shared_cells(formula)
        if cells is not None and len(cells.marks) <= self._left:
            self._left -= len(cells.marks)
            return self._by_cases(formula, cells)
        self._exact = False
        if isinstance(formula, AtLeast):
            return self._counted(formula)
        return _combined(type(formula), [self.sides(part) for part in formula.parts])

    def _by_cases(self, formula: Formula, cells: Cut) -> Sides:
        """It is certain if it is in every cell of one column in which a person may still lie: exact for that column."""
        yes, no = [], []
        for inside, left in restricted(formula, cells):
            outside = self.sides(inside).no
            found = self.sides(left)
            yes.append(any_of([outside, found.yes]))
            no.append(any_of([outside, found.no]))
        return Sides(yes=all_of(yes), no=all_of(no))

    def _counted(self, formula: AtLeast) -> Sides:
        found = [self.sides(part) for part in formula.parts]
        enough = len(found) - formula.least + 1
        return Sides(
            yes=at_least(formula.least, [one.yes for one in found]), no=at_least(enough, [one.no for one in found])
        )

    def _box(self, box: Box) -> Condition:
        return all_of(self._literal(literal) for literal in box)

    def _literal(self, literal: Literal) -> Condition:
        if isinstance(literal.variable, Choice):
            return self._words(literal.variable, literal.mask).yes
        return any_of(self._inside(literal.variable, low, high) for low, high in literal.spans)

    def _words(self, choice: Choice, mask: int) -> Sides:
        boolean = self._kinds.get(choice.name)
        if boolean is None:
            return Sides(yes=False, no=False)
        inside = [index for index in range(len(choice.words)) if mask >> index & 1]
        outside = [index for index in range(len(choice.words)) if not mask >> index & 1]
        return Sides(yes=_one_of(choice, inside, outside, boolean), no=_one_of(choice, outside, inside, boolean))

    def _range(self, atom: Within) -> Sides:
        found = range_of(atom)
        if found is None:
            # Two columns, one moved by months: no engine adds months as the law does.
            self._exact = False
            return Sides(yes=False, no=False)
        variable, low, high = found
        below = self._inside(variable, variable.low, low - 1) if low > variable.low else False
        above = self._inside(variable, high + 1, variable.high) if high < variable.high else False
        return Sides(yes=self._inside(variable, low, high), no=any_of([below, above]))

    def _inside(self, variable: Whole, low: int, high: int) -> Condition:
        """The whole of what it may be lies between two values, both included."""
        name = variable.name
        exact = name in self._kinds
        first, last = (name, name) if exact else (name + FROM, name + TO)
        parts: list[Condition] = []
        for column, bound, is_open, compare in (
            (first, low, low <= variable.low, How.AT_LEAST),
            (last, high, high >= variable.high, How.AT_MOST),
        ):
            if is_open:
                continue
            known = column in self._kinds
            parts.append(Compared(column=column, how=compare, value=_value(variable, bound)) if known else False)
        return all_of(parts)


def _one_of(choice: Choice, inside: list[int], outside: list[int], boolean: bool) -> Condition:  # noqa: FBT001 -- a kind
    """The word is one of some; said by what it is not where that is shorter: other words are refused beforehand."""
    if boolean:
        return any_of(_is(choice, index) for index in inside)
    if len(outside) < len(inside):
        return all_of(Compared(column=choice.name, how=How.IS_NOT, value=choice.words[index]) for index in outside)
    return any_of(Compared(column=choice.name, how=How.IS, value=choice.words[index]) for index in inside)


def _is(choice: Choice, index: int) -> Condition:
    """A column of yes and no, or of there is and there is not."""
    return Compared(column=choice.name, how=How.IS, value=choice.words[index] in {YES, PRESENT})


def _value(variable: Whole, bound: int) -> date | int:
    """The bound as the column holds it: days as dates, numbers as they are."""
    return date.fromordinal(bound) if (variable.low, variable.high) == (FIRST_DAY, LAST_DAY) else bound


def _combined(kind: type[And] | type[Or], found: list[Sides]) -> Sides:
    both, either = (all_of, any_of) if kind is And else (any_of, all_of)
    return Sides(yes=both(one.yes for one in found), no=either(one.no for one in found))


__all__ = ["FROM", "TO", "Answered", "Columns", "Sides"]
