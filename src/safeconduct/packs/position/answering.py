"""From a situation as a file tells it to the position in the reader's language: the way of every edge that answers."""

from dataclasses import replace
from datetime import date

from safeconduct.packs.catalogues import load_words
from safeconduct.packs.position.needed import facts_not_needed
from safeconduct.packs.position.wording import not_needed, partly_translated
from safeconduct.packs.translating import in_language
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Position
from safeconduct.rules.position import assess
from safeconduct.rules.telling.reading import Form, read_situation


def answered(  # noqa: PLR0913 -- the law, what is told, and how it is to be answered
    corpus: Corpus, content: bytes, *, form: Form, on: date, language: str, engine: str, everything: bool = False
) -> Position:
    """The position of the person of whom a file tells, with what must be said of the file and of the language.

    Args:
        corpus: The law.
        content: The bytes of a situation file.
        form: How they are written.
        on: The day asked.
        language: The reader's, two letters.
        engine: The version that answers, for the receipt.
        everything: Whether to look at every country, also those that nothing told mentions.
    Returns:
        The position. First among its warnings stands what is not translated, last which facts no answer needs.
    Raises:
        SituationError: If the situation cannot be read, or contradicts itself.
        KeyError: If the law is not translated into that language.
    """
    words = load_words(language)
    situation = read_situation(content, corpus.vocabulary, form=form)
    found = assess(corpus, situation, on=on, engine=engine, everything=everything)
    unneeded = facts_not_needed(corpus, situation, found)
    notes = (not_needed(unneeded),) if unneeded else ()
    first: tuple[str, ...] = ()
    if words is not None:
        found = in_language(found, words)
        first = partly_translated(language, checked=words.checked)
    return replace(found, warnings=(*first, *found.warnings, *notes))
