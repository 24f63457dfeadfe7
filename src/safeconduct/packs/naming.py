"""What a fact, an event, a field or a word of the vocabulary is called in a language.

Pages of law name things as files do (`left_unit`). Short names for people stand in catalogues beside the catalogues of
the law's sentences, English ones too. Each entry has its kind as context and its name as text; a name that means
something else in one place has an entry of its own with that place before it: `elected_office.candidate`.
"""

from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from pathlib import Path

import polib  # type: ignore[import-untyped]  # it has no types of its own

from safeconduct.rules.vocabulary import EventKind, Fact, Shape, Vocabulary

ENGLISH = "en"
NAME_LANGUAGES = (ENGLISH, "ru", "uk", "kk")
"""Languages in which everything has a name."""
SHARED_WORDS = ("yes", "no", "none", "unknown", "withheld", "unstated")
"""Words that every fact may hold, or that stand for not knowing."""
AGE = "age"
"""A fact that files may hold and no page declares: it is read as days of birth."""
_LAW = Path(__file__).parent.parent / "law"


class Named(Enum):
    """What has a name: facts, events, their fields, and the words that facts and fields hold."""

    FACT = "fact"
    EVENT = "event"
    FIELD = "field"
    WORD = "word"


def names_path(language: str) -> Path:
    """Where the names in a language stand."""
    return _LAW / "locale" / language / "LC_MESSAGES" / "names.po"


@cache
def load_names(language: str) -> Mapping[tuple[str, str], str]:
    """The names in a language.

    Args:
        language: One of `NAME_LANGUAGES`.
    Returns:
        Names by kind ("fact", "event", "field", "word") and key; what has no translation is left out.
    Raises:
        KeyError: If nothing is named in that language.
    """
    if language not in NAME_LANGUAGES:
        raise KeyError(language)
    catalogue = polib.pofile(str(names_path(language)), encoding="utf-8")
    return {(str(entry.msgctxt), entry.msgid): entry.msgstr for entry in catalogue.translated_entries()}


def name_in(language: str | None, kind: Named, name: str, *, of: str = "") -> str:
    """What something of the vocabulary is called.

    Args:
        language: Two letters; None, or a language without names: English.
        kind: What it is.
        name: Its name in files.
        of: To what a field or word belongs: a fact or event (`left_unit`), or a field of it (`left_unit.group`).
    Returns:
        The name in that language; else in English; else as in files with spaces, as for codes such as KZ.
    """
    for tongue in (language, ENGLISH):
        names = load_names(tongue) if tongue in NAME_LANGUAGES else {}
        for key in (f"{of}.{name}", name):
            found = names.get((kind.value, key))
            if found is not None:
                return found
    return name.replace("_", " ")


def names_of(vocabulary: Vocabulary) -> dict[tuple[Named, str], tuple[str, ...]]:
    """Everything of a vocabulary that has a name, in its order.

    Args:
        vocabulary: All declarations.
    Returns:
        By kind and name: to what it belongs, for fields and words; empty for facts and events.
    """
    found: dict[tuple[Named, str], dict[str, None]] = {(Named.WORD, word): {} for word in SHARED_WORDS}
    found[Named.FACT, AGE] = {}
    for kind, name, owner in _declared(vocabulary):
        found.setdefault((kind, name), {})
        if owner:
            found[kind, name][owner] = None
    return {key: tuple(owners) for key, owners in found.items()}


def _declared(vocabulary: Vocabulary) -> Iterator[tuple[Named, str, str]]:
    for fact in vocabulary.facts.values():
        yield Named.FACT, fact.name, ""
        yield from ((Named.WORD, word, fact.name) for word in fact.words)
        yield from _fields(fact)
    for event in vocabulary.events.values():
        yield Named.EVENT, event.name, ""
        yield from _fields(event)


def _fields(one: Fact | EventKind) -> Iterator[tuple[Named, str, str]]:
    for field in one.fields:
        yield Named.FIELD, field.name, one.name
        if field.shape is Shape.ONE_OF:
            yield from ((Named.WORD, word, f"{one.name}.{field.name}") for word in field.words)
