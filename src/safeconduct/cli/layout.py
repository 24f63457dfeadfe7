"""Lines of text for a terminal of 80 columns: headings, entries with an id, paragraphs. Knows nothing of law."""

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import TextWrapper

WIDTH = 80
ID_COLUMNS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line.

    Args:
        text: What it says, at most `WIDTH` columns unless one word is longer.
        strong: Whether a terminal shows it in bold; nothing depends on that.
    """

    text: str
    strong: bool = False


def paragraph(text: str, *, indent: int = 0, hanging: int = 0, lead: str = "") -> Iterator[Line]:
    """A text, wrapped.

    Args:
        text: The text; nothing is printed for "".
        indent: Columns left free.
        hanging: Columns left free on further lines, beyond `indent`.
        lead: What stands before it on the first line, such as a bullet.
    """
    if not text:
        return
    wrapper = TextWrapper(
        width=WIDTH,
        initial_indent=" " * indent + lead,
        subsequent_indent=" " * (indent + hanging),
        break_long_words=False,
        break_on_hyphens=False,
    )
    for line in wrapper.wrap(text):
        yield Line(text=line)


def bullet(text: str, *, indent: int = 0) -> Iterator[Line]:
    """A text after a dash."""
    yield from paragraph(text, indent=indent, hanging=2, lead="- ")


def heading(text: str) -> Iterator[Line]:
    """A heading of a section, with an empty line before it and a rule under it."""
    yield Line(text="")
    yield Line(text=text, strong=True)
    yield Line(text="-" * min(len(text), WIDTH))


def subheading(text: str) -> Iterator[Line]:
    """A heading inside a section."""
    yield Line(text="")
    yield from (Line(text=line.text, strong=True) for line in paragraph(text))


def entry(name: str, title: str, *, indent: int = 2, strong: bool = True) -> Iterator[Line]:
    """A line that begins with an id, its text in a column of its own, with a capital letter."""
    text = title or name
    columns = max(ID_COLUMNS, len(name) + 1)
    lead = name.ljust(columns) + " "
    for line in paragraph(text[:1].upper() + text[1:], indent=indent, hanging=columns + 1, lead=lead):
        yield Line(text=line.text, strong=strong)
