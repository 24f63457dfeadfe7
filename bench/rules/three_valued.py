"""The three rules by hand, three-valued and with ranges, for one person: what ours is held against.

Written for speed, as somebody would who wants no engine: limits are worked out once for a day, a range is two ordinals,
a set of categories is a bit mask, and each rule says first when it certainly fails, then when it certainly holds.
"""

from collections.abc import Callable
from datetime import date

UNFIT = 0b10100  # V and D among A, B, V, G, D
ANYTHING_ELSE = 0b01011
Answer = bool | None


def years_before(on: date, years: int) -> date:
    """The same day so many years earlier; 28 February where there is no 29th."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)


def rules(on: date) -> Callable[..., tuple[Answer, Answer, Answer]]:
    """The three rules on one day."""
    upper = 30 if on >= date(2024, 1, 1) else 27
    born_from, born_until = years_before(on, upper).toordinal() + 1, years_before(on, 18).toordinal()
    asked = on.toordinal()
    long_ago = asked - 20

    def evaluate(
        citizen: Answer,
        male: Answer,
        born_first: int,
        born_last: int,
        in_reserve: Answer,
        student: Answer,
        fitness: int,
        served: Answer,
        served_first: int,
        served_last: int,
        reported: Answer,
        reported_first: int,
        reported_last: int,
    ) -> tuple[Answer, Answer, Answer]:
        liable: Answer
        if (
            citizen is False
            or male is False
            or born_last < born_from
            or born_first > born_until
            or in_reserve
            or student
            or not fitness & ANYTHING_ELSE
        ):
            liable = False
        elif (
            citizen
            and male
            and born_first >= born_from
            and born_last <= born_until
            and in_reserve is False
            and student is False
            and not fitness & UNFIT
        ):
            liable = True
        else:
            liable = None
        has_reported: Answer
        if reported is False or reported_first > asked:
            has_reported = False
        elif reported and reported_last <= asked:
            has_reported = True
        else:
            has_reported = None
        if has_reported or served is False:
            return liable, False, False
        sure = served and has_reported is False
        exit_ban = False if served_first > asked else True if sure and served_last <= asked else None
        full = False if served_first > long_ago else True if sure and served_last <= long_ago else None
        return liable, exit_ban, full

    return evaluate
