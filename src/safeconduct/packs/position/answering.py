"""From a situation to the position in the reader's language: the way of every edge that answers."""

from dataclasses import replace
from datetime import date

from safeconduct.packs.catalogues import load_words
from safeconduct.packs.position.needed import facts_not_needed
from safeconduct.packs.position.wording import not_needed, partly_translated
from safeconduct.packs.translating import in_language
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Position
from safeconduct.rules.position import assess
from safeconduct.rules.situation import Situation


def answered(  # noqa: PLR0913 -- the law, what is told, and how it is to be answered
    corpus: Corpus, situation: Situation, *, on: date, language: str, engine: str, everything: bool = False
) -> Position:
    """The position of a person, with what must be said of what was told and of the language.

    Args:
        corpus: The law.
        situation: What is known of the person.
        on: The day asked.
        language: The reader's, two letters.
        engine: The version that answers, for the receipt.
        everything: Whether to look at every country, also those that nothing told mentions.
    Returns:
        The position. First among its warnings stands what is not translated, last which facts no answer needs.
    Raises:
        SituationError: If it contradicts a provision.
        KeyError: If the law is not translated into that language.
    """
    words = load_words(language)
    found = assess(corpus, situation, on=on, engine=engine, everything=everything)
    unneeded = facts_not_needed(corpus, situation, found)
    notes = (not_needed(unneeded),) if unneeded else ()
    first: tuple[str, ...] = ()
    if words is not None:
        found = in_language(found, words)
        first = partly_translated(language, checked=words.checked)
    return replace(found, warnings=(*first, *found.warnings, *notes))
