"""A comparison, ready for `json.dumps`."""

import json
from itertools import zip_longest
from typing import Any

from safeconduct.cli.compare_wording import kind_line, text_line
from safeconduct.rules.comparing.comparison import Changed, Comparison, Shift


def comparison_json(found: Comparison) -> dict[str, Any]:
    """The whole comparison."""
    return {
        "on": found.on.isoformat(),
        "since": found.since.isoformat() if found.since is not None else None,
        "corpora": list(found.digests),
        "changes": [_change(change, found) for change in found.changes],
        "resting": list(found.resting),
    }


def _change(change: Changed, found: Comparison) -> dict[str, Any]:
    provision = change.provision
    return {
        "id": provision.id,
        "kind": provision.kind.value,
        "title": provision.title,
        "finding": change.asked,
        "texts": [
            {
                "how": text.how.name.lower(),
                "on": text.on.isoformat() if text.on is not None else None,
                "act": text.act,
                "text": text_line(text),
            }
            for text in change.texts
        ],
        "shifts": [_shift(shift, found) for shift in change.shifts],
    }


def _shift(shift: Shift, found: Comparison) -> dict[str, Any]:
    return {
        "from": shift.before.value,
        "to": shift.after.value,
        "proof": shift.proof.name.lower(),
        "kinds": [
            {
                "conditions": kind_line(kind, found.on),
                "example": json.loads(example.content) if example is not None else None,
                "differs_day_by_day": example.day_by_day if example is not None else None,
            }
            for kind, example in zip_longest(shift.kinds, shift.examples)
        ],
    }
