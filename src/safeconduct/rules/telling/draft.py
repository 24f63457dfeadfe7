"""The situation file that an interview writes: every reply goes into it as text and is read as a file is read."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

from safeconduct.rules.asking import AGAIN, FACTS, Subject
from safeconduct.rules.interview import Question
from safeconduct.rules.situation import Situation
from safeconduct.rules.telling import read_situation
from safeconduct.rules.telling.json_text import read_json
from safeconduct.rules.telling.node import Node, Series, Table, Word
from safeconduct.rules.telling.reading import COMPLETE, HISTORY, NOT_HAPPENED, PERSON, Form
from safeconduct.rules.telling.text import decode
from safeconduct.rules.telling.yaml_text import read_yaml
from safeconduct.rules.vocabulary import YES, Vocabulary

Outline = Any  # what JSON can hold: text, lists and mappings of text


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a file will say.

    Args:
        person: Facts, as the file writes them.
        history: Events, each a mapping.
        others: The other parts, by name: lists.
    """

    person: dict[str, Outline] = field(default_factory=dict)
    history: tuple[dict[str, Outline], ...] = ()
    others: dict[str, list[Outline]] = field(default_factory=dict)

    def content(self) -> bytes:
        """The file, as JSON; of a draft without anything a person of whom nothing is known."""
        whole = {PERSON: self.person, HISTORY: list(self.history), **self.others}
        kept = {name: part for name, part in whole.items() if part}
        return json.dumps(kept or {PERSON: {}}, ensure_ascii=False, indent=1).encode()

    def situation(self, vocabulary: Vocabulary) -> Situation:
        """What it tells.

        Raises:
            SituationError: If something in it cannot be read or contradicts something else.
        """
        return read_situation(self.content(), vocabulary, form="json")

    def with_fact(self, name: str, value: Outline) -> "Draft":
        """With a fact, in the place of what was told of it."""
        return replace(self, person={**self.person, name: value})

    def with_event(self, kind: str, on: str, **fields: str) -> "Draft":
        """With one more event; without a day if that is empty."""
        event = {"event": kind, **({"on": on} if on else {}), **fields}
        return replace(self, history=(*self.history, event))

    def without_event(self, kind: str) -> "Draft":
        """With the word that no event of a kind happened, or no other than those told."""
        part = COMPLETE if any(event.get("event") == kind for event in self.history) else NOT_HAPPENED
        return replace(self, others={**self.others, part: [*self.others.get(part, []), kind]})

    def with_field(self, kind: str, name: str, value: Outline) -> "Draft":
        """With a field of the latest event of a kind that does not say it; a day is told anew."""
        for index in range(len(self.history) - 1, -1, -1):
            event = self.history[index]
            if event.get("event") == kind and (name not in event or name == "on"):
                changed = {**event, name: value}
                return replace(self, history=(*self.history[:index], changed, *self.history[index + 1 :]))
        return self

    def with_reply(self, question: Question, value: Outline, *, on: str = "", where: str = "") -> "Draft":
        """With the reply to a question.

        Args:
            question: The question.
            value: As a file writes it; "yes" or "no" for an event; of several things the names of those that are so.
            on: For an event that happened, its day or days; "" if not known.
            where: For an event that is kept apart by a field, that field; "" if not known.
        """
        if question.subject in (Subject.FACT, Subject.NONE_OF):
            return self.with_fact(question.name, value)
        if question.subject is Subject.WHICH:
            return self._with_items(question, value)
        if question.subject is Subject.EVENT:
            kind = question.name.removesuffix(AGAIN)
            fields = {question.key: where} if where else {}
            return self.with_event(kind, on, **fields) if value == YES else self.without_event(kind)
        kind, _, name = question.name.partition(".")
        return self.with_field(kind, name, value)

    def _with_items(self, question: Question, named: Outline) -> "Draft":
        """With what is so of several things, and what is not; what is asked about by itself is left open."""
        draft = self
        for one in question.of:
            value = one.yes if one.name in named else one.no
            if value == "":
                continue
            kind, dot, part = one.name.removesuffix(AGAIN).partition(".")
            if question.name == FACTS:
                draft = draft.with_fact(one.name, [] if value == () else value)
            elif dot:
                draft = draft.with_field(kind, part, value)
            else:
                draft = draft.with_event(kind, "") if value == YES else draft.without_event(kind)
        return draft


def draft_of(content: bytes, form: Form) -> Draft:
    """The draft of a file.

    Args:
        content: A file that can be read as a situation.
        form: "yaml" or "json".
    """
    text = decode(content)
    outline = _outline(read_yaml(text) if form == "yaml" else read_json(text))
    others = {name: part for name, part in outline.items() if name not in (PERSON, HISTORY)}
    return Draft(person=outline.get(PERSON, {}), history=tuple(outline.get(HISTORY, [])), others=others)


def value_of(text: str) -> Outline:
    """A reply as a file would write it: a word, a list in brackets, a record in braces.

    Raises:
        SituationError: If brackets or quotes do not close.
    """
    table = read_yaml(f"reply: {text}")
    return _outline(table.get("reply")) if isinstance(table, Table) else text


def list_of(text: str) -> Outline:
    """A reply to a question for a whole list: with commas between, with brackets, or "none"."""
    if text.startswith("["):
        return value_of(text)
    words = [word.strip() for word in text.split(",")]
    return [] if words == ["none"] else words


def _outline(node: Node | None) -> Outline:
    match node:
        case Word():
            return node.text
        case Series():
            return [_outline(item) for item in node.items]
        case Table():
            return {entry.key.text: _outline(entry.value) for entry in node.entries}
        case _:
            return {}  # an empty file
