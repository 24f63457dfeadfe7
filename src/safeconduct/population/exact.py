"""Exact intervals of counts: of a Poisson count, and of the ratio of two of them.

Written here because a library of statistics would be the heaviest thing in the install for two functions; the tests
hold known values and brute force.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, fsum, inf, lgamma, log, log1p, sqrt

TAIL = 0.025
"""What an interval of 95 % leaves out on either side."""
_PRECISION = 1e-12
_STEPS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Two ends, both included; the upper one may be infinite.

    Args:
        low: The lower end.
        high: The upper end, not below `low`.
    """

    low: float
    high: float

    def scaled(self, factor: float) -> "Interval":
        """Both ends times a factor, > 0."""
        return Interval(low=self.low * factor, high=self.high * factor)


def poisson_interval(count: int, *, tail: float = TAIL) -> Interval:
    """The means that a count does not contradict: with each of them, a count so far off is not rarer than `tail`.

    Args:
        count: What was counted, >= 0.
        tail: What is left out on either side, 0 < tail < 0.5.
    Source:
        F. Garwood (1936), Fiducial limits for the Poisson distribution, Biometrika 28.
    """
    high = _falling(lambda mean: poisson_at_most(count, mean), tail, start=count + 1 + 4 * sqrt(count + 1))
    if count == 0:
        return Interval(low=0.0, high=high)
    low = _falling(lambda mean: poisson_at_most(count - 1, mean), 1 - tail, start=float(count))
    return Interval(low=low, high=high)


def ratio_interval(count: int, size: int, other: int, other_size: int, *, tail: float = TAIL) -> Interval:
    """The ratios of two rates that two Poisson counts do not contradict.

    Given both counts together, the first is binomial, and its share says what the ratio is.

    Args:
        count: What was counted, >= 0, among `size`, > 0.
        size: Among how many.
        other: What was counted elsewhere, >= 0; not 0 together with `count`.
        other_size: Among how many, > 0.
        tail: What is left out on either side.
    Source:
        C. Clopper and E. Pearson (1934), Biometrika 26, for the share; J. Przyborowski and H. Wilenski (1940),
        Biometrika 31, for two Poisson counts.
    """
    both = count + other
    low = 0.0 if count == 0 else _share(lambda share: binomial_at_most(count - 1, both, share), 1 - tail)
    high = 1.0 if other == 0 else _share(lambda share: binomial_at_most(count, both, share), tail)
    scale = other_size / size
    return Interval(low=scale * low / (1 - low), high=inf if high == 1.0 else scale * high / (1 - high))


def poisson_at_most(count: int, mean: float) -> float:
    """The probability of at most so many, for a Poisson count of this mean, > 0; 0 for a negative count."""
    if count < 0:
        return 0.0
    if count <= mean:
        return _sum(_poisson(count, mean), count, lambda number: number / mean, step=-1)
    return 1.0 - _sum(_poisson(count + 1, mean), count + 1, lambda number: mean / (number + 1), step=1)


def poisson_quantile(mean: float, share: float) -> float:
    """Below which count this share of Poisson counts of a mean lies, made smooth between whole numbers.

    Args:
        mean: The mean, > 0.
        share: 0 < share < 1.
    Source:
        D. Spiegelhalter (2005), Funnel plots for comparing institutional performance, Statistics in Medicine 24,
        appendix: the least whole number that reaches the share, less the part by which it goes beyond.
    """
    low, high = -1, int(mean + 10 * sqrt(mean) + 20)
    while high - low > 1:
        middle = (low + high) // 2
        if poisson_at_most(middle, mean) >= share:
            high = middle
        else:
            low = middle
    reached, before = poisson_at_most(high, mean), poisson_at_most(low, mean)
    return max(0.0, high - (reached - share) / (reached - before))


def binomial_at_most(count: int, tries: int, share: float) -> float:
    """The probability of at most so many of the tries, each with this probability, 0 < share < 1."""
    if count < 0:
        return 0.0
    if count >= tries:
        return 1.0
    odds = share / (1 - share)
    if count <= tries * share:
        down = _binomial(count, tries, share)
        return _sum(down, count, lambda number: number / (tries - number + 1) / odds, step=-1)
    up = _binomial(count + 1, tries, share)
    return 1.0 - _sum(up, count + 1, lambda number: (tries - number) / (number + 1) * odds, step=1)


def _poisson(number: int, mean: float) -> float:
    return exp(number * log(mean) - mean - lgamma(number + 1))


def _binomial(number: int, tries: int, share: float) -> float:
    ways = lgamma(tries + 1) - lgamma(number + 1) - lgamma(tries - number + 1)
    return exp(ways + number * log(share) + (tries - number) * log1p(-share))


def _sum(value: float, number: int, ratio: Callable[[int], float], *, step: int) -> float:
    """A term and those away from the mean, each smaller than the one before, until they no longer count.

    Args:
        value: The first term.
        number: Its number.
        ratio: The next term as a part of the term of this number; 0 after the last.
        step: 1 or -1.
    """
    found, least = [], value * _PRECISION / 100
    while value > least:
        found.append(value)
        value *= ratio(number)
        number += step
    return fsum(found)


def _falling(function: Callable[[float], float], goal: float, *, start: float) -> float:
    """Where a function that falls from 1 to 0 over the positive numbers is `goal`."""
    low, high = 0.0, start
    while function(high) > goal:
        low, high = high, 2 * high
    return _halved(function, goal, low, high)


def _share(function: Callable[[float], float], goal: float) -> float:
    """Where a function that falls from 1 to 0 between 0 and 1 is `goal`."""
    return _halved(function, goal, 0.0, 1.0)


def _halved(function: Callable[[float], float], goal: float, low: float, high: float) -> float:
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if high - low <= _PRECISION * high or middle in {low, high}:
            break
        if function(middle) > goal:
            low = middle
        else:
            high = middle
    return (low + high) / 2
