"""A position as text for a caseworker: what holds, what is open and on what, deadlines, practice, what comes next.

Every finding stands under exactly one heading (`sorting`); sentences come from `wording`, lines from `layout`.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import groupby

from safeconduct.cli.finding_text import INDENT, FindingText
from safeconduct.cli.layout import Line, bullet, entry, heading, paragraph, subheading
from safeconduct.cli.short_text import short_lines
from safeconduct.packs.position import wording
from safeconduct.packs.position.sorting import Group, Section, Why, grouped, has_days, sorted_by_section, why_not
from safeconduct.rules.finding import Change, Finding, Position
from safeconduct.rules.tree import Kind

MOST_QUESTIONS = 5
_ASSUMED = "Assumed: "
_KINDS = (Kind.EXPOSURE, Kind.LIABILITY, Kind.RESTRICTION, Kind.DUTY, Kind.STATUS, Kind.RIGHT, Kind.PROTECTION)
_WHY_NOT = {
    Why.DISPLACED: wording.DISPLACED,
    Why.NOT_IN_FORCE: wording.NOT_IN_FORCE,
    Why.CONDITIONS: wording.OTHERWISE_NO,
}


def position_lines(position: Position, *, everything: bool = False) -> list[Line]:
    """The whole text.

    Args:
        position: The position.
        everything: Whether provisions that do not concern the person at all are listed at the end.
    """
    by_section = sorted_by_section(position)
    texts = FindingText(position)
    lines = [
        *_head(position, by_section),
        *short_lines(position, by_section),
        *_assumed(position),
        *_holds(texts, by_section[Section.HOLDS], by_section[Section.GOVERNS]),
        *_disputed(texts, by_section[Section.DISPUTED]),
        *_uncertain(texts, grouped(by_section[Section.UNCERTAIN], position)),
        *_deadlines(texts, by_section[Section.DEADLINE]),
        *_protection(texts, by_section[Section.PROTECTION]),
        *_listed(wording.STAYS, by_section[Section.STAY], texts.stay),
        *_practice(texts, by_section[Section.PRACTICE]),
        *_changes(position),
        *_not_reaching(texts, by_section[Section.NO]),
    ]
    if everything:
        lines += _elsewhere(by_section[Section.ELSEWHERE])
    return [*lines, *_questions(position), *_foot(position)]


def _head(position: Position, by_section: dict[Section, list[Finding]]) -> Iterator[Line]:
    yield Line(text=wording.say(wording.HEAD, day=position.on), strong=True)
    for warning in position.warnings:
        if not warning.startswith(_ASSUMED):
            yield from paragraph(warning)
    yield Line(text="")
    yield from paragraph(
        wording.overview(
            holds=len(by_section[Section.HOLDS]),
            disputed=len(by_section[Section.DISPUTED]),
            uncertain=len(by_section[Section.UNCERTAIN]) + len(by_section[Section.PROTECTION]),
            no=len(by_section[Section.NO]),
        )
    )


def _assumed(position: Position) -> Iterator[Line]:
    assumed = [warning.removeprefix(_ASSUMED) for warning in position.warnings if warning.startswith(_ASSUMED)]
    if assumed:
        yield from heading(wording.ASSUMED)
    for one in assumed:
        yield from bullet(one)


def _holds(texts: FindingText, holding: list[Finding], governing: list[Finding]) -> Iterator[Line]:
    yield from heading(wording.HOLDS_NOW)
    if not holding:
        yield from paragraph(wording.NOTHING_HOLDS)
    for kind in _KINDS:
        here = [finding for finding in holding if finding.kind is kind]
        if here:
            yield from subheading(wording.KINDS[kind])
        yield from _apart(here, texts.what_holds)
    if governing:
        yield from subheading(wording.GOVERNING)
    for finding in governing:
        yield from _only_title(finding)


def _disputed(texts: FindingText, findings: list[Finding]) -> Iterator[Line]:
    if findings:
        yield from heading(wording.DISPUTED)
        yield from paragraph(wording.DISPUTED_INTRO)
    yield from _apart(findings, texts.disputed)


def _uncertain(texts: FindingText, groups: tuple[Group, ...]) -> Iterator[Line]:
    if groups:
        yield from heading(wording.UNCERTAIN)
        yield from paragraph(wording.UNCERTAIN_INTRO)
    for group in groups:
        yield from subheading(wording.depends(group.fact))
        yield from texts.uncertain(group.findings, depends_first=group.fact)


def _protection(texts: FindingText, findings: list[Finding]) -> Iterator[Line]:
    if findings:
        yield from heading(wording.WAYS)
        yield from paragraph(wording.WAYS_INTRO)
    yield from _apart(findings, texts.way)


def _deadlines(texts: FindingText, findings: list[Finding]) -> Iterator[Line]:
    dated = [finding for finding in findings if has_days(finding)]
    yield from _listed(wording.DEADLINES, dated, texts.deadline)
    undated = [finding for finding in findings if not has_days(finding)]
    if undated and dated:
        yield from subheading(wording.DEADLINES_WITHOUT_DAYS)
    elif undated:
        yield from heading(wording.DEADLINES_WITHOUT_DAYS)
    for finding in undated:
        yield from texts.open_deadline(finding)


def _practice(texts: FindingText, findings: list[Finding]) -> Iterator[Line]:
    if findings:
        yield from heading(wording.PRACTICE)
        yield from paragraph(wording.PRACTICE_INTRO)
        yield from paragraph(wording.notes_above(list(texts.notes_said)))
    left = [finding for finding in findings if finding.id not in texts.notes_said]
    yield from texts.warnings([finding for finding in left if not finding.since_then])
    later = [finding for finding in left if finding.since_then]
    if later:
        yield from subheading(wording.SINCE_THEN)
    yield from texts.warnings(sorted(later, key=lambda note: note.dated or date.max))


def _changes(position: Position) -> Iterator[Line]:
    yield from heading(wording.CHANGES)
    yield from paragraph(wording.CHANGES_INTRO if position.changes else wording.CHANGES_NONE)
    titles = {finding.id: finding.title for finding in position.findings}
    for day, changes in groupby(position.changes, key=lambda change: change.on):
        yield from subheading(str(day))
        for change in changes:
            yield from _change(change, titles)


def _change(change: Change, titles: dict[str, str]) -> Iterator[Line]:
    yield from entry(change.id, titles.get(change.id, ""), strong=False)
    text = wording.change_line(change.before, change.after, change.because)
    yield from paragraph(text, indent=INDENT)


def _not_reaching(texts: FindingText, findings: list[Finding]) -> Iterator[Line]:
    findings = [finding for finding in findings if not finding.practice]
    if findings:
        yield from heading(wording.NOT_REACHING)
        yield from paragraph(wording.NOT_REACHING_INTRO)
    for why, head in _WHY_NOT.items():
        here = [finding for finding in findings if why_not(finding) is why]
        if here:
            yield from subheading(head)
        for finding in here:
            yield from texts.not_reaching(finding)


def _questions(position: Position) -> Iterator[Line]:
    if position.questions:
        yield from heading(wording.QUESTIONS)
    for question in position.questions[:MOST_QUESTIONS]:
        yield from bullet(question.text)
        yield from paragraph(wording.settles(question), indent=2)


def _foot(position: Position) -> Iterator[Line]:
    yield from heading(wording.RECEIPT)
    yield from paragraph(wording.receipt(position.receipt.corpus, position.receipt.engine))
    yield from paragraph(wording.MARKS)


def _listed(head: str, findings: Iterable[Finding], show: Callable[[Finding], Iterator[Line]]) -> Iterator[Line]:
    found = list(findings)
    if found:
        yield from heading(head)
    yield from _apart(found, show)


def _apart(findings: Iterable[Finding], show: Callable[[Finding], Iterator[Line]]) -> Iterator[Line]:
    """Each finding as a block of its own, an empty line between two."""
    for number, finding in enumerate(findings):
        if number:
            yield Line(text="")
        yield from show(finding)


def _elsewhere(findings: list[Finding]) -> Iterator[Line]:
    if findings:
        yield from heading(wording.NOT_CONCERNING)
    for finding in findings:
        yield from _only_title(finding)


def _only_title(finding: Finding) -> Iterator[Line]:
    yield from entry(finding.id, finding.title, strong=False)
