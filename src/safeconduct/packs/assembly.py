"""All pages together: what they declare, resolved against each other, as one corpus."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from safeconduct.packs.blocks import Line, Page, read_page
from safeconduct.packs.clause_lists import read_term
from safeconduct.packs.conditions import condition
from safeconduct.packs.days_line import day
from safeconduct.packs.declarations import declare
from safeconduct.packs.exceptions import Ranked, add_exceptions
from safeconduct.packs.names import DatedValue, Names, joined
from safeconduct.packs.provisions import read_provision
from safeconduct.packs.reader import Item, Reader, codes
from safeconduct.packs.references import circles
from safeconduct.packs.scope import Scope, pattern, trees
from safeconduct.packs.sources import Marks, read_sources
from safeconduct.packs.tables import read_conflict, read_question, read_value
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.parsing import parse_line
from safeconduct.rules.tree import Always, Condition, Day, Provision, Term
from safeconduct.values.errors import Fault, Place

_COUNTRIES = re.compile("[A-Z]{2}( [A-Z]{2})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """A corpus, the pages it came from, and everything that is wrong with them.

    Args:
        corpus: What could be read; to be used only if `faults` is empty.
        pages: The pages, by name.
        faults: Sorted by place.
        unused: Names that nothing uses, with the place of their declaration.
        values: The dated values, by name.
        days: The named days with the places of their declaration.
        exceptions: For each provision that has some, its exceptions in the order in which they apply.
    """

    corpus: Corpus
    pages: dict[str, Page]
    faults: tuple[Fault, ...]
    unused: dict[str, Place]
    values: dict[str, DatedValue]
    days: dict[str, tuple[Day, Place]]
    exceptions: dict[str, tuple[Ranked, ...]]


@dataclass(slots=True, kw_only=True)
class _Work:
    pages: dict[str, Page]
    reader: Reader
    items: dict[str, list[Item]] = field(default_factory=dict)
    exceptions: dict[str, tuple[Ranked, ...]] = field(default_factory=dict)

    def of(self, header: str) -> list[Item]:
        """The declarations of one kind, in the order of the pages."""
        return self.items.setdefault(header, [])


def digest_of(files: dict[str, bytes]) -> str:
    """SHA-256 of names and contents of all pages, in hexadecimal; independent of their order."""
    whole = hashlib.sha256()
    for name in sorted(files):
        whole.update(hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest())
        whole.update(hashlib.sha256(files[name]).digest())
    return whole.hexdigest()


def assemble(files: dict[str, bytes]) -> Assembled:
    """The corpus of a folder of pages.

    Args:
        files: Contents of all `.md` files, by path relative to the folder.
    Returns:
        The corpus with all faults of all pages: none of them hides another.
    """
    faults: list[Fault] = []
    pages: dict[str, Page] = {}
    for name in sorted(files):
        pages[name], found = read_page(name, files[name])
        faults.extend(found)
    declared = declare(_lines(pages.values(), "facts"))
    faults.extend(declared.faults)
    names = Names(vocabulary=declared.vocabulary)
    names.declared.update((fact.name, fact.place) for fact in declared.vocabulary.facts.values())
    names.declared.update((event.name, event.place) for event in declared.vocabulary.events.values())
    work = _Work(pages=pages, reader=Reader(names=names, marks=_marks(pages, faults), faults=faults))
    _collect(work)
    corpus = _resolve(work, digest_of(files))
    return Assembled(
        corpus=corpus,
        pages=pages,
        faults=tuple(sorted(faults, key=lambda fault: (fault.place.name, fault.place.line, fault.place.column))),
        unused=_unused(names),
        values=names.values,
        days={name: (found, names.declared[name]) for name, found in names.days.items()},
        exceptions=work.exceptions,
    )


def _unused(names: Names) -> dict[str, Place]:
    """What is declared to be used by others; a provision stands for itself."""
    closing = {fact.name for fact in names.vocabulary.facts.values() if fact.closes}
    own = {*names.provisions, *closing}
    return {name: place for name, place in names.declared.items() if name not in names.used and name not in own}


def _lines(pages: Iterable[Page], kind: str) -> list[Line]:
    return [line for page in pages for block in page.blocks if block.kind == kind for line in block.lines]


def _marks(pages: dict[str, Page], faults: list[Fault]) -> dict[str, Marks]:
    by_jurisdiction: dict[str, list[Line]] = {}
    for page in pages.values():
        by_jurisdiction.setdefault(page.jurisdiction, []).extend(_lines([page], "sources"))
    found = {}
    for jurisdiction, lines in by_jurisdiction.items():
        found[jurisdiction], wrong = read_sources(lines)
        faults.extend(wrong)
    return found


def _collect(work: _Work) -> None:
    """Parses every header and registers its name, so that order and page do not matter."""
    for page in work.pages.values():
        for block in page.blocks:
            if block.kind == "law":
                for line in block.lines:
                    header = work.reader.parse(line, "header")
                    if header is not None:
                        _register(work, Item(page=page, line=line, header=header, heading=block.heading))


def _register(work: _Work, item: Item) -> None:
    names, header, place = work.reader.names, item.header, item.line.place
    kind = str(header.data)
    if kind == "exception_header":
        work.of(kind).append(item)
        return
    name = str(codes(header)[0]) if codes(header) else joined(trees(header)[0])
    if name in names.declared:
        hint = f"give one of the two another name; the other stands at {names.declared[name]}"
        work.reader.fault("LAW020", place, f'"{name}" is declared twice', hint)
        return
    names.declared[name] = place
    work.of(kind).append(item)
    if kind == "term_header":
        names.terms[name] = place
    elif kind == "provision_header":
        names.provisions[name] = place
    elif kind == "untranslatable_header":
        names.questions[name] = place


def _resolve(work: _Work, digest: str) -> Corpus:
    """What is named by others comes first: values, conflicts, days, terms, provisions, exceptions."""
    reader = work.reader
    names = reader.names
    for item in work.of("value_header"):
        value = reader.guarded(lambda item=item: read_value(reader, item))  # type: ignore[misc]
        if value is not None:
            names.values[value.name] = value
    names.conflicts.update(
        (str(codes(item.header)[0]), read_conflict(reader, item)) for item in work.of("conflict_header")
    )
    questions = [read_question(reader, item) for item in work.of("untranslatable_header")]
    names.used.update(names.questions)
    for item in work.of("day_header"):
        _read_day(reader, item)
    terms = {term.name: term for term in (read_term(reader, item) for item in work.of("term_header"))}
    provisions: dict[str, Provision] = {}
    concerns = {page.name: _page_concerns(reader, page) for page in work.pages.values()}
    for item in work.of("provision_header"):
        provision = read_provision(reader, item, concerns[item.page.name])
        if provision is not None:
            provisions[provision.id] = provision
    work.exceptions = add_exceptions(reader, work.of("exception_header"), provisions)
    _check_circles(reader, provisions, terms)
    return Corpus(
        vocabulary=names.vocabulary,
        provisions=provisions,
        terms=terms,
        conflicts=names.conflicts,
        untranslatable={question.fact: question for question in questions if question is not None},
        reviewed_until=_reviewed(work),
        digest=digest,
        looked_at=_looked_at(work),
    )


def _read_day(reader: Reader, item: Item) -> None:
    phrase, *events = trees(item.header)
    scope = Scope(names=reader.names, place=item.line.place)
    if events:
        scope = replace(scope, about=reader.guarded(lambda: pattern(events[0], scope)))
    if len(item.line.members) != 1:
        reader.fault("LAW009", item.line.place, "a day is defined by one line", "indent one line under it")
        return
    line = item.line.members[0]
    reader.nothing_under(line)
    node = reader.parse(line, "day_line")
    if node is not None:
        found = reader.guarded(lambda: day(node, replace(scope, place=line.place)))
        if found is not None:
            reader.names.days[joined(phrase)] = found


def _page_concerns(reader: Reader, page: Page) -> Condition:
    text = page.front.get("concerns", "")
    if not text:
        return Always(holds=True)
    line = page.front_lines["concerns"]
    place = Place(name=page.name, line=line, column=len('concerns: "') + 1)
    node = parse_line(text, "condition", place)
    if isinstance(node, Fault):
        reader.faults.append(node)
        return Always(holds=True)
    found = reader.guarded(lambda: condition(node, Scope(names=reader.names, place=place)))
    return found if found is not None else Always(holds=True)


def _reviewed(work: _Work) -> dict[str, date]:
    """For each jurisdiction the earliest day of its pages."""
    found: dict[str, date] = {}
    for page in work.pages.values():
        text = page.front.get("reviewed until")
        if text is None:
            continue
        try:
            until = date.fromisoformat(text)
        except ValueError:
            place = Place(name=page.name, line=page.front_lines["reviewed until"], column=1)
            work.reader.fault("LAW011", place, '"reviewed until" is not a day', "write YYYY-MM-DD")
            continue
        found[page.jurisdiction] = min(until, found.get(page.jurisdiction, until))
    return found


def _looked_at(work: _Work) -> dict[str, frozenset[str]]:
    """For each folder that names its countries in the front matter of a page, these countries."""
    found: dict[str, frozenset[str]] = {}
    for page in work.pages.values():
        text = page.front.get("looked at")
        if text is None:
            continue
        if _COUNTRIES.fullmatch(text) is None:
            place = Place(name=page.name, line=page.front_lines["looked at"], column=1)
            hint = 'write codes of countries, two capital letters each: looked at: "AT BE"'
            work.reader.fault("LAW011", place, '"looked at" names no countries', hint)
            continue
        found[page.jurisdiction] = found.get(page.jurisdiction, frozenset()) | frozenset(text.split())
    return found


def _check_circles(reader: Reader, provisions: dict[str, Provision], terms: dict[str, Term]) -> None:
    """A provision that rests on itself has no meaning, and one that rests on a very long chain cannot be followed."""
    for name, message in circles(provisions, terms).items():
        place = provisions[name].place if name in provisions else terms[name].place
        reader.fault("LAW023", place, f'"{name}" {message}', "break the circle, or say it more directly")
