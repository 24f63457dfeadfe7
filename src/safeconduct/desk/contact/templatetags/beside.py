"""A warning in the reader's language, with the English beside it until a speaker has checked the translation."""

from pathlib import Path

from django import template
from django.utils.translation import get_language, gettext, override

from safeconduct.desk.contact.catalogues import is_checked

register = template.Library()
DESK = Path(__file__).resolve().parents[2]


@register.inclusion_tag("look/warning.html")
def warning(message: str, kind: str = "", **values: object) -> dict[str, str]:
    """A warning.

    Args:
        message: What it says, as it stands in the catalogues.
        kind: "calm" for what is only to be known, "line" inside a list; nothing for what a person must not miss.
        values: What stands in it by name, if anything.
    """
    text = _filled(gettext(message), values)
    with override("en"):
        english = _filled(gettext(message), values)
    return {"text": text, "english": "" if translation_is_checked() else english, "kind": kind}


def _filled(text: str, values: dict[str, object]) -> str:
    return text % values if values else text


@register.simple_tag
def translation_is_checked() -> bool:
    """Whether a speaker has checked the language of this page."""
    return is_checked(get_language() or "en", DESK)
