"""A timeline as an iCalendar file that says nothing about anybody: days without a title, place or description.

Source: RFC 5545. The product id is neutral, the ids are random, and the stamp of each entry is its own day, so that no
file tells when it was made.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from safeconduct.cli import timeline_wording as wording
from safeconduct.rules.marks import MarkKind
from safeconduct.rules.timeline import Timeline

PRODUCT = "-//calendar//EN"
_FOLD_AT = 74
_KEPT = (MarkKind.DEADLINE, MarkKind.STAY)


def calendar(found: Timeline, *, detail: bool, new_id: Callable[[], str]) -> str:
    """The days on which an answer changes, a deadline or a stay ends: of an inexact end the earliest day.

    Args:
        found: The timeline.
        detail: Whether entries say what happens; the person at the terminal was asked.
        new_id: Gives a random id at every call.
    Returns:
        The text of the file; its lines end as the standard asks.
    """
    days = sorted(_days(found)) if detail else sorted({(day, "") for day, _ in _days(found)})
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}"]
    for day, text in days:
        lines += _entry(day, text, new_id())
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _days(found: Timeline) -> Iterator[tuple[date, str]]:
    for mark in found.marks:
        day = mark.act_by or mark.earliest
        if mark.kind in _KEPT and day is not None and found.first <= day <= found.last:
            yield day, wording.mark_line(mark)
    for lane in found.lanes:
        for before, after in pairwise(lane.segments):
            yield after.first, wording.change_line(lane, before, after)


def _entry(day: date, text: str, name: str) -> list[str]:
    after = day + timedelta(days=1)
    return [
        "BEGIN:VEVENT",
        f"UID:{name}",
        f"DTSTAMP:{day:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{after:%Y%m%d}",
        *([f"SUMMARY:{_escaped(text)}"] if text else []),
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, the further ones after a space; no letter is cut in two."""
    piece = ""
    for sign in line:
        if len((piece + sign).encode()) > _FOLD_AT:
            yield piece
            piece = " "
        piece += sign
    yield piece
