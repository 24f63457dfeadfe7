"""A line that cannot be read: where it goes wrong, and what could stand there."""

import pytest
from lark import Tree

from safeconduct.rules.parsing import Start, parse_line
from safeconduct.values.errors import Fault, Place

HERE = Place(name="xx/page.md", line=7, column=5)
#    line, what it is, column, what is wrong, hint
FAULTS: list[tuple[str, Start, int, str, str]] = [
    (
        "if",
        "clause",
        7,
        "the line ends too early",
        "go on with a word of the language: docs/reference/language.md lists them",
    ),
    ("fi resident", "clause", 5, '"fi" cannot stand here', "begin the line with a word of the language"),
    ("if aged 18 tu under 27", "clause", 16, '"tu" cannot stand here', 'write "or" or "to"'),
    ("unles resident", "clause", 5, '"unles" cannot stand here', 'write "unless"'),
    ("if resident %", "clause", 17, '"%" cannot stand here', ""),
    ("within five days after x", "clause", 12, '"five" cannot stand here', "write a number"),
    ("fact x yes/no askk", "declaration", 19, '"askk" cannot stand here', 'write "ask"'),
]


@pytest.mark.parametrize(("line", "start", "column", "message", "hint"), FAULTS)
def test_a_fault_says_where_it_is_and_what_could_stand_there(
    line: str, start: Start, column: int, message: str, hint: str
) -> None:
    found = parse_line(line, start, HERE)
    assert isinstance(found, Fault)
    assert (found.code, found.place) == ("LAW001", Place(name="xx/page.md", line=7, column=column))
    assert found.message == message
    assert hint in found.hint


@pytest.mark.parametrize("start", ["header", "clause", "row", "member", "day_line", "condition", "declaration"])
def test_an_empty_line_ends_too_early_wherever_it_stands(start: Start) -> None:
    found = parse_line("", start, HERE)
    assert isinstance(found, Fault)
    assert found.message == "the line ends too early"
    assert found.hint


def test_a_line_that_can_be_read_gives_its_tree() -> None:
    for line, start in (("if resident", "clause"), ('fact x  yes/no  ask "?"', "declaration")):
        assert isinstance(parse_line(line, start, HERE), Tree)
