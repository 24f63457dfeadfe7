"""Cases that a change of law reaches, as a page shows them: deadlines first, what is not known yet folded."""

from dataclasses import dataclass

from safeconduct.desk.cases.actions.law_changed import CaseReached, LawChange, Looked, PersonReached
from safeconduct.desk.office.compared_page import ShownDifference, shown_difference
from safeconduct.packs.words import Words
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChange:
    """A finding that is otherwise.

    Args:
        shown: The finding, as it was and as it is.
        because: The lines that decide it now.
    """

    shown: ShownDifference
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPerson:
    """A person of a case.

    Args:
        reached: What was found.
        changes: Findings that are otherwise: those with a deadline first.
        open: Those that came, and of which nothing is known yet: they are many.
        is_unreadable: Whether the law in use cannot read what was told then.
    """

    reached: PersonReached
    changes: tuple[ShownChange, ...]
    open: tuple[ShownChange, ...]
    is_unreadable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCase:
    """A case with the people of it who were looked at."""

    reached: CaseReached
    people: tuple[ShownPerson, ...]


def cases_of(change: LawChange, corpus: Corpus, words: Words | None) -> tuple[ShownCase, ...]:
    """The cases for the page.

    Args:
        change: What was found.
        corpus: The law in use.
        words: Its sentences in the language of the page; None for a page in English.
    """
    return tuple(
        ShownCase(reached=case, people=tuple(_person(person, corpus, words) for person in case.people))
        for case in change.cases
    )


def _person(reached: PersonReached, corpus: Corpus, words: Words | None) -> ShownPerson:
    changes = [
        ShownChange(shown=shown_difference(one.difference, reached.titles, corpus, words), because=one.because)
        for one in reached.changes
    ]
    unclear = tuple(one for one in changes if one.shown.difference.is_open)
    others = [one for one in changes if one not in unclear]
    others.sort(key=lambda one: not one.shown.difference.has_deadline)
    is_unreadable = reached.looked is Looked.UNREADABLE
    return ShownPerson(reached=reached, changes=tuple(others), open=unclear, is_unreadable=is_unreadable)
