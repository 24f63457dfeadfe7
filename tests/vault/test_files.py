"""Files come back whole, in pieces of any size, and no piece can be lost, doubled or moved."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.vault.binding import Purpose
from safeconduct.vault.envelope import HEAD_BYTES, encrypt
from safeconduct.vault.errors import CannotOpenError
from safeconduct.vault.files import FileEncryptor, decrypt_file, stored_length
from tests.vault.builders import CASE, OTHER_CASE, a_key, a_place, an_id

CHUNK = 64 * 1024 + 16


def a_file(length, step=251):
    return bytes(number * step % 256 for number in range(1024)) * (length // 1024) + b"\xff" * (length % 1024)


def closed(content, *, pieces=None, place=None):
    encryptor = FileEncryptor(a_key(), place or a_place())
    stored = b"".join(encryptor.update(piece) for piece in pieces or [content])
    rest, seal = encryptor.finish()
    return stored + rest, seal


def opened(stored, seal, *, place=None, key=7):
    return b"".join(decrypt_file(a_key(key), [stored], seal=seal, place=place or a_place()))


LENGTHS = [0, 1, 65535, 65536, 65537, 262143, 262144, 262145, 303104, 303105, 400000]


@pytest.mark.parametrize("length", LENGTHS)
def test_a_file_comes_back(length):
    stored, seal = closed(a_file(length))
    assert len(stored) == stored_length(length)
    assert opened(stored, seal) == a_file(length)


@pytest.mark.parametrize("content", [bytes(300_000), b"\x80" + bytes(70_000), b"\0", b"end in zeros" + bytes(65536)])
def test_zeros_of_the_file_are_not_taken_for_padding(content):
    assert opened(*closed(content)) == content


@settings(max_examples=20)
@given(st.lists(st.integers(0, 150_000), max_size=6), st.integers(1, 200_000))
def test_the_size_of_the_pieces_does_not_matter(lengths, read):
    content = a_file(sum(lengths))
    cuts = [sum(lengths[:count]) for count in range(len(lengths) + 1)]
    pieces = [content[start:end] for start, end in pairwise(cuts)]
    stored, seal = closed(content, pieces=pieces or [b""])
    parts = [stored[start : start + read] for start in range(0, len(stored), read)]
    assert b"".join(decrypt_file(a_key(), parts, seal=seal, place=a_place())) == content


def test_small_files_are_all_of_one_size():
    assert {len(closed(a_file(length))[0]) for length in (0, 1, 1000, 262144)} == {HEAD_BYTES + 4 * CHUNK}


def test_a_finished_file_takes_nothing_more():
    encryptor = FileEncryptor(a_key(), a_place())
    encryptor.finish()
    for attempt in (lambda: encryptor.update(b"more"), encryptor.finish):
        with pytest.raises(ValueError, match="finished"):
            attempt()


STORED, SEAL = closed(a_file(300_000))
HEAD, CHUNKS = STORED[:HEAD_BYTES], [STORED[start : start + CHUNK] for start in range(HEAD_BYTES, len(STORED), CHUNK)]
OTHER, OTHER_SEAL = closed(a_file(300_000, step=7))
OTHER_CHUNKS = [OTHER[start : start + CHUNK] for start in range(HEAD_BYTES, len(OTHER), CHUNK)]


def flipped(data, place):
    return data[:place] + bytes((data[place] ^ 1,)) + data[place + 1 :]


ATTACKS = [
    ("nothing",                      b""),
    ("the head alone",               HEAD),
    ("half a head",                  HEAD[:30]),
    ("the last byte missing",        STORED[:-1]),
    ("the last chunk missing",       HEAD + b"".join(CHUNKS[:-1])),
    ("the first chunk missing",      HEAD + b"".join(CHUNKS[1:])),
    ("a chunk in the middle missing", HEAD + b"".join(CHUNKS[:1] + CHUNKS[2:])),
    ("two chunks swapped",           HEAD + b"".join([CHUNKS[1], CHUNKS[0], *CHUNKS[2:]])),
    ("a chunk doubled",              HEAD + b"".join([CHUNKS[0], *CHUNKS])),
    ("a chunk over another",         HEAD + b"".join([CHUNKS[0], CHUNKS[0], *CHUNKS[2:]])),
    ("a byte at the end",            STORED + b"\0"),
    ("another file behind",          STORED + OTHER),
    ("a chunk of another file",      HEAD + b"".join([OTHER_CHUNKS[0], *CHUNKS[1:]])),
    ("the head of another file",     OTHER[:HEAD_BYTES] + b"".join(CHUNKS)),
    ("another version",              b"\x02" + STORED[1:]),
    ("another purpose",              b"\x01\x01" + STORED[2:]),
    ("a bit of the salt",            flipped(STORED, 5)),
    ("a bit of the commitment",      flipped(STORED, 40)),
    ("a bit of the first chunk",     flipped(STORED, HEAD_BYTES)),
    ("a bit of a tag",               flipped(STORED, HEAD_BYTES + CHUNK - 1)),
    ("a bit of the padding",         flipped(STORED, len(STORED) - 100)),
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize(("attack", "stored"), ATTACKS, ids=[attack for attack, _ in ATTACKS])
def test_a_changed_file_is_refused(attack, stored):
    with pytest.raises(CannotOpenError):
        opened(stored, SEAL)


@pytest.mark.security
def test_pieces_behind_the_end_are_refused():
    with pytest.raises(CannotOpenError):
        list(decrypt_file(a_key(), [STORED, b"", b"more"], seal=SEAL, place=a_place()))
    assert b"".join(decrypt_file(a_key(), [b"", STORED, b""], seal=SEAL, place=a_place())) == a_file(300_000)


@pytest.mark.security
def test_the_seal_of_another_file_is_refused():
    shorter, shorter_seal = closed(a_file(1000))
    with pytest.raises(CannotOpenError):
        opened(STORED, shorter_seal)
    with pytest.raises(CannotOpenError):
        opened(shorter, SEAL)
    with pytest.raises(CannotOpenError):
        opened(STORED, flipped(SEAL, len(SEAL) - 20))


@pytest.mark.security
@pytest.mark.parametrize("end", [b"\x01", b"X", b" "])
def test_a_file_whose_padding_is_no_padding_is_refused(end):
    # Only a holder of the key can try this: to hide the end of a file behind a shorter length.
    stored, _ = closed(a_file(999) + end)
    lying = encrypt(a_key(), (999).to_bytes(8, "big"), purpose=Purpose.FILE_SEAL, binding=a_place())
    with pytest.raises(CannotOpenError):
        opened(stored, lying)


@pytest.mark.security
def test_what_was_given_out_before_an_error_was_genuine():
    given_out = []
    with pytest.raises(CannotOpenError):
        given_out.extend(decrypt_file(a_key(), [HEAD, *CHUNKS[:2]], seal=SEAL, place=a_place()))
    pieces = decrypt_file(a_key(), [HEAD, *CHUNKS[:2]], seal=SEAL, place=a_place())
    assert next(pieces) + next(pieces) == a_file(300_000)[: 2 * 65536]


PLACES = [
    ("another table",  a_place(table="note")),
    ("another column", a_place(column="name")),
    ("another case",   a_place(case=OTHER_CASE)),
    ("another record", a_place(record=an_id(3))),
    ("another epoch",  a_place(epoch=2)),
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize(("what", "place"), PLACES, ids=[what for what, _ in PLACES])
def test_a_file_opens_in_its_own_place_only(what, place):
    assert a_place().case == CASE
    with pytest.raises(CannotOpenError):
        opened(STORED, SEAL, place=place)
    _, seal_of_that_place = closed(a_file(300_000), place=place)
    with pytest.raises(CannotOpenError):
        opened(STORED, seal_of_that_place, place=place)


@pytest.mark.security
def test_another_key_opens_no_file():
    with pytest.raises(CannotOpenError):
        opened(STORED, SEAL, key=8)


@pytest.mark.security
def test_the_same_file_is_never_stored_alike():
    again, seal = closed(a_file(300_000))
    assert again[2:34] != STORED[2:34]
    assert again[HEAD_BYTES:] != STORED[HEAD_BYTES:]
    assert seal != SEAL
