"""Check digits catch every single wrong digit and every swap of neighbours."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from safeconduct.values.secret import Secret
from safeconduct.vault.checked import grouped, read_checked, with_check
from safeconduct.vault.errors import CodeError

NUMBERS = st.integers(min_value=0, max_value=10**24 - 1)

# The example of ISO 13616 (an account number, letters already turned into digits) carries its check digits at the end.
PUBLISHED = "3214282912345698765432161182"


def test_a_published_number_passes():
    assert read_checked(Secret(PUBLISHED), digits=26).reveal() == int(PUBLISHED[:-2])
    assert with_check(Secret(int(PUBLISHED[:-2])), digits=26).reveal() == PUBLISHED


@given(NUMBERS)
def test_a_number_comes_back_with_its_zeros(number):
    shown = with_check(Secret(number), digits=24)
    assert len(shown.reveal()) == 26
    assert read_checked(shown, digits=24).reveal() == number


@given(NUMBERS, st.integers(0, 25), st.integers(1, 9))
def test_a_wrong_digit_is_caught(number, place, shift):
    shown = with_check(Secret(number), digits=24).reveal()
    wrong = shown[:place] + str((int(shown[place]) + shift) % 10) + shown[place + 1 :]
    with pytest.raises(CodeError, match="a digit is wrong"):
        read_checked(Secret(wrong), digits=24)


@given(NUMBERS, st.integers(0, 24))
def test_a_swap_of_neighbours_is_caught(number, place):
    shown = with_check(Secret(number), digits=24).reveal()
    swapped = shown[:place] + shown[place + 1] + shown[place] + shown[place + 2 :]
    assume(swapped != shown)
    with pytest.raises(CodeError, match="a digit is wrong"):
        read_checked(Secret(swapped), digits=24)


#   number  written  leaves the same remainder
ONE_WAY = [
    (0     , "98",    "01"),
    (97    , "98",    "01"),
    (65    , "97",    "00"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "written", "other"), ONE_WAY)
def test_check_digits_are_written_in_one_way(number, written, other):
    shown = with_check(Secret(number), digits=24).reveal()
    assert shown.endswith(written)
    assert int(shown[:-2] + other) % 97 == int(shown) % 97
    with pytest.raises(CodeError, match="a digit is wrong"):
        read_checked(Secret(shown[:-2] + other), digits=24)


#   typed                                 what is said
SLIPS = [
    ("",                                  "0 digits were typed and 26 are needed"),
    ("1234",                              "4 digits were typed and 26 are needed"),
    ("0" * 27,                            "27 digits were typed and 26 are needed"),
    ("O" + "0" * 23 + "98",               "letters stand among the digits"),
    ("0" * 24 + "99",                     "a digit is wrong"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "said"), SLIPS)
def test_a_slip_is_named(typed, said):
    with pytest.raises(CodeError, match=said):
        read_checked(Secret(typed), digits=24)


SPELLINGS = [
    "0000 0000 0000 0000 0000 0000 98",
    "0000-0000-0000-0000-0000-0000-98",
    "  00000000000000000000000098\n",
    "0000\u00a00000\u20130000_0000.0000,0000/98",
    "٠٠٠٠ ٠٠٠٠ ٠٠٠٠ ٠٠٠٠ ٠٠٠٠ ٠٠٠٠ ٩٨",
    "\uff10" * 24 + "\uff19\uff18",
]


@pytest.mark.parametrize("typed", SPELLINGS)
def test_digits_are_read_however_they_are_spaced_and_in_whatever_script(typed):
    assert read_checked(Secret(typed), digits=24).reveal() == 0


def test_digits_are_shown_in_groups():
    assert grouped(Secret("1234567890"), size=4).reveal() == "1234 5678 90"
