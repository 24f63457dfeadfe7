"""A square code as a picture file: one pixel a field, black and white, a few hundred bytes; the page enlarges it.

Written with the standard library: a picture drawn as a path would weigh twenty times as much.
"""

import struct
import zlib
from collections.abc import Sequence

import qrcode  # type: ignore[import-untyped]  # it has no types of its own
from qrcode.constants import ERROR_CORRECT_L  # type: ignore[import-untyped]  # as above

_QUIET = 4
_APART = 24
"""Fields between two squares, so that a camera takes one at a time."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def square_image(texts: Sequence[str]) -> bytes:
    """The square codes of some texts, one below another, as PNG.

    Args:
        texts: Capital letters, digits and dashes, which a square holds most tightly; at least one.
    """
    squares = [_square(text) for text in texts]
    width = max(len(square) for square in squares)
    rows = [row for square in squares for row in (*square, *[[False] * width] * _APART)][:-_APART]
    lines = b"".join(b"\0" + _packed([*row, *[False] * (width - len(row))]) for row in rows)
    head = struct.pack(">IIBBBBB", width, len(rows), 1, 0, 0, 0, 0)
    return _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(lines, 9)) + _chunk(b"IEND", b"")


def _square(text: str) -> list[list[bool]]:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_L, border=_QUIET)
    code.add_data(text)
    code.make()
    return [[bool(dark) for dark in row] for row in code.get_matrix()]


def _packed(row: list[bool]) -> bytes:
    """Eight fields a byte; a dark one is a zero, as in a picture of greys."""
    bits = "".join("0" if dark else "1" for dark in row).ljust(-(-len(row) // 8) * 8, "1")
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
