"""A timeline as text of 80 columns: first what happens on each day, then each finding with the days of its answers."""

from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from safeconduct.cli import timeline_wording as wording
from safeconduct.cli.layout import Line, bullet, entry, heading, paragraph, subheading
from safeconduct.packs.position.wording import RECEIPT, receipt
from safeconduct.rules.timeline import Timeline

if TYPE_CHECKING:
    from datetime import date


def timeline_lines(found: Timeline) -> Iterator[Line]:
    """The lines of a timeline."""
    yield Line(text=wording.head(found.first, found.last), strong=True)
    for warning in found.warnings:
        yield from bullet(warning)
    yield from heading(wording.BY_DAY)
    yield from _by_day(found)
    yield from heading(wording.BY_FINDING)
    yield from paragraph(wording.ANSWERS)
    for kind, lanes in groupby(found.lanes, key=lambda lane: lane.kind):
        yield from subheading(wording.group(kind))
        for lane in lanes:
            yield from entry(lane.id, lane.title)
            for segment in lane.segments:
                yield from bullet(wording.segment_line(lane, segment), indent=4)
    yield from heading(RECEIPT)
    yield from paragraph(receipt(found.receipt.corpus, found.receipt.engine))


def _by_day(found: Timeline) -> Iterator[Line]:
    lines: list[tuple[date, str, str]] = [
        (max(mark.day, found.first), mark.id, wording.mark_line(mark)) for mark in found.marks
    ]
    for lane in found.lanes:
        for before, after in pairwise(lane.segments):
            lines.append((after.first, lane.id, wording.change_line(lane, before, after)))
    if not lines:
        yield from paragraph(wording.NO_DAY)
    # The order within a day is kept: first what happens, then what it changes.
    for day, group in groupby(sorted(lines, key=lambda line: line[0]), key=lambda line: line[0]):
        yield from subheading(str(day))
        for _, name, text in group:
            yield from entry(name, text, strong=False)
