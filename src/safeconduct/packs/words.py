"""The law's own sentences in another language: which there are, and their translations.

A page is written in English. Its titles, effects, questions and warnings stand in catalogues beside it, by their
English text; what a catalogue lacks is shown in English. The conditions of a page are not translated: they are code.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from safeconduct.packs.references import names_in
from safeconduct.rules import timeline, warnings
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.reach import folder_of
from safeconduct.rules.reading_of import facts_named, parts_of
from safeconduct.rules.tree import ByReading, Provision

LANGUAGES: dict[str, tuple[str, ...] | None] = {"ru": None, "uk": ("ua", "int"), "kk": ("kz",)}
"""Languages beside English, each with the folders of law that are translated into it; None: all."""
WARNINGS = (
    warnings.DRAFT,
    warnings.PARTIAL,
    warnings.NOT_LOOKED_AT,
    warnings.KNOWN_UNTIL,
    warnings.NOTHING_ELSE,
    timeline.NOTHING_ELSE,
)
_VALUE = re.compile(r"\{[a-z_]+\}")


@dataclass(frozen=True, kw_only=True)
class Words:
    """Translations into one language.

    Args:
        language: Its code, two letters.
        texts: Translations by English text; an English text may hold values in braces, and so does its translation.
        checked: Whether somebody who speaks the language has read them.
    """

    language: str
    texts: Mapping[str, str]
    checked: bool

    def of(self, english: str) -> str:
        """The translation of a text; the text itself if there is none."""
        found = self.texts.get(english)
        if found is not None:
            return found
        for pattern, template in self._templates:
            match = pattern.fullmatch(english)
            if match is not None:
                return template.format(**match.groupdict())
        return english

    @cached_property
    def _templates(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """Texts with values in them, as patterns that find the values again."""
        found = []
        for english, translated in self.texts.items():
            if _VALUE.search(english):
                parts = re.split(r"\{([a-z_]+)\}", english)
                pattern = "".join(
                    re.escape(part) if index % 2 == 0 else f"(?P<{part}>.+)" for index, part in enumerate(parts)
                )
                found.append((re.compile(pattern), translated))
        return tuple(found)


def texts_of(corpus: Corpus, folders: Collection[str] | None = None) -> dict[str, tuple[str, ...]]:
    """Every text of the law that a reader meets, with the names of what it belongs to.

    Args:
        corpus: The law.
        folders: Folders of law, such as ua; None for all.
    Returns:
        By English text, in the order of the pages: ids of provisions, names of facts and events, "warning".
    """
    shown = (one for one in corpus.provisions.values() if one.shown)
    kept = [one for one in shown if folders is None or folder_of(one.place.name) in folders]
    found: dict[str, dict[str, None]] = {}
    for owner, text in (
        *(("warning", text) for text in WARNINGS),
        *((one.id, text) for one in kept for text in _of_provision(one)),
        *_of_conflicts(corpus, kept),
        *_of_vocabulary(corpus, kept, everything=folders is None),
    ):
        if text:
            found.setdefault(text, {})[owner] = None
    return {text: tuple(owners) for text, owners in found.items()}


def _of_provision(provision: Provision) -> Iterator[str]:
    yield from (provision.title, provision.says)
    yield from (caution.text for caution in provision.cautions)
    yield from (note.text for note in provision.notes)
    if provision.penalty is not None:
        yield from provision.penalty.alternatives
    if provision.deadline is not None:
        yield from (provision.deadline.safer_text, provision.deadline.late, provision.deadline.if_missed)


def _of_conflicts(corpus: Corpus, kept: list[Provision]) -> Iterator[tuple[str, str]]:
    used = {part.conflict for one in kept for part in parts_of(one) if isinstance(part, ByReading)}
    for conflict in corpus.conflicts.values():
        if conflict.id in used:
            yield from ((conflict.id, text) for text in (conflict.question, *conflict.readings))


def _of_vocabulary(corpus: Corpus, kept: list[Provision], *, everything: bool) -> Iterator[tuple[str, str]]:
    """The questions behind what the provisions test, also through others."""
    names: set[str] = set()
    seen: set[str] = set()
    waiting: list[object] = list(kept)
    while waiting:
        item = waiting.pop()
        names.update(facts_named(item))
        for name in names_in(item):
            if name not in seen:
                seen.add(name)
                waiting.append(corpus.terms.get(name) or corpus.provisions[name])
    for fact in corpus.vocabulary.facts.values():
        if everything or fact.name in names:
            yield from ((fact.name, text) for text in (fact.question, fact.why))
    for event in corpus.vocabulary.events.values():
        if everything or event.name in names:
            yield event.name, event.question
