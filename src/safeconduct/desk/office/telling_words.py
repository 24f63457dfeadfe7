"""What was told, in words for members: names of the law pages in their language, days and free text as written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel import Locale
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from safeconduct.desk.cases.law import law_in_use
from safeconduct.packs.naming import AGE, ENGLISH, NAME_LANGUAGES, SHARED_WORDS, Named, name_in
from safeconduct.rules.vocabulary import NO, NONE, YES, EventKind, Fact, Field, Shape, Vocabulary

_CODE = re.compile(r"[A-Z]{2}")
_AGE = re.compile(r"(\d+) on (\S+)")
_DAYS = re.compile(r"([0-9.]+) days?")
_SECTIONS = {
    "not_happened": gettext_lazy("It did not happen"),
    "complete": gettext_lazy("It happened only as told here"),
}
_KEYS_OF_ALL = {
    "on": gettext_lazy("when"),
    "assumed": gettext_lazy("assumed because"),
    "from": gettext_lazy("first day"),
    "until": gettext_lazy("last day"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InWords:
    """What turns tellings into words.

    Args:
        vocabulary: Which facts and events there are; what it does not have any more is shown as it was written.
        language: Of the page, two letters.
    """

    vocabulary: Vocabulary
    language: str | None

    def name(self, name: str) -> str:
        """What a fact or an event is called, whichever it is."""
        is_event = name in self.vocabulary.events
        return name_in(self.language, Named.EVENT if is_event else Named.FACT, name)

    def fact(self, name: str, content: object) -> str:
        """One telling of a fact, on one line.

        Args:
            name: The fact.
            content: What was told, in the form of a situation file.
        """
        fact = self.vocabulary.facts.get(name)
        if name == AGE and isinstance(content, str):
            return _AGE.sub(r"\1 (\2)", content)
        return _plain(content) if fact is None else _content(fact, content, self.language)

    def event(self, content: object) -> str:
        """One telling of an event, on one line, without its kind; in the form of a situation file."""
        if not isinstance(content, dict):
            return _plain(content)
        kind = self.vocabulary.events.get(str(content.get("event")))
        told = {key: value for key, value in content.items() if key != "event"}
        return _plain(told) if kind is None else "; ".join(_pairs(kind, told, self.language))

    def closed(self, line: str) -> str:
        """A line of `not_happened` or `complete`, as it is kept: what is known, of which event, in which country."""
        section, _space, told = line.partition(" ")
        kind, _space, where = told.partition(" ")
        names = [name_in(self.language, Named.EVENT, kind), *([_code(where, self.language)] if where else [])]
        return f"{_SECTIONS.get(section, section)}: {', '.join(names)}"


def words_of_page() -> InWords:
    """The words for what was told, by the law in use and in the language of the request."""
    return InWords(vocabulary=law_in_use().vocabulary, language=get_language())


def word_in(fact_or_field: str, word: str, language: str | None) -> str:
    """A word that one can choose.

    Args:
        fact_or_field: To what it belongs: `wanted`, `left_unit.group`.
        word: The word, as in files.
        language: Two letters.
    """
    return name_in(language, Named.WORD, word, of=fact_or_field)


@cache
def country(code: str, language: str | None) -> str:
    """A country's name, from the tables of the Unicode project; "" if there is none by that code."""
    tongue = language if language in NAME_LANGUAGES else ENGLISH
    return str(Locale.parse(tongue).territories.get(code, ""))


# --- by what the law pages declare -----------------------------------------------------------------------------------


def _content(fact: Fact, content: object, language: str | None) -> str:
    match content:
        case dict():
            return "; ".join(_pairs(fact, content, language))
        case list() if content:
            return ", ".join(_content(fact, one, language) for one in content)
        case list():
            return word_in(fact.name, NONE, language)
        case _:
            return _value(str(content), fact.name, fact.shape, fact.words, language)


def _pairs(owner: Fact | EventKind, told: dict[str, object], language: str | None) -> Iterator[str]:
    for key, value in told.items():
        field = owner.field_named(key)
        if field is not None:
            name = name_in(language, Named.FIELD, key, of=owner.name)
            yield f"{name}: {_of_field(owner.name, field, value, language)}"
        elif key == "is" and isinstance(owner, Fact):
            yield _content(owner, value, language)
        elif key in _KEYS_OF_ALL:
            yield f"{_KEYS_OF_ALL[key]}: {value}"
        else:
            yield f"{key}: {_plain(value)}"


def _of_field(owner: str, field: Field, told: object, language: str | None) -> str:
    if isinstance(told, list):
        return ", ".join(_of_field(owner, field, one, language) for one in told)
    return _value(str(told), f"{owner}.{field.name}", field.shape, field.words, language)


def _value(told: str, of: str, shape: Shape, words: tuple[str, ...], language: str | None) -> str:
    if told in {*words, *SHARED_WORDS} and (told not in {YES, NO} or shape is Shape.YES_NO or told in words):
        return word_in(of, told, language)
    days = _DAYS.fullmatch(told)
    if shape is Shape.LENGTH and days is not None:
        return _("%(number)s days") % {"number": days[1]}
    return _code(told, language) if not words else told.replace("_", " ")


def _code(told: str, language: str | None) -> str:
    name = country(told, language) if _CODE.fullmatch(told) else ""
    return f"{name} ({told})" if name else told


def _plain(content: object) -> str:
    """What no page declares any more, as it was written."""
    match content:
        case dict():
            return "; ".join(f"{key}: {_plain(value)}" for key, value in content.items())
        case list():
            return ", ".join(_plain(item) for item in content)
        case _:
            return str(content)
