"""How often replies are given: shares add up, people are of an age to ask, and what is left of a formula is exact."""

from safeconduct.rules.formula import HOLDS, Choice, In, Moved, Or, Whole, Within
from safeconduct.rules.guessing import Shares, chances
from tests.rules.test_interview import ON, law


def test_shares_add_up_to_one_and_outcomes_are_what_is_left():
    word = Choice("fitness", ("A", "B", "V"), 7)
    found = chances(law(), In(word, 4), word, ON, Shares(words={"fitness": {"A": 0.5, "V": 0.25}}))
    assert [round(share, 3) for share, _ in found] == [0.667, 0.0, 0.333]
    assert [after == HOLDS for _, after in found] == [False, False, True]
    nobody = chances(law(), In(word, 4), word, ON, Shares(words={"fitness": {"D": 1.0}}))
    assert [share for share, _ in nobody] == [1 / 3] * 3


def test_a_birth_is_likely_where_people_are_of_an_age_to_ask():
    born = Whole("birth_date", ON - 40_000, ON)
    adult = Within(Moved(born), None, Moved(None, ON - 18 * 366))
    (old, _), (young, _) = chances(law(), adult, born, ON, Shares())
    assert old > 10 * young > 0
    told = Shares(days={"birth_date": (ON - 18 * 366 + 1, ON)})
    assert [share for share, _ in chances(law(), adult, born, ON, told)] == [0.0, 1.0]


def test_ranges_of_other_numbers_are_alike_and_other_atoms_stay():
    weeks, other = Whole("weeks", 0, 100), Choice("aim", ("yes", "no"), 3)
    formula = Or((Within(Moved(weeks), Moved(None, 26), None), In(other, 1)))
    found = chances(law(), formula, weeks, ON, Shares())
    assert [share for share, _ in found] == [0.5, 0.5]
    assert [after for _, after in found] == [In(other, 1), HOLDS]
    assert next(after for _, after in chances(law(), formula, other, ON, Shares())) == HOLDS
