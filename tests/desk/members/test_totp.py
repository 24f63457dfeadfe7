"""The codes of RFC 6238, appendix B, and which of them are taken."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.desk.members.totp import address, code_at, letters, matching_step, new_secret, step_of
from safeconduct.values.secret import Secret

SECRET = Secret(b"12345678901234567890")
NOW = datetime(2026, 11, 22, 10, 30, 10, tzinfo=UTC)
HERE = step_of(NOW)

#   seconds        code of eight digits
VECTORS = [
    (59,           "94287082"),
    (1111111109,   "07081804"),
    (1111111111,   "14050471"),
    (1234567890,   "89005924"),
    (2000000000,   "69279037"),
    (20000000000,  "65353130"),
]  # fmt: skip


@pytest.mark.parametrize(("seconds", "code"), VECTORS)
def test_codes_are_those_of_the_standard(seconds, code):
    assert code_at(SECRET, seconds // 30, digits=8) == code


#   step of the code   last used    taken
TAKEN = [
    (HERE,             0,           HERE),
    (HERE - 1,         0,           HERE - 1),
    (HERE + 1,         0,           HERE + 1),
    (HERE - 2,         0,           None),
    (HERE + 2,         0,           None),
    (HERE,             HERE,        None),
    (HERE - 1,         HERE,        None),
    (HERE + 1,         HERE,        HERE + 1),
]  # fmt: skip


@pytest.mark.parametrize(("step", "after", "taken"), TAKEN)
def test_a_code_is_taken_once_and_one_step_around_the_moment(step, after, taken):
    assert matching_step(SECRET, code_at(SECRET, step), now=NOW, after=after) == taken


@pytest.mark.parametrize("typed", ["{} {}", " {}{} ", "{}\u00a0{}"])
def test_spaces_in_a_code_do_not_matter(typed):
    code = code_at(SECRET, HERE)
    assert matching_step(SECRET, typed.format(code[:3], code[3:]), now=NOW, after=0) == HERE


@given(st.text(max_size=12))
def test_whatever_else_is_typed_is_no_code(typed):
    right = {code_at(SECRET, step) for step in (HERE - 1, HERE, HERE + 1)}
    read = "".join(typed.split())
    assert (matching_step(SECRET, typed, now=NOW, after=0) is None) or read in right or not read.isascii()


def test_digits_of_another_script_are_read():
    code = "".join(chr(0x0660 + int(digit)) for digit in code_at(SECRET, HERE))
    assert matching_step(SECRET, code, now=NOW, after=0) == HERE


def test_a_code_is_good_for_at_most_a_minute_and_a_half():
    code = code_at(SECRET, HERE)
    assert matching_step(SECRET, code, now=NOW + timedelta(seconds=90), after=0) is None


def test_the_address_holds_the_secret_and_no_name_of_a_person():
    secret = new_secret()
    told = address(secret, label="desk").reveal()
    assert told.startswith("otpauth://totp/desk?secret=")
    assert letters(secret).reveal() in told
