"""Bytes -> text that can be read: size, encoding, and signs that nobody can see."""

import re
from bisect import bisect_right

from safeconduct.rules.telling.faults import Code, fault
from safeconduct.rules.telling.node import Word
from safeconduct.values.errors import Place

MAX_BYTES = 1_000_000
MAX_SIGNS = 2_000

# Besides control characters: line breaks that editors do not show alike, marks that turn the direction of reading, and
# code points that are no characters. Any of them can make a file say something other than it shows.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
_LINE_BREAK = re.compile("\r\n|\r|\n")


def decode(content: bytes) -> str:
    """The text of a file.

    Args:
        content: Its bytes.
    Returns:
        The text, without a byte order mark.
    Raises:
        SituationError: Larger than 1 MB, not UTF-8 text, or with control characters.
    """
    if len(content) > MAX_BYTES:
        raise fault(
            Code.TOO_LARGE, Place(name=""), "the file is larger than 1 MB", "a situation is one person: keep only that"
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        start = error.start
    else:
        start = content.find(b"\0")
    if start >= 0:
        line = content.count(b"\n", 0, start) + 1
        raise fault(
            Code.NOT_TEXT, Place(name="", line=line), "the file is not UTF-8 text", "save it as plain text in UTF-8"
        )
    text = text.removeprefix("\ufeff")
    unseen = _UNSEEN.search(text)
    if unseen is not None:
        raise _unseen(Lines(text).place(unseen.start()))
    return text


class Lines:
    """The lines of a text, to turn positions into places."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_BREAK.finditer(text))]

    def place(self, position: int) -> Place:
        """Line and column of a position."""
        line = bisect_right(self._starts, position)
        return Place(name="", line=line, column=position - self._starts[line - 1] + 1)


def checked(word: Word) -> Word:
    """The word, if it is not longer than any value needs, and escapes in quotes brought nothing unseen into it."""
    if len(word.text) > MAX_SIGNS:
        raise fault(Code.TOO_LONG, word.place, f"more than {MAX_SIGNS} signs stand in one value", "keep what matters")
    if _UNSEEN.search(word.text):
        raise _unseen(word.place)
    return word


def _unseen(place: Place) -> Exception:
    return fault(
        Code.CONTROL_CHARACTER,
        place,
        "a character stands here that cannot be seen",
        "take it out, or type the line anew",
    )
