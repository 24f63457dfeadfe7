"""Makes a picture of a page small: a PNG of a browser in true colour becomes one with a palette.

A page has few colours, and the edges of letters some hundred more; the commonest stay as they are.
"""

import struct
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {2: 3, 6: 4}
MOST_COLOURS = 256

Colour = tuple[int, int, int]


def small_png(picture: bytes, *, highest: int | None = None, colours: int = MOST_COLOURS) -> bytes:
    """The same picture with a palette.

    Args:
        picture: A PNG of 8 bits a channel in true colour, not interlaced, as browsers make it.
        highest: Rows that are kept, from the top; None for all.
        colours: How many are kept, from 1 to 256.
    """
    width, channels, packed = _parts(picture)
    rows = list(islice(_rows(zlib.decompress(packed), width * channels, channels), highest))
    pixels = [row[0::channels] + row[1::channels] + row[2::channels] for row in rows]
    points = [tuple(zip(row[:width], row[width : 2 * width], row[2 * width :], strict=True)) for row in pixels]
    indexes, palette = _indexes(Counter(colour for row in points for colour in row), colours)
    lines = b"".join(b"\0" + bytes([indexes[colour] for colour in row]) for row in points)
    head = struct.pack(">IIBBBBB", width, len(rows), 8, 3, 0, 0, 0)
    return _SIGNATURE + b"".join(
        _chunk(*part)
        for part in ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    )


def _parts(picture: bytes) -> tuple[int, int, bytes]:
    """Width, channels and the packed rows."""
    at, packed, head = len(_SIGNATURE), b"", b""
    while at < len(picture):
        length, kind = struct.unpack(">I4s", picture[at : at + 8])
        content = picture[at + 8 : at + 8 + length]
        head = content if kind == b"IHDR" else head
        packed += content if kind == b"IDAT" else b""
        at += length + 12
    width, _, _, colour = struct.unpack(">IIBB", head[:10])
    return width, _CHANNELS[colour], packed


def _rows(raw: bytes, length: int, step: int) -> Iterator[bytes]:
    """The rows as they are, with the filter of each undone."""
    before = bytes(length)
    for start in range(0, len(raw), length + 1):
        row = bytearray(raw[start + 1 : start + 1 + length])
        filtered = _FILTERS[raw[start]]
        if filtered is not None:
            filtered(row, before, step)
        before = bytes(row)
        yield before


def _sub(row: bytearray, _before: bytes, step: int) -> None:
    for at in range(step, len(row)):
        row[at] = row[at] + row[at - step] & 255


def _up(row: bytearray, before: bytes, _step: int) -> None:
    row[:] = bytes([one + other & 255 for one, other in zip(row, before, strict=True)])


def _average(row: bytearray, before: bytes, step: int) -> None:
    for at, above in enumerate(before):
        left = row[at - step] if at >= step else 0
        row[at] = row[at] + (left + above >> 1) & 255


def _paeth(row: bytearray, before: bytes, step: int) -> None:
    for at, above in enumerate(before):
        left, corner = (row[at - step], before[at - step]) if at >= step else (0, 0)
        guess = left + above - corner
        far = (abs(guess - left), abs(guess - above), abs(guess - corner))
        row[at] = row[at] + (left, above, corner)[far.index(min(far))] & 255


# The specification's numbers of the filters.
_FILTERS: tuple[Callable[[bytearray, bytes, int], None] | None, ...] = (None, _sub, _up, _average, _paeth)


def _indexes(counted: Counter[Colour], most: int) -> tuple[dict[Colour, int], bytes]:
    """The place of each colour in a palette of the commonest, and the palette; a rare one takes the nearest."""
    kept = [colour for colour, _ in counted.most_common(most)]
    places = {colour: place for place, colour in enumerate(kept)}
    for colour in counted.keys() - places.keys():
        places[colour] = places[min(kept, key=partial(_far, colour))]
    return places, bytes(part for colour in kept for part in colour)


def _far(one: Colour, other: Colour) -> int:
    return sum((first - second) ** 2 for first, second in zip(one, other, strict=True))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
