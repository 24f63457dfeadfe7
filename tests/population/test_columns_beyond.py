"""Formulas with too many prime implicants: columns go through cells, and never say more than is so in every world."""

from itertools import product
from random import Random

import polars as pl
import pytest

from safeconduct.population import columns
from safeconduct.population.columns import Columns
from safeconduct.population.conditions import expression
from safeconduct.population.engines import frame_of, rows_of
from safeconduct.population.frame_law import ColumnLaw
from safeconduct.rules.formula import And, AtLeast, Choice, In, Inverse, Moved, Or, Whole, Within
from safeconduct.rules.world import holds

GRADE = Choice("grade", ("low", "middle", "high"), 0b111)
FLAGS = [Choice(name, ("yes", "no"), 0b11) for name in ("one", "two")]
WEEKS = Whole("weeks", 0, 3)
KINDS = {"grade": False, "one": True, "two": True, "weeks_from": False, "weeks_to": False}
SPANS = [(first, last) for first in range(4) for last in range(first, 4)]
PEOPLE = list(product([None, *GRADE.words], [None, "yes", "no"], [None, "yes", "no"], SPANS))


def an_atom(chance):
    match chance.randrange(3):
        case 0:
            return In(GRADE, chance.choice([0b001, 0b011, 0b100, 0b101]))
        case 1:
            return In(chance.choice(FLAGS), chance.choice([0b01, 0b10]))
        case _:
            low = chance.randrange(3)
            return Within(Moved(WEEKS), Moved(None, low), Moved(None, low + chance.randrange(2)))


def a_formula(chance, depth=3):
    if depth == 0 or chance.random() < 0.15:
        return an_atom(chance)
    parts = tuple(a_formula(chance, depth - 1) for _ in range(chance.choice([2, 3])))
    return chance.choice([And(parts), Or(parts), AtLeast(2, parts), Inverse(And(parts))])


def worlds(person):
    grade, one, two, (first, last) = person
    choices = (
        [GRADE.mask(frozenset({grade}))] if grade else [1, 2, 4],
        [1 if one == "yes" else 2] if one else [1, 2],
        [1 if two == "yes" else 2] if two else [1, 2],
        range(first, last + 1),
    )
    return [dict(zip((GRADE, *FLAGS, WEEKS), world, strict=True)) for world in product(*choices)]


def certain(formula, person):
    found = {holds(formula, world, 0) for world in worlds(person)}
    return (found == {True}, found == {False})


FRAME = pl.DataFrame(
    {
        "grade": [person[0] for person in PEOPLE],
        "one": [None if person[1] is None else person[1] == "yes" for person in PEOPLE],
        "two": [None if person[2] is None else person[2] == "yes" for person in PEOPLE],
        "weeks_from": [person[3][0] for person in PEOPLE],
        "weeks_to": [person[3][1] for person in PEOPLE],
    }
)


def said(formula):
    """What columns say is certain of each person, and whether they call it exact."""
    found = Columns(KINDS, 0).answered(ColumnLaw(id="XX-1", cases=(formula,)))
    frame = frame_of(FRAME).with_columns(yes=expression(found.sides.yes), no=expression(found.sides.no))
    return [(yes is True, no is True) for yes, no in rows_of(frame.select("yes", "no"))], found.exact


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("cells", [96, 0])
def test_without_prime_implicants_nothing_is_said_that_is_not_so(monkeypatch, seed, cells):
    """With cells what is exact is exact; without them unknown may stay, and no answer is another."""
    formula = a_formula(Random(seed))
    monkeypatch.setattr(columns, "implicants", lambda *_: None)
    monkeypatch.setattr(columns, "_CASES_AT_MOST", cells)
    found, exact = said(formula)
    true = [certain(formula, person) for person in PEOPLE]
    assert all(not one[0] or right[0] for one, right in zip(found, true, strict=True))
    assert all(not one[1] or right[1] for one, right in zip(found, true, strict=True))
    assert not exact or found == true


def test_both_ways_are_taken(monkeypatch):
    monkeypatch.setattr(columns, "implicants", lambda *_: None)
    outcomes = {said(a_formula(Random(seed)))[1] for seed in range(25)}
    monkeypatch.setattr(columns, "_CASES_AT_MOST", 0)
    outcomes |= {said(a_formula(Random(seed)))[1] for seed in range(25)}
    assert outcomes == {True, False}


def test_two_columns_of_which_one_is_moved_stay_unknown():
    first, second = Whole("weeks", 730_000, 731_000), Whole("other", 730_000, 731_000)
    moved = Within(Moved(first), Moved(second, months=1), None)
    found, exact = said(moved)
    assert not exact
    assert set(found) == {(False, False)}
