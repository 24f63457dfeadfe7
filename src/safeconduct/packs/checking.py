"""`law check`: everything that is wrong with the pages, in one run and in the order of the pages."""

from dataclasses import dataclass

from safeconduct.packs.assembly import Assembled
from safeconduct.packs.cases import Case, Result, read_cases, run
from safeconduct.values.errors import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a check found.

    Args:
        faults: What must be mended, sorted by place.
        warnings: What should be looked at, sorted by place.
        cases: All cases that could be read.
        results: What each of their expectations came to.
    """

    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    cases: tuple[Case, ...]
    results: tuple[Result, ...]


def check(assembled: Assembled) -> CheckReport:
    """All checks of some pages.

    Args:
        assembled: The pages, read; what is wrong with them already is part of the report.
    Returns:
        The report. Cases are run, and the meaning of provisions is looked into, even where other lines are at fault.
    """
    corpus = assembled.corpus
    faults = list(assembled.faults)
    warnings: list[Fault] = []
    cases: list[Case] = []
    for page in assembled.pages.values():
        found, wrong = read_cases(page, corpus.vocabulary, corpus.provisions)
        cases.extend(found)
        faults.extend(wrong)
    results, wrong = run(corpus, cases)
    faults.extend(wrong)
    return CheckReport(faults=in_order(faults), warnings=in_order(warnings), cases=tuple(cases), results=tuple(results))


def in_order(faults: list[Fault]) -> tuple[Fault, ...]:
    """Each once, by page, line, column and code."""
    return tuple(
        sorted(set(faults), key=lambda one: (one.place.name, one.place.line, one.place.column, one.code, one.message))
    )
