"""Pages of questions and answers as bytes. What they hold depends on the law, the day and the language alone."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.contact.answer_told import Told, told, translated
from safeconduct.packs.answers import PublicAnswer, read_answers
from safeconduct.packs.store import packaged_pages

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise
else:
    Words = object  # a text that is translated when it is shown

THEMES: dict[str, Words] = {
    "summons": _("Summons and restrictions"),
    "conscription": _("Call-up and age"),
    "mobilisation": _("Mobilisation and reserve"),
    "conscience": _("Refusal for conscience"),
    "leaving-a-unit": _("Leaving a unit"),
    "kazakhstan": _("Staying in Kazakhstan"),
    "asylum": _("Asylum"),
    "neighbours": _("Other countries"),
    "discrimination": _("Discrimination in Ukraine"),
}
"""Folders of questions in the order of the list, each with its heading."""
WHOLE = "ru"
"""The language into which all answers are translated."""
_KEPT = 512  # all pages of two days


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A page that is made.

    Args:
        content: Its bytes, UTF-8.
        mark: What changes when they do, in the quotes that a browser sends back.
        language: Of the page; "" if it is in all of them.
    """

    content: bytes
    mark: str
    language: str


def language_page(day: date) -> Made:
    """The choice of language.

    Args:
        day: Today, in UTC.
    """
    return _language_page(day)


def question_page(day: date, language: str) -> Made | None:
    """All questions by theme; None if there is no such language."""
    return _question_page(law_in_use().digest, day, language) if language in dict(settings.LANGUAGES) else None


def answer_page(day: date, language: str, number: int) -> Made | None:
    """A question with its answer; None if there is no such language or number."""
    if language not in dict(settings.LANGUAGES) or number not in all_answers():
        return None
    return _answer_page(law_in_use().digest, day, language, number)


def all_answers() -> dict[int, PublicAnswer]:
    """By number, the questions whose answers rest on provisions that the law in use has."""
    provisions = law_in_use().provisions
    return {one.number: one for one in _shipped() if all(name in provisions for name in one.named)}


@cache
def _shipped() -> tuple[PublicAnswer, ...]:
    return tuple(sorted(read_answers(packaged_pages()), key=lambda one: one.number))


@lru_cache(maxsize=2)
def _language_page(_day: date) -> Made:
    with override("en"):
        return _made("contact/answer_languages.html", {"languages": settings.LANGUAGES}, language="")


@lru_cache(maxsize=16)
def _question_page(_law: str, _day: date, language: str) -> Made:
    with override(language):
        answers = [translated(law_in_use(), one, language) for one in all_answers().values()]
        told_all: dict[str, Any] = {
            "themes": _by_theme(answers, language),
            "is_whole": all(one.speech == language for one in answers),
        }
        return _made("contact/answer_list.html", {**told_all, **_around(language)}, language=language)


def _by_theme(answers: Sequence[Told], language: str) -> list[tuple[Words, list[Told]]]:
    """Questions under their headings; first the themes of which something is in the language of the page.

    A folder without a heading of ours stands under its own name: a question is never lost.
    """
    own: dict[str, Words] = {one.theme: one.theme for one in answers if one.theme not in THEMES}
    found = [(heading, [one for one in answers if one.theme == theme]) for theme, heading in (THEMES | own).items()]
    filled = [(heading, of_theme) for heading, of_theme in found if of_theme]
    return sorted(filled, key=lambda pair: all(one.speech != language for one in pair[1]))


@lru_cache(maxsize=_KEPT)
def _answer_page(_law: str, day: date, language: str, number: int) -> Made:
    with override(language):
        shown = told(law_in_use(), all_answers()[number], language, day=day)
        return _made("contact/answer.html", {"answer": shown, **_around(language, number)}, language=language)


def _around(language: str, number: int = 0) -> dict[str, Any]:
    """What the frame of a page needs: its language and the same page in the others."""
    others = [(code, name) for code, name in settings.LANGUAGES if code != language]
    return {"speech": language, "others": others, "number": number, "whole": (WHOLE, dict(settings.LANGUAGES)[WHOLE])}


def _made(template: str, values: dict[str, Any], *, language: str) -> Made:
    content = render_to_string(template, values).encode()
    return Made(content=content, mark=f'"{hashlib.sha256(content).hexdigest()[:32]}"', language=language)
