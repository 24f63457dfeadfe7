"""`safeconduct law coverage` in words and as JSON."""

from collections.abc import Iterator
from typing import Any

from safeconduct.cli.layout import Line, entry, heading, paragraph
from safeconduct.packs.coverage import MOST_UNTRANSLATABLE, Coverage, Covered, Treatment

_MEANING = {
    Treatment.RULE: "a rule with conditions",
    Treatment.PRACTICE: "a dated warning",
    Treatment.FIGURE: "a cited figure with its date",
    Treatment.NOTE: "explains others, and never stands among findings",
    Treatment.READING: "a conflict of sources, shown as reading or caution",
    Treatment.CASES: "a worked example that holds as a case",
    Treatment.UNTRANSLATABLE: "rests on a lawyer's answer alone",
    Treatment.LEFT_OUT: "left out on purpose",
    Treatment.MISSING: "on no page yet",
}


def coverage_lines(found: Coverage) -> Iterator[Line]:
    """The text of 80 columns: each dossier with its rows, then the sums."""
    dossier = ""
    for row in found.rows:
        if row.dossier != dossier:
            dossier = row.dossier
            yield from heading(dossier)
        yield from entry(row.id, _what(row), indent=0, strong=row.treatment is Treatment.MISSING)
    yield from heading("In all")
    for treatment, meaning in _MEANING.items():
        yield from entry(str(found.count(treatment)), f"{treatment.value}: {meaning}", indent=0, strong=False)
    yield Line(text="")
    yield from paragraph(
        f"{found.untranslatable_share:.1%} of the rules rest on a lawyer's answer alone "
        f"(at most {MOST_UNTRANSLATABLE:.0%}). {found.facts} facts are used, {len(found.used_once)} of them by one "
        f"finding only; a finding rests on {found.mean_questions:.1f} facts and events on average."
    )


def _what(row: Covered) -> str:
    where = f" ({row.page})" if row.page else ""
    return f"{row.treatment.value}{where}" + (f": {row.reason}" if row.reason else "")


def coverage_json(found: Coverage) -> dict[str, Any]:
    """The same as values."""
    return {
        "rows": [
            {
                "id": row.id,
                "dossier": row.dossier,
                "heading": row.heading,
                "treatment": row.treatment.value,
                "page": row.page or None,
                "reason": row.reason or None,
            }
            for row in found.rows
        ],
        "counts": {treatment.value: found.count(treatment) for treatment in Treatment},
        "untranslatable_share": round(found.untranslatable_share, 4),
        "facts": found.facts,
        "facts_used_by_one_finding": list(found.used_once),
        "mean_questions": round(found.mean_questions, 2),
    }
