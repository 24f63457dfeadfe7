"""Ages in whole years as a column to group by, told from dates of birth by limits alone."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import narwhals.stable.v2 as nw

from safeconduct.population.columns import FROM, TO
from safeconduct.population.conditions import Compared, Condition, How, all_of, expression
from safeconduct.values.days import Rounding, shift

AGE = "age"
UNTOLD = "unknown"
"""An age that the date of birth leaves open: no date, or one that is told only roughly and a birthday in between."""
_BIRTH = "birth_date"
_YOUNGEST, _OLDEST = 16, 65
UNDER, OVER = f"under {_YOUNGEST}", f"over {_OLDEST}"
_MONTHS = 12


def can_tell_ages(names: Iterable[str]) -> bool:
    """Whether a frame has dates of birth."""
    return {_BIRTH} <= set(names) or {_BIRTH + FROM, _BIRTH + TO} <= set(names)


def with_ages(frame: nw.LazyFrame[Any], on: int) -> nw.LazyFrame[Any]:
    """The frame with the age of each person on a day, in years completed, as text.

    Args:
        frame: People with dates of birth.
        on: The day, as ordinal. An age is reached at the start of the birthday.
    """
    exact = _BIRTH in frame.collect_schema().names()
    first, last = (_BIRTH, _BIRTH) if exact else (_BIRTH + FROM, _BIRTH + TO)

    def born(after: int | None, until: int | None) -> Condition:
        parts: list[Condition] = []
        if after is not None:
            parts.append(Compared(column=first, how=How.AT_LEAST, value=date.fromordinal(after + 1)))
        if until is not None:
            parts.append(Compared(column=last, how=How.AT_MOST, value=date.fromordinal(until)))
        return all_of(parts)

    limits = {years: shift(on, -_MONTHS * years, 0, Rounding.CLIP) for years in range(_YOUNGEST, _OLDEST + 2)}
    found = nw.lit(UNTOLD)
    cases = [
        (UNDER, born(limits[_YOUNGEST], None)),
        (OVER, born(None, limits[_OLDEST + 1])),
    ]
    cases += [(str(years), born(limits[years + 1], limits[years])) for years in range(_YOUNGEST, _OLDEST + 1)]
    for told, condition in cases:
        found = nw.when(expression(condition)).then(nw.lit(told)).otherwise(found)
    return frame.with_columns(found.alias(AGE))
