"""Countries by their names: those that the law pages are about to choose from, all others to be written."""

from collections.abc import Iterable
from functools import cache

from babel import Locale

LANGUAGES = ("en", "ru", "uk", "kk")
NEAR = (
    "RU", "UA", "KZ", "BY", "AM", "GE", "KG", "UZ", "TJ", "AZ", "MD", "MN", "TR", "RS", "ME", "AE", "IL", "DE", "FR",
    "FI", "LT", "LV", "EE", "PL",
)  # fmt: skip
"""Countries that are offered by name; every other one can be written."""
_CODE_LENGTH = 2


@cache
def _names(language: str) -> dict[str, str]:
    territories = Locale.parse(language if language in LANGUAGES else "en").territories
    return {code: name for code, name in territories.items() if len(code) == _CODE_LENGTH and code.isalpha()}


@cache
def _codes() -> dict[str, str]:
    """Codes by names in all four languages, and by themselves."""
    found = {name.casefold(): code for language in LANGUAGES for code, name in _names(language).items()}
    return {**found, **{code.casefold(): code for code in _names("en")}}


def country_name(code: str, language: str | None) -> str:
    """The name of a country.

    Args:
        code: Two letters.
        language: Two letters; None for English.
    Returns:
        The code itself where it has no name.
    """
    return _names(language or "en").get(code, code)


def near(language: str | None) -> tuple[tuple[str, str], ...]:
    """Codes and names of the countries that are offered."""
    return tuple((code, country_name(code, language)) for code in NEAR)


def country_code(written: str) -> str | None:
    """The code of a country that somebody wrote, in one of the four languages or as a code; None if it is none."""
    return _codes().get(" ".join(written.split()).casefold())


def country_codes(written: str) -> tuple[str, ...] | None:
    """The codes of countries with commas between; None if one of them is none."""
    codes = [country_code(part) for part in written.split(",") if part.strip()]
    return None if None in codes else tuple(_known(codes))


def _known(codes: Iterable[str | None]) -> Iterable[str]:
    return (code for code in codes if code is not None)
