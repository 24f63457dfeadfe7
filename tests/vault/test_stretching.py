"""Guesses are dear, the price is stored with the salt, and nobody lowers it."""

import threading
from contextlib import ExitStack

import pytest
from cryptography.hazmat.primitives.kdf import argon2
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.values.secret import Secret
from safeconduct.vault import stretching
from safeconduct.vault.errors import CannotOpenError, CostError, WaitedTooLongError
from safeconduct.vault.stretching import (
    AT_ONCE,
    CONTACT_COST,
    MEMBER_COST,
    STORED_BYTES,
    Cost,
    Stretching,
    part,
    site_floor,
    stretch,
)
from tests.vault import second
from tests.vault.builders import TEST_COST, TEST_STRETCHING

COSTS = st.builds(Cost, memory_kib=st.integers(32, 1024 * 1024), passes=st.integers(1, 16), lanes=st.integers(1, 4))


def test_the_starting_costs_are_those_that_were_decided():
    assert Cost(memory_kib=64 * 1024, passes=3, lanes=1) == MEMBER_COST
    assert Cost(memory_kib=19 * 1024, passes=2, lanes=1) == CONTACT_COST


@pytest.mark.parametrize("cost", [MEMBER_COST, CONTACT_COST], ids=["member", "contact"])
def test_the_real_costs_give_what_the_second_library_gives(cost):
    using = Stretching(salt=b"sixteen bytes !!", cost=cost)
    made = stretch(Secret("пароль".encode()), using=using, floor=cost)
    again = second.argon2id(
        "пароль".encode(), salt=using.salt, memory_kib=cost.memory_kib, passes=cost.passes, lanes=cost.lanes
    )
    assert made.reveal() == again


@given(st.binary(max_size=40), st.binary(min_size=16, max_size=16))
def test_any_secret_gives_what_the_second_library_gives(secret, salt):
    made = stretch(Secret(secret), using=Stretching(salt=salt, cost=TEST_COST), floor=TEST_COST)
    assert made.reveal() == second.argon2id(secret, salt=salt, memory_kib=8, passes=1, lanes=1)


@given(COSTS, st.binary(min_size=16, max_size=16))
def test_salt_and_cost_come_back_as_they_were_stored(cost, salt):
    stretching = Stretching(salt=salt, cost=cost)
    assert len(stretching.to_bytes()) == STORED_BYTES
    assert Stretching.from_bytes(stretching.to_bytes()) == stretching


def test_new_salts_differ():
    assert len({Stretching.new(TEST_COST).salt for _ in range(20)}) == 20


#   memory       passes  lanes
OUTSIDE = [
    (7,               1, 1),
    (15,              1, 2),
    (8,               0, 1),
    (8,               1, 0),
    (-8,              1, 1),
    (1024 * 1024 + 1, 1, 1),
    (8,              17, 1),
    (64,              1, 5),
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize(("memory_kib", "passes", "lanes"), OUTSIDE)
def test_a_cost_that_is_none_or_would_exhaust_the_machine_is_refused(memory_kib, passes, lanes):
    with pytest.raises(CostError):
        Cost(memory_kib=memory_kib, passes=passes, lanes=lanes)


#   cost             floor           reaches
REACHES = [
    ((64, 3, 1),     (64, 3, 1),     True),
    ((65, 4, 1),     (64, 3, 1),     True),
    ((63, 3, 1),     (64, 3, 1),     False),
    ((64, 2, 1),     (64, 3, 1),     False),
    ((128, 2, 1),    (64, 3, 1),     False),
    ((64, 3, 2),     (64, 3, 1),     False),
    ((64, 3, 1),     (64, 3, 2),     True),
]  # fmt: skip


def cost_of(parts):
    memory_kib, passes, lanes = parts
    return Cost(memory_kib=memory_kib, passes=passes, lanes=lanes)


@pytest.mark.security
@pytest.mark.parametrize(("cost", "floor", "reaches"), REACHES)
def test_every_part_of_a_cost_must_reach_the_floor(cost, floor, reaches):
    assert cost_of(cost).reaches(cost_of(floor)) is reaches


@pytest.mark.security
@pytest.mark.parametrize("least", [MEMBER_COST, CONTACT_COST], ids=["member", "contact"])
def test_a_site_may_raise_its_floor_and_not_lower_it(least):
    higher = Cost(memory_kib=least.memory_kib * 2, passes=least.passes)
    assert site_floor(higher, least=least) == higher
    assert site_floor(least, least=least) == least
    with pytest.raises(CostError):
        site_floor(TEST_COST, least=least)


@pytest.mark.security
def test_the_cost_of_our_tests_is_refused_by_every_production_floor():
    for floor in (MEMBER_COST, CONTACT_COST):
        with pytest.raises(CostError):
            stretch(Secret(b"password"), using=TEST_STRETCHING, floor=floor)


def test_parts_of_a_stretched_secret_tell_nothing_of_one_another():
    stretched = stretch(Secret(b"password"), using=TEST_STRETCHING, floor=TEST_COST)
    assert part(stretched, "one").reveal() != part(stretched, "two").reveal()
    assert part(stretched, "one").reveal() not in stretched.reveal()


STORED = TEST_STRETCHING.to_bytes()


@pytest.mark.security
@pytest.mark.parametrize(
    "stored", [b"", STORED[:-1], STORED + b"\0", b"\x02" + STORED[1:], b"\x01\x0f" + STORED[2:]], ids=repr
)
def test_stored_settings_of_another_version_or_length_are_refused(stored):
    with pytest.raises(CannotOpenError):
        Stretching.from_bytes(stored)


@pytest.mark.security
def test_at_most_so_many_derivations_run_at_once(monkeypatch):
    running, peak, lock, one_too_many = 0, 0, threading.Lock(), threading.Event()

    class Watched:
        def __init__(self, **settings):
            self.length = settings["length"]

        def derive(self, secret):
            nonlocal running, peak
            with lock:
                running += 1
                peak = max(peak, running)
                if running > AT_ONCE:
                    one_too_many.set()
            one_too_many.wait(0.1)
            with lock:
                running -= 1
            return secret.ljust(self.length, b"\0")

    monkeypatch.setattr(argon2, "Argon2id", Watched)
    threads = [
        threading.Thread(target=stretch, args=(Secret(b"p"),), kwargs={"using": TEST_STRETCHING, "floor": TEST_COST})
        for _ in range(AT_ONCE * 4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert peak == AT_ONCE


@pytest.mark.security
def test_who_waits_too_long_for_others_is_sent_away_and_takes_no_place(monkeypatch):
    monkeypatch.setattr(stretching, "PATIENCE_S", 0)
    with ExitStack() as others:
        for _ in range(AT_ONCE):
            others.enter_context(stretching._free)
        with pytest.raises(WaitedTooLongError) as error:
            stretch(Secret(b"p"), using=TEST_STRETCHING, floor=TEST_COST)
    assert error.value.code == "VAULT07"
    assert [len(stretch(Secret(b"p"), using=TEST_STRETCHING, floor=TEST_COST).reveal()) for _ in range(3)] == [64] * 3


@pytest.mark.security
def test_a_derivation_that_fails_gives_its_place_back(monkeypatch):
    class Failing:
        def __init__(self, **settings):
            pass

        def derive(self, _secret):
            raise MemoryError

    with monkeypatch.context() as failing:
        failing.setattr(argon2, "Argon2id", Failing)
        for _ in range(AT_ONCE + 1):
            with pytest.raises(MemoryError):
                stretch(Secret(b"p"), using=TEST_STRETCHING, floor=TEST_COST)
    assert stretch(Secret(b"p"), using=TEST_STRETCHING, floor=TEST_COST).reveal()
