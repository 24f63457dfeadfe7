"""A position as the JSON of docs/reference/assess.md: the same keys in the same order for every answer.

`docs/reference/assess.schema.json` describes the result; a test holds both together. The words come from `wording`.
"""

from datetime import date
from typing import Any

from safeconduct.packs.position.day_wording import deadline_first
from safeconduct.packs.position.sorting import cautions_in_order
from safeconduct.packs.position.wording import NO_ADDRESS, assumption
from safeconduct.rules.finding import (
    Change,
    DayRange,
    DeadlineFound,
    Finding,
    PenaltyFound,
    Position,
    Question,
    Reason,
    StayFound,
)
from safeconduct.values.citation import UNVERIFIED, Citation

Json = dict[str, Any]


def position_json(position: Position, *, everything: bool = False) -> Json:
    """A position, ready for `json.dumps`.

    Args:
        position: The position.
        everything: Whether provisions that do not concern the person at all are among the findings.
    """
    return {
        "on": position.on.isoformat(),
        "receipt": {"corpus": position.receipt.corpus, "engine": position.receipt.engine},
        "warnings": list(position.warnings),
        "findings": [_finding(one, position) for one in position.findings if one.concerns or everything],
        "questions": [_question(one) for one in position.questions],
        "changes": [_change(one) for one in position.changes],
    }


def _finding(finding: Finding, position: Position) -> Json:
    found: Json = {
        "id": finding.id,
        "kind": finding.kind.value,
        "title": finding.title,
        "answer": finding.answer.value,
        "concerns": finding.concerns,
        "confidence": finding.confidence.value,
        "basis": "practice" if finding.practice else "rule",
        "because": [_reason(one) for one in finding.because],
        "missing": list(finding.missing),
    }
    if finding.of:
        found["of"] = list(finding.of)
    found["readings"] = [{"name": one.name, "answer": one.answer.value, "safer": one.safer} for one in finding.readings]
    found["caution"] = [*deadline_first(finding), *_cautions(finding, position)]
    if finding.practice_state:
        found["practice_state"] = finding.practice_state
    found["dated"] = _day(finding.dated)
    found["since_then"] = finding.since_then
    found["sources"] = _sources(finding.citations)
    if finding.penalty is not None:
        found["penalty"] = _penalty(finding.penalty)
    if finding.deadline is not None:
        found["deadline"] = _deadline(finding.deadline)
    if finding.stay is not None:
        found["stay"] = _stay(finding.stay)
    return found


def _cautions(finding: Finding, position: Position) -> list[str]:
    """What practice says of a deadline comes first; elsewhere the order is that of the page."""
    ordered = finding.caution
    if finding.deadline is not None:
        practice, others = cautions_in_order(finding, position)
        ordered = (*practice, *others)
    return [f"{one.id}: {one.text}" if one.id else one.text for one in ordered]


def _reason(reason: Reason) -> Json:
    found: Json = {"text": assumption(reason)}
    if reason.id:
        found["id"] = reason.id
    if reason.facts:
        found["fact"] = ", ".join(reason.facts)
    found["holds"] = reason.holds.word
    return found


def _sources(citations: tuple[Citation, ...]) -> list[Json]:
    """One line for each address behind each seat; a seat of which nothing was read says so."""
    found: list[Json] = []
    for citation in citations:
        seat = {"act": citation.act, "article": citation.article}
        if not citation.sources:
            found.append({**seat, "url": None, "note": UNVERIFIED})
        for source in citation.sources:
            note = source.note or (NO_ADDRESS if source.url is None else "")
            found.append({**seat, "url": source.url, **({"note": note} if note else {})})
    return [line for index, line in enumerate(found) if line not in found[:index]]


def _penalty(penalty: PenaltyFound) -> Json:
    return {
        "imprisonment_months": [penalty.least_months, penalty.most_months],
        "alternatives": list(penalty.alternatives),
        "basis": penalty.basis,
    }


def _deadline(deadline: DeadlineFound) -> Json:
    return {
        "starts": _days(deadline.starts),
        "ends": _days(deadline.ends),
        "act_by": _day(deadline.act_by),
        "state": deadline.state.value,
        "if_missed": deadline.if_missed,
    }


def _stay(stay: StayFound) -> Json:
    return {
        "rule": stay.rule,
        "used": {model: _numbers(found) for model, found in stay.used.items()},
        "left": {model: _numbers(found) for model, found in stay.left.items()},
        "last_lawful": {model: _days(found) for model, found in stay.last_lawful.items()},
        "next_entry": {model: _days(found) for model, found in stay.next_entry.items()},
        "safe": _day(stay.safe),
    }


def _question(question: Question) -> Json:
    return {"fact": question.fact, "text": question.text, "why": question.why, "settles": list(question.settles)}


def _change(change: Change) -> Json:
    return {
        "on": change.on.isoformat(),
        "id": change.id,
        "from": change.before.value,
        "to": change.after.value,
        "because": change.because,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _days(days: DayRange | None) -> Json | None:
    return {"earliest": _day(days.earliest), "latest": _day(days.latest)} if days is not None else None


def _numbers(found: tuple[int, int] | None) -> Json | None:
    """Least and most under the same two names as days, so that all four parts of a stay are read alike."""
    return {"earliest": found[0], "latest": found[1]} if found is not None else None
