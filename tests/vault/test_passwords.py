"""A password proves itself and opens its slot by one derivation; a member who does not exist costs the same."""

import unicodedata

import pytest
from cryptography.hazmat.primitives.kdf import argon2
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.values.secret import Secret
from safeconduct.vault.errors import CannotOpenError, CostError
from safeconduct.vault.members import close_password_slot, open_password_slot
from safeconduct.vault.passwords import PasswordRecord, check_password, set_password
from safeconduct.vault.stretching import Cost
from tests.vault.builders import ANNA, TEST_COST, a_private_key

TEST = {"cost": TEST_COST, "floor": TEST_COST}


@given(st.text(max_size=40))
def test_the_password_that_was_set_gives_the_key_of_the_slot(password):
    record, key = set_password(Secret(password), **TEST)
    assert check_password(record, Secret(password), **TEST).reveal() == key.reveal()


@given(st.text(max_size=20), st.text(max_size=20))
def test_another_password_does_not(password, other):
    record, _ = set_password(Secret(password), **TEST)
    if unicodedata.normalize("NFKC", password) != unicodedata.normalize("NFKC", other):
        with pytest.raises(CannotOpenError):
            check_password(record, Secret(other), **TEST)


def test_a_letter_typed_in_two_ways_is_one_letter():
    record, _ = set_password(Secret("ёлка зимой"), **TEST)
    assert check_password(record, Secret(unicodedata.normalize("NFD", "ёлка зимой")), **TEST) is not None


def test_the_record_comes_back_as_it_was_stored():
    record, _ = set_password(Secret("password"), **TEST)
    assert PasswordRecord.from_bytes(record.to_bytes()) == record


def test_the_same_password_is_never_stored_alike():
    made = [set_password(Secret("password"), **TEST) for _ in range(10)]
    assert len({record.verifier_hash for record, _ in made}) == 10
    assert len({key.reveal() for _, key in made}) == 10


@pytest.mark.security
def test_what_is_stored_to_check_a_password_holds_no_key():
    record, key = set_password(Secret("password"), **TEST)
    assert key.reveal() not in record.to_bytes()
    assert b"password" not in record.to_bytes()


@pytest.mark.security
def test_with_the_real_cost_a_member_sets_a_password_and_opens_the_slot():
    record, key = set_password(Secret("верный пароль"))
    slot = close_password_slot(a_private_key(), key=key, member=ANNA)
    typed = check_password(PasswordRecord.from_bytes(record.to_bytes()), Secret("верный пароль"))
    assert open_password_slot(slot, key=typed, member=ANNA).public == a_private_key().public


@pytest.fixture
def runs(monkeypatch):
    """Counts the derivations and keeps their settings."""
    counted, real = [], argon2.Argon2id

    class Counted:
        def __init__(self, **settings):
            self._real = real(**settings)
            counted.append((settings["memory_cost"], settings["iterations"], settings["lanes"], settings["length"]))

        def derive(self, secret):
            return self._real.derive(secret)

    monkeypatch.setattr(argon2, "Argon2id", Counted)
    return counted


@pytest.mark.security
@pytest.mark.parametrize("known", [True, False], ids=["wrong password", "no such member"])
def test_a_wrong_password_and_a_member_who_does_not_exist_cost_the_same_and_say_the_same(known, runs):
    record, _ = set_password(Secret("password"), **TEST)
    runs.clear()
    with pytest.raises(CannotOpenError) as refused:
        check_password(record if known else None, Secret("another"), **TEST)
    assert runs == [(8, 1, 1, 64)]
    assert str(refused.value) == str(CannotOpenError())


@pytest.mark.security
def test_the_right_password_costs_one_derivation(runs):
    record, _ = set_password(Secret("password"), **TEST)
    runs.clear()
    check_password(record, Secret("password"), **TEST)
    assert len(runs) == 1


@pytest.mark.security
def test_a_record_made_cheaper_is_refused_even_with_the_right_password(runs):
    record, _ = set_password(Secret("password"), **TEST)
    runs.clear()
    with pytest.raises(CostError):
        check_password(record, Secret("password"), cost=TEST_COST, floor=Cost(memory_kib=16, passes=1))
    assert runs == []


STORED = set_password(Secret("password"), **TEST)[0].to_bytes()


@pytest.mark.security
@pytest.mark.parametrize(
    "stored",
    [
        b"",
        STORED[:-1],
        STORED + b"\0",
        b"\x02" + STORED[1:],
        b"\x01\x0e" + STORED[2:],
        STORED[:2] + b"\x02" + STORED[3:],
    ],
    ids=["empty", "short", "long", "version", "purpose", "inner version"],
)
def test_a_record_of_another_version_or_length_is_refused(stored):
    with pytest.raises(CannotOpenError):
        PasswordRecord.from_bytes(stored)
