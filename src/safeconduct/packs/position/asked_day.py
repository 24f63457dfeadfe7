"""The day for which an answer is asked: written in one way, in the years that the engine knows."""

import re
from datetime import date

from safeconduct.values.days import FIRST_DAY, LAST_DAY
from safeconduct.values.errors import Place, QuestionError

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day_from(text: str, *, place: Place) -> date:
    """The day asked.

    Args:
        text: What was written.
        place: Where it was written.
    Raises:
        QuestionError: If it is not a day of the calendar, written YYYY-MM-DD, in the years that the engine knows.
    """
    if _ISO.fullmatch(text) is None:
        raise QuestionError(
            "the day is not written as YYYY-MM-DD", remedy="write it like 2023-12-12", place=place, code="DAY01"
        )
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise QuestionError(
            "there is no such day in the calendar", remedy="check the month and the day", place=place, code="DAY02"
        ) from None
    if not FIRST_DAY <= day.toordinal() <= LAST_DAY:
        first, last = date.fromordinal(FIRST_DAY).year, date.fromordinal(LAST_DAY).year
        raise QuestionError(
            "the engine does not know that year", remedy=f"name a day in {first} to {last}", place=place, code="DAY03"
        )
    return day
