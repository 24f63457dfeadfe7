"""From what a person told to what a page shows: the position, its pages in a language, and what stands around them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from safeconduct import __version__
from safeconduct.desk.check.places import country_name
from safeconduct.desk.check.result import Result, lanes_of, result_of
from safeconduct.desk.check.result_card import Cards
from safeconduct.desk.check.result_pages import Pages, pages_of
from safeconduct.desk.check.result_sentences import day_text
from safeconduct.packs.catalogues import load_words
from safeconduct.packs.translating import Said
from safeconduct.packs.words import LANGUAGES
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.position import assess
from safeconduct.rules.reach import reach
from safeconduct.rules.situation import Situation
from safeconduct.rules.timeline import Timeline
from safeconduct.rules.warnings import DRAFT, PARTIAL

_SAID_ELSEWHERE = (DRAFT, PARTIAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the pages of a result show.

    Args:
        result: The result.
        pages: Its pages, in the language that is active.
        lanes: What changes, from the day asked to two years later.
        checked: Days up to which law is known, each with the folders of law for which it is.
        warnings: What else the engine tells the reader, in that language.
        untranslated: Whether something of the law stands in English on pages in another language.
    """

    result: Result
    pages: Pages
    lanes: Timeline
    checked: tuple[tuple[str, str], ...]
    warnings: tuple[Said, ...]
    untranslated: bool


def shown(corpus: Corpus, situation: Situation, *, on: date, language: str) -> Shown:
    """Everything that the pages show.

    Args:
        corpus: The law.
        situation: What the person told.
        on: The day asked.
        language: The language that is active: en, ru, uk or kk.
    Raises:
        SituationError: If what was told contradicts itself.
    """
    words = load_words(language) if language in LANGUAGES else None
    result = result_of(assess(corpus, situation, on=on, engine=__version__))
    cards = Cards(result, words, corpus.vocabulary)
    pages = pages_of(result, cards)
    return Shown(
        result=result,
        pages=pages,
        lanes=lanes_of(result),
        checked=tuple(checked_until(corpus, reach(corpus, situation).folders, language)),
        warnings=tuple(cards.said(one, grave=True) for one in result.position.warnings if one not in _SAID_ELSEWHERE),
        untranslated=words is not None and any(cards.said(one.finding.title).lang for one in result.entries()),
    )


def checked_until(corpus: Corpus, left_out: Collection[str], language: str) -> Iterator[tuple[str, str]]:
    """Up to which day the law is known: each day with what is known up to it, the latest first.

    Args:
        corpus: The law.
        left_out: Folders of law that are not looked at.
        language: The language that is active.
    """
    kept = [item for item in corpus.reviewed_until.items() if item[0] not in left_out]
    ordered = sorted(kept, key=lambda item: (-item[1].toordinal(), item[0]))
    for until, folders in groupby(ordered, key=lambda item: item[1]):
        yield day_text(until), ", ".join(_folder_text(name, language) for name, _until in folders)


def _folder_text(folder: str, language: str) -> str:
    """What a folder of law is about."""
    named = {"int": _("law between states"), "echr": _("European Court of Human Rights"), "eu": _("European Union")}
    return named.get(folder) or country_name(folder.upper(), language)
