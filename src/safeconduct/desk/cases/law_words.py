"""The sentences of the law pages in the reader's language, from the catalogues that stand beside the pages."""

from collections.abc import Callable

from safeconduct.packs.catalogues import load_words
from safeconduct.packs.translating import in_language
from safeconduct.packs.words import LANGUAGES
from safeconduct.rules.finding import Position


def translated(language: str | None) -> Callable[[str], str]:
    """What turns a sentence of the law pages into a language; what is not translated stays English."""
    words = load_words(language) if language in LANGUAGES else None
    return str if words is None else words.of


def position_in(found: Position, language: str | None) -> Position:
    """A position in a language."""
    words = load_words(language) if language in LANGUAGES else None
    return found if words is None else in_language(found, words)
