"""How many people of each group a provision reaches: counts only, and small ones withheld."""

import csv
import io
from dataclasses import dataclass
from typing import Any

import narwhals.stable.v2 as nw

from safeconduct.population.columns import Answered, Columns, Side
from safeconduct.population.engines import kinds_of, rows_of
from safeconduct.population.frame_law import FrameLaw

LEAST = 10
"""Cells under this are withheld."""
ANSWERS = ("yes", "no", "unknown", "disputed")
WITHHELD = "withheld"
_TOTAL = "safeconduct__people"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """One provision in one group.

    Args:
        group: The values of the columns grouped by, as text; empty if there are none.
        id: The provision.
        cells: People by answer, in the order of ANSWERS; None where a cell is withheld.
    """

    group: tuple[str, ...]
    id: str
    cells: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """All counts of a frame.

    Args:
        by: The columns grouped by.
        counts: By group and provision, in their order.
        inexact: Provisions whose *unknown* may still be certain for some.
    """

    by: tuple[str, ...]
    counts: tuple[Counts, ...]
    inexact: tuple[str, ...]


def assessed(frame: nw.LazyFrame[Any], law: FrameLaw, names: tuple[str, ...], by: tuple[str, ...]) -> Assessment:
    """Count answers by group.

    Args:
        frame: People, already checked.
        law: The law on the day asked.
        names: Ids of provisions that columns can answer.
        by: Columns to group by; none for all people together.
    """
    columns = Columns(kinds_of(frame), law.on)
    answers = [columns.answered(law.law(name)) for name in names]
    marks = {key: one for at, answer in enumerate(answers) for key, one in _marks(at, answer).items()}
    marked = frame.with_columns(**{_TOTAL: nw.lit(1)}, **marks).select(*by, _TOTAL, *marks)
    sums = [nw.col(name).sum() for name in (_TOTAL, *marks)]
    rows = rows_of(marked.group_by(*by).agg(*sums) if by else marked.select(*sums))
    found = []
    for row in sorted(rows, key=lambda row: tuple(map(str, row[: len(by)]))):
        group = tuple("" if value is None else str(value) for value in row[: len(by)])
        total, *numbers = (value or 0 for value in row[len(by) :])
        counted = dict(zip(marks, numbers, strict=True))
        for at, answer in enumerate(answers):
            yes, no, disputed = (counted[f"safeconduct__{at}_{side}"] for side in ("yes", "no", "disputed"))
            cells = (yes, no, total - yes - no - disputed, disputed)
            found.append(Counts(group=group, id=answer.id, cells=withheld(cells, empty=_empty(answer))))
    return Assessment(by=by, counts=tuple(found), inexact=tuple(one.id for one in answers if not one.exact))


def _marks(at: int, answer: Answered) -> dict[str, nw.Expr]:
    sides = {"yes": answer.sides.yes, "no": answer.sides.no, "disputed": answer.disputed}
    return {f"safeconduct__{at}_{name}": _one(side) for name, side in sides.items()}


def _one(side: Side) -> nw.Expr:
    if isinstance(side, bool):
        return nw.lit(int(side))
    return nw.when(side).then(nw.lit(1)).otherwise(nw.lit(0))


def _empty(answer: Answered) -> frozenset[int]:
    """Answers that nobody can have by the law alone: that a cell is empty tells nothing of the people."""
    sides = {"yes": answer.sides.yes, "no": answer.sides.no, "disputed": answer.disputed}
    return frozenset(ANSWERS.index(name) for name, side in sides.items() if side is False)


def withheld(cells: tuple[int, ...], *, empty: frozenset[int] = frozenset()) -> tuple[int | None, ...]:
    """The cells that may be published.

    A cell under LEAST is withheld, an empty one too, for a group in which everybody is liable would mark each of its
    people. What is withheld must together be LEAST or more, else the rest of a total that is known elsewhere would give
    it away: then the next smallest cell goes as well. Only where everybody's answer is *no* does the row stand whole.

    Args:
        cells: People by answer, in the order of ANSWERS.
        empty: Cells that are empty by the law alone, and stand.
    """
    no = cells[ANSWERS.index("no")]
    if no >= LEAST and no == sum(cells):
        return cells
    hidden = {at for at, count in enumerate(cells) if count < LEAST and at not in empty}
    shown = sorted((at for at in range(len(cells)) if at not in hidden | empty), key=lambda at: cells[at])
    for at in shown:
        if not hidden or sum(cells[one] for one in hidden) >= LEAST:
            break
        hidden.add(at)
    return tuple(None if at in hidden else count for at, count in enumerate(cells))


def assessment_csv(found: Assessment) -> str:
    """A tidy table with HXL tags: one row for each group, provision and answer; withheld cells say so."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*found.by, "provision", "answer", "people"])
    writer.writerow([*(f"#group+{name.casefold()}" for name in found.by), "#law+id", "#indicator+answer", "#affected"])
    for one in found.counts:
        for answer, cell in zip(ANSWERS, one.cells, strict=True):
            writer.writerow([*one.group, one.id, answer, WITHHELD if cell is None else cell])
    return text.getvalue()


def assessment_lines(found: Assessment) -> list[str]:
    """A table for a terminal."""
    head = [*found.by, "provision", *ANSWERS]
    rows = [
        head,
        *(
            [*one.group, one.id, *(WITHHELD if cell is None else f"{cell:,}" for cell in one.cells)]
            for one in found.counts
        ),
    ]
    widths = [max(len(row[at]) for row in rows) for at in range(len(head))]
    names = len(found.by) + 1
    return [
        "  ".join(
            cell.ljust(width) if at < names else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
