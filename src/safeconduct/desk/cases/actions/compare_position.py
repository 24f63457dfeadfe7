"""What changed since a position was saved: computed in the request, from what was kept with it. Nothing is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from safeconduct import __version__
from safeconduct.desk.cases.assessing import assessed, reassessed
from safeconduct.desk.cases.comparing import (
    DEADLINES,
    STAYS,
    Difference,
    Why,
    differences,
    stands_kept,
    stands_of,
    titles_kept,
)
from safeconduct.desk.cases.holding import hold
from safeconduct.desk.cases.keeping import Content, read_kinds
from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.cases.people import CLOSED, EVENTS, FACTS, person_in, person_of
from safeconduct.desk.cases.values import Kind, PersonTold
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.rules.finding import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What was told otherwise since a position was saved.

    Args:
        before: What was told then.
        facts: Names of facts with more tellings now, or fewer.
        events: Ids of such events.
        closed: Such lines of `not_happened` and `complete`.
    """

    before: PersonTold
    facts: tuple[str, ...]
    events: tuple[str, ...]
    closed: tuple[str, ...]

    @property
    def is_alike(self) -> bool:
        """Whether nothing was told otherwise."""
        return not (self.facts or self.events or self.closed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A saved position beside the position now.

    Args:
        on_before: The day that the saved position asked.
        corpus_before: Digest of the law it was made from.
        has_days: Whether its deadlines were kept with it; positions saved by older versions hold answers only.
        is_whole: Whether its penalties and days of stay were kept with it.
        found: The position now: another day, what is told now, the law in use.
        since: What was told otherwise.
        differences: The findings that differ, by id.
        titles: Titles that were kept with the saved position, in English, by id; none in an older one.
        is_split: Whether law and facts could be told apart: not if the law cannot read any more what was told then.
    """

    on_before: date
    corpus_before: str
    has_days: bool
    is_whole: bool
    found: Position
    since: Since
    differences: tuple[Difference, ...]
    titles: Mapping[str, str]
    is_split: bool

    @property
    def is_same_law(self) -> bool:
        """Whether both were made from the same pages."""
        return self.corpus_before == self.found.receipt.corpus


def compare_position(actor: Actor, *, case: UUID, position: UUID, on: date) -> Compared:
    """Compare a saved position with the position of the same person now.

    Args:
        actor: One who holds the case.
        case: The case.
        position: The saved position.
        on: The day asked now.
    Raises:
        RefusedError: NOT_HERE, also if the person was removed since.
        SituationError: If what is told now contradicts itself.
    """
    held = hold(actor, case)
    saved = next((content for row, content in read_kinds(held.internal, Kind.POSITION) if row.pk == position), None)
    if saved is None:
        raise RefusedError(Reason.NOT_HERE)
    person = UUID(saved["person"])
    _, content = person_in(held, person)
    corpus, then = law_in_use(), date.fromisoformat(saved["on"])
    found = assessed(content, person, corpus, on=on)
    stands = stands_kept(saved)
    # Under the same law what was kept is what would be computed: one computation less.
    is_kept = STAYS in saved and (saved["corpus"], saved["engine"]) == (corpus.digest, __version__)
    law = None if is_kept else reassessed(saved, corpus)
    is_split = is_kept or law is not None
    told = found if on == then else assessed(content, person, corpus, on=then)
    steps = [
        *([((Why.LAW,), stands_of(law.findings))] if law is not None else []),
        ((Why.TOLD,) if is_split else (Why.LAW, Why.TOLD), stands_of(told.findings)),
        ((Why.DAY,), stands_of(found.findings)),
    ]
    return Compared(
        on_before=then,
        corpus_before=saved["corpus"],
        has_days=DEADLINES in saved,
        is_whole=STAYS in saved,
        found=found,
        since=_since(saved["told"], content, person),
        differences=differences(stands, steps),
        titles=titles_kept(saved),
        is_split=is_split,
    )


def _as_person(told: Content) -> Content:
    return {"pseudonym": "", "consent": "not_known", **told}


def _since(before: Content, now: Content, person: UUID) -> Since:
    changed = {
        group: tuple(
            sorted(name for name in before[group].keys() | now[group].keys() if _differ(before, now, group, name))
        )
        for group in (FACTS, EVENTS, CLOSED)
    }
    return Since(
        before=person_of(person, _as_person(before)),
        facts=changed[FACTS],
        events=changed[EVENTS],
        closed=changed[CLOSED],
    )


def _differ(before: Content, now: Content, group: str, name: str) -> bool:
    return bool(before[group].get(name) != now[group].get(name))
