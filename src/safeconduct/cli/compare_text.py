"""A comparison as text of 80 columns: provision by provision what changed, for whom, and what is proved."""

import json
from collections.abc import Iterator

from safeconduct.cli import compare_wording as wording
from safeconduct.cli.layout import Line, bullet, heading, paragraph, subheading
from safeconduct.packs.position.wording import say
from safeconduct.rules.comparing.comparison import Changed, Comparison, Shift
from safeconduct.rules.comparing.people import Example


def comparison_lines(found: Comparison) -> Iterator[Line]:
    """The lines of a comparison."""
    yield Line(text=wording.head(found), strong=True)
    if not found.changes:
        yield from paragraph(wording.NOTHING)
        return
    yield from paragraph(wording.INTRO)
    for change in found.changes:
        yield from _change(change, found)
    if found.resting:
        yield from heading(wording.RESTING)
        yield from paragraph(wording.RESTING_INTRO)
        yield from paragraph(", ".join(found.resting))


def _change(change: Changed, found: Comparison) -> Iterator[Line]:
    provision = change.provision
    yield from subheading(
        say("{id}  {title} ({kind})", id=provision.id, title=provision.title, kind=provision.kind.value)
    )
    for text in change.texts:
        yield from bullet(wording.text_line(text))
    for shift in change.shifts:
        yield from _shift(shift, found)
    yield from paragraph(wording.proof_line(change), indent=2)


def _shift(shift: Shift, found: Comparison) -> Iterator[Line]:
    yield from paragraph(wording.shift_line(shift), indent=2)
    for number, kind in enumerate(shift.kinds):
        yield from bullet(wording.kind_line(kind, found.on), indent=2)
        for example in shift.examples[number : number + 1]:
            yield from paragraph(_example(example), indent=4, hanging=2)


def _example(example: Example | None) -> str:
    if example is None:
        return say(wording.NO_EXAMPLE)
    told = json.loads(example.content)
    parts = [f"{name} {_value(value)}" for name, value in told.get("person", {}).items()]
    for event in told.get("history", []):
        fields = ", ".join(f"{name} {_value(value)}" for name, value in event.items() if name != "event")
        parts.append(f"{event['event']} ({fields})")
    never = ", ".join(told.get("not_happened", []))
    parts += [say("never: {never}", never=never)] if never else []
    return say("for example: {parts}", parts="; ".join(parts))


def _value(value: object) -> str:
    """As a situation file writes it, on one line."""
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_value(part)}' for name, part in value.items())}}}"
    return str(value)
