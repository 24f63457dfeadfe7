"""`law check`: everything that is wrong with the pages, in one run and in the order of the pages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from safeconduct.packs.answers import wrong_answers
from safeconduct.packs.assembly import Assembled
from safeconduct.packs.at_fault import declared_ids, sound_part
from safeconduct.packs.cases import Case, Result, read_cases, run
from safeconduct.packs.examples import missing_cases, one_sided_changes
from safeconduct.packs.meaning import beyond_columns, wrong_meanings
from safeconduct.packs.rows import wrong_rows
from safeconduct.rules.corpus import Corpus
from safeconduct.values.errors import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a check found.

    Args:
        faults: What must be mended, sorted by place.
        warnings: What should be looked at, sorted by place.
        cases: All cases that could be read.
        results: What each of their expectations came to.
        beyond_columns: Ids of provisions that may stay unknown for many people at once.
    """

    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    cases: tuple[Case, ...]
    results: tuple[Result, ...]
    beyond_columns: tuple[str, ...]


def check(assembled: Assembled) -> CheckReport:
    """All checks of some pages.

    Args:
        assembled: The pages, read; what is wrong with them already is part of the report.
    Returns:
        The report. Whatever has no fault itself and rests on none is run and looked into, whatever else is wrong.
    """
    corpus = sound_part(assembled.corpus, assembled.pages, assembled.faults)
    cases, unread = cases_of(assembled)
    results, failed = run(corpus, _about(cases, corpus))
    faults = [*assembled.faults, *unread, *failed]
    faults.extend(wrong_rows(assembled.values, corpus))
    meanings = list(wrong_meanings(corpus, assembled.exceptions))
    faults.extend(meanings)
    # What never holds, or always, has been named already; it cannot have an example of the other.
    settled = {fault.place for fault in meanings if fault.code in ("LAW050", "LAW051")}
    faults.extend(fault for fault in missing_cases(corpus, cases) if fault.place not in settled)
    faults.extend(_dangling_closes(assembled.corpus))
    faults.extend(wrong_answers(assembled))
    warnings = [*_unused(assembled), *one_sided_changes(corpus, cases)]
    return CheckReport(
        faults=in_order(faults),
        warnings=in_order(warnings),
        cases=tuple(cases),
        results=tuple(results),
        beyond_columns=beyond_columns(corpus),
    )


def cases_of(assembled: Assembled) -> tuple[list[Case], list[Fault]]:
    """The cases of all pages, and what is wrong with those that cannot be read."""
    cases: list[Case] = []
    faults: list[Fault] = []
    known = declared_ids(assembled.pages) | assembled.corpus.provisions.keys()
    for page in assembled.pages.values():
        found, wrong = read_cases(page, assembled.corpus.vocabulary, known)
        cases.extend(found)
        faults.extend(wrong)
    return cases, faults


def _about(cases: list[Case], corpus: Corpus) -> list[Case]:
    """The cases with what they expect of these provisions."""
    kept = [(case, tuple(one for one in case.expected if one.id in corpus.provisions)) for case in cases]
    return [replace(case, expected=expected) for case, expected in kept if expected]


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Each once, by page, line, column and code."""
    return tuple(
        sorted(set(faults), key=lambda one: (one.place.name, one.place.line, one.place.column, one.code, one.message))
    )


def _unused(assembled: Assembled) -> Iterator[Fault]:
    for name, place in assembled.unused.items():
        hint = "use it in a condition, or remove it"
        yield Fault(code="LAW052", place=place, message=f'nothing uses "{name}"', hint=hint)


def _dangling_closes(corpus: Corpus) -> Iterator[Fault]:
    """Facts that close provisions which are not there, though pages of their jurisdiction are."""
    known = {name.partition("-")[0] for name in corpus.provisions}
    for fact in corpus.vocabulary.facts.values():
        for name in fact.closes:
            if name not in corpus.provisions and name.partition("-")[0] in known:
                hint = "write the id of a provision, or remove it from the list"
                message = f'"{fact.name}" closes {name}, which is no provision'
                yield Fault(code="LAW007", place=fact.place, message=message, hint=hint)
