"""Cells: values that no atom tells apart are one cell."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.rules.cells import count, cut, literals, range_of, worlds
from safeconduct.rules.formula import HOLDS, And, AtLeast, Choice, In, Inverse, Moved, Or, Whole, Within
from safeconduct.rules.kleene import residual
from tests.rules.small import a_case, true_in, values

FITNESS = Choice("fitness", ("A", "B", "V", "G", "D"), 0b11111)
NUMBER = Whole("number", 0, 9)
OTHER = Whole("other", 0, 9)


def between(low, high, variable=NUMBER):
    return Within(
        Moved(variable), None if low is None else Moved(None, low), None if high is None else Moved(None, high)
    )


def test_words_that_are_never_told_apart_share_a_cell():
    (found,) = cut([Or((In(FITNESS, 0b00011), In(FITNESS, 0b00110)))])
    assert found.marks == (0b00001, 0b00010, 0b00100, 0b11000)
    assert found.values == (0b00001, 0b00010, 0b00100, 0b01000)


def test_numbers_are_cut_where_an_atom_begins_or_ends():
    (found,) = cut([And((between(3, 5), Inverse(between(None, 6)), between(0, 9)))])
    assert (found.marks, found.values) == ((0, 3, 6, 7), (0, 3, 6, 7))


#  atom                                                             range
ATOMS = [
    (between(3, 5),                                                 (NUMBER, 3, 5)),
    (between(None, 5),                                              (NUMBER, 0, 5)),
    (between(3, None),                                              (NUMBER, 3, 9)),
    (Within(Moved(NUMBER), Moved(OTHER), None),                     None),
    (Within(Moved(NUMBER), None, Moved(OTHER)),                     None),
    (Within(Moved(None, 4), Moved(NUMBER), None),                   None),
    (Within(Moved(Whole("day", 738000, 738009), 0, 1), None, None), None),
    (Within(Moved(Whole("day", 738000, 738009), 0, 0, 1), None, None), None),
]  # fmt: skip


@pytest.mark.parametrize(("atom", "expected"), ATOMS)
def test_a_range_of_one_variable_is_told_from_other_atoms(atom, expected):
    assert range_of(atom) == expected


def test_an_atom_about_two_variables_has_no_cells():
    assert cut([And((between(1, 2), Within(Moved(NUMBER), Moved(OTHER), None)))]) is None


def test_no_variable_makes_one_world():
    assert (cut([HOLDS]), count(()), list(worlds(()))) == ((), 1, [{}])


def test_literals_know_which_side_they_take():
    a, b = In(FITNESS, 1), In(FITNESS, 2)
    assert list(literals(AtLeast(1, (a, Inverse(Or((b, Inverse(a)))))))) == [(a, True), (b, False), (a, True)]


@given(st.integers(min_value=0, max_value=2**32))
def test_worlds_of_cells_stand_for_all_worlds(seed):
    on, found, formula, _ = a_case(Random(seed), constrained=False)
    left = residual(formula, on)
    cuts = cut([left])
    if cuts is None:
        assert any(isinstance(atom, Within) and range_of(atom) is None for atom, _ in literals(left))
        return
    of_cells = list(worlds(cuts))
    assert len(of_cells) == count(cuts)
    for part in cuts:  # each value behaves as the one that stands for its cell
        for number in values(part.variable):
            index = max(
                i
                for i, mark in enumerate(part.marks)
                if (mark <= number if part.variable in wholes(found) else mark & number)
            )
            stand_in = part.values[index]
            world = {other.variable: other.values[-1] for other in cuts}
            assert true_in(left, world | {part.variable: number}, 0) is true_in(
                left, world | {part.variable: stand_in}, 0
            )


def wholes(found):
    return [one for one in found if isinstance(one, Whole)]
