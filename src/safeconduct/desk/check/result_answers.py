"""What a person told, as lines to read: names, words, countries and days in the language of the page.

Called while that language is active. It is what *continue* would send, and what stands on paper: nothing is left out.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from safeconduct.desk.check.places import country_name
from safeconduct.desk.check.spoken import said
from safeconduct.packs.naming import Named, name_in
from safeconduct.rules.asking import AGAIN
from safeconduct.rules.telling.draft import Draft
from safeconduct.rules.telling.reading import COMPLETE, NOT_HAPPENED

_CODE = re.compile(r"[A-Z]{2}")
_NOT_TOLD = frozenset({"event", "on", "assumed"})


def answer_lines(draft: Draft, *, language: str) -> tuple[str, ...]:
    """What was told, a line for each fact and event.

    Args:
        draft: What was told.
        language: The language that is active.
    """
    return tuple(_lines(draft, _Names(language)))


def _lines(draft: Draft, names: "_Names") -> Iterator[str]:
    for fact, value in draft.person.items():
        yield _pair(names.fact(fact), names.value(value, of=fact))
    for event in draft.history:
        yield names.event(event)
    for part, head in ((NOT_HAPPENED, _("Did not happen")), (COMPLETE, _("Nothing more of this happened"))):
        told = [names.closed(one) for one in draft.others.get(part, [])]
        if told:
            yield _pair(head, "; ".join(told))


def _pair(name: str, value: str) -> str:
    return f"{name[:1].upper()}{name[1:]}: {value}"


class _Names:
    """Names in one language."""

    def __init__(self, language: str) -> None:
        self._language = language

    def fact(self, name: str) -> str:
        return name_in(self._language, Named.FACT, name)

    def value(self, value: Any, *, of: str) -> str:  # noqa: ANN401 -- text, a list or a record
        """A value as a situation file writes it."""
        match value:
            case {"is": one}:
                return self.value(one, of=of)
            case dict():
                parts = (
                    f"{name_in(self._language, Named.FIELD, name, of=of)}: {self.value(one, of=f'{of}.{name}')}"
                    for name, one in value.items()
                )
                return "; ".join(parts)
            case list() | tuple():
                return "; ".join(self.value(one, of=of) for one in value) or _("none")
            case _:
                return self._text(str(value), of)

    def event(self, event: dict[str, Any]) -> str:
        """An event, its day, and what else was told of it."""
        kind = str(event["event"])
        days = self._text(str(event["on"]), kind) if event.get("on") else _("day not told")
        others = {name: value for name, value in event.items() if name not in _NOT_TOLD}
        told = [days, *([self.value(others, of=kind)] if others else [])]
        return _pair(name_in(self._language, Named.EVENT, kind), "; ".join(told))

    def closed(self, told: Any) -> str:  # noqa: ANN401 -- a name, or a record
        """A kind of event of which none, or no more, happened."""
        text = (
            " ".join(str(part) for name, part in told.items() if name != "assumed") if isinstance(told, dict) else told
        )
        kind, *where = str(text).removesuffix(AGAIN).split()
        words = (self._text(word, kind) for word in where)
        return " ".join((name_in(self._language, Named.EVENT, kind), *words))

    def _word(self, word: str, of: str) -> str:
        return name_in(self._language, Named.WORD, word, of=of)

    def _text(self, text: str, of: str) -> str:
        """A word, the code of a country, or days."""
        if _CODE.fullmatch(text):
            return country_name(text, self._language)
        days = said(text, self._language)
        return self._word(text, of) if days == text else days
