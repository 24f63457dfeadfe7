"""What changed in the text of a provision: between two days, by its dated parts; between two pages, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from safeconduct.rules.corpus import Corpus
from safeconduct.rules.marks import BEGINS, CHANGES, ENDS, changes_of_law
from safeconduct.rules.reasons import clause_text
from safeconduct.rules.tree import Kind, Provision, Span
from safeconduct.values.citation import Citation


class How(Enum):
    """What happened to a text."""

    NEW = "in force from this day"
    ENDED = "no longer in force"
    CHANGED = "a clause changes on this day"
    REPORTED = "reported for this day"
    PRACTICE = "what is known of practice changes"
    ADDED = "the second has it, the first has not"
    REMOVED = "the first has it, the second has not"


_OF_MARKS = {BEGINS: How.NEW, ENDS: How.ENDED, CHANGES: How.CHANGED}


@dataclass(frozen=True, slots=True, kw_only=True)
class TextChange:
    """One change of a text.

    Args:
        how: What happened.
        on: The day; None where two bodies of pages are compared.
        act: The act and article it stands in.
        text: The line or sentence; "" for the text as a whole.
    """

    how: How
    on: date | None
    act: str
    text: str = ""


def between_days(corpus: Corpus, name: str, before: date, after: date) -> Iterator[TextChange]:
    """What changed in a provision after one day and up to another.

    Args:
        corpus: The law with its history.
        name: Id of the provision.
        before: The first day, not included.
        after: The second day, included.
    """
    provision = corpus.provisions[name]
    if provision.kind is Kind.PRACTICE:
        if provision.dated is not None and before < provision.dated <= after:
            yield TextChange(how=How.REPORTED, on=provision.dated, act=_seat(provision.citation))
        return
    entries = Span(first=provision.stay.since, last=provision.stay.until) if provision.stay is not None else Span()
    for day in _turns(entries, before, after):
        yield TextChange(how=How.CHANGED, on=day, act=_seat(provision.citation))
    for mark in sorted(changes_of_law(corpus, name), key=lambda one: one.day):
        if before < mark.day <= after:
            yield TextChange(how=_OF_MARKS[mark.text], on=mark.day, act=mark.act)
    for note in provision.notes:
        for day in _turns(note.span, before, after):
            yield TextChange(how=How.PRACTICE, on=day, act=_seat(provision.citation), text=note.text)


def between_pages(before: Provision | None, after: Provision | None) -> Iterator[TextChange]:
    """What differs between a provision of one body of pages and that of another.

    Args:
        before: The first; None if there is none.
        after: The second; None if there is none.
    """
    if before is None or after is None:
        for one, how in ((before, How.REMOVED), (after, How.ADDED)):
            yield from [TextChange(how=how, on=None, act=_seat(one.citation))] if one is not None else []
        return
    old, new = _lines(before), _lines(after)
    yield from (TextChange(how=How.REMOVED, on=None, act=act, text=text) for text, act in old if (text, act) not in new)
    yield from (TextChange(how=How.ADDED, on=None, act=act, text=text) for text, act in new if (text, act) not in old)


def _lines(one: Provision) -> list[tuple[str, str]]:
    """Everything that a reader of a provision sees, line by line, with its seat."""
    seat = _seat(one.citation)
    days = [f"from {one.span.first}"] if one.span.first else []
    days += [f"until {one.span.last}"] if one.span.last else []
    clauses = [(f"{each.role} {clause_text(each)}", _seat(each.citation or one.citation)) for each in one.clauses]
    windows = [each.text for each in one.deadline.windows] if one.deadline is not None else []
    stay = [f"at most {one.stay.most_days} days in {one.stay.window_days or 'each entry'}"] if one.stay else []
    penalty = [str(one.penalty)] if one.penalty is not None else []
    others = [*days, one.title, one.says, *windows, *stay, *penalty, *(each.text for each in one.cautions)]
    return [*clauses, *((text, seat) for text in others if text)]


def _turns(span: Span, before: date, after: date) -> list[date]:
    """The days on which it begins and is over, after one day and up to another."""
    found = [span.first] if span.first is not None else []
    found += [span.last + timedelta(days=1)] if span.last is not None else []
    return [day for day in found if before < day <= after]


def _seat(citation: Citation) -> str:
    return " ".join(part for part in (citation.act, citation.article) if part)
