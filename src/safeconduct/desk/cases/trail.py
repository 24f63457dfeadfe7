"""The trail of a case: who did what, inside the case and under its internal key, each line chained to the one before.

The summary holds the number of lines and the digest of the last, so a line that is missing, changed, doubled or moved
shows, also at the end.
"""

import hashlib
import json
from datetime import datetime
from uuid import UUID

from safeconduct.desk.cases.keeping import Content, prepare, read_kinds
from safeconduct.desk.cases.values import Kind, TrailLine
from safeconduct.vault.cases import CaseKey

HEAD = "trail"
START: Content = {"count": 0, "digest": ""}
_MOST_WORDS = 600
"""Bytes; with them a line still fits the smallest size class."""


def add_line(  # noqa: PLR0913 -- the parts of a line, each by its name
    key: CaseKey, summary: Content, *, verb: str, by: UUID, about: UUID | None, at: datetime, words: str = ""
) -> None:
    """One more line, inside a transaction; the summary is changed and left to its caller to write.

    Args:
        key: The internal key of the case.
        summary: What the summary says.
        verb: What was done.
        by: Who did it.
        about: To whom or what.
        at: When, in UTC.
        words: What else it says; cut so that each line is of the smallest size class.
    """
    head = summary[HEAD]
    line = {
        "number": head["count"] + 1,
        "verb": verb,
        "by": str(by),
        "about": "" if about is None else str(about),
        "at": at.isoformat(),
        "previous": head["digest"],
    }
    if words:
        line["words"] = words.encode()[:_MOST_WORDS].decode(errors="ignore")
    prepare(key, Kind.TRAIL, line).save()
    summary[HEAD] = {"count": line["number"], "digest": digest(line)}


def digest(line: Content) -> str:
    """What the next line holds of this one."""
    return hashlib.sha256(json.dumps(line, sort_keys=True).encode()).hexdigest()


def read_trail(key: CaseKey, summary: Content) -> tuple[tuple[TrailLine, ...], bool]:
    """The lines, oldest first, and whether the trail is whole."""
    lines = sorted((content for _, content in read_kinds(key, Kind.TRAIL)), key=lambda line: int(line["number"]))
    return tuple(_shown(line) for line in lines), is_whole(lines, summary[HEAD])


def is_whole(lines: list[Content], head: Content) -> bool:
    """Whether lines in this order are all there are, unchanged."""
    previous = ""
    for number, line in enumerate(lines, start=1):
        if line["number"] != number or line["previous"] != previous:
            return False
        previous = digest(line)
    return head == {"count": len(lines), "digest": previous}


def _shown(line: Content) -> TrailLine:
    return TrailLine(
        number=line["number"],
        verb=line["verb"],
        by=UUID(line["by"]),
        about=UUID(line["about"]) if line["about"] else None,
        at=datetime.fromisoformat(line["at"]),
        words=line.get("words", ""),
    )
