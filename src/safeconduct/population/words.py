"""What charts and reports about many people say, in English and Russian."""

from collections.abc import Mapping

from safeconduct.population import words_en, words_ru

LANGUAGES = ("en", "ru")
_TEXTS: Mapping[str, Mapping[str, str]] = {"en": words_en.TEXTS, "ru": words_ru.TEXTS}


def say(language: str, name: str, **values: object) -> str:
    """A text with its values filled in.

    Args:
        language: One of LANGUAGES.
        name: Its name.
        values: What stands in its braces; numbers are written by the caller.
    """
    return _TEXTS[language][name].format(**values)


def number(language: str, value: float, *, digits: int = 0) -> str:
    """A number with so many decimals, thousands apart, as the language writes it."""
    text = f"{value:,.{digits}f}"
    if language == "ru":
        # No-break spaces: a number must not be cut at the end of a line.
        return text.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
    return text
