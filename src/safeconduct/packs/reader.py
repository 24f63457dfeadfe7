"""What the readers of law blocks share: the declaration that is read, the names, and the faults found so far."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from lark import Token

from safeconduct.packs.blocks import Line, Page
from safeconduct.packs.names import Names, UnresolvedError
from safeconduct.packs.scope import tokens, trees
from safeconduct.packs.sources import Marks, read_tail
from safeconduct.rules.parsing import Node, Start, parse_line
from safeconduct.values.citation import Citation
from safeconduct.values.errors import Fault, Place

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A declaration of a law block with its parsed header."""

    page: Page
    line: Line
    header: Node
    heading: str


@dataclass(slots=True, kw_only=True)
class Reader:
    """Reads the items of all pages; collects faults instead of stopping at the first."""

    names: Names
    marks: dict[str, Marks]
    faults: list[Fault] = field(default_factory=list)

    def parse(self, line: Line, start: Start) -> Node | None:
        """The tree of a line; None after a fault."""
        node = parse_line(line.text, start, line.place)
        if isinstance(node, Fault):
            self.faults.append(node)
            return None
        return node

    def guarded(self, step: Callable[[], Result]) -> Result | None:
        """The step's result; None after a fault."""
        try:
            return step()
        except UnresolvedError as error:
            self.faults.append(error.fault)
            return None

    def fault(self, code: str, place: Place, message: str, hint: str) -> None:
        """Add a fault."""
        self.faults.append(Fault(code=code, place=place, message=message, hint=hint))

    def cite(self, node: Node | None, item: Item, place: Place, default: Citation | None) -> Citation | None:
        """The citation of a tail; None after a fault.

        Args:
            node: The tail; None or empty if the line has none.
            item: The declaration that it belongs to.
            place: Where the line is.
            default: What a line without a tail cites; None if it must have one.
        """
        tail = tokens(node)[0] if node is not None and node.children else None
        text = str(tail) if tail is not None else ""
        if tail is not None and tail.column is not None:
            place = replace(place, column=place.column + tail.column - 1)
        act = item.page.front.get("act", "")
        marks = self.marks.get(item.page.jurisdiction, Marks(by_mark={}))
        found = read_tail(text, act=act, marks=marks, default=default, place=place)
        if isinstance(found, Fault):
            self.faults.append(found)
            return None
        return found

    def nothing_under(self, line: Line) -> None:
        """Refuse lines that are indented under one that takes none."""
        if line.members:
            self.fault("LAW014", line.members[0].place, "nothing can be indented here", "move it to the left")


def part(node: Node, name: str) -> Node | None:
    """The part of a node that has this name, if there is one."""
    return next((child for child in trees(node) if child.data == name), None)


def tail_of(node: Node) -> Node | None:
    """The tail of a parsed line, if it has one."""
    return part(node, "tail")


def strings(node: Node) -> list[str]:
    """The words between quotation marks."""
    return [text_of(token) for token in tokens(node) if token.type == "STRING"]


def codes(node: Node) -> list[Token]:
    """The ids and codes in capitals."""
    return [token for token in tokens(node) if token.type == "CODE"]


def text_of(token: Token) -> str:
    """The words between quotation marks."""
    return str(token)[1:-1]


def shown(line: str) -> str:
    """The line as a reader sees it: without its tail."""
    quoted = False
    for index, sign in enumerate(line):
        if sign == '"':
            quoted = not quoted
        elif not quoted and line.startswith("source ", index) and (index == 0 or line[index - 1] == " "):
            return line[:index].strip()
    return line.strip()
