"""One line of a page to a parse tree; a line that cannot be parsed becomes a fault that says what could stand there."""

from functools import cache
from importlib import resources
from typing import Literal

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from safeconduct.values.errors import Fault, Place

Node = Tree[Token]
Start = Literal["header", "clause", "row", "member", "day_line", "condition", "declaration"]

_LAW_STARTS = ["header", "clause", "row", "member", "day_line", "condition"]
_NAMES = {
    "WORD": "a phrase",
    "CODE": "an id or a code in capitals",
    "DATE": "a day as YYYY-MM-DD",
    "NUMBER": "a number",
    "STRING": 'words in "quotation marks"',
    "SOURCE": "source",
    "COMMA": "a comma",
    "COLON": "a colon",
    "SEMICOLON": "a semicolon",
    "$END": "the end of the line",
}


@cache
def _grammar(name: str, starts: tuple[str, ...]) -> Lark:
    text = resources.files("safeconduct.rules").joinpath(name).read_text(encoding="utf-8")
    return Lark(text, parser="lalr", start=list(starts), propagate_positions=True)


def parse_line(text: str, start: Start, place: Place) -> Node | Fault:
    """The parse tree of one line.

    Args:
        text: The line without its indentation.
        start: What the line is: it depends on the block and on the line above.
        place: Where the text begins (line and column from 1), for the fault.
    Returns:
        The tree, with columns counted from the start of `text`; or the fault LAW001 with what could have stood there.
    """
    law = start != "declaration"
    grammar = _grammar("law.lark", tuple(_LAW_STARTS)) if law else _grammar("facts.lark", ("declaration",))
    try:
        return grammar.parse(text, start=start)
    except UnexpectedInput as error:
        return _fault(text, error, place)


def _fault(text: str, error: UnexpectedInput, place: Place) -> Fault:
    column = error.column if error.column > 0 else len(text) + 1
    expected: set[str] = set()
    found = "the end of the line"
    if isinstance(error, UnexpectedToken):
        expected = set(error.accepts or error.expected)
        if error.token.type != "$END":
            found = f'"{error.token}"'
        else:
            column = len(text) + 1
    elif isinstance(error, UnexpectedCharacters):
        expected = set(error.allowed or ())
        found = f'"{text[column - 1]}"'
    words = sorted(_NAMES.get(name, f'"{name.lower()}"') for name in expected)
    return Fault(
        code="LAW001",
        place=Place(name=place.name, line=place.line, column=place.column + column - 1),
        message=f"{found} cannot stand here",
        hint="write " + _either(words),
    )


def _either(words: list[str]) -> str:
    if not words:
        return "a clause"
    return " or ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
