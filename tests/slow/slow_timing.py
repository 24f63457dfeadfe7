"""How long a refusal takes tells nothing: three rounds of 200 tries of each kind, mixed, at the real cost of a guess.

Within a round the medians of two kinds differ by at most 5 %, and a rank test does not tell them apart in all rounds.
Times are of the processor: what else a busy machine does would hide a difference, or make one.
"""

import math
import random
import statistics
import time
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from safeconduct.desk.cases.actions.end_and_erase import end_and_erase
from safeconduct.desk.cases.actions.return_with_code import return_with_code
from safeconduct.desk.members.actions.begin_sign_in import begin_sign_in
from safeconduct.desk.refusals import RefusedError
from safeconduct.values.secret import Secret
from safeconduct.vault.codename import Codename
from safeconduct.vault.stretching import CONTACT_COST, MEMBER_COST, Stretching
from tests.desk.builders import NOW, a_case, a_contact, a_member
from tests.desk.members.joining import PASSWORD, a_joined, an_administrator

ROUNDS, TRIES = 3, 200
MOST_APART = 0.05
SEPARABLE = 0.01


@pytest.fixture
def real_costs(desk, settings_of):
    stretching = Stretching(salt=b"salt of the site", cost=CONTACT_COST)
    settings_of(replace(desk, member_cost=MEMBER_COST, contact_cost=CONTACT_COST, stretching=stretching))


def seconds(action):
    began = time.process_time()
    with suppress(RefusedError):
        action()
    return time.process_time() - began


def p_of_ranks(one, other):
    """The chance of such ranks if both were of one kind.

    Source: Mann and Whitney (1947), by the normal approximation, two-sided; ties do not occur in times.
    """
    ranks = {id(value): rank for rank, value in enumerate(sorted([*one, *other], key=float), start=1)}
    total = sum(ranks[id(value)] for value in one) - len(one) * (len(one) + 1) / 2
    mean, number = len(one) * len(other) / 2, len(one) + len(other)
    spread = math.sqrt(len(one) * len(other) * (number + 1) / 12)
    return math.erfc(abs(total - mean) / spread / math.sqrt(2))


def rounds_of(kinds):
    """For each round the times of each of two kinds, tried in random order."""
    rng, moment, found = random.Random(200), NOW, []
    for _ in range(ROUNDS):
        times = {name: [] for name in kinds}
        order = [name for name in kinds for _ in range(TRIES)]
        rng.shuffle(order)
        for name in order:
            # Tries lie hours apart, so that no limit on their number answers in place of what is measured.
            moment += timedelta(hours=1)
            times[name].append(seconds(partial(kinds[name], moment)))
        found.append(tuple(times.values()))
    return found


def tells_nothing(kinds):
    for action in kinds.values():
        action_once(action)
    found = rounds_of(kinds)
    apart = [abs(statistics.median(one) / statistics.median(other) - 1) for one, other in found]
    chances = [p_of_ranks(one, other) for one, other in found]
    return max(apart) <= MOST_APART, not all(chance < SEPARABLE for chance in chances), (apart, chances)


def action_once(action):
    with suppress(RefusedError):
        action(NOW)


def test_the_rank_test_tells_two_kinds_apart_that_differ():
    rng = random.Random(1)
    one = [rng.gauss(1, 0.1) for _ in range(TRIES)]
    assert p_of_ranks(one, [value + 0.05 for value in one]) < SEPARABLE
    assert p_of_ranks(one, [rng.gauss(1, 0.1) for _ in range(TRIES)]) > SEPARABLE


@pytest.mark.usefixtures("real_costs")
def test_an_unknown_member_and_a_wrong_password_take_the_same_time():
    a_joined(an_administrator())
    wrong = Secret("another " + PASSWORD)
    kinds = {
        "unknown": lambda now: begin_sign_in(login="nobody of us", password=wrong, now=now),
        "wrong": lambda now: begin_sign_in(login="anna", password=wrong, now=now),
    }
    medians, ranks, told = tells_nothing(kinds)
    assert medians, told
    assert ranks, told


@pytest.mark.usefixtures("real_costs")
def test_a_code_that_never_was_and_one_whose_thread_was_erased_take_the_same_time():
    _, erased = a_case(a_member())
    end_and_erase(a_contact(erased), now=NOW)
    never = Codename.new()
    kinds = {
        "never": lambda now: return_with_code(never.digits(), now=now),
        "erased": lambda now: return_with_code(erased.digits(), now=now),
    }
    medians, ranks, told = tells_nothing(kinds)
    assert medians, told
    assert ranks, told
