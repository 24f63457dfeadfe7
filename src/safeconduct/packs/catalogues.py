"""The catalogues of the law's sentences: gettext files beside the pages, read when a language is asked for."""

from functools import cache
from pathlib import Path

import polib  # type: ignore[import-untyped]  # it has no types of its own

from safeconduct.packs.words import LANGUAGES, Words

CHECKED = "X-Checked-By-Speaker"
"""The header that says whether somebody who speaks the language has read the catalogue."""
_LAW = Path(__file__).parent.parent / "law"


def catalogue_path(language: str) -> Path:
    """Where the catalogue of a language stands."""
    return _LAW / "locale" / language / "LC_MESSAGES" / "law.po"


@cache
def load_words(language: str) -> Words | None:
    """The translations into a language; None for English, in which the pages are written.

    Args:
        language: Its code, two letters.
    Raises:
        KeyError: If the law is not translated into that language.
    """
    if language == "en":
        return None
    if language not in LANGUAGES:
        raise KeyError(language)
    catalogue = polib.pofile(str(catalogue_path(language)), encoding="utf-8")
    texts = {entry.msgid: entry.msgstr for entry in catalogue.translated_entries()}
    return Words(language=language, texts=texts, checked=catalogue.metadata.get(CHECKED, "no") == "yes")
