"""The catalogues of the law's sentences: gettext files beside the pages, read when a language is asked for."""

from functools import cache
from pathlib import Path

import polib  # type: ignore[import-untyped]  # it has no types of its own

from safeconduct.packs.words import LANGUAGES, Words

CHECKED = "X-Checked-By-Speaker"
"""The header that says whether somebody who speaks the language has read the catalogue."""
_LAW = Path(__file__).parent.parent / "law"


LAW, ANSWERS = "law", "answers"
"""The two catalogues of a language: sentences of provisions, and questions with their answers."""


def catalogue_path(language: str, name: str = LAW) -> Path:
    """Where a catalogue of a language stands."""
    return _LAW / "locale" / language / "LC_MESSAGES" / f"{name}.po"


@cache
def load_words(language: str, name: str = LAW) -> Words | None:
    """The translations into a language; None for English, in which the pages are written.

    Args:
        language: Its code, two letters.
        name: Which of the two catalogues.
    Raises:
        KeyError: If the law is not translated into that language.
    """
    if language == "en":
        return None
    if language not in LANGUAGES:
        raise KeyError(language)
    catalogue = polib.pofile(str(catalogue_path(language, name)), encoding="utf-8")
    texts = {entry.msgid: entry.msgstr for entry in catalogue.translated_entries()}
    return Words(language=language, texts=texts, checked=catalogue.metadata.get(CHECKED, "no") == "yes")
