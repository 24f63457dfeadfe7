"""Sizes say a class, no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.vault.errors import CannotOpenError, TooLargeError
from safeconduct.vault.padding import (
    LONGEST_TEXT,
    SMALLEST_FILE,
    TEXT_CLASSES,
    pad_text,
    padded_file_length,
    unpad_text,
)

KIB = 1024

#   text          padded
CLASSES = [
    (0,           1 * KIB),
    (1,           1 * KIB),
    (1020,        1 * KIB),
    (1021,        4 * KIB),
    (4092,        4 * KIB),
    (4093,        16 * KIB),
    (16380,       16 * KIB),
    (16381,       64 * KIB),
    (65532,       64 * KIB),
    (65533,       256 * KIB),
    (262141,      1024 * KIB),
    (LONGEST_TEXT, 1024 * KIB),
]  # fmt: skip


@pytest.mark.parametrize(("length", "padded"), CLASSES)
def test_a_text_fills_its_class(length, padded):
    text = b"\xff" * length
    assert len(pad_text(text)) == padded
    assert unpad_text(pad_text(text)) == text


def test_a_text_longer_than_every_class_is_refused():
    with pytest.raises(TooLargeError):
        pad_text(bytes(LONGEST_TEXT + 1))


@given(st.binary(max_size=2000))
def test_a_text_comes_back_with_its_zeros(text):
    assert len(pad_text(text)) in TEXT_CLASSES
    assert unpad_text(pad_text(text)) == text


BROKEN = [
    b"",
    b"\0\0\0",
    b"\0\0\0\x01a",
    pad_text(b"text")[:-1],
    pad_text(b"text") + b"\0",
    pad_text(b"text")[:-1] + b"\x01",
    b"\xff\xff\xff\xff" + bytes(1020),
    bytes(4096),
    (LONGEST_TEXT + 1).to_bytes(4, "big") + bytes(LONGEST_TEXT + 1),
]


@pytest.mark.security
@pytest.mark.parametrize("padded", BROKEN, ids=range(len(BROKEN)))
def test_what_was_not_padded_by_us_is_refused(padded):
    with pytest.raises(CannotOpenError):
        unpad_text(padded)


#   length          padded      worked out by hand: e = floor(log2 L), s = floor(log2 e) + 1, the last e - s bits zero
FILES = [
    (0,             262144),
    (1,             262144),
    (262144,        262144),
    (262145,        270336),    # e 18, s 5, 13 bits: the next multiple of 8192
    (300000,        303104),    # e 18: 37 * 8192
    (1000000,       1015808),   # e 19, s 5, 14 bits: 62 * 16384
    (1048576,       1048576),   # e 20, s 5, 15 bits: itself
    (1048577,       1081344),   # 33 * 32768
    (5000000000,    5033164800),  # e 32, s 6, 26 bits: 75 * 67108864
]  # fmt: skip


@pytest.mark.parametrize(("length", "padded"), FILES)
def test_a_file_is_padded_by_padme(length, padded):
    assert padded_file_length(length) == padded


@given(st.integers(SMALLEST_FILE + 1, 2**45))
def test_padme_adds_at_most_12_percent(length):
    assert length <= padded_file_length(length) <= length * 1.12


@given(st.integers(0, 2**45))
def test_a_padded_length_is_its_own_class_and_longer_files_are_never_shorter(length):
    padded = padded_file_length(length)
    assert padded >= SMALLEST_FILE
    assert padded_file_length(padded) == padded
    assert padded_file_length(length + 1) >= padded
