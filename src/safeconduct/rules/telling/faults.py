"""Faults of a situation file: their codes, how one is made, and how several are gathered."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from enum import Enum
from typing import TypeVar

from safeconduct.values.errors import Place, SituationError

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST_FAULTS = 100
"""After so many faults the rest of a file is not looked at."""

_MEANT = {"true": "yes", "false": "no", "y": "yes", "n": "no", "null": "unknown", "~": "unknown", "?": "unknown"}


class Code(Enum):
    """The stable codes; docs/reference/errors-situation.md explains each."""

    TOO_LARGE = "SIT001"
    NOT_TEXT = "SIT002"
    CONTROL_CHARACTER = "SIT003"
    EMPTY_FILE = "SIT004"
    NOT_WELL_FORMED = "SIT005"
    ALIAS = "SIT006"
    TAG = "SIT007"
    SEVERAL_DOCUMENTS = "SIT008"
    TOO_DEEP = "SIT009"
    KEY_TWICE = "SIT010"
    NOT_A_MAPPING = "SIT011"
    UNKNOWN_SECTION = "SIT012"
    WRONG_FORM = "SIT013"
    NOTHING_WRITTEN = "SIT014"
    WITHOUT_VALUE = "SIT015"
    TOO_LONG = "SIT016"
    UNKNOWN_FACT = "SIT020"
    UNKNOWN_EVENT = "SIT021"
    UNKNOWN_FIELD = "SIT022"
    UNKNOWN_WORD = "SIT023"
    NOT_A_CODE = "SIT024"
    NOT_A_NUMBER = "SIT025"
    NOT_A_LENGTH = "SIT026"
    CANNOT_BE_ABSENT = "SIT027"
    WORD_TWICE = "SIT028"
    NOT_A_DAY = "SIT030"
    NO_SUCH_DAY = "SIT031"
    OUTSIDE_CALENDAR = "SIT032"
    ENDS_BEFORE_IT_BEGINS = "SIT033"
    NOT_AN_AGE = "SIT034"
    DOES_NOT_CHANGE = "SIT040"
    DAYS_MISSING = "SIT041"
    UNTIL_BEFORE_FROM = "SIT042"
    PERIODS_OVERLAP = "SIT043"
    NO_EVENT_NAMED = "SIT050"
    NOT_HERE = "SIT051"
    HAPPENED_AND_DID_NOT = "SIT052"
    ORDER_IMPOSSIBLE = "SIT053"
    AGE_CONTRADICTS = "SIT054"
    FACTS_CONTRADICT = "SIT055"
    FACT_CONTRADICTS_EVENT = "SIT056"


def fault(  # noqa: PLR0913 -- one argument for each part of the error
    code: Code, place: Place, message: str, remedy: str, *, offending: str = "", nearest: str = ""
) -> SituationError:
    """An error with a code of ours; `offending` and `nearest` stay out of its text."""
    return SituationError(message, remedy=remedy, place=place, code=code.value, offending=offending, nearest=nearest)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or ""."""
    by_folded = {each.casefold(): each for each in known}
    folded = word.casefold().replace(" ", "_")
    if _MEANT.get(folded) in by_folded.values():
        return _MEANT[folded]
    close = get_close_matches(folded, by_folded, n=1, cutoff=0.7)
    return by_folded[close[0]] if close else ""


def gather(read: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    """`read` of every item; the faults of all of them in one error.

    Args:
        read: Reads one item.
        items: The items.
    Returns:
        The results, in order.
    Raises:
        SituationError: The fault that stands first in the file, with the rest in `others`.
    """
    results: list[Result] = []
    faults: list[SituationError] = []
    for item in items:
        try:
            results.append(read(item))
        except SituationError as error:
            faults += (error, *error.others)
            error.others = ()
        if len(faults) >= MOST_FAULTS:
            break
    refuse(faults)
    return results


def refuse(faults: list[SituationError]) -> None:
    """Raise all of them as one, if there are any; the first in the file carries the others."""
    if not faults:
        return
    first, *rest = sorted(faults, key=_position)
    first.others = tuple(rest)
    raise first


def _position(error: SituationError) -> tuple[int, int]:
    return (error.place.line, error.place.column) if error.place is not None else (0, 0)
