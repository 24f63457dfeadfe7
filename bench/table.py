"""Figures as one table: median, least and most, the ratio to a reference of the same run, the target, the verdict."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

Rounds = Sequence[Sequence[float]]
HEAD = ("measured", "median", "least", "most", "ratio", "target", "met")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table.

    Args:
        what: What was measured.
        cells: Median, least, most, as text.
        ratio: To the reference of its group; "" for none.
        target: What we aim at; "" for none.
        met: Whether it is reached, and by how much it is missed; "" where there is no target.
    """

    what: str
    cells: tuple[str, str, str] = ("", "", "")
    ratio: str = ""
    target: str = ""
    met: str = ""


def heading(text: str) -> Row:
    """A line that begins a group."""
    return Row(what=f"**{text}**")


@dataclass(frozen=True, slots=True, kw_only=True)
class Aims:
    """Targets: what the median and the ratio are at most; 0 for no target."""

    median: float = 0
    ratio: float = 0


NONE = Aims()


def figures(what: str, found: Rounds, unit: str, *, against: Rounds = (), aims: Aims = NONE) -> Row:
    """A line of measured numbers.

    Args:
        what: What was measured.
        found: The numbers of each round.
        unit: Their unit.
        against: The same for the reference of the group; empty for none. The ratio is the median of the ratios of the
            rounds: a busy minute hits both sides of a round.
        aims: The targets.
    """
    everything = [number for numbers in found for number in numbers]
    median = statistics.median(everything)
    pairs = zip(found, against, strict=True) if against else ()
    ratios = [statistics.median(one) / statistics.median(other) for one, other in pairs]
    ratio = statistics.median(ratios) if ratios else 0
    targets, verdicts = [], []
    if aims.median:
        targets.append(f"<= {aims.median:g} {unit}")
        verdicts.append(_verdict(median / aims.median))
    if aims.ratio:
        targets.append(f"<= {aims.ratio:g} x")
        verdicts.append(_verdict(ratio / aims.ratio))
    return Row(
        what=what,
        cells=(f"{_short(median)} {unit}", _short(min(everything)), _short(max(everything))),
        ratio=f"{_short(ratio)} x" if against else "",
        target=" and ".join(targets),
        met="; ".join(dict.fromkeys(verdicts)),
    )


def _verdict(part: float) -> str:
    return "yes" if part <= 1 else f"no, {part:.2f} times the target"


def _short(number: float) -> str:
    if number >= 100:  # noqa: PLR2004 -- three digits say enough
        return f"{number:,.0f}"
    return f"{number:.3g}"


def markdown(rows: Sequence[Row]) -> str:
    """The table."""
    lines = [HEAD, tuple("---" for _ in HEAD)]
    lines += [(row.what, *row.cells, row.ratio, row.target, row.met) for row in rows]
    widths = [max(len(line[index]) for line in lines) for index in range(len(HEAD))]
    filled = [
        tuple("-" * width if cell == "---" else cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        for line in lines
    ]
    return "\n".join("| " + " | ".join(line) + " |" for line in filled)
