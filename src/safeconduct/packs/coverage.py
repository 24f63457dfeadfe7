"""What became of each row of the dossiers: a rule, a warning, a figure, a lawyer's question, or left out and why."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from safeconduct.packs.assembly import Assembled
from safeconduct.packs.blocks import Page
from safeconduct.packs.references import reach
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.reading_of import facts_named, references
from safeconduct.rules.tree import Kind, Provision

ROWS_PAGE = "vocabulary/dossiers.md"
"""The page that lists the rows: a table of dossier, id and heading."""
LEFT_OUT = "left-out.md"
"""The name of the pages that say what is left out on purpose."""
CONFLICTS = "conflicts.md"
"""The name of the pages that say which of two sources is followed."""
MOST_UNTRANSLATABLE = 0.15
"""Of rules, the share that may rest on a lawyer's answer alone."""

_ID = re.compile(r"\b([A-Z]{2,5}(?:-[A-Za-z0-9/]+)+|[KW]\d)\b")
_READING = re.compile(r"(?:caution |^)([A-Z]{2,5}(?:-[A-Za-z0-9]+)+) (?:conflict )?\"", re.MULTILINE)
_CELLS = re.compile(r"(?<!\\)\|")
_FIGURES = "Figures"


class Treatment(Enum):
    """What a page makes of a row."""

    RULE = "rule"
    PRACTICE = "practice"
    FIGURE = "figure"
    NOTE = "note"
    READING = "reading"
    CASES = "cases"
    UNTRANSLATABLE = "untranslatable"
    LEFT_OUT = "left out"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """A row of a dossier and what became of it.

    Args:
        id: Its id.
        dossier: The dossier that it stands in.
        heading: The heading that it stands under there.
        treatment: What a page makes of it.
        page: The page; "" if there is none.
        reason: For a row that is left out, why; for one that only a lawyer can answer, the question; "" otherwise.
    """

    id: str
    dossier: str
    heading: str
    treatment: Treatment
    page: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What became of all rows, and what the provisions ask for.

    Args:
        rows: In the order of the dossiers.
        facts: How many facts the vocabulary declares that a provision uses.
        used_once: Those of them that bear on one finding only, sorted.
        mean_questions: Facts and events that a finding rests on, on average.
    """

    rows: tuple[Covered, ...]
    facts: int
    used_once: tuple[str, ...]
    mean_questions: float

    def count(self, treatment: Treatment) -> int:
        """How many rows are treated so."""
        return sum(row.treatment is treatment for row in self.rows)

    @property
    def untranslatable_share(self) -> float:
        """Of the rows that are rules, the share that rests on a lawyer's answer alone, 0..1."""
        asked = self.count(Treatment.UNTRANSLATABLE)
        return asked / max(1, asked + self.count(Treatment.RULE))


def coverage(assembled: Assembled) -> Coverage:
    """What became of each row that the page of rows lists.

    Args:
        assembled: All pages, without faults.
    """
    corpus = assembled.corpus
    resting = resting_of(corpus)
    uses = Counter(name for names in resting.values() for name in names if name in corpus.vocabulary.facts)
    known = {name: (treatment, page, reason) for name, treatment, page, reason in _treated(assembled)}
    return Coverage(
        rows=tuple(
            Covered(id=name, dossier=dossier, heading=heading, treatment=treatment, page=page, reason=reason)
            for dossier, name, heading in rows_of(assembled)
            for treatment, page, reason in [known.get(name, (Treatment.MISSING, "", ""))]
        ),
        facts=len(uses),
        used_once=tuple(sorted(name for name, count in uses.items() if count == 1)),
        mean_questions=sum(map(len, resting.values())) / max(1, len(resting)),
    )


def is_enough(found: Coverage) -> bool:
    """Whether no row is missing, none is left out without a reason, and not too many rest on a lawyer alone."""
    silent = any(row.treatment is Treatment.LEFT_OUT and not row.reason for row in found.rows)
    share = found.untranslatable_share
    return not (found.count(Treatment.MISSING) or silent or share > MOST_UNTRANSLATABLE) and bool(found.rows)


def rows_of(assembled: Assembled) -> Iterator[tuple[str, str, str]]:
    """Dossier, id and heading of every row that the page of rows lists."""
    page = assembled.pages.get(ROWS_PAGE)
    for cells in _tables(page.text if page is not None else ""):
        if len(cells) == len(("dossier", "id", "heading")) and _ID.fullmatch(cells[1]):
            yield cells[0], cells[1], cells[2]


# --- what the pages make of a row ------------------------------------------------------------------------------

_Treated = tuple[str, Treatment, str, str]


def _treated(assembled: Assembled) -> Iterator[_Treated]:
    """Id, treatment, page and reason; what comes later counts for an id that comes twice."""
    corpus = assembled.corpus
    for page in assembled.pages.values():
        yield from _of_page(page)
    for question in corpus.untranslatable.values():
        place = corpus.vocabulary.facts[question.fact].place.name
        yield question.id, Treatment.UNTRANSLATABLE, place, question.text
    for provision in corpus.provisions.values():
        yield provision.id, *_of_provision(corpus, provision)


def _of_page(page: Page) -> Iterator[_Treated]:
    """Worked examples named in cases, conflicts and cautions, and the tables of what is left out or read one way."""
    for block, text in re.findall(r"```(cases|law)\n(.*?)```", page.text, flags=re.DOTALL):
        if block == "cases":
            yield from ((name, Treatment.CASES, page.name, "") for name in _ID.findall(text) if "-" not in name)
        else:
            yield from ((match[1], Treatment.READING, page.name, "") for match in _READING.finditer(text))
    file = page.name.rpartition("/")[2]
    for cells in _tables(page.text) if file in (LEFT_OUT, CONFLICTS) else ():
        for name in _ID.findall(cells[0]) if len(cells) > 1 else ():
            if file == LEFT_OUT:
                yield name, Treatment.LEFT_OUT, page.name, cells[1]
            else:
                yield name, Treatment.READING, page.name, ""


def _of_provision(corpus: Corpus, provision: Provision) -> tuple[Treatment, str, str]:
    page = provision.place.name
    if provision.kind is Kind.PRACTICE:
        figure = provision.title.startswith(_FIGURES)
        return Treatment.FIGURE if figure else Treatment.PRACTICE, page, ""
    if not provision.shown:
        return Treatment.NOTE, page, ""
    names = _deciding(corpus, provision)
    if names and all(name in corpus.untranslatable for name in names) and provision.deadline is None:
        return Treatment.UNTRANSLATABLE, page, "; ".join(corpus.untranslatable[name].text for name in sorted(names))
    return Treatment.RULE, page, ""


def _deciding(corpus: Corpus, provision: Provision) -> set[str]:
    """The facts and events that decide an answer; not those that only say whom the provision concerns."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting: list[object] = [provision]
    while waiting:
        item = waiting.pop()
        logic = tuple(clause.condition for clause in item.clauses) if isinstance(item, Provision) else item
        found.update(facts_named(logic))
        for name in references(logic):
            if name not in seen:
                seen.add(name)
                waiting.append(corpus.terms.get(name) or corpus.provisions[name])
    return found


def resting_of(corpus: Corpus) -> dict[str, frozenset[str]]:
    """For each finding that is no note of practice, the facts and events that it rests on, also through others."""
    items = {**corpus.terms, **corpus.provisions}
    edges = {name: frozenset(references(item)) for name, item in items.items()}
    own = {name: facts_named(item) for name, item in items.items()}
    return {
        provision.id: frozenset(name for part in reach(edges, [provision.id]) for name in own[part])
        for provision in corpus.provisions.values()
        if provision.shown and provision.kind is not Kind.PRACTICE
    }


def _tables(text: str) -> Iterator[list[str]]:
    """The cells of each row of the tables of a page."""
    for line in text.splitlines():
        if line.startswith("|"):
            yield [cell.strip() for cell in _CELLS.split(line.strip().strip("|"))]
