"""A corpus as JSON text and back. Strict: only the classes of the tree are known, and what does not fit is refused.

Never pickle or marshal: whoever can change a file must not be able to run anything. A text is a list of nodes, each a
class and its parts; a part that is a whole number points to an earlier node.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import ModuleType
from typing import Any, get_args

from safeconduct.rules import corpus, nodes, tree, vocabulary
from safeconduct.rules.corpus import Corpus
from safeconduct.values import citation, days, errors

FORMAT = 1
_MODULES: tuple[ModuleType, ...] = (nodes, tree, vocabulary, corpus, citation, days, errors)
_BUILT_IN = ("int", "date", "tuple", "frozenset", "dict")
Make = Callable[[list[Any]], Any]


class CodecError(Exception):
    """A text that this module did not write, or wrote for other classes."""


@cache
def _classes() -> dict[str, type]:
    """The frozen dataclasses and enums that a corpus is made of, by name."""
    found: dict[str, type] = {}
    for module in _MODULES:
        for name, value in vars(module).items():
            ours = isinstance(value, type) and value.__module__ == module.__name__
            if ours and (is_dataclass(value) or issubclass(value, Enum)):
                found[name] = value
    return found


def _by_identity() -> frozenset[type]:
    """Conditions and days: two that are alike stay two, because the engine tells apart where each stands."""
    return frozenset({*get_args(nodes.Condition), *get_args(nodes.Day)})


class _Writer:
    """Collects nodes; a value that stands in several places becomes one node."""

    def __init__(self) -> None:
        self.classes = {value: name for name, value in _classes().items()}
        self.tags: dict[str, int] = {name: index for index, name in enumerate(_BUILT_IN)}
        self.fields: list[list[str]] = [[] for _ in _BUILT_IN]
        self.nodes: list[list[Any]] = []
        self._alone = _by_identity()
        self._known: dict[object, int] = {}

    def part(self, value: object) -> object:
        """A literal, or the number of the node that holds the value."""
        if value is None or isinstance(value, str | bool | float):
            return value
        alone = type(value) in self._alone
        if alone and ("same", id(value)) in self._known:
            return self._known["same", id(value)]
        node = self._node(value)
        # The types stand in the key because 1 == True and 0 == 0.0.
        key = ("same", id(value)) if alone else tuple((type(part), part) for part in node)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = len(self.nodes)
            self.nodes.append(node)
        return found

    def _node(self, value: object) -> list[Any]:
        tag = self._tag(type(value))
        parts: Iterable[object]
        match value:
            case Enum():
                return [tag, value.name]
            case int() | date():
                return [tag, str(value)]
            case tuple():
                parts = value
            case frozenset():
                parts = sorted(value)
            case dict():
                parts = (part for pair in value.items() for part in pair)
            case _:
                parts = (getattr(value, name) for name in self.fields[tag])
        return [tag, *(self.part(part) for part in parts)]

    def _tag(self, kind: type) -> int:
        name = kind.__name__ if kind.__name__ in _BUILT_IN else self.classes.get(kind)
        if name is None:
            message = f"a corpus holds no {kind.__name__}"
            raise TypeError(message)
        if name not in self.tags:
            self.tags[name] = len(self.tags)
            self.fields.append([part.name for part in fields(kind)] if is_dataclass(kind) else [])
        return self.tags[name]


def encode(value: Corpus) -> bytes:
    """The corpus as JSON text in UTF-8; equal corpora give equal bytes."""
    writer = _Writer()
    root = writer.part(value)
    tags = [[name, writer.fields[index]] for name, index in writer.tags.items()]
    whole = {"format": FORMAT, "tags": tags, "nodes": writer.nodes, "root": root}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def decode(text: bytes) -> Corpus:
    """The corpus that `encode` wrote.

    Raises:
        CodecError: If the text is anything else: another format, an unknown class or field, a part out of order.
    """
    try:
        root = _root(json.loads(text))
    except (ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
        raise CodecError("not a corpus") from error
    if not isinstance(root, Corpus):
        raise CodecError("not a corpus")
    return root


def _root(whole: dict[str, Any]) -> object:
    if whole["format"] != FORMAT:
        raise CodecError("another format")
    values = _decoded(whole["nodes"], [_maker(name, names) for name, names in whole["tags"]])
    return values[whole["root"]]


def _decoded(nodes: list[list[Any]], makers: list[Make]) -> dict[int, Any]:
    # A dict and not a list: a number below nought, or of a node that is not there yet, is no key.
    values: dict[int, Any] = {}
    for number, (tag, *parts) in enumerate(nodes):
        if tag < 0:
            raise CodecError("an unknown class")
        values[number] = makers[tag]([values[part] if type(part) is int else part for part in parts])
    return values


def _maker(name: str, names: list[str]) -> Make:
    if name in _BUILT_IN:
        return _BUILT_IN_MAKERS[name]
    kind = _classes().get(name)
    if kind is None:
        raise CodecError("an unknown class")
    if issubclass(kind, Enum):
        members = kind.__members__
        return lambda parts: members[parts[0]]
    known = [part.name for part in fields(kind)]  # type: ignore[arg-type]
    if names != known:
        raise CodecError("other fields")
    return _filled(kind, known)


def _filled(kind: type, names: list[str]) -> Make:
    """Fills the fields of a new value one by one: three times as fast as its constructor, which checks nothing more."""
    if hasattr(kind, "__post_init__"):
        return lambda parts: kind(**dict(zip(names, parts, strict=True)))
    fillers = [getattr(kind, name).__set__ for name in names]

    def make(parts: list[Any]) -> Any:  # noqa: ANN401 -- a value of that class
        value: Any = object.__new__(kind)
        for fill, part in zip(fillers, parts, strict=True):
            fill(value, part)
        return value

    return make


def _one(parts: list[Any]) -> Any:  # noqa: ANN401 -- whatever the text holds there
    (part,) = parts
    return part


def _frozenset(parts: list[Any]) -> frozenset[Any]:
    return frozenset(parts)


_BUILT_IN_MAKERS: dict[str, Make] = {
    "int": lambda parts: int(_one(parts)),
    "date": lambda parts: date.fromisoformat(_one(parts)),
    "tuple": tuple,
    "frozenset": _frozenset,
    "dict": lambda parts: dict(zip(parts[::2], parts[1::2], strict=True)),
}
