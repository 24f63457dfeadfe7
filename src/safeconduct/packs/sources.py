"""Citations: the tail of a line, `source 53-FZ art. 22(1) [S06, S06c] confidence A`, and the blocks of sources."""

import re
from dataclasses import dataclass

from safeconduct.packs.blocks import Line
from safeconduct.values.citation import UNVERIFIED, Citation, Confidence, Source
from safeconduct.values.errors import Fault, Place

# Matched from the right: a tail is one line that anybody may write, and no expression may take long over it.
_CONFIDENCE = re.compile(r" confidence (?P<confidence>[ABC])$")
_BACKGROUND = re.compile(r" background$")
_MARKS = re.compile(r"\[(?P<marks>[^\[\]]*)\]$")
_ARTICLE = re.compile(r"\b(art|arts|par|pars|point|note|section|decree|rule)\b")
_SOURCE = re.compile(r'^(?P<mark>[A-Za-z0-9]+)\s+(?P<url>https?://\S+|none)(?:\s+"(?P<note>[^"]*)")?$')


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The addresses behind a jurisdiction's source marks."""

    by_mark: dict[str, tuple[Source, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tail:
    seat: str
    marks: tuple[str, ...]
    background: bool
    confidence: str


def _parts(text: str) -> _Tail | None:
    """The parts of a tail; None if it is none."""
    rest = " ".join(text.split())
    confidence = _CONFIDENCE.search(rest)
    rest = rest[: confidence.start()] if confidence is not None else rest
    background = _BACKGROUND.search(rest)
    rest = rest[: background.start()] if background is not None else rest
    marks = _MARKS.search(rest)
    seat = rest[: marks.start()] if marks is not None else rest
    word, _, seat = seat.partition(" ")
    if word != "source" or "[" in seat or "]" in seat or "confidence" in seat.split():
        return None
    return _Tail(
        seat=seat.strip(),
        marks=tuple(mark.strip() for mark in marks["marks"].split(",") if mark.strip()) if marks is not None else (),
        background=background is not None,
        confidence=confidence["confidence"] if confidence is not None else "",
    )


def read_sources(lines: list[Line]) -> tuple[Marks, list[Fault]]:
    """The marks of one jurisdiction; a mark may stand on several lines, one for each address.

    Args:
        lines: Lines such as `S06 https://...` or `S84 none "stored without address"`.
    """
    found: dict[str, tuple[Source, ...]] = {}
    faults = []
    for line in lines:
        match = _SOURCE.match(line.text)
        if match is None:
            hint = 'write the mark, a space, and the address or none, then perhaps a "note"'
            faults.append(Fault(code="LAW031", place=line.place, message="this is not a source", hint=hint))
            continue
        url = None if match["url"] == "none" else match["url"]
        source = Source(mark=match["mark"], url=url, note=match["note"] or "")
        found[source.mark] = (*found.get(source.mark, ()), source)
    return Marks(by_mark=found), faults


def read_tail(text: str, *, act: str, marks: Marks, default: Citation | None, place: Place) -> Citation | Fault:
    """The citation that a tail states.

    Args:
        text: The tail, "" if the line has none.
        act: The page's act, used where the tail names only an article.
        marks: The jurisdiction's marks.
        default: What a line without a tail cites; None if it must have one.
        place: For the fault.
    Returns:
        The citation, or the fault LAW030 (no source, or an unknown mark).
    """
    if not text:
        hint = "add: source art. N [mark] confidence A"
        return default or Fault(code="LAW030", place=place, message="the line has no source", hint=hint)
    parts = _parts(text)
    if parts is None:
        hint = (
            "write: source ACT art. N [marks] confidence A, B or C; background instead of [marks] if nothing was read"
        )
        return Fault(code="LAW030", place=place, message="this is not a citation", hint=hint)
    seat = parts.seat
    article = _ARTICLE.search(seat)
    if article is None:
        named_act, where = (seat, "") if seat else (act, "")
    else:
        named_act, where = seat[: article.start()].strip() or act, seat[article.start() :].strip()
    names = parts.marks
    unknown = [mark for mark in names if mark not in marks.by_mark]
    if unknown:
        hint = "add it to the block of sources, or correct the mark"
        return Fault(code="LAW030", place=place, message=f"there is no source {unknown[0]}", hint=hint)
    if not names and not parts.background:
        hint = "add [marks], or background if nothing was read"
        return Fault(code="LAW030", place=place, message="the citation names no source", hint=hint)
    sources = tuple(source for mark in names for source in marks.by_mark[mark])
    if not sources:
        sources = (Source(mark="", url=None, note=UNVERIFIED),)
    fallback = default.confidence if default is not None else Confidence.C
    confidence = Confidence(parts.confidence) if parts.confidence else fallback
    return Citation(act=named_act, article=where, sources=sources, confidence=confidence)
