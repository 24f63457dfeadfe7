"""Nine words for a number: eight that say it in base 1,024, and one that checks the others.

The check word is that of a Reed-Solomon code over the field of 1,024 elements (x^10 + x^3 + 1): word i counts times
a^i, the check word times a^0, and the sum must be nothing. So every single wrong word is caught, and every swap of two
words, neighbours or not. The two check digits of the number are not spelled: they follow from it.
"""

import re
import unicodedata
from enum import Enum
from functools import reduce
from operator import xor

from safeconduct.values.secret import Secret
from safeconduct.vault.errors import CodeError
from safeconduct.vault.words_en import WORDS as ENGLISH
from safeconduct.vault.words_ru import WORDS as RUSSIAN

NUMBER_WORDS = 8
ALL_WORDS = NUMBER_WORDS + 1
_BITS = 10
_LIST_LENGTH = 1 << _BITS
_FIELD = 0b100_0000_1001
_LETTERS = re.compile(r"[^\W\d_]+")


class Language(Enum):
    """A language we have a list of words for. The digits serve every other."""

    ENGLISH = "en"
    RUSSIAN = "ru"


_WORDS = {Language.ENGLISH: ENGLISH, Language.RUSSIAN: RUSSIAN}
_PLACES = {language: {word: place for place, word in enumerate(words)} for language, words in _WORDS.items()}


def spell(number: Secret[int], language: Language) -> Secret[str]:
    """The nine words of a number below 2**80, with spaces between."""
    places = [number.reveal() >> (_BITS * step) & (_LIST_LENGTH - 1) for step in reversed(range(NUMBER_WORDS))]
    return Secret(" ".join(_WORDS[language][place] for place in [*places, _check(places)]))


def read_words(typed: Secret[str]) -> Secret[int]:
    """The number that nine words say.

    Args:
        typed: The words in any case, ё written as е or not, anything but letters between them.
    Raises:
        CodeError: If words are missing or too many, if one is in no list, or if the check word does not fit.
    """
    words = Secret(_LETTERS.findall(_plain(typed.reveal())))
    if len(words.reveal()) != ALL_WORDS:
        raise CodeError(
            f"{len(words.reveal())} words were typed and {ALL_WORDS} are needed",
            remedy="compare the words one by one with what was written down",
        )
    places = _places(words)
    if _check(places.reveal()[:NUMBER_WORDS]) != places.reveal()[NUMBER_WORDS]:
        raise CodeError(
            "a word is wrong, or two changed places",
            remedy="compare the words one by one with what was written down",
        )
    return Secret(reduce(lambda number, place: number << _BITS | place, places.reveal()[:NUMBER_WORDS]))


def _places(words: Secret[list[str]]) -> Secret[list[int]]:
    # The language is the one that knows most of the words, so that one slip does not make all others unknown.
    best = max(_PLACES.values(), key=lambda known: sum(word in known for word in words.reveal()))
    unknown = [str(position) for position, word in enumerate(words.reveal(), start=1) if word not in best]
    if unknown:
        raise CodeError(
            f"not in the list of words: number {', '.join(unknown)}",
            remedy="compare these words letter by letter; all nine are from one list, English or Russian",
        )
    return Secret([best[word] for word in words.reveal()])


def _plain(text: str) -> str:
    # Composed first, so that й stays a letter of its own while accents and invisible signs inside a word go.
    composed = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return "".join(sign for sign in composed if unicodedata.category(sign) not in {"Mn", "Cf"})


def _check(places: list[int]) -> int:
    return reduce(xor, (_times(place, step) for step, place in enumerate(places, start=1)))


def _times(element: int, power: int) -> int:
    """The element times a**power in the field: so many shifts, each brought back below 1,024."""
    for _ in range(power):
        element <<= 1
        if element & _LIST_LENGTH:
            element ^= _FIELD
    return element
