"""Whether the cases say enough: each provision holds in one and does not in another, on each side of its days."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from safeconduct.packs.cases import Case
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Answer
from safeconduct.rules.tree import Asked, Provision
from safeconduct.values.errors import Fault

_DAY = timedelta(days=1)


def missing_cases(corpus: Corpus, cases: Iterable[Case]) -> Iterator[Fault]:
    """Provisions without an example that holds (LAW110), or without one that does not (LAW111)."""
    answers: dict[str, set[Answer]] = {}
    for case in cases:
        for expected in case.expected:
            answers.setdefault(expected.id, set()).add(expected.answer)
    for provision in corpus.provisions.values():
        if not provision.shown and not provision.clauses:
            continue  # it only explains, and says nothing that could fail
        found = answers.get(provision.id, set())
        for code, answer, words in (("LAW110", Answer.YES, "it holds"), ("LAW111", Answer.NO, "it does not hold")):
            if answer not in found:
                message = f"{provision.id} has no case in which {words}"
                hint = f"add to a block of cases: on DAY   {provision.id}: {answer.value}"
                yield Fault(code=code, place=provision.place, message=message, hint=hint)


def one_sided_changes(corpus: Corpus, cases: Iterable[Case]) -> Iterator[Fault]:
    """Texts whose first or last day has no case on one of its sides: LAW112, a warning."""
    asked: dict[str, set[int]] = {}
    for case in cases:
        for expected in case.expected:
            asked.setdefault(expected.id, set()).add(case.on.toordinal())
    for provision in corpus.provisions.values():
        if not isinstance(provision.governed_by, Asked):
            continue
        days = asked.get(provision.id, set())
        for change in _changes(provision):
            if not (any(day < change for day in days) and any(day >= change for day in days)):
                yield _one_sided(provision, change)


def _changes(provision: Provision) -> Iterator[int]:
    """The first day in force, and the first day no longer in force."""
    if provision.span.first is not None:
        yield provision.span.first.toordinal()
    if provision.span.last is not None:
        yield (provision.span.last + _DAY).toordinal()


def _one_sided(provision: Provision, change: int) -> Fault:
    day = date.fromordinal(change)
    return Fault(
        code="LAW112",
        place=provision.place,
        message=f"{provision.id} changes on {day}, and no case asks on both sides of it",
        hint=f"add cases on {day - _DAY} and on {day}",
    )
