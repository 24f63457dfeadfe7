"""An answer as its page tells it: paragraphs with the numbers of what they rest on, and those provisions below."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from safeconduct.packs.answers import NAMED, PublicAnswer, translated_into
from safeconduct.packs.catalogues import ANSWERS, load_words
from safeconduct.packs.words import LANGUAGES, Words
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.reach import folder_of
from safeconduct.rules.tree import Kind, Provision
from safeconduct.values.citation import Confidence, Source

ENGLISH = "en"
_GRAVE = frozenset({Kind.DEADLINE, Kind.EXPOSURE, Kind.PRACTICE})


class Force(Enum):
    """Whether a text is in force on a day."""

    BEFORE = "before"
    SINCE = "since"
    BETWEEN = "between"
    UNTIL = "until"
    OVER = "over"
    ALWAYS = "always"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a paragraph: words, or the number of a provision.

    Args:
        text: The words; "" if it is a number.
        number: The number under which the provision stands below, 1 or more; 0 if it is words.
    """

    text: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph.

    Args:
        pieces: Its parts.
        english: The same in English, where that has to stand beside it; else "".
    """

    pieces: tuple[Piece, ...]
    english: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rests:
    """A provision that an answer rests on.

    Args:
        number: From 1 on, in the order in which the answer names them.
        title: In the language of the page, or English.
        speech: The language of the title.
        where: Act and article, as the pages of law write them; "" if none is named.
        sure: How sure we are.
        force: Whether it is in force on the day of the page.
        first: First day in force, included; None if that is before what the pages know.
        last: Last day in force, included; None while nothing ends it.
        sources: What was read.
    """

    number: int
    title: str
    speech: str
    where: str
    sure: Confidence
    force: Force
    first: date | None
    last: date | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer as its page tells it.

    Args:
        number: The number in its address.
        theme: The folder that it stands in.
        question: The question.
        speech: The language of question and paragraphs: English where nothing is translated.
        paragraphs: The answer.
        rests: What it rests on.
        until: Up to which day the law behind it is known, that day included; None if the pages do not say.
    """

    number: int
    theme: str
    question: str
    speech: str
    paragraphs: tuple[Paragraph, ...] = ()
    rests: tuple[Rests, ...] = ()
    until: date | None = None


def translated(corpus: Corpus, one: PublicAnswer, language: str) -> Told:
    """A question alone, for a list."""
    words = _words(corpus, one, language)
    question = one.question if words is None else words.of(one.question)
    return Told(number=one.number, theme=one.theme, question=question, speech=_speech(words))


def told(corpus: Corpus, one: PublicAnswer, language: str, *, day: date) -> Told:
    """A question with its answer.

    Args:
        corpus: The law.
        one: The question; the corpus has every provision that it names.
        language: en, ru, uk or kk.
        day: The day of the page, in UTC.
    """
    words = _words(corpus, one, language)
    numbers = {name: number for number, name in enumerate(one.named, start=1)}
    provisions = [corpus.provisions[name] for name in one.named]
    days = [corpus.reviewed_until.get(folder_of(each.place.name)) for each in provisions]
    return Told(
        number=one.number,
        theme=one.theme,
        question=one.question if words is None else words.of(one.question),
        speech=_speech(words),
        paragraphs=tuple(_paragraph(corpus, text, words, numbers) for text in one.paragraphs),
        rests=tuple(_rests(each, numbers[each.id], load_words(language), day=day) for each in provisions),
        until=min((known for known in days if known is not None), default=None),
    )


def _words(corpus: Corpus, one: PublicAnswer, language: str) -> Words | None:
    """The translations of an answer; None if it is shown in English."""
    if language == ENGLISH or not translated_into(corpus, (one,), LANGUAGES[language]):
        return None
    return load_words(language, ANSWERS)


def _speech(words: Words | None) -> str:
    return ENGLISH if words is None else words.language


def _paragraph(corpus: Corpus, text: str, words: Words | None, numbers: dict[str, int]) -> Paragraph:
    shown = text if words is None else words.of(text)
    grave = any(_is_grave(corpus.provisions[name]) for name in NAMED.findall(text))
    beside = words is not None and not words.checked and grave
    return Paragraph(
        pieces=tuple(_pieces(shown, numbers)),
        english=NAMED.sub("", text).replace(" .", ".").replace(" ,", ",").replace("  ", " ") if beside else "",
    )


def _is_grave(provision: Provision) -> bool:
    """Whether a mistake in words would cost most: terms, penalties, last days, warnings."""
    held = (provision.deadline, provision.penalty, provision.stay)
    return provision.kind in _GRAVE or any(one is not None for one in held)


def _pieces(text: str, numbers: dict[str, int]) -> Iterator[Piece]:
    end = 0
    for match in NAMED.finditer(text):
        yield Piece(text=text[end : match.start()].rstrip())
        yield Piece(number=numbers[match[1]])
        end = match.end()
    yield Piece(text=text[end:])


def _rests(provision: Provision, number: int, words: Words | None, *, day: date) -> Rests:
    title = provision.title if words is None else words.of(provision.title)
    citation, span = provision.citation, provision.span
    return Rests(
        number=number,
        title=title,
        speech=ENGLISH if words is None or title == provision.title else words.language,
        where=" ".join(part for part in (citation.act, citation.article) if part),
        sure=citation.confidence,
        force=Force.PRACTICE if provision.kind is Kind.PRACTICE else force_on(span.first, span.last, day),
        first=span.first,
        last=span.last,
        sources=tuple(one for one in citation.sources if one.url or one.note),
    )


def force_on(first: date | None, last: date | None, day: date) -> Force:
    """Whether a text is in force on a day.

    Args:
        first: First day in force, included; None if that is before what the pages know.
        last: Last day in force, included; None while nothing ends it.
        day: The day asked.
    """
    if last is not None and last < day:
        return Force.OVER
    if first is not None and day < first:
        return Force.BEFORE
    if first is None:
        return Force.ALWAYS if last is None else Force.UNTIL
    return Force.SINCE if last is None else Force.BETWEEN
