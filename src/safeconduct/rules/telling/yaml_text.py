"""YAML 1.2 -> outline. The events are looked at one by one: whatever could surprise a reader is refused on sight."""

import re
from collections.abc import Iterator

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from safeconduct.rules.telling.faults import Code, fault
from safeconduct.rules.telling.node import MAX_DEPTH, Entry, Node, Word, series_from, table_of, too_deep
from safeconduct.rules.telling.text import Lines, checked
from safeconduct.values.errors import Place

_DIRECTIVE = re.compile("^%", re.MULTILINE)


def read_yaml(text: str) -> Node | None:
    """The outline of a YAML text.

    Args:
        text: The text, already free of control characters.
    Returns:
        The outline; None if there is nothing in it but comments.
    Raises:
        SituationError: Not well-formed, or it uses aliases, anchors, tags, directives or several documents.
    """
    _refuse_directives(text)
    try:
        return _document(iter(YAML(typ="base", pure=True).parse(text)))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name="") if mark is None else Place(name="", line=mark.line + 1, column=mark.column + 1)
    except (YAMLError, ValueError, OverflowError):
        # ValueError, OverflowError: an escape such as "\UFFFFFFFF" that names no character.
        place = Place(name="")
    # Raised out here, so that no traceback carries the library's own message, which quotes the file.
    raise fault(
        Code.NOT_WELL_FORMED,
        place,
        "this is not well-formed YAML",
        "look at the indentation, the colon and space after each name, and the brackets and quotes before this place",
    )


def _place(event: Event) -> Place:
    mark = event.start_mark
    return Place(name="", line=mark.line + 1, column=mark.column + 1)


def _document(events: Iterator[Event]) -> Node | None:
    root: Node | None = None
    documents = 0
    for event in events:
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise fault(
                    Code.SEVERAL_DOCUMENTS,
                    _place(event),
                    "a second document begins here",
                    "put each situation in its own file",
                )
        elif isinstance(event, NodeEvent):
            root = _node(event, events, 1)
        else:
            # The stream's own events and the end of the document hold nothing.
            continue
    return root


def _refuse_directives(text: str) -> None:
    """A line that begins with % can change what the rest means; no value of a situation begins a line with it."""
    directive = _DIRECTIVE.search(text)
    if directive is not None:
        place = Lines(text).place(directive.start())
        raise fault(Code.TAG, place, "a line begins with %, as YAML directives do", "take the line out")


def _node(event: Event, events: Iterator[Event], depth: int) -> Node:
    place = _place(event)
    if getattr(event, "anchor", None) is not None:
        raise fault(
            Code.ALIAS, place, "an anchor (&) or alias (*) stands here", "write the value out, or put it in quotes"
        )
    if getattr(event, "tag", None) is not None:
        raise fault(Code.TAG, place, "a tag (!) stands here", "take it out, or put the value in quotes")
    if isinstance(event, ScalarEvent):
        return checked(Word(text=event.value, place=place))
    if depth > MAX_DEPTH:
        raise too_deep(place)
    parts = [_node(part, events, depth + 1) for part in _parts(events)]
    if isinstance(event, SequenceStartEvent):
        return series_from(parts, place)
    return table_of([_entry(key, value) for key, value in zip(parts[::2], parts[1::2], strict=True)], place)


def _parts(events: Iterator[Event]) -> Iterator[Event]:
    """The events that begin the parts of the collection that is open; whoever takes one takes what belongs to it."""
    while not isinstance(event := next(events), CollectionEndEvent):
        yield event


def _entry(key: Node, value: Node) -> Entry:
    if not isinstance(key, Word):
        raise fault(
            Code.WRONG_FORM, key.place, "a name is expected here, not a list or a group", "write a word and a colon"
        )
    if isinstance(value, Word) and not value.text:
        # The parser places what is not there at the next line that holds something; the reader looks for its name.
        value = Word(text="", place=key.place)
    return Entry(key=key, value=value)
