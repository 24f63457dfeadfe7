"""A square code as the path of an SVG: it stands inside the page, so nothing is loaded and nothing is stored."""

from dataclasses import dataclass

import qrcode  # type: ignore[import-untyped]  # it has no types of its own
from qrcode.constants import ERROR_CORRECT_M  # type: ignore[import-untyped]  # as above

from safeconduct.values.secret import Secret

_QUIET = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """A code to be drawn.

    Args:
        size: Modules in width and height, the quiet zone included.
        path: Its dark modules, as data of an SVG path.
    """

    size: int
    path: Secret[str]


def square_code(text: Secret[str]) -> Square:
    """The code of a text.

    Args:
        text: What a telephone's camera reads.
    """
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=_QUIET)
    code.add_data(text.reveal())
    code.make()
    rows = code.get_matrix()
    cells = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return Square(size=len(rows), path=Secret("".join(cells)))
