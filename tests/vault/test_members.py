"""A member's private key comes back through the password or through the printed code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.values.secret import Secret
from safeconduct.vault.errors import CannotOpenError, CodeError
from safeconduct.vault.members import (
    RecoveryCode,
    close_password_slot,
    close_recovery_slot,
    open_password_slot,
    open_recovery_slot,
)
from tests.vault.builders import ANNA, BORIS, a_key, a_private_key

NUMBERS = st.one_of(st.sampled_from([0, 1, 10**40 - 1]), st.integers(0, 10**40 - 1))


@given(NUMBERS)
def test_the_printed_code_is_read_as_it_was_printed(number):
    shown = RecoveryCode(Secret(number)).digits().reveal()
    assert [len(group) for group in shown.split()] == [6] * 7
    assert RecoveryCode.read(Secret(shown)).number.reveal() == number


def test_the_printed_code_has_at_least_128_bits(monkeypatch):
    import secrets

    asked = []
    monkeypatch.setattr(secrets, "randbelow", lambda below: asked.append(below) or 0)
    RecoveryCode.new()
    assert len(asked) == 1
    assert asked[0] >= 2**128


@given(NUMBERS, st.integers(0, 41), st.integers(1, 9))
def test_a_slip_in_the_printed_code_is_caught(number, place, shift):
    shown = RecoveryCode(Secret(number)).digits().reveal().replace(" ", "")
    wrong = shown[:place] + str((int(shown[place]) + shift) % 10) + shown[place + 1 :]
    with pytest.raises(CodeError, match="a digit is wrong"):
        RecoveryCode.read(Secret(wrong))


def test_a_code_that_is_far_too_long_is_refused_at_once():
    with pytest.raises(CodeError, match=r"^what was typed is too long \[") as refused:
        RecoveryCode.read(Secret("1" * 201))
    assert refused.value.remedy == "type the digits of the printed code only"
    with pytest.raises(CodeError, match=r"^(?!what was typed is too long)"):
        RecoveryCode.read(Secret("1" * 200))


def test_each_slot_gives_the_private_key_back():
    private, code = a_private_key(), RecoveryCode.new()
    by_password = close_password_slot(private, key=a_key(), member=ANNA)
    by_code = close_recovery_slot(private, code=code, member=ANNA)
    assert open_password_slot(by_password, key=a_key(), member=ANNA).public == private.public
    assert open_recovery_slot(by_code, code=code, member=ANNA).public == private.public


@pytest.mark.security
def test_a_changed_password_leaves_the_recovery_slot_and_the_key_pair_as_they_are():
    private, code = a_private_key(), RecoveryCode.new()
    old_slot = close_password_slot(private, key=a_key(1), member=ANNA)
    by_code = close_recovery_slot(private, code=code, member=ANNA)
    opened = open_password_slot(old_slot, key=a_key(1), member=ANNA)
    new_slot = close_password_slot(opened, key=a_key(2), member=ANNA)
    assert open_password_slot(new_slot, key=a_key(2), member=ANNA).public == private.public
    assert open_recovery_slot(by_code, code=code, member=ANNA).public == private.public
    with pytest.raises(CannotOpenError):
        open_password_slot(new_slot, key=a_key(1), member=ANNA)


@pytest.mark.security
def test_a_lost_password_is_replaced_with_the_printed_code():
    code = RecoveryCode.new()
    by_code = close_recovery_slot(a_private_key(), code=code, member=ANNA)
    typed = RecoveryCode.read(code.digits())
    opened = open_recovery_slot(by_code, code=typed, member=ANNA)
    slot = close_password_slot(opened, key=a_key(9), member=ANNA)
    assert open_password_slot(slot, key=a_key(9), member=ANNA).public == a_private_key().public


@pytest.mark.security
def test_a_slot_opens_for_its_member_only():
    code = RecoveryCode.new()
    with pytest.raises(CannotOpenError):
        open_password_slot(close_password_slot(a_private_key(), key=a_key(), member=ANNA), key=a_key(), member=BORIS)
    with pytest.raises(CannotOpenError):
        open_recovery_slot(close_recovery_slot(a_private_key(), code=code, member=ANNA), code=code, member=BORIS)


@pytest.mark.security
def test_another_printed_code_opens_nothing():
    slot = close_recovery_slot(a_private_key(), code=RecoveryCode.new(), member=ANNA)
    with pytest.raises(CannotOpenError):
        open_recovery_slot(slot, code=RecoveryCode.new(), member=ANNA)


@pytest.mark.security
def test_one_slot_is_not_taken_for_the_other():
    code = RecoveryCode.new()
    slot = close_recovery_slot(a_private_key(), code=code, member=ANNA)
    with pytest.raises(CannotOpenError):
        open_password_slot(slot, key=code.key(ANNA), member=ANNA)
