"""Lines of a list of cases: one padded summary each, decrypted in memory and forgotten with the request.

A list opens all of them, because what it is sorted and searched by stands inside. What is counted in the stores
(holders, messages) is counted for the lines that are shown.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db.models import Count

from safeconduct.desk.cases.holders import how_many
from safeconduct.desk.cases.holding import opened
from safeconduct.desk.cases.keeping import Content, read
from safeconduct.desk.cases.law_marks import is_of_another_law
from safeconduct.desk.cases.models import Case, Record
from safeconduct.desk.cases.reminders import open_in
from safeconduct.desk.cases.ring import lacks_many, open_ring_of, refill_ring
from safeconduct.desk.cases.values import CaseState, DueTold, Kind, Listed, Summary
from safeconduct.desk.keyring.models import DataKey, Grant, RenewalDue
from safeconduct.desk.members.actor import Actor
from safeconduct.vault.cases import CaseKey, Domain

_AT_ONCE = 500
_THREAD_KINDS = (Kind.MESSAGE.value, Kind.FILE.value)
Item = TypeVar("Item")
One = TypeVar("One", bound=Listed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A case of a list, with nothing counted for it yet.

    Args:
        row: The case.
        content: What its summary says.
    """

    row: Case
    content: Content

    @property
    def case(self) -> UUID:
        """The case."""
        return self.row.pk

    @property
    def label(self) -> str:
        """What members call it."""
        label: str = self.content["label"]
        return label

    @property
    def state(self) -> CaseState:
        """Where it stands."""
        return CaseState(self.content["state"])

    @property
    def day(self) -> date:
        """Day of the last change of anything in it."""
        return self.row.day

    @property
    def in_queue(self) -> bool:
        """Whether it came in above the budget of a minute."""
        return self.row.in_queue

    @property
    def dues(self) -> tuple[DueTold, ...]:
        """What is due in it and not done; nothing once it is closed."""
        return () if self.state is CaseState.CLOSED else open_in(self.content)

    @property
    def law_changed(self) -> bool:
        """Whether the latest saved position of anybody in it was made from another law."""
        return is_of_another_law(self.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What can be counted without opening anything, for some cases.

    Args:
        holders: Members who hold each.
        told: Messages and files in each thread.
        due: Cases whose keys are to be renewed.
    """

    holders: Counter[UUID]
    told: Counter[UUID]
    due: frozenset[UUID]


def counted(cases: Sequence[Case]) -> Counted:
    """Count for some cases at once."""
    ids = [case.pk for case in cases]
    rows = Record.objects.filter(case_id__in=ids, domain=Domain.THREAD.value, kind__in=_THREAD_KINDS)
    told = Counter(dict(rows.values_list("case_id").annotate(Count("pk"))))
    due = frozenset(RenewalDue.objects.filter(pk__in=ids).values_list("pk", flat=True))
    return Counted(holders=how_many(cases), told=told, due=due)


def lines(actor: Actor, *, wanted: Callable[[UUID, Content], bool] = lambda _case, _content: True) -> Iterator[Line]:
    """A line for each case the actor holds, in no order that tells anything.

    Args:
        actor: Who asks.
        wanted: Whether a case is wanted, by its id and what its summary says; only then is its row looked up.
    """
    mine = Grant.objects.filter(holder=actor.member, domain=Domain.INTERNAL.value)
    ring, others = open_ring_of(actor), dict[tuple[UUID, int], CaseKey]()
    # Of thousands of rows only what is needed: turning columns into values costs as much as opening them.
    for part in _parts(mine.values_list("pk", "case", "epoch").iterator(chunk_size=_AT_ONCE)):
        keys = {case: ring[case, epoch] for _, case, epoch in part if (case, epoch) in ring}
        for grant in mine.filter(pk__in=[grant for grant, case, _ in part if case not in keys]):
            keys[grant.case] = others[grant.case, grant.epoch] = opened(actor, grant)
        found = {case: content for case, content in _opened(keys) if wanted(case, content)}
        for row in Case.objects.filter(pk__in=found):
            yield Line(row=row, content=found[row.pk])
    if lacks_many(ring, len(others)):
        refill_ring(actor, {**ring, **others})


def summaries(shown: Sequence[Line]) -> tuple[Summary, ...]:
    """Lines with all that is told of a case in a list, in their order."""
    numbers = counted([line.row for line in shown])
    return tuple(summary_of(line, numbers) for line in shown)


def _opened(keys: Mapping[UUID, CaseKey]) -> Iterator[tuple[UUID, Content]]:
    """What the summaries of some cases say, dummies left out."""
    rows = list(Record.objects.filter(case_id__in=keys, kind=Kind.SUMMARY.value))
    wraps = dict(DataKey.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "wrapped"))
    for row in rows:
        content = read(keys[row.case_id], row, wraps[row.pk])
        if content["state"] != CaseState.DUMMY.value:
            yield row.case_id, content


def summary_of(line: Line, numbers: Counted) -> Summary:
    """All that is told of a case in a list."""
    row, content, holders = line.row, line.content, numbers.holders[line.case]
    return Summary(
        case=line.case,
        label=line.label,
        state=line.state,
        day=line.day,
        channel=row.channel_id,
        language=content["language"],
        unread=max(0, numbers.told[line.case] - content["read"]),
        holders=holders,
        one_holder=holders < 2,  # noqa: PLR2004 -- a case must have two holders, or be flagged
        rotation_due=line.case in numbers.due,
        in_queue=line.in_queue,
        ended=row.ended,
        shred_on=row.shred_on,
        law_changed=line.law_changed,
        dues=line.dues,
    )


def waiting(found: Iterable[One]) -> tuple[One, ...]:
    """Of some cases those that nobody has taken over yet, the queue last, newest day first."""
    new = (told for told in found if told.state is CaseState.NEW)
    return tuple(sorted(new, key=lambda told: (told.in_queue, -told.day.toordinal(), told.case)))


def _parts(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items, so many at once as one query may name."""
    iterator = iter(items)
    while part := list(islice(iterator, _AT_ONCE)):
        yield part
