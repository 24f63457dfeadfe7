"""Pictures of pages: one of every page in every language and width, small; making one small changes nothing."""

import random
import struct
import zlib
from itertools import product
from pathlib import Path

import pytest

from tools.picture_check_pages import CHECK
from tools.picture_office_pages import OFFICE
from tools.picture_pages import CONTACT, LANGUAGES, WIDTHS
from tools.small_png import small_png

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "look"
NAMES = (*CONTACT, *(f"office-{name}" for name in OFFICE), *(f"check-{name}" for name in CHECK))
OTHERS = {f"{page}-{width}.png" for page in ("style-en", "style-dark", "dark-write-en") for width in WIDTHS}
MOST_BYTES = 20_000_000


def pictures_of(page):
    """The names of the pictures of a page, one for each language and width."""
    return {f"{page}-{language}-{width}.png": WIDTHS[width] for language, width in product(LANGUAGES, WIDTHS)}


@pytest.mark.parametrize("page", NAMES)
def test_every_page_has_its_picture_in_every_language_and_width(page):
    heads = {name: (FOLDER / name).read_bytes()[16:20] for name in pictures_of(page)}
    assert {name: struct.unpack(">I", head)[0] for name, head in heads.items()} == pictures_of(page)


def test_every_picture_is_of_a_page_that_is_drawn():
    there = {path.name for path in FOLDER.glob("*.png")}
    assert there <= {name for page in NAMES for name in pictures_of(page)} | OTHERS


def test_the_pictures_stay_small_and_hold_nothing_but_the_picture():
    pictures = sorted(FOLDER.glob("*.png"))
    assert sum(path.stat().st_size for path in pictures) <= MOST_BYTES
    assert {kind for path in pictures for kind, _ in chunks(path.read_bytes())} == {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


def chunks(picture):
    at = 8
    while at < len(picture):
        length, kind = struct.unpack(">I4s", picture[at : at + 8])
        yield kind, picture[at + 8 : at + 8 + length]
        at += length + 12


def written(rows, step, filters):
    """A picture in true colour, each row under a filter, as the specification says it is written."""
    packed, before = b"", bytes(len(rows[0]))
    for row, kind in zip(rows, filters, strict=True):
        packed += bytes([kind]) + bytes(
            (part - guess(kind, row, before, at, step)) % 256 for at, part in enumerate(row)
        )
        before = row
    head = struct.pack(">IIBBBBB", len(rows[0]) // step, len(rows), 8, {3: 2, 4: 6}[step], 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(packed)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )


def guess(kind, row, before, at, step):
    left, above = (row[at - step] if at >= step else 0), before[at]
    corner = before[at - step] if at >= step else 0
    nearest = min((left, above, corner), key=lambda one: abs(left + above - corner - one))
    return (0, left, above, (left + above) // 2, nearest)[kind]


def colours_of(picture):
    """The colours of a picture with a palette, row by row."""
    told = dict(chunks(picture))
    width, height = struct.unpack(">II", told[b"IHDR"][:8])
    raw, palette = zlib.decompress(told[b"IDAT"]), told[b"PLTE"]
    rows = [raw[at * (width + 1) + 1 : (at + 1) * (width + 1)] for at in range(height)]
    return [[tuple(palette[3 * index : 3 * index + 3]) for index in row] for row in rows]


@pytest.mark.parametrize("step", [3, 4])
@pytest.mark.parametrize("kind", range(5))
def test_a_picture_of_few_colours_is_the_same_when_it_is_small(step, kind):
    chance = random.Random(step * 10 + kind)
    few = [bytes(chance.randrange(256) for _ in range(3)) + b"\xff" * (step - 3) for _ in range(200)]
    rows = [b"".join(chance.choices(few, k=17)) for _ in range(9)]
    same = [[tuple(row[at : at + 3]) for at in range(0, len(row), step)] for row in rows]
    assert colours_of(small_png(written(rows, step, [kind] * 9))) == same


def test_a_picture_is_cut_below_the_highest_row_and_keeps_only_so_many_colours():
    rows = [b"\x10\x20\x30" * 5, b"\x10\x20\x30" * 4 + b"\x11\x20\x30", b"\xff\xff\xff" * 5]
    kept = colours_of(small_png(written(rows, 3, [0] * 3), highest=2, colours=1))
    assert kept == [[(0x10, 0x20, 0x30)] * 5] * 2


def test_a_picture_of_many_colours_keeps_the_common_ones_and_rounds_the_others():
    chance = random.Random(7)
    rows = [b"\x10\x20\x30" * 20 + bytes(chance.randrange(256) for _ in range(60)) for _ in range(40)]
    small = colours_of(small_png(written(rows, 3, [0] * 40)))
    assert all(row[:20] == [(0x10, 0x20, 0x30)] * 20 for row in small)
    assert len({colour for row in small for colour in row}) <= 256
