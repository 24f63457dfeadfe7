"""A position in another language: titles, effects, questions and warnings; answers, days and ids stay as they are.

A sentence is shown in two ways. On a terminal and in files the English stands behind it in brackets; a page puts it on
a line of its own, and marks what is English. So a translated sentence is a string for the first, which knows its parts
for the second.
"""

from dataclasses import dataclass, replace
from typing import Self

from safeconduct.packs.words import Words
from safeconduct.rules.finding import DeadlineFound, Finding, PenaltyFound, Position
from safeconduct.rules.tree import Kind

_GRAVE = frozenset({Kind.DEADLINE, Kind.EXPOSURE, Kind.PRACTICE})
"""Kinds beside whose effect the English stands while no speaker has checked the translation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence as a page shows it.

    Args:
        text: The sentence.
        lang: "en" if it is English on a page in another language; "" otherwise.
        english: The English, where it must stand beside; "" otherwise.
    """

    text: str
    lang: str = ""
    english: str = ""


class Drafted(str):
    """A sentence of the law in another language: as a string, what terminals and files show.

    Args:
        plain: The string.
        parts: What a page shows in its place: one sentence, or several that were joined, each by itself.
    """

    __slots__ = ("parts",)
    parts: tuple[Said, ...]

    def __new__(cls, plain: str, *parts: Said) -> Self:
        """The string with its parts."""
        made = super().__new__(cls, plain)
        made.parts = parts
        return made


def parts_of(text: str) -> tuple[Said, ...]:
    """What a page shows of a sentence: its parts, or the string itself where nothing was translated; none for ""."""
    if not text:
        return ()
    return text.parts if isinstance(text, Drafted) else (Said(text=text),)


def said_in(words: Words | None, english: str, *, grave: bool = False) -> Said:
    """A sentence of the law as a page shows it.

    Args:
        words: The translations; None for a page in English.
        english: As the pages have it.
        grave: Whether the English must stand beside while nobody has checked the translation.
    """
    if words is None:
        return Said(text=english)
    text = words.of(english)
    if text == english:
        return Said(text=english, lang="en")
    return Said(text=text, english=english if grave and not words.checked else "")


def with_capital(said: Said) -> Said:
    """A title, with a capital letter."""
    return replace(said, text=said.text[:1].upper() + said.text[1:])


def notes_in(words: Words | None, english: str) -> tuple[Said, ...]:
    """Notes of practice that the engine joined by a semicolon, each by itself; what is English stays in one piece.

    Args:
        words: The translations; None for a page in English.
        english: The notes, joined.
    """
    parts = english.split("; ")
    found: list[Said] = []
    while parts:
        # A note may hold the sign itself: the longest that has a translation is one note.
        whole = (many for many in range(len(parts), 1, -1) if not said_in(words, "; ".join(parts[:many])).lang)
        many = next(whole, 1)
        said = said_in(words, "; ".join(parts[:many]), grave=True)
        if said.lang and found and found[-1].lang:
            # Without a translation nothing tells where one note ends.
            found[-1] = replace(said, text=f"{found[-1].text}; {said.text}")
        else:
            found.append(said)
        parts = parts[many:]
    return tuple(found)


def drafted(words: Words, english: str) -> Drafted:
    """A translation, without the English."""
    return Drafted(words.of(english), said_in(words, english))


def beside(words: Words, english: str) -> Drafted:
    """A translation, with the English behind it while no speaker has checked it."""
    said = said_in(words, english, grave=True)
    return Drafted(f"{said.text} [English: {said.english}]" if said.english else said.text, said)


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
        questions=tuple(
            replace(
                one,
                text=drafted(words, one.text),
                why=drafted(words, one.why),
                bears_on=tuple(drafted(words, title) for title in one.bears_on),
            )
            for one in position.questions
        ),
    )


def _finding(finding: Finding, words: Words) -> Finding:
    grave = finding.kind in _GRAVE and bool(finding.says)
    return replace(
        finding,
        title=drafted(words, finding.title),
        says=beside(words, finding.says) if grave else drafted(words, finding.says),
        readings=tuple(replace(one, name=drafted(words, one.name)) for one in finding.readings),
        caution=tuple(replace(one, text=beside(words, one.text)) for one in finding.caution),
        practice_state=Drafted(_joined_notes(words, finding.practice_state), *notes_in(words, finding.practice_state)),
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
