"""Three-valued truth: the strong tables of Kleene, and no silent way to read unknown as no."""

from itertools import product

import pytest

from safeconduct.values.truth import Truth, every, from_bool, some

T, U, F = Truth.YES, Truth.UNKNOWN, Truth.NO

#    a  b  a&b a|b
CASES = [
    (T, T, T,  T),
    (T, U, U,  T),
    (T, F, F,  T),
    (U, U, U,  U),
    (U, F, F,  U),
    (F, F, F,  F),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "both", "either"), CASES)
def test_connectives_follow_the_strong_tables(a, b, both, either):
    assert (a & b, b & a) == (both, both)
    assert (a | b, b | a) == (either, either)


@pytest.mark.parametrize(("truth", "opposite"), [(T, F), (U, U), (F, T)])
def test_the_opposite_of_unknown_is_unknown(truth, opposite):
    assert ~truth is opposite


def test_the_tables_obey_de_morgan():
    for a, b in product(Truth, repeat=2):
        assert ~(a & b) is (~a | ~b)
        assert ~(a | b) is (~a & ~b)


#    truths     every some
MANY = [
    ([],        T,    F),
    ([T, T],    T,    T),
    ([T, U],    U,    T),
    ([F, U],    F,    U),
    ([U, T, F], F,    T),
    ([F, F],    F,    F),
]  # fmt: skip


@pytest.mark.parametrize(("truths", "all_of_them", "one_of_them"), MANY)
def test_many_are_put_together_as_two_are(truths, all_of_them, one_of_them):
    assert (every(truths), some(truths)) == (all_of_them, one_of_them)
    assert (every(reversed(truths)), some(iter(truths))) == (all_of_them, one_of_them)


@pytest.mark.parametrize("truth", Truth)
def test_a_truth_is_never_read_as_true_or_false(truth):
    with pytest.raises(TypeError, match="three values"):
        bool(truth)
    with pytest.raises(TypeError, match="three values"):
        _ = truth and T


def test_what_is_known_becomes_yes_or_no():
    assert (from_bool(True), from_bool(False)) == (T, F)  # noqa: FBT003 -- the function takes nothing else


def test_each_truth_has_its_word():
    assert [truth.word for truth in Truth] == ["no", "unknown", "yes"]


def test_truths_are_ordered_as_numbers():
    assert (F.value, U.value, T.value) == (0, 1, 2)
