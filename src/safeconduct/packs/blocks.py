"""A page of law as text: front matter, headings, fenced blocks, and in each block the lines with their indentation."""

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from safeconduct.values.errors import Fault, Place

MAX_PAGE_BYTES = 1_000_000
MAX_LINE = 1_000
MAX_DEPTH = 8
BLOCKS = ("law", "facts", "sources", "cases")
KEYS = ("act", "title", "number", "reviewed until", "status", "concerns", "looked at")

_FRONT = re.compile(r'^(?P<key>[a-z ]+): "(?P<value>[^"]*)"\s*$')
_CONTINUES = re.compile(r"(source|ask|why|usual|confidence|again after|precedes)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A logical line.

    Args:
        text: The line without indentation and comment, continuation lines joined by one space.
        place: Page, line and column at which it begins.
        members: The lines indented under it.
    """

    text: str
    place: Place
    members: tuple["Line", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block.

    Args:
        kind: One of BLOCKS.
        heading: The heading it stands under.
        prose: The text between that heading and the block: what the article says in our own words.
        lines: Its top lines.
        place: Its first line.
    """

    kind: str
    heading: str
    prose: str
    lines: tuple[Line, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of law.

    Args:
        name: Path relative to the folder of the law, with slashes.
        front: Front matter.
        front_lines: The line on which each key of it stands.
        blocks: Fenced blocks, in order.
        text: The page as it was read.
    """

    name: str
    front: dict[str, str]
    front_lines: dict[str, int]
    blocks: tuple[Block, ...]
    text: str

    @property
    def jurisdiction(self) -> str:
        """The first folder of its path: ru, kz, xx."""
        return self.name.split("/", 1)[0]


def read_page(name: str, content: bytes) -> tuple[Page, list[Fault]]:
    """A page and the faults in its frame: front matter, fences, indentation.

    Args:
        name: Path relative to the folder of the law.
        content: The bytes of the file.
    Returns:
        The page with what could be read, and the faults.
    """
    faults: list[Fault] = []
    whole = Place(name=name)
    if len(content) > MAX_PAGE_BYTES:
        return _empty(name), [_fault("LAW010", whole, "the page is larger than 1 MB", "split it by article")]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _empty(name), [_fault("LAW010", whole, "the page is not UTF-8 text", "save it as UTF-8")]
    front, lines, body_line = _front_matter(name, text, faults)
    blocks = _blocks(name, text, body_line, faults)
    return Page(name=name, front=front, front_lines=lines, blocks=tuple(blocks), text=text), faults


def _empty(name: str) -> Page:
    return Page(name=name, front={}, front_lines={}, blocks=(), text="")


def _fault(code: str, place: Place, message: str, hint: str) -> Fault:
    return Fault(code=code, place=place, message=message, hint=hint)


def _front_matter(name: str, text: str, faults: list[Fault]) -> tuple[dict[str, str], dict[str, int], int]:
    """The keys, the line of each, and how many lines of the page they take."""
    lines = text.splitlines()
    ends = [number for number, line in enumerate(lines, start=1) if line.strip() == "---"][:2]
    if len(ends) < len(("first", "last")) or ends[0] != 1:
        hint = 'begin with a line of three hyphens, lines such as title: "...", and three hyphens again'
        faults.append(_fault("LAW011", Place(name=name, line=1), "the page has no front matter", hint))
        return {}, {}, 0
    front: dict[str, str] = {}
    places: dict[str, int] = {}
    for number, line in enumerate(lines[1 : ends[1] - 1], start=2):
        match = _FRONT.match(line)
        place = Place(name=name, line=number, column=1)
        if match is None or not match["value"].isprintable():
            faults.append(_fault("LAW011", place, "front matter holds only quoted strings", 'write key: "text"'))
        elif match["key"] not in KEYS:
            hint = "use one of " + ", ".join(KEYS)
            faults.append(_fault("LAW011", place, f'"{match["key"]}" is not a key of the front matter', hint))
        elif match["key"] in front:
            faults.append(_fault("LAW011", place, f'"{match["key"]}" stands twice', "keep one of the two"))
        else:
            front[match["key"]] = match["value"]
            places[match["key"]] = number
    return front, places, ends[1]


def _blocks(name: str, text: str, skip: int, faults: list[Fault]) -> list[Block]:
    lines = text.splitlines()
    heading, prose, found = "", "", []
    tokens = MarkdownIt("commonmark").parse("\n" * skip + "\n".join(lines[skip:]))
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            heading, prose = tokens[index + 1].content, ""
        elif token.type == "inline" and tokens[index - 1].type == "paragraph_open":
            prose = f"{prose}\n\n{token.content}".strip()
        elif token.type == "fence" and token.map is not None:
            first, last = token.map
            wrong = _frame(token, lines[first:last])
            if wrong is not None:
                place = Place(name=name, line=first + 1, column=1)
                faults.append(_fault("LAW012", place, *wrong))
                continue
            inside = _lines(name, token.content, first + 2, faults)
            place = Place(name=name, line=first + 1, column=1)
            found.append(Block(kind=token.info.strip(), heading=heading, prose=prose, lines=tuple(inside), place=place))
    return found


def _frame(token: Token, lines: list[str]) -> tuple[str, str] | None:
    """What is wrong with the fences of a block: message and hint; None if nothing is."""
    kind = token.info.strip()
    if kind not in BLOCKS:
        return f'"{kind}" is not a kind of block', "use " + ", ".join(BLOCKS)
    if not lines[0].startswith(token.markup):
        return "the block is indented", "begin its first and last line at the left edge, outside of any list"
    if len(lines) == 1 or lines[-1].strip() != token.markup:
        return "the block does not end", f"add a line {token.markup}"
    return None


def _without_comment(line: str) -> str:
    quoted = False
    for index, char in enumerate(line):
        if char == '"':
            quoted = not quoted
        elif char == "#" and not quoted and (index == 0 or line[index - 1] in " \t"):
            return line[:index]
    return line


def _lines(name: str, content: str, first: int, faults: list[Fault]) -> list[Line]:
    """Lines nested by indentation; a line that begins with `source`, `ask` and the like continues the one before."""
    flat: list[tuple[int, str, Place]] = []
    for number, raw in enumerate(content.splitlines(), start=first):
        line = _without_comment(raw).rstrip()
        stripped = line.strip(" ")
        if not stripped:
            continue
        indent = len(line) - len(line.lstrip(" "))
        place = Place(name=name, line=number, column=indent + 1)
        if "\t" in line or not stripped.isprintable():
            faults.append(_fault("LAW013", place, "a tab or an unprintable sign stands here", "use spaces"))
            continue
        if len(line) > MAX_LINE:
            faults.append(_fault("LAW013", place, "the line is longer than 1,000 signs", "split it"))
            continue
        if flat and indent > 0 and _CONTINUES.match(stripped):
            before = flat[-1]
            flat[-1] = (before[0], f"{before[1]} {stripped}", before[2])
        else:
            flat.append((indent, stripped, place))
    lines, _ = _nest(flat, 0, -1, 0, faults)
    return lines


def _nest(
    flat: list[tuple[int, str, Place]], start: int, parent: int, depth: int, faults: list[Fault]
) -> tuple[list[Line], int]:
    lines: list[Line] = []
    index = start
    level = 0 if parent < 0 else flat[start][0] if start < len(flat) else 0
    while index < len(flat) and flat[index][0] > parent:
        indent, text, place = flat[index]
        index += 1
        if indent != level or depth > MAX_DEPTH:
            hint = "indent lines of one list alike, at most eight deep"
            faults.append(_fault("LAW014", place, "the indentation fits no line above", hint))
            while index < len(flat) and flat[index][0] > indent:
                index += 1  # what is indented under it is not at fault
            continue
        members, index = _nest(flat, index, indent, depth + 1, faults)
        lines.append(Line(text=text, place=place, members=tuple(members)))
    return lines, index
