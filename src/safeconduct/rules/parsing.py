"""One line of a page to a parse tree; a line that cannot be parsed becomes a fault that says what could stand there."""

from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import Literal

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedToken
from lark.lexer import PatternStr

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
    "_COUNTING": '", counting from"',
    "_MAY_CHANGE": '", may change"',
    "_MAY_BE_ABSENT": '", may be absent"',
    "_FOR_A_LAWYER": '", for a lawyer"',
    "_CLOSES": '", closes"',
    "$END": "the end of the line",
}
_LISTED = 8


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
    except (UnexpectedToken, UnexpectedCharacters) as error:
        return _fault(text, error, place, grammar)


def _fault(text: str, error: UnexpectedToken | UnexpectedCharacters, place: Place, grammar: Lark) -> Fault:
    column = error.column
    if isinstance(error, UnexpectedCharacters):
        expected = set(error.allowed or ())
        word = text[column - 1]
    else:
        expected = set(error.accepts or error.expected)
        word = str(error.token)
        if error.token.type == "$END":
            column, word = len(text) + 1, ""
    return Fault(
        code="LAW001",
        place=Place(name=place.name, line=place.line, column=place.column + column - 1),
        message=f'"{word}" cannot stand here' if word else "the line ends too early",
        hint=_hint(word, expected, grammar, at_start=column == 1),
    )


def _hint(word: str, expected: set[str], grammar: Lark, *, at_start: bool) -> str:
    """What could stand there: the nearest word, or the list of all unless it is long."""
    keywords = {
        terminal.name: terminal.pattern.value
        for terminal in grammar.terminals
        if isinstance(terminal.pattern, PatternStr) and terminal.name not in _NAMES
    }
    near = get_close_matches(word, [keywords[name] for name in expected if name in keywords], n=1)
    if near:
        return f'write "{near[0]}"'
    words = sorted(_NAMES.get(name) or f'"{keywords.get(name, name.lower())}"' for name in expected) or ["a clause"]
    if len(words) > _LISTED:
        start = "begin the line with a word of the language" if at_start else "go on with a word of the language"
        return f"{start}: docs/reference/language.md lists them"
    return "write " + (", ".join(words[:-1]) + " or " if len(words) > 1 else "") + words[-1]
