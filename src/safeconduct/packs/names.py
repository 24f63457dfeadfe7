"""The names that a line may use, and how a phrase finds its meaning."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from lark import Token

from safeconduct.rules.parsing import Node
from safeconduct.rules.tree import Conflict, Day, Span
from safeconduct.rules.vocabulary import EventKind, Fact, Field, Shape, Vocabulary
from safeconduct.values.citation import Citation
from safeconduct.values.errors import Fault, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a dated value.

    Args:
        span: Days on which it is so.
        keys: Words of the value's key fact to which it applies; empty for all.
        amount: A count of years, months, days or a plain number.
        truth: For yes/no values; None otherwise.
        citation: Its seat.
        place: Where it is written.
    """

    span: Span
    keys: frozenset[str]
    amount: int
    unit: str
    truth: bool | None
    citation: Citation
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedValue:
    """A value that the law sets and changes: an upper age, a period of mobilisation."""

    name: str
    key_fact: str
    rows: tuple[Row, ...]
    place: Place


@dataclass(slots=True, kw_only=True)
class Names:
    """Everything that is declared anywhere; filled before any condition is resolved.

    Args:
        vocabulary: Facts and events.
        values, days, conflicts: Read so far.
        terms, provisions, questions: Where each is declared; `questions` are untranslatable.
        declared: Where every name was declared first, whatever it is.
        used: Names that a condition uses.
    """

    vocabulary: Vocabulary
    values: dict[str, DatedValue] = field(default_factory=dict)
    terms: dict[str, Place] = field(default_factory=dict)
    days: dict[str, Day] = field(default_factory=dict)
    provisions: dict[str, Place] = field(default_factory=dict)
    questions: dict[str, Place] = field(default_factory=dict)
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    declared: dict[str, Place] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def known(self) -> Iterable[str]:
        """Every phrase that may stand in a condition."""
        yield from self.vocabulary.facts
        yield from self.vocabulary.events
        yield from self.terms
        yield from self.values
        yield from self.days
        for fact in self.vocabulary.facts.values():
            yield from (f"{fact.name}_{part.name}" for part in fact.fields)
        for event in self.vocabulary.events.values():
            yield from (f"{event.name}_{part.name}" for part in event.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What a phrase names: a fact or an event, and perhaps one of its fields."""

    owner: Fact | EventKind
    part: Field | None

    @property
    def label(self) -> str:
        """The field's name, "" for none."""
        return self.part.name if self.part is not None else ""


class UnresolvedError(Exception):
    """A line means nothing: carries the fault. Caught where lines are resolved, never seen outside this folder."""

    def __init__(self, fault: Fault) -> None:
        """Carry the fault."""
        super().__init__(fault.code)
        self.fault = fault


def joined(phrase: Node) -> str:
    """The words of a phrase with underscores, as names are written in files."""
    return "_".join(str(word) for word in phrase.children)


def meant(names: Names, phrase: str) -> Meant | None:
    """The fact or event, and the field, that a phrase names; None if it names neither."""
    vocabulary = names.vocabulary
    owner: Fact | EventKind | None = vocabulary.facts.get(phrase) or vocabulary.events.get(phrase)
    if owner is not None:
        names.used.add(phrase)
        return Meant(owner=owner, part=None)
    for cut in (index for index, sign in enumerate(phrase) if sign == "_"):
        owner = vocabulary.facts.get(phrase[:cut]) or vocabulary.events.get(phrase[:cut])
        part = owner.field_named(phrase[cut + 1 :]) if owner is not None else None
        if part is None and isinstance(owner, Fact) and owner.fields and phrase[cut + 1 :] in ("from", "until"):
            part = _PERIOD_END[phrase[cut + 1 :]]
        if owner is not None and part is not None:
            names.used.update((phrase[:cut], phrase))
            return Meant(owner=owner, part=part)
    return None


def fault_at(node: Node | Token, place: Place, code: str, message: str, hint: str) -> UnresolvedError:
    """A fault at the column where a node of the line begins."""
    column = (node.column if isinstance(node, Token) else getattr(node.meta, "column", None)) or 1
    at = Place(name=place.name, line=place.line, column=place.column + column - 1)
    return UnresolvedError(Fault(code=code, place=at, message=message, hint=hint))


def no_provision(names: Names, code: Token, place: Place) -> UnresolvedError:
    """The fault LAW007 with the nearest id that is declared."""
    near = get_close_matches(code, list(names.provisions), n=1, cutoff=0.8)
    hint = f"write {near[0]}" if near else "write the id of a provision"
    return fault_at(code, place, "LAW007", f'there is no provision "{code}"', hint)


def unknown_phrase(names: Names, phrase: Node, place: Place) -> UnresolvedError:
    """The fault LAW002 with the nearest phrase that is declared."""
    words = joined(phrase)
    near = get_close_matches(words, list(names.known()), n=1, cutoff=0.6)
    hint = f'write "{near[0].replace("_", " ")}"' if near else "declare it in a block of facts, or as a term"
    return fault_at(phrase, place, "LAW002", f'"{words.replace("_", " ")}" is not declared', hint)


_PERIOD_END = {name: Field(name=name, shape=Shape.DATE) for name in ("from", "until")}
