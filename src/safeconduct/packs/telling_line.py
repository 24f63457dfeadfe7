"""One line of a case into the text of a situation file, so that cases and files are read by one reader."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from safeconduct.rules.situation import Situation
from safeconduct.rules.telling import read_situation
from safeconduct.rules.telling.node import Node, Series, Table, Word
from safeconduct.rules.telling.yaml_text import read_yaml
from safeconduct.rules.vocabulary import Vocabulary
from safeconduct.values.errors import SituationError

AGE, BIRTH = "age", "birth_date"
_PLAIN = re.compile(r"[A-Za-z0-9_.-]+(?: [A-Za-z0-9_.-]+)*")
_EVENT = re.compile(r"(?P<code>[A-Z][A-Za-z0-9.-]*)?\s*(?:on\s+(?P<on>[^{]+?))?\s*(?P<fields>\{.*\})?")
_OPEN, _CLOSE = "[{", "]}"


class UntoldError(Exception):
    """A part of a line tells nothing.

    Args:
        message: What is wrong.
        hint: What to write.
        at: Offset in the part at which it is wrong.
    """

    def __init__(self, message: str, hint: str, at: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.at = at


@dataclass(slots=True, kw_only=True)
class Telling:
    """What is told so far, in the shape of a situation file."""

    person: dict[str, Any] = field(default_factory=dict)
    history: list[dict[str, Any]] = field(default_factory=list)
    never: list[dict[str, Any]] = field(default_factory=list)
    complete: list[dict[str, Any]] = field(default_factory=list)

    def copy(self) -> "Telling":
        """Another with the same content, that can be added to."""
        return Telling(
            person=dict(self.person),
            history=list(self.history),
            never=list(self.never),
            complete=list(self.complete),
        )

    def add(self, other: "Telling") -> None:
        """All that the other tells; its facts replace those of the same name."""
        for name, value in other.person.items():
            self.tell(name, value)
        self.history.extend(other.history)
        self.never.extend(other.never)
        self.complete.extend(other.complete)

    def tell(self, fact: str, value: object) -> None:
        """A fact; what was told of it before is forgotten."""
        if fact in (AGE, BIRTH):
            self.person.pop(AGE if fact == BIRTH else BIRTH, None)
        self.person[fact] = value

    def forget(self, name: str) -> bool:
        """Take out a fact, or all that was told of a kind of event; False if nothing was told of it."""
        found = self.person.pop(name, None) is not None
        if name == BIRTH:
            found = self.person.pop(AGE, None) is not None or found
        for part in (self.history, self.never, self.complete):
            kept = [event for event in part if event["event"] != name]
            found = found or len(kept) < len(part)
            part[:] = kept
        return found

    def situation(self, vocabulary: Vocabulary) -> Situation:
        """The situation, read as a file is.

        Raises:
            SituationError: As for a file.
        """
        parts = {"person": self.person, "history": self.history, "not_happened": self.never, "complete": self.complete}
        told = {name: part for name, part in parts.items() if part} or {"person": {}}
        return read_situation(json.dumps(told).encode(), vocabulary, form="json")


def split(text: str, sign: str) -> list[tuple[str, int]]:
    """The parts between a sign that stands outside quotes and brackets, each with its offset; without outer spaces."""
    parts, depth, quoted, start = [], 0, False, 0
    for index, char in enumerate(text + sign):
        if char == '"':
            quoted = not quoted
        elif not quoted and char in _OPEN:
            depth += 1
        elif not quoted and char in _CLOSE:
            depth -= 1
        if index == len(text) or (char == sign and depth == 0 and not quoted):
            part = text[start:index]
            parts.append((part.strip(), start + len(part) - len(part.lstrip())))
            start = index + 1
    return parts


def tell(part: str, telling: Telling, named: dict[str, Telling], vocabulary: Vocabulary) -> None:
    """Add one part of a line to what is told.

    Args:
        part: `born 1997`, `no in_reserve`, `left_unit on 2022-09-24 {permission: no}`, `never entered KZ`, a name.
        telling: What is told so far.
        named: Tellings that `let` gave a name to.
        vocabulary: Facts and events.
    Raises:
        UntoldError: If it says nothing that can be told.
    """
    first, _, rest = part.partition(" ")
    rest = rest.strip()
    match first:
        case "born":
            telling.tell(BIRTH, _value(rest))
        case "no":
            name, after, _ = _named(rest, set(vocabulary.facts), part)
            if after:
                raise UntoldError(f'nothing is read after "{name}"', "write a comma before the next part", 3)
            telling.tell(name, "no")
        case "never":
            telling.never.append(_event(rest, vocabulary, part))
        case "complete":
            telling.complete.append(_event(rest, vocabulary, part))
        case _:
            _other(part, telling, named, vocabulary)


def _other(part: str, telling: Telling, named: dict[str, Telling], vocabulary: Vocabulary) -> None:
    known = {*named, *vocabulary.facts, *vocabulary.events, AGE}
    name, rest, _ = _named(part, known, part)
    if name in named:
        if rest:
            raise UntoldError(f'nothing is read after "{name}"', "write a comma before the next part", len(name))
        telling.add(named[name])
    elif name in vocabulary.events:
        telling.history.append(_event(part, vocabulary, part))
    else:
        telling.tell(name, _value(rest) if rest else "yes")


def _event(text: str, vocabulary: Vocabulary, part: str) -> dict[str, Any]:
    name, rest, at = _named(text, set(vocabulary.events), part)
    match = _EVENT.fullmatch(rest)
    if match is None:
        raise UntoldError("this is not an event", f"write: {name} [CODE] [on DAYS] [{{field: value}}]", at)
    told: dict[str, Any] = {"event": name}
    key = vocabulary.events[name].key
    if match["code"]:
        if not key:
            raise UntoldError(f'"{name}" is not kept apart by a code', "remove the code", at)
        told[key] = match["code"]
    if match["on"]:
        told["on"] = match["on"]
    fields = _value(match["fields"]) if match["fields"] else {}
    twice = sorted(told.keys() & fields.keys())
    if twice:
        raise UntoldError(f'"{twice[0]}" is told twice', "keep one of the two", at)
    return {**told, **fields}


def _named(text: str, known: set[str], part: str) -> tuple[str, str, int]:
    """The longest name that the text begins with, what follows it, and where that stands in the part."""
    words = text.split()
    for count in range(len(words), 0, -1):
        name = "_".join(words[:count])
        if name in known:
            rest = text
            for word in words[:count]:
                rest = rest.strip()[len(word) :]
            rest = rest.strip()
            return name, rest, len(part) - len(rest)
    raise UntoldError(
        f'"{words[0] if words else ""}" is no fact, event or name', "see the vocabulary; give a name with let", 0
    )


def _value(text: str) -> Any:  # noqa: ANN401 -- as JSON holds it
    """A value as in a situation file: YAML of one line, every scalar as text."""
    if not text:
        raise UntoldError("a value is missing", "write it after the name")
    if _PLAIN.fullmatch(text):
        return text
    try:
        node = read_yaml(text)
    except SituationError as error:
        raise UntoldError(error.message, error.remedy) from None
    return _plain(node) if node is not None else ""


def _plain(node: Node) -> Any:  # noqa: ANN401 -- as JSON holds it
    match node:
        case Word():
            return node.text
        case Series():
            return [_plain(item) for item in node.items]
        case Table():
            return {entry.key.text: _plain(entry.value) for entry in node.entries}
