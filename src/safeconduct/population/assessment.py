"""How many people of each group a provision reaches: counts only, and small ones withheld."""

from typing import Any

import narwhals.stable.v2 as nw

from safeconduct.population.columns import Answered, Columns
from safeconduct.population.counting import Progress, counted, nobody_told
from safeconduct.population.engines import kinds_of
from safeconduct.population.frame_law import FrameLaw
from safeconduct.population.grouped import Counts, Grouped, withheld

ANSWERS = ("yes", "no", "unknown", "disputed")
_NO = ANSWERS.index("no")


def assessed(
    frame: nw.LazyFrame[Any] | tuple[nw.LazyFrame[Any], ...],
    law: FrameLaw,
    names: tuple[str, ...],
    by: tuple[str, ...],
    *,
    progress: Progress = nobody_told,
) -> Grouped:
    """Count answers by group.

    Args:
        frame: People, already checked; in one frame or several alike.
        law: The law on the day asked.
        names: Ids of provisions that columns can answer.
        by: Columns to group by; none for all people together.
        progress: Told how many people have been counted.
    """
    parts = frame if isinstance(frame, tuple) else (frame,)
    columns = Columns(kinds_of(parts[0]), law.on)
    answers = [columns.answered(law.law(name)) for name in names]
    conditions = [side for one in answers for side in (one.sides.yes, one.sides.no, one.disputed)]
    found = []
    for group in counted(parts, conditions, by, progress=progress):
        for at, answer in enumerate(answers):
            yes, no, disputed = group.counts[3 * at : 3 * at + 3]
            cells = withheld(
                (yes, no, group.people - yes - no - disputed, disputed), harmless=_NO, empty=_empty(answer)
            )
            found.append(Counts(group=group.values, id=answer.id, cells=cells))
    inexact = tuple(one.id for one in answers if not one.exact)
    return Grouped(by=by, answers=ANSWERS, counts=tuple(found), inexact=inexact)


def _empty(answer: Answered) -> frozenset[int]:
    """Answers that nobody can have by the law alone: that a cell is empty tells nothing of the people."""
    sides = {"yes": answer.sides.yes, "no": answer.sides.no, "disputed": answer.disputed}
    return frozenset(ANSWERS.index(name) for name, side in sides.items() if side is False)
