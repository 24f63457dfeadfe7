"""A position on paper, for a lawyer: everything with its reasons and sources, and what is not known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from safeconduct.desk.cases.values import PersonTold, Telling
from safeconduct.desk.office.compared_page import kind_of
from safeconduct.desk.office.law_on_page import LawOnPage
from safeconduct.desk.office.position_page import GRAVE, Shown, missing_of, shown_of
from safeconduct.desk.office.telling_words import InWords
from safeconduct.rules.finding import Answer, Finding, Position
from safeconduct.rules.tree import Kind
from safeconduct.values.citation import Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedTelling:
    """A line of the table of what was told.

    Args:
        name: The fact, event or line.
        words: What was told of it; "" where the name says all.
        telling: Who said so, when, and who wrote it down.
    """

    name: str
    words: str
    telling: Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedFinding:
    """A finding on paper.

    Args:
        shown: The finding with its reasons and what it lacks.
        sources: Its seats, each once.
    """

    shown: Shown
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Everything on the paper.

    Args:
        told: What was told.
        kinds: Findings that hold, are disputed or not known, the gravest kind first.
        no: Findings that do not reach the person.
        unknown: Facts and events that could change an answer, each once, with the findings that lack it.
    """

    told: tuple[PrintedTelling, ...]
    kinds: tuple[tuple[Kind, tuple[PrintedFinding, ...]], ...]
    no: tuple[Finding, ...]
    unknown: tuple[tuple[str, tuple[str, ...]], ...]


def paper_of(position: Position, person: PersonTold, law: LawOnPage) -> Paper:
    """A position for paper.

    Args:
        position: In the language of the paper.
        person: What was told.
        law: What words the paper.
    """
    say = law.say
    concerned = [one for one in position.findings if one.concerns]
    on_paper = [one for one in concerned if one.answer is not Answer.NO or one.deadline is not None]
    kinds = ((kind, tuple(_printed(one, law, position.on) for one in on_paper if one.kind is kind)) for kind in GRAVE)
    lacking: dict[str, list[str]] = {}
    for one in on_paper:
        for name in missing_of(one):
            lacking.setdefault(name, []).append(one.id)
    return Paper(
        told=tuple(_told(person, say)),
        kinds=tuple((kind, found) for kind, found in kinds if found),
        no=tuple(one for one in concerned if one not in on_paper),
        unknown=tuple((say.name(name), tuple(lacking[name])) for name in sorted(lacking, key=say.name)),
    )


def _printed(finding: Finding, law: LawOnPage, on: date) -> PrintedFinding:
    return PrintedFinding(shown=shown_of(finding, law, on), sources=tuple(dict.fromkeys(finding.citations)))


def _told(person: PersonTold, say: InWords) -> Iterator[PrintedTelling]:
    for name in sorted(person.facts, key=say.name):
        for telling in person.facts[name]:
            yield PrintedTelling(name=say.name(name), words=say.fact(name, telling.content), telling=telling)
    for tellings in sorted(person.events.values(), key=_first_day):
        for telling in tellings:
            yield PrintedTelling(name=say.name(kind_of(tellings)), words=say.event(telling.content), telling=telling)
    for line, tellings in person.closed.items():
        yield from (PrintedTelling(name=say.closed(line), words="", telling=telling) for telling in tellings)


def _first_day(tellings: tuple[Telling, ...]) -> tuple[str, date]:
    """By the day told, as it was written; what has no day comes last."""
    content = tellings[0].content
    on = str(content.get("on", "")) if isinstance(content, dict) else ""
    return on.strip(". ") or "9999", tellings[0].on
