"""Exact intervals: known values, and brute force."""

from fractions import Fraction
from math import comb, exp, factorial, inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.population.exact import (
    binomial_at_most,
    poisson_at_most,
    poisson_interval,
    poisson_quantile,
    ratio_interval,
)

#   count  low      high     published values of the exact 95 % interval
KNOWN = [
    (0,    0.0,     3.689),
    (1,    0.0253,  5.572),
    (2,    0.242,   7.225),
    (10,   4.795,   18.390),
    (100,  81.36,   121.63),
    (231,  202.2,   262.8),
]  # fmt: skip


@pytest.mark.parametrize(("count", "low", "high"), KNOWN)
def test_an_interval_has_the_published_ends(count, low, high):
    found = poisson_interval(count)
    assert found.low == pytest.approx(low, abs=5e-4 if count < 100 else 5e-2)
    assert found.high == pytest.approx(high, abs=5e-4 if count < 100 else 5e-2)


@given(st.integers(min_value=0, max_value=60), st.floats(min_value=0.01, max_value=60))
def test_a_poisson_probability_is_the_sum_of_its_terms(count, mean):
    terms = [exp(-mean) * mean**number / factorial(number) for number in range(count + 1)]
    assert poisson_at_most(count, mean) == pytest.approx(sum(terms), abs=1e-12)


@given(st.integers(min_value=0, max_value=30), st.integers(min_value=1, max_value=30), st.integers(1, 99))
def test_a_binomial_probability_is_the_sum_of_its_terms(count, tries, percent):
    share = Fraction(percent, 100)
    ways = range(min(count, tries) + 1)
    exact = sum(comb(tries, number) * share**number * (1 - share) ** (tries - number) for number in ways)
    assert binomial_at_most(count, tries, percent / 100) == pytest.approx(float(exact), abs=1e-12)


def test_nothing_is_at_most_less_than_nothing():
    assert (poisson_at_most(-1, 3.0), binomial_at_most(-1, 5, 0.5)) == (0.0, 0.0)


@given(st.integers(min_value=1, max_value=100_000))
def test_the_ends_leave_a_fortieth_on_either_side(count):
    found = poisson_interval(count)
    assert poisson_at_most(count, found.high) == pytest.approx(0.025, rel=1e-6)
    assert poisson_at_most(count - 1, found.low) == pytest.approx(0.975, rel=1e-6)
    assert found.low < count < found.high


def test_a_ratio_has_the_ends_of_a_share():
    # 3 of 10 by Clopper and Pearson: 0.0667 to 0.6525; the ratio is share / (1 - share).
    found = ratio_interval(3, 1000, 7, 1000)
    assert found.low == pytest.approx(0.06674 / 0.93326, abs=1e-4)
    assert found.high == pytest.approx(0.65245 / 0.34755, abs=1e-3)


@given(st.integers(0, 500), st.integers(1, 10**6), st.integers(1, 500), st.integers(1, 10**6))
def test_a_ratio_lies_within_its_interval_and_turns_with_its_sides(count, size, other, other_size):
    found = ratio_interval(count, size, other, other_size)
    turned = ratio_interval(other, other_size, count, size)
    assert found.low <= (count / size) / (other / other_size) <= found.high
    assert turned.low == pytest.approx(1 / found.high, rel=1e-6)


def test_a_ratio_to_nothing_has_no_upper_end():
    assert ratio_interval(3, 100, 0, 100).high == inf
    assert ratio_interval(0, 100, 3, 100).low == 0.0


@given(st.floats(min_value=0.05, max_value=5000), st.sampled_from([0.001, 0.025, 0.975, 0.999]))
def test_a_quantile_lies_between_the_counts_around_its_share(mean, share):
    found = poisson_quantile(mean, share)
    assert poisson_at_most(int(found) + 1, mean) >= share
    assert poisson_at_most(int(found) - 1, mean) <= share
