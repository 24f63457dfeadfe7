"""Which saved positions the law in use answers otherwise: worked out so many at once, and noted by a holder.

To work one out takes up to a second, so a page is never promised all of them. What was not worked out says so, and
cannot be noted: nobody is told that nothing changed where nobody has looked.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from safeconduct.desk.cases.assessing import reassessed
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
from safeconduct.desk.cases.holding import Held, changing, hold
from safeconduct.desk.cases.keeping import Content, read_kinds
from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.cases.law_marks import LAWS, Latest, is_of_another_law, latest_positions, mark, marks_in
from safeconduct.desk.cases.summaries import Line, lines
from safeconduct.desk.cases.values import Kind
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Answer, Finding, Position
from safeconduct.rules.finding import Reason as FindingReason
from safeconduct.values.truth import Truth

AT_ONCE = 20
"""Cases on one page, and positions that are worked out for it, at most."""
_DECISIVE = {Answer.NO: Truth.NO, Answer.UNKNOWN: Truth.UNKNOWN}


class Looked(Enum):
    """What became of a look at a saved position."""

    WORKED_OUT = "worked out"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where a page of the list begins.

    Args:
        case: The first case.
        person: The first person in it; None for all.
    """

    case: UUID
    person: UUID | None = None

    @classmethod
    def from_text(cls, text: str) -> "Start | None":
        """Where a page begins, from an address; None for what cannot be read."""
        case, _, person = text.partition(".")
        try:
            return cls(case=UUID(case), person=UUID(person) if person else None)
        except ValueError:
            return None

    @property
    def as_text(self) -> str:
        """As an address says it."""
        return f"{self.case}.{self.person}" if self.person is not None else str(self.case)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedFinding:
    """A finding that the law in use answers otherwise, for the same person, the same tellings and the same day.

    Args:
        difference: How it stood when it was saved, and how it stands.
        because: The lines that decide it now; of one that went, why it does not reach the person.
    """

    difference: Difference
    because: tuple[FindingReason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonReached:
    """A person whose latest saved position was made from another law.

    Args:
        person: Who.
        pseudonym: What they are called in the case.
        position: The saved position.
        on: The day it asks.
        looked: Whether it was worked out, or the law in use cannot read what was told then.
        changes: What differs; nothing, if it was worked out and is the same.
        has_days: Whether deadlines were kept with the position; an older version kept answers only.
        is_whole: Whether penalties and days of stay were kept with it.
        titles: Titles that were kept with the position, in English, by id of the provision.
    """

    person: UUID
    pseudonym: str
    position: UUID
    on: date
    looked: Looked
    changes: tuple[ChangedFinding, ...]
    has_days: bool
    is_whole: bool
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReached:
    """A case with such a position.

    Args:
        case: The case.
        label: Its label.
        people: Those whose position was looked at for this page.
        earlier: How many stand before these, on a page before.
        later: How many come after these and were not looked at; 0 also if the case was not opened at all.
        waiting: From where on nobody has looked yet; None if everything to the end of the case was looked at.
    """

    case: UUID
    label: str
    people: tuple[PersonReached, ...] = ()
    earlier: int = 0
    later: int = 0
    waiting: Start | None = None

    @property
    def may_be_noted(self) -> bool:
        """Whether there is anything that a holder can know of from this page."""
        return bool(self.people) or self.waiting is None

    @property
    def is_settled(self) -> bool:
        """Whether it was opened and nobody in it is reached: an older version kept too little to tell without that."""
        return not self.people and self.waiting is None


@dataclass(frozen=True, slots=True, kw_only=True)
class LawChange:
    """A page of the list of cases that a change of law reaches.

    Args:
        law: Digest of the law in use.
        cases: The cases of the page, by id.
        number: How many cases there are in all.
        before: How many stand before the page.
        following: Where the next page begins; None if everything from here on was looked at.
    """

    law: str
    cases: tuple[CaseReached, ...]
    number: int
    before: int
    following: Start | None


def law_changed(
    actor: Actor, *, start: Start | None = None, may_go_on: Callable[[int], bool] = lambda _: True
) -> LawChange:
    """Which saved positions the law in use answers otherwise: what, and why.

    Looked at is the latest saved position of each person, if it was made from another law than the one in use and no
    holder noted this one. It is computed again from what was told when it was saved, for the same day, so that only
    the law differs.

    Args:
        actor: Who asks; only cases they hold are looked at.
        start: Where to begin; None, or a place after the last case, for the beginning.
        may_go_on: Whether one more may be worked out, given how many were. At most 20 are.
    """
    corpus = law_in_use()
    stale = sorted(lines(actor, wanted=lambda _, content: is_of_another_law(content)), key=lambda line: line.case)
    first = next((at for at, told in enumerate(stale) if start is not None and told.case >= start.case), 0)
    cases = tuple(_reached(actor, stale[first : first + AT_ONCE], corpus, start, may_go_on))
    left = next((one.waiting for one in cases if one.waiting is not None), None)
    beyond = stale[first + AT_ONCE :]
    following = Start(case=beyond[0].case) if left is None and beyond else left
    return LawChange(law=corpus.digest, cases=cases, number=len(stale), before=first, following=following)


def _reached(
    actor: Actor, shown: Iterable[Line], corpus: Corpus, start: Start | None, may_go_on: Callable[[int], bool]
) -> Iterator[CaseReached]:
    done, goes_on = 0, True
    for told in shown:
        try:
            stale = _stale(held := hold(actor, told.case), corpus) if goes_on else ()
        except RefusedError:
            continue  # It was taken from the actor, or shredded, while the page was made.
        if not goes_on:
            yield CaseReached(case=told.case, label=told.label, waiting=Start(case=told.case))
            continue
        names, people, earlier = _pseudonyms(held), [], _earlier(told.case, stale, start)
        for saved in stale[earlier:]:
            goes_on = done < AT_ONCE and may_go_on(done)
            if not goes_on:
                break
            people.append(_looked_at(saved, names.get(saved.person, ""), corpus))
            done += 1
        rest = stale[earlier + len(people) :]
        yield CaseReached(
            case=told.case,
            label=told.label,
            people=tuple(people),
            earlier=earlier,
            later=len(rest),
            waiting=Start(case=told.case, person=rest[0].person) if rest else None,
        )


def _stale(held: Held, corpus: Corpus) -> Sequence[Latest]:
    """The latest positions of a case that were made from another law, and of which no holder noted this one."""
    marks = marks_in(held)
    return [saved for person, saved in latest_positions(held).items() if marks.get(person) != corpus.digest]


def _earlier(case: UUID, stale: Sequence[Latest], start: Start | None) -> int:
    """How many people stand before the start of a page; none if nobody comes after it."""
    if start is None or start.person is None or start.case != case:
        return 0
    earlier = sum(saved.person < start.person for saved in stale)
    return earlier if earlier < len(stale) else 0


def _pseudonyms(held: Held) -> dict[UUID, str]:
    return {row.pk: content["pseudonym"] for row, content in read_kinds(held.internal, Kind.PERSON)}


def _looked_at(saved: Latest, pseudonym: str, corpus: Corpus) -> PersonReached:
    found = reassessed(saved.content, corpus)
    return PersonReached(
        person=saved.person,
        pseudonym=pseudonym,
        position=saved.id,
        on=date.fromisoformat(saved.content["on"]),
        looked=Looked.UNREADABLE if found is None else Looked.WORKED_OUT,
        changes=() if found is None else tuple(_changes(saved.content, found)),
        has_days=DEADLINES in saved.content,
        is_whole=STAYS in saved.content,
        titles=titles_kept(saved.content),
    )


def _changes(saved: Content, found: Position) -> Iterator[ChangedFinding]:
    now = {finding.id: finding for finding in found.findings}
    for one in differences(stands_kept(saved), [((Why.LAW,), stands_of(found.findings))]):
        yield ChangedFinding(difference=one, because=_because(now.get(one.finding)))


def _because(finding: Finding | None) -> tuple[FindingReason, ...]:
    """The lines that decide: those that hold, those that do not if the answer is no, or those that are open."""
    if finding is None:
        return ()
    decisive = _DECISIVE.get(finding.answer, Truth.YES)
    return tuple(reason for reason in finding.because if reason.holds is decisive)


def note_law_change(actor: Actor, *, case: UUID, law: str, positions: Collection[UUID], now: datetime) -> None:
    """Note that the holders know of a change: these positions are not listed for this law any more.

    Args:
        actor: One who holds the case.
        case: The case.
        law: Digest of the law that the positions were worked out under, as the page said.
        positions: The saved positions that the page showed. Others of the case stay listed.
        now: The moment, in UTC.
    Raises:
        RefusedError: NOT_HERE; FORM_EXPIRED, if the law in use is another one by now.
    """
    with changing(actor, case, verb="law-change-noted", now=now) as held:
        # Only a holder is told that the law is another one: for anybody else there is no such case.
        if law != law_in_use().digest:
            raise RefusedError(Reason.FORM_EXPIRED)
        known = [person for person, saved in latest_positions(held).items() if saved.id in positions]
        held.is_unchanged = not known and LAWS in held.summary
        mark(held, known, law=law)
