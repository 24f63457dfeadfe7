"""Worlds: a value for every variable, and how people read them."""

from safeconduct.rules.formula import Choice, Whole
from safeconduct.rules.world import completed, in_words, lowest

FITNESS = Choice("fitness", ("A", "B", "D"), 0b110)
CHILDREN = Whole("children", 2, 5)


def test_a_world_is_read_as_words_and_numbers():
    assert in_words({FITNESS: 0b100, CHILDREN: 3}) == {FITNESS: "D", CHILDREN: 3}


def test_what_a_world_leaves_open_gets_its_least_value():
    assert completed({CHILDREN: 4}, (FITNESS, CHILDREN)) == {FITNESS: 0b010, CHILDREN: 4}
    assert (lowest(FITNESS), lowest(CHILDREN)) == (0b010, 2)
