"""Counts by group: what may be published of them, and how they are written."""

import csv
import io
from dataclasses import dataclass

LEAST = 10
"""Cells under this are withheld."""
WITHHELD = "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """One provision in one group.

    Args:
        group: The values of the columns grouped by, as text; empty if there are none.
        id: The provision.
        cells: People by answer, in the order of the answers; None where a cell is withheld.
    """

    group: tuple[str, ...]
    id: str
    cells: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """All counts of a frame.

    Args:
        by: The columns grouped by.
        answers: What the cells count.
        counts: By group and provision, in their order.
        inexact: Provisions whose *unknown* may still be certain for some.
    """

    by: tuple[str, ...]
    answers: tuple[str, ...]
    counts: tuple[Counts, ...]
    inexact: tuple[str, ...]


def withheld(cells: tuple[int, ...], *, harmless: int, empty: frozenset[int] = frozenset()) -> tuple[int | None, ...]:
    """The cells that may be published.

    A cell under LEAST is withheld. An empty one stands only if LEAST people or more are not reached: a group in which
    everybody is, or may be, would mark each of its people. What is withheld must together be LEAST or more, else the
    rest of a total that is known elsewhere would give it away: then the next smallest cell goes as well.

    Args:
        cells: People by answer.
        harmless: Which cell counts those whom nothing reaches.
        empty: Cells that are empty by the law alone, and stand in any case.
    """
    none = {at for at, count in enumerate(cells) if count == 0}
    standing = empty | none if cells[harmless] >= LEAST else empty
    hidden = {at for at, count in enumerate(cells) if count < LEAST and at not in standing}
    shown = sorted((at for at in range(len(cells)) if at not in hidden | standing), key=lambda at: cells[at])
    for at in shown:
        if not hidden or sum(cells[one] for one in hidden) >= LEAST:
            break
        hidden.add(at)
    return tuple(None if at in hidden else count for at, count in enumerate(cells))


def grouped_csv(found: Grouped) -> str:
    """A tidy table with HXL tags: one row for each group, provision and answer; withheld cells say so."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*found.by, "provision", "answer", "people"])
    writer.writerow([*(f"#group+{name.casefold()}" for name in found.by), "#law+id", "#indicator+answer", "#affected"])
    for one in found.counts:
        for answer, cell in zip(found.answers, one.cells, strict=True):
            writer.writerow([*one.group, one.id, answer, WITHHELD if cell is None else cell])
    return text.getvalue()


def grouped_lines(found: Grouped) -> list[str]:
    """A table for a terminal."""
    head = [*found.by, "provision", *found.answers]
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
