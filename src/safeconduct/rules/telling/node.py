"""The outline of a file: words, lists and tables, each with its place. Nothing is typed yet."""

from dataclasses import dataclass, field

from safeconduct.rules.telling.faults import Code, fault
from safeconduct.values.errors import Place

MAX_DEPTH = 10
MAX_ITEMS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A scalar, as text. The text stays out of `repr`: an outline may end up in a traceback."""

    text: str = field(repr=False)
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A list."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A key with its value."""

    key: Word
    value: "Node"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A mapping; no key stands twice."""

    entries: tuple[Entry, ...]
    place: Place

    def get(self, key: str) -> "Node | None":
        """The value under a key, None if there is none."""
        return next((entry.value for entry in self.entries if entry.key.text == key), None)


Node = Word | Series | Table


def series_from(items: list["Node"], place: Place) -> Series:
    """A list, unless it is longer than any situation needs."""
    _refuse_length(len(items), place)
    return Series(items=tuple(items), place=place)


def _refuse_length(length: int, place: Place) -> None:
    if length > MAX_ITEMS:
        raise fault(
            Code.TOO_LONG, place, f"more than {MAX_ITEMS} lines stand in one list or group", "keep what matters"
        )


def table_of(entries: list[Entry], place: Place) -> Table:
    """A table, after a look for keys that stand twice."""
    _refuse_length(len(entries), place)
    seen: set[str] = set()
    for entry in entries:
        if entry.key.text in seen:
            raise fault(
                Code.KEY_TWICE,
                entry.key.place,
                "the same name stands a second time in one group",
                "keep one of the two, or write a list if both are meant",
                offending=entry.key.text,
            )
        seen.add(entry.key.text)
    return Table(entries=tuple(entries), place=place)


def word_of(node: Node, expected: str) -> Word:
    """A word that is not empty.

    Args:
        node: What stands there.
        expected: What should stand there, for the message.
    Raises:
        SituationError: It is a list or a mapping, or nothing is written.
    """
    if not isinstance(node, Word):
        raise fault(
            Code.WRONG_FORM, node.place, f"{expected} is expected here, not a list or a group", "write one word"
        )
    _refuse_nothing(node, expected)
    return node


def _refuse_nothing(node: Node, expected: str) -> None:
    if isinstance(node, Word) and not node.text.strip():
        raise fault(
            Code.NOTHING_WRITTEN,
            node.place,
            f"nothing is written where {expected} is expected",
            "write it; or unknown, or withheld; or take the line out if nobody asked",
        )


def series_of(node: Node, expected: str) -> Series:
    """A list; anything else is refused."""
    if isinstance(node, Series):
        return node
    _refuse_nothing(node, expected)
    remedy = "write a list: [ ] or lines that begin with a hyphen"
    raise fault(Code.WRONG_FORM, node.place, f"{expected} is expected here", remedy)


def table_in(node: Node, expected: str) -> Table:
    """A table; anything else is refused."""
    if isinstance(node, Table):
        return node
    _refuse_nothing(node, expected)
    raise fault(Code.WRONG_FORM, node.place, f"{expected} is expected here", "write a group of name: value")


def too_deep(place: Place) -> Exception:
    """The fault of a file that is nested deeper than any situation needs."""
    return fault(
        Code.TOO_DEEP,
        place,
        f"lists and groups stand deeper than {MAX_DEPTH} levels here",
        "take out the extra brackets",
    )
