"""JSON -> the same outline as YAML gives. Python's own reader keeps no places and takes the last of two equal keys."""

import re
from collections.abc import Callable
from json import JSONDecodeError, JSONDecoder
from typing import TypeVar

from safeconduct.rules.telling.faults import Code, fault
from safeconduct.rules.telling.node import MAX_DEPTH, Entry, Node, Word, series_from, table_of, too_deep
from safeconduct.rules.telling.text import Lines, checked
from safeconduct.values.errors import Place

Part = TypeVar("Part")

_SPACE = re.compile(r"[ \t\r\n]*")
_BARE = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null")
_STRINGS = JSONDecoder()


def read_json(text: str) -> Node | None:
    """The outline of a JSON text; numbers and the words true, false and null are kept as they are written.

    Args:
        text: The text, already free of control characters.
    Returns:
        The outline; None if nothing is written.
    Raises:
        SituationError: Not well-formed, or a key stands twice.
    """
    reader = _Reader(text)
    if reader.at_end():
        return None
    node = reader.node(1)
    if not reader.at_end():
        raise reader.broken()
    return node


class _Reader:
    """A position in a text that moves on as parts are read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = Lines(text)
        self._at = 0

    def _place(self) -> Place:
        return self._lines.place(self._at)

    def at_end(self) -> bool:
        """Whether nothing but space is left."""
        self._skip()
        return self._at == len(self._text)

    def broken(self) -> Exception:
        """The fault at this position."""
        return fault(
            Code.NOT_WELL_FORMED,
            self._place(),
            "this is not well-formed JSON",
            "look at the quotes, commas, colons and brackets at this place",
        )

    def node(self, depth: int) -> Node:
        """The value that begins here."""
        self._skip()
        sign = self._text[self._at : self._at + 1]
        if sign not in ("[", "{"):
            return self._string() if sign == '"' else self._bare()
        place = self._place()
        if depth > MAX_DEPTH:
            raise too_deep(place)
        self._at += 1
        if sign == "[":
            return series_from(self._listed("]", lambda: self.node(depth + 1)), place)
        return table_of(self._listed("}", lambda: self._entry(depth + 1)), place)

    def _listed(self, end: str, read: Callable[[], Part]) -> list[Part]:
        parts: list[Part] = []
        if self._take(end):
            return parts
        parts.append(read())
        while not self._take(end):
            self._expect(",")
            parts.append(read())
        return parts

    def _entry(self, depth: int) -> Entry:
        self._skip()
        key = self._string()
        self._expect(":")
        return Entry(key=key, value=self.node(depth))

    def _string(self) -> Word:
        place = self._place()
        if self._text[self._at : self._at + 1] != '"':
            raise self.broken()
        try:
            value, self._at = _STRINGS.raw_decode(self._text, self._at)
        except JSONDecodeError as error:
            self._at = error.pos
            value = None
        if value is None:
            raise self.broken()
        return checked(Word(text=value, place=place))

    def _bare(self) -> Word:
        match = _BARE.match(self._text, self._at)
        if match is None:
            raise self.broken()
        place = self._place()
        self._at = match.end()
        return checked(Word(text=match[0], place=place))

    def _take(self, sign: str) -> bool:
        self._skip()
        if self._text[self._at : self._at + 1] != sign:
            return False
        self._at += 1
        return True

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise self.broken()

    def _skip(self) -> None:
        space = _SPACE.match(self._text, self._at)
        self._at = self._at if space is None else space.end()
