"""What the page of a question says: its words in the reader's language, why it is asked, what was answered before."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from safeconduct.desk.cases.law_words import translated
from safeconduct.desk.check import sentences
from safeconduct.desk.check.answer_form import ANSWER
from safeconduct.desk.check.asks import VALUE, WHEN, WHERE, Look, Sheet
from safeconduct.desk.check.choices import capital, choice_label, words_of
from safeconduct.desk.check.course import COUNTRIES
from safeconduct.desk.check.moments import moment_of
from safeconduct.desk.check.places import country_name
from safeconduct.desk.check.run import Put, Reply
from safeconduct.desk.check.sentences import TOLD, Words
from safeconduct.desk.check.spoken import said
from safeconduct.packs.naming import Named, name_in
from safeconduct.rules.asking import AGAIN, AGAIN_OF, EVENTS, FACTS, Subject
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.questions import base_name
from safeconduct.rules.replying import Silence
from safeconduct.rules.vocabulary import NO, YES

_HEADS: dict[str, Words] = {EVENTS: sentences.EVENTS, FACTS: sentences.FACTS, AGAIN_OF: sentences.AGAIN}
_SILENT: dict[Silence, Words] = {
    Silence.UNKNOWN: sentences.DONT_KNOW, Silence.WITHHELD: sentences.RATHER_NOT,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text of the law pages.

    Args:
        words: What it says.
        is_english: Whether it has no translation yet and the page is in another language.
    """

    words: Words
    is_english: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The top of a question's page.

    Args:
        title: The question.
        about: What it is about, where the question does not say so by itself.
        why: Why it is asked.
        bears_on: What it bears on: titles of the law pages.
    """

    title: Text
    about: Text | None = None
    why: Text | None = None
    bears_on: tuple[Text, ...] = ()


def head_of(put: Put, corpus: Corpus, language: str) -> Head:
    """What stands above the fields.

    Args:
        put: The question.
        corpus: The law.
        language: Two letters.
    """
    name = base_name(put.name)
    fact = corpus.vocabulary.facts.get(name)
    titles = (corpus.provisions[one].title for one in put.bears_on if one in corpus.provisions)
    has_why = fact is not None and fact.why and name != COUNTRIES
    return Head(
        title=_title(put, corpus, language),
        about=_about(put, corpus, language),
        why=_law_text(fact.why, language) if fact is not None and has_why else None,
        bears_on=tuple(_law_text(capital(title), language, instead=title) for title in titles),
    )


def _title(put: Put, corpus: Corpus, language: str) -> Text:
    name = base_name(put.name)
    match put.subject:
        case Subject.WHICH:
            return Text(words=_HEADS.get(put.name, sentences.FIELDS))
        case Subject.DAY:
            return Text(words=sentences.WHEN)
        case Subject.FIELD:
            part = name_in(language, Named.FIELD, put.name.partition(".")[2], of=name)
            return Text(words=_("%(event)s: %(part)s?") % {"event": _event_name(name, language), "part": part})
        case Subject.EVENT:
            return _event_title(put, name, language)
        case Subject.FACT if name == COUNTRIES:
            return Text(words=sentences.COUNTRIES)
        case _:
            return _law_text(corpus.vocabulary.facts[name].question, language)


def _event_title(put: Put, name: str, language: str) -> Text:
    if put.name.endswith(AGAIN):
        return Text(words=sentences.ANOTHER_TIME)
    return Text(words=_("%(event)s: did this happen?") % {"event": _event_name(name, language)})


def _about(put: Put, corpus: Corpus, language: str) -> Text | None:
    name = base_name(put.name)
    if name == COUNTRIES:
        return Text(words=sentences.ONLY_THESE)
    if put.subject in (Subject.FACT, Subject.NONE_OF) or put.name in _HEADS:
        return None
    if put.subject is Subject.FIELD or (put.subject is Subject.EVENT and not put.name.endswith(AGAIN)):
        return _law_text(corpus.vocabulary.events[name].question, language)
    return Text(words=_event_name(name, language))


def _event_name(name: str, language: str) -> str:
    return capital(name_in(language, Named.EVENT, name))


def _law_text(english: str, language: str, *, instead: str = "") -> Text:
    """A text of the law pages; `instead` is its wording in the pages where it is shown in another one."""
    found = translated(language)(instead or english)
    is_english = language != "en" and found == (instead or english)
    return Text(words=english if is_english or language == "en" else capital(found), is_english=is_english)


# --- what was answered before ----------------------------------------------------------------------------------


def reply_said(reply: Reply, put: Put, sheet: Sheet, language: str) -> str:
    """A reply in the reader's words.

    Args:
        reply: The reply.
        put: The question.
        sheet: What it is answered with.
        language: Two letters.
    """
    if reply.silence is not None:
        return str(_SILENT[reply.silence])
    if reply.names is not None:
        named = dict(words_of(sheet.asks[0], language))
        return "; ".join(str(named[name]) for name in reply.names if name in named) or str(sentences.NONE_OF_THESE)
    if reply.none_applies is not None:
        return str(sentences.NONE_APPLIES if reply.none_applies else sentences.NOT_SURE)
    if reply.happened is not None:
        return ", ".join(_event_said(reply, language))
    if reply.words is not None:
        return _words_said(reply.words, put, sheet, language)
    return _value_said(reply.value, sheet, language)


def _event_said(reply: Reply, language: str) -> Iterator[str]:
    yield str(sentences.YES if reply.happened else sentences.NO)
    if reply.on:
        yield said(reply.on, language)
    if reply.where:
        yield country_name(reply.where, language)


def _words_said(words: str, put: Put, sheet: Sheet, language: str) -> str:
    if words in sheet.choices:
        return str(choice_label(sheet, words, language))
    if any(ask.look is Look.LENGTH for ask in sheet.asks):
        return words.removesuffix(" days")
    if any(ask.look is Look.COUNTRY for ask in sheet.asks):
        return country_name(words, language)
    return said(words, language) if put.subject in (Subject.DAY, Subject.FACT, Subject.FIELD) else words


def _value_said(value: Any, sheet: Sheet, language: str) -> str:  # noqa: ANN401 -- what JSON can hold
    if isinstance(value, list) and not sheet.is_record:
        named = dict(words_of(sheet.asks[0], language))
        return ", ".join(str(named.get(word) or country_name(word, language)) for word in value)
    rows = value if isinstance(value, list) else [value]
    return "; ".join(_row_said(row, sheet, language) for row in rows)


def _row_said(row: dict[str, str], sheet: Sheet, language: str) -> str:
    asks = {ask.field: ask for ask in sheet.asks}
    parts = []
    for field, told in row.items():
        ask = asks[field]
        name = {"from": sentences.BEGINS, "until": sentences.ENDS}.get(field)
        label = name or capital(name_in(language, Named.FIELD, field, of=ask.of.partition(".")[0]))
        parts.append(f"{label}: {_told(told, dict(words_of(ask, language)), ask.look, language)}")
    return ", ".join(parts)


def _told(told: str, named: dict[str, Words], look: Look, language: str) -> str:
    if told in named:
        return str(named[told])
    return country_name(told, language) if look is Look.COUNTRY else said(told, language)


def initial_of(reply: Reply, sheet: Sheet) -> dict[str, Any]:
    """What a form holds of an earlier reply; nothing where it cannot hold all of it.

    Args:
        reply: The reply.
        sheet: What the question is answered with.
    """
    if reply.silence is not None:
        return {ANSWER: reply.silence.value}
    if reply.names is not None:
        return {VALUE: list(reply.names), ANSWER: TOLD if reply.names else "none"}
    if reply.none_applies is not None:
        return {ANSWER: YES if reply.none_applies else NO}
    if reply.happened is not None:
        day = _day_of(reply.on)
        return {} if day is None else {ANSWER: YES if reply.happened else NO, WHERE: reply.where, **day}
    return {} if reply.words is None else _initial_words(reply, reply.words, sheet)


def _initial_words(reply: Reply, words: str, sheet: Sheet) -> dict[str, Any]:
    if words in sheet.choices:
        return {ANSWER: words}
    is_day = not reply.is_age and sheet.asks[0].look is Look.DAY
    return (_day_of(words) or {}) if is_day else {}


def _day_of(text: str) -> dict[str, str] | None:
    """The fields of a day, or of two; None if they cannot hold it."""
    first, dots, last = text.partition("..")
    found: dict[str, str] = {}
    for name, end in ((WHEN, first), (f"{WHEN}-last", last)):
        moment = moment_of(end)
        if end and moment is None:
            return None
        if moment is not None:
            found |= {f"{name}-year": moment.year, f"{name}-month": moment.month, f"{name}-day": moment.day}
    return None if dots and not last else found
