"""The sentences of the law pages in the reader's language, from the catalogues that stand beside the pages."""

from collections.abc import Callable

from safeconduct.packs.catalogues import load_words
from safeconduct.packs.translating import beside, drafted, in_language
from safeconduct.packs.words import LANGUAGES, Words
from safeconduct.rules.finding import Position


def translated(language: str | None, *, grave: bool = False) -> Callable[[str], str]:
    """What turns a sentence of the law pages into a language; what is not translated stays English.

    Args:
        language: Two letters.
        grave: Whether the English must stand beside while nobody has checked the translation.
    """
    words = words_in(language)
    if words is None:
        return str
    say = beside if grave else drafted
    return lambda english: say(words, english)


def position_in(found: Position, language: str | None) -> Position:
    """A position in a language."""
    words = words_in(language)
    return found if words is None else in_language(found, words)


def words_in(language: str | None) -> Words | None:
    """The catalogue of a language; None for a page in English."""
    return load_words(language) if language in LANGUAGES else None
