"""A position in another language: titles, effects, questions and warnings; answers, days and ids stay as they are."""

from dataclasses import replace

from safeconduct.packs.words import Words
from safeconduct.rules.finding import DeadlineFound, Finding, PenaltyFound, Position
from safeconduct.rules.tree import Kind

_GRAVE = frozenset({Kind.DEADLINE, Kind.EXPOSURE, Kind.PRACTICE})
"""Kinds beside whose effect the English stands while no speaker has checked the translation."""


def in_language(position: Position, words: Words) -> Position:
    """A position with the sentences of the law translated.

    While no speaker has checked the translations, the English stands behind warnings and behind the effects of
    deadlines, exposures and notes of practice. What is not translated stays English.

    Args:
        position: As the engine made it.
        words: The translations.
    """
    return replace(
        position,
        warnings=tuple(beside(words, text) for text in position.warnings),
        findings=tuple(_finding(one, words) for one in position.findings),
        questions=tuple(replace(one, text=words.of(one.text), why=words.of(one.why)) for one in position.questions),
    )


def beside(words: Words, english: str) -> str:
    """A translation, with the English behind it while no speaker has checked it."""
    translated = words.of(english)
    return translated if words.checked or translated == english else f"{translated} [English: {english}]"


def _finding(finding: Finding, words: Words) -> Finding:
    grave = finding.kind in _GRAVE and bool(finding.says)
    return replace(
        finding,
        title=words.of(finding.title),
        says=beside(words, finding.says) if grave else words.of(finding.says),
        readings=tuple(replace(one, name=words.of(one.name)) for one in finding.readings),
        caution=tuple(replace(one, text=beside(words, one.text)) for one in finding.caution),
        practice_state=_joined_notes(words, finding.practice_state),
        penalty=_penalty(finding.penalty, words),
        deadline=_deadline(finding.deadline, words),
    )


def _joined_notes(words: Words, english: str) -> str:
    """Notes that the engine joined, each translated; a note may hold the sign that joins them."""
    parts = english.split("; ")
    for many in range(len(parts), 0, -1):
        note = "; ".join(parts[:many])
        translated = words.of(note)
        if translated != note or many == 1:
            rest = "; ".join(parts[many:])
            return f"{translated}; {_joined_notes(words, rest)}" if rest else translated
    return english


def _penalty(penalty: PenaltyFound | None, words: Words) -> PenaltyFound | None:
    if penalty is None:
        return None
    return replace(penalty, alternatives=tuple(beside(words, text) for text in penalty.alternatives))


def _deadline(deadline: DeadlineFound | None, words: Words) -> DeadlineFound | None:
    if deadline is None:
        return None
    return replace(
        deadline,
        if_missed=beside(words, deadline.if_missed),
        late=beside(words, deadline.late),
        tells=beside(words, deadline.tells),
    )
