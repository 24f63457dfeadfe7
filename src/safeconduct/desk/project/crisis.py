"""Where somebody in a crisis can turn: told by the organisation, and shown only while it was checked lately."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from safeconduct.values.errors import SafeconductError

CHECKED_LASTS = timedelta(days=180)
_LANGUAGES = ("en", "ru", "uk", "kk")


class CrisisError(SafeconductError):
    """A contact for a crisis in the settings cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisContact:
    """A number or an address for somebody in a crisis.

    Args:
        text: Who answers there, by language; "en" is shown where a language has none.
        contact: The number or address, as it is shown.
        checked: The day on which somebody of the organisation tried it.
    """

    text: Mapping[str, str]
    contact: str
    checked: date

    def said(self, language: str) -> str:
        """Who answers there, in a language."""
        return self.text.get(language) or self.text["en"]

    def is_current(self, on: date) -> bool:
        """Whether it was checked within 180 days before a day, that day included."""
        return timedelta(0) <= on - self.checked <= CHECKED_LASTS


def crisis_contacts(told: object) -> tuple[CrisisContact, ...]:
    """The contacts of the setting `crisis`.

    Args:
        told: What desk.toml says: a list of tables with `contact`, `checked` (a day) and `text` (by language).
    Raises:
        CrisisError: If it says something else.
    """
    if not isinstance(told, list):
        raise _unreadable()
    return tuple(_contact(one) for one in told)


def _contact(told: object) -> CrisisContact:
    match told:
        case {"contact": str(contact), "checked": checked, "text": dict(text), **others}:
            known = set(text) <= set(_LANGUAGES) and all(isinstance(one, str) for one in text.values())
            # A moment is a day, too, for Python; the settings tell a day.
            if known and text.get("en") and type(checked) is date and not others:
                return CrisisContact(text=text, contact=contact, checked=checked)
        case _:
            pass
    raise _unreadable()


def _unreadable() -> CrisisError:
    return CrisisError(
        "crisis in desk.toml cannot be read",
        remedy='write [[crisis]] with contact = "...", checked = 2026-11-22 and text = { en = "...", ru = "..." }',
    )
