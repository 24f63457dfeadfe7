"""All pages together: what they declare, resolved against each other, as one corpus."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from lark import Token, Tree

from safeconduct.packs.blocks import Line, Page, read_page
from safeconduct.packs.conditions import Scope, condition, day, pattern
from safeconduct.packs.declarations import declare
from safeconduct.packs.names import Names, joined
from safeconduct.packs.provisions import (
    Item,
    Reader,
    plain,
    read_conflict,
    read_provision,
    read_term,
    read_value,
    tail_of,
    text_of,
)
from safeconduct.packs.references import cycles
from safeconduct.packs.sources import Marks, read_sources
from safeconduct.rules.corpus import Corpus, Untranslatable
from safeconduct.rules.parsing import parse_line
from safeconduct.rules.tree import All, Always, Clause, Condition, Provision, Term
from safeconduct.values.errors import Fault, Place

_PROVISION = "provision_header"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """A corpus, the pages it came from, and everything that is wrong with them.

    Args:
        corpus: What could be read; to be used only if `faults` is empty.
        pages: The pages, by name.
        faults: Sorted by place.
        unused: Names of facts, events and terms that no condition uses.
    """

    corpus: Corpus
    pages: dict[str, Page]
    faults: tuple[Fault, ...]
    unused: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class _Work:
    pages: dict[str, Page]
    reader: Reader
    items: dict[str, list[Item]] = field(default_factory=dict)


def digest_of(files: dict[str, bytes]) -> str:
    """SHA-256 of names and contents of all pages, in hexadecimal; independent of their order."""
    whole = hashlib.sha256()
    for name in sorted(files):
        whole.update(hashlib.sha256(name.encode()).digest())
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
        page, found = read_page(name, files[name])
        pages[name] = page
        faults.extend(found)
    declared = declare(_lines(pages.values(), "facts"))
    faults.extend(declared.faults)
    reader = Reader(names=Names(vocabulary=declared.vocabulary), marks=_marks(pages, faults), faults=faults)
    work = _Work(pages=pages, reader=reader)
    _collect(work)
    corpus = _resolve(work, digest_of(files))
    ordered = tuple(sorted(faults, key=lambda fault: (fault.place.name, fault.place.line, fault.place.column)))
    known = {*declared.vocabulary.facts, *declared.vocabulary.events, *reader.names.terms, *reader.names.values}
    unused = tuple(sorted(known - reader.names.used))
    return Assembled(corpus=corpus, pages=pages, faults=ordered, unused=unused)


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
                        item = Item(page=page, line=line, header=header, heading=block.heading)
                        work.items.setdefault(str(header.data), []).append(item)
                        _register(work.reader, item)


def _register(reader: Reader, item: Item) -> None:
    names, header, place = reader.names, item.header, item.line.place
    name = str(header.children[0]) if isinstance(header.children[0], Token) else joined(header.children[0])
    if header.data == "exception_header":
        return
    vocabulary = names.vocabulary
    taken = name in names.terms or name in names.provisions or name in vocabulary.facts or name in vocabulary.events
    if taken or name in names.values or name in names.days or name in names.conflicts:
        reader.fault("LAW020", place, f'"{name}" is declared twice', "give one of the two another name")
        return
    match header.data:
        case "term_header":
            names.terms[name] = place
        case "provision_header" | "untranslatable_header":
            names.provisions[name] = place
        case _:
            pass


def _resolve(work: _Work, digest: str) -> Corpus:
    reader, items = work.reader, work.items
    names = reader.names
    for item in items.get("value_header", []):
        value = reader.guarded(lambda item=item: read_value(reader, item))
        if value is not None:
            names.values[value.name] = value
    for item in items.get("conflict_header", []):
        conflict = read_conflict(reader, item)
        names.conflicts[conflict.id] = conflict
    for item in items.get("day_header", []):
        _read_day(reader, item)
    terms: dict[str, Term] = {}
    for item in items.get("term_header", []):
        term = read_term(reader, item)
        if term is not None:
            terms[term.name] = term
    provisions: dict[str, Provision] = {}
    concerns = {page.name: _page_concerns(reader, page) for page in work.pages.values()}
    for item in items.get(_PROVISION, []):
        provision = read_provision(reader, item, concerns[item.page.name])
        if provision is not None:
            provisions[provision.id] = provision
    for item in items.get("exception_header", []):
        _add_exception(reader, item, provisions)
    untranslatable = _untranslatable(reader, items.get("untranslatable_header", []))
    _check_cycles(reader, provisions, terms)
    return Corpus(
        vocabulary=names.vocabulary,
        provisions=provisions,
        terms=terms,
        conflicts=names.conflicts,
        untranslatable=untranslatable,
        reviewed_until=_reviewed(work),
        digest=digest,
    )


def _read_day(reader: Reader, item: Item) -> None:
    name = joined(item.header.children[0])
    scope = Scope(names=reader.names, place=item.line.place)
    if len(item.header.children) > 1:
        about = reader.guarded(lambda: pattern(item.header.children[1], scope))
        scope = replace(scope, about=about)
    if len(item.line.members) != 1:
        reader.fault("LAW009", item.line.place, "a day is defined by one line", "indent one line under it")
        return
    line = item.line.members[0]
    node = reader.parse(line, "day_line")
    if node is not None:
        found = reader.guarded(lambda: day(node, replace(scope, place=line.place)))
        if found is not None:
            reader.names.days[name] = found


def _page_concerns(reader: Reader, page: Page) -> Condition:
    text = page.front.get("concerns", "")
    if not text:
        return Always(True)
    place = Place(name=page.name, line=1, column=1)
    node = parse_line(text, "condition", place)
    if isinstance(node, Fault):
        reader.faults.append(node)
        return Always(True)
    found = reader.guarded(lambda: condition(node, Scope(names=reader.names, place=place)))
    return found if found is not None else Always(True)


def _add_exception(reader: Reader, item: Item, provisions: dict[str, Provision]) -> None:
    header, place = item.header, item.line.place
    code, name = str(header.children[0]), text_of(header.children[1])
    target = provisions.get(code)
    if target is None:
        reader.fault("LAW007", place, f'there is no provision "{code}"', "write the id of a provision")
        return
    trees = [child for child in header.children if isinstance(child, Tree)]
    holds = any(child.data == "holds" for child in trees)
    scope = Scope(names=reader.names, place=place, about=target.about, governed_by=target.governed_by)
    lines = item.line.members
    parts = [part for part in (plain(reader, line, scope) for line in lines) if part is not None]
    citation = reader.cite(tail_of(header), item, place, None)
    if citation is None:
        return
    text = "; ".join(line.text for line in lines)
    clause = Clause(
        role="exception", text=text, condition=All(tuple(parts)), citation=citation, place=place, by=name, outcome=holds
    )
    over = [text_of(child) for child in header.children[2:] if isinstance(child, Token)]
    clauses = _in_order(list(target.clauses), clause, over)
    if clauses is None:
        reader.fault("LAW022", place, "it stands over an exception that is not there", "name one that is declared before")
        return
    provisions[code] = replace(target, clauses=tuple(clauses))


def _in_order(clauses: list[Clause], new: Clause, over: list[str]) -> list[Clause] | None:
    """Exceptions apply from the first to the last: one that stands over others comes after them."""
    names = [clause.by for clause in clauses if clause.role == "exception"]
    return [*clauses, new] if all(name in names for name in over) else None


def _untranslatable(reader: Reader, items: list[Item]) -> dict[str, Untranslatable]:
    found: dict[str, Untranslatable] = {}
    for item in items:
        asks = [line for line in item.line.members if line.text.startswith("asks")]
        node = reader.parse(asks[0], "clause") if asks else None
        citation = reader.cite(tail_of(item.header), item, item.line.place, None)
        fact = joined(node.children[0]) if node is not None and node.data == "asks" else ""
        declared = reader.names.vocabulary.facts.get(fact)
        if declared is None or not declared.lawyer:
            hint = "add: asks FACT, a fact declared for a lawyer"
            reader.fault("LAW018", item.line.place, "it asks nothing of a lawyer", hint)
        elif citation is not None:
            reader.names.used.add(fact)
            code, text = str(item.header.children[0]), text_of(item.header.children[1])
            found[fact] = Untranslatable(id=code, text=text, fact=fact, citation=citation)
    return found


def _reviewed(work: _Work) -> dict[str, date]:
    found: dict[str, date] = {}
    for page in work.pages.values():
        text = page.front.get("reviewed until")
        if text is None:
            continue
        try:
            until = date.fromisoformat(text)
        except ValueError:
            hint = "write YYYY-MM-DD"
            work.reader.fault("LAW011", Place(name=page.name, line=1), '"reviewed until" is not a day', hint)
            continue
        found[page.jurisdiction] = min(until, found.get(page.jurisdiction, until))
    return found


def _check_cycles(reader: Reader, provisions: dict[str, Provision], terms: dict[str, Term]) -> None:
    """A provision that rests on itself has no meaning: LAW023."""
    for name in cycles(provisions, terms):
        place = provisions[name].place if name in provisions else terms[name].place
        reader.fault("LAW023", place, f'"{name}" rests on itself', "break the circle")
