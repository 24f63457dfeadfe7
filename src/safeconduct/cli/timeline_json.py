"""A timeline as the JSON of docs/reference/timeline.md: the same keys in the same order for every answer."""

from datetime import date
from typing import Any

from safeconduct.rules.timeline import Timeline

Json = dict[str, Any]


def timeline_json(found: Timeline) -> Json:
    """A timeline, ready for `json.dumps`."""
    return {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "receipt": {"corpus": found.receipt.corpus, "engine": found.receipt.engine},
        "warnings": list(found.warnings),
        "findings": [
            {
                "id": lane.id,
                "kind": lane.kind.value,
                "title": lane.title,
                "segments": [
                    {
                        "from": one.first.isoformat(),
                        "to": one.last.isoformat(),
                        "answer": one.answer.value,
                        "because": one.because,
                    }
                    for one in lane.segments
                ],
            }
            for lane in found.lanes
        ],
        "days": [
            {
                "kind": mark.kind.value,
                "earliest": _day(mark.earliest),
                "latest": _day(mark.latest),
                "id": mark.id,
                "text": mark.text,
                "act": mark.act,
                "act_by": _day(mark.act_by),
            }
            for mark in found.marks
        ],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
