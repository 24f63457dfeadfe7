"""Lines of a list of cases: one padded summary each, decrypted in memory and forgotten with the request."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
from safeconduct.desk.cases.ring import open_ring_of
from safeconduct.desk.cases.values import CaseState, Kind, Summary
from safeconduct.desk.keyring.models import DataKey, Grant, RenewalDue
from safeconduct.desk.members.actor import Actor
from safeconduct.vault.cases import CaseKey, Domain

_AT_ONCE = 500
_THREAD_KINDS = (Kind.MESSAGE.value, Kind.FILE.value)
Item = TypeVar("Item")


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


def summaries(
    actor: Actor, *, wanted: Callable[[UUID, Content], bool] = lambda _case, _content: True
) -> Iterator[Summary]:
    """A line for each case the actor holds, in no order that tells anything.

    Args:
        actor: Who asks.
        wanted: Whether a case is wanted, by its id and what its summary says; only then is anything else about it
            looked up.
    """
    mine = Grant.objects.filter(holder=actor.member, domain=Domain.INTERNAL.value)
    # Of thousands of rows only what is needed: turning columns into values costs as much as opening them.
    grants = mine.only("case", "domain", "epoch", "sealed")
    ring = open_ring_of(actor)
    for part in _parts(grants.iterator(chunk_size=_AT_ONCE)):
        keys = {grant.case: ring.get((grant.case, grant.epoch)) or opened(actor, grant) for grant in part}
        found = {case: content for case, content in _opened(keys) if wanted(case, content)}
        rows = list(Case.objects.filter(pk__in=found))
        numbers = counted(rows)
        for row in rows:
            yield summary_of(row, found[row.pk], numbers)


def _opened(keys: Mapping[UUID, CaseKey]) -> Iterator[tuple[UUID, Content]]:
    """What the summaries of some cases say, dummies left out."""
    rows = list(Record.objects.filter(case_id__in=keys, kind=Kind.SUMMARY.value))
    wraps = dict(DataKey.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "wrapped"))
    for row in rows:
        content = read(keys[row.case_id], row, wraps[row.pk])
        if content["state"] != CaseState.DUMMY.value:
            yield row.case_id, content


def summary_of(case: Case, content: Content, numbers: Counted) -> Summary:
    """The line of a case."""
    holders = numbers.holders[case.pk]
    return Summary(
        case=case.pk,
        label=content["label"],
        state=CaseState(content["state"]),
        day=case.day,
        channel=case.channel_id,
        language=content["language"],
        unread=max(0, numbers.told[case.pk] - content["read"]),
        holders=holders,
        one_holder=holders < 2,  # noqa: PLR2004 -- a case must have two holders, or be flagged
        rotation_due=case.pk in numbers.due,
        in_queue=case.in_queue,
        ended=case.ended,
        shred_on=case.shred_on,
        law_changed=is_of_another_law(content),
        dues=() if content["state"] == CaseState.CLOSED.value else open_in(content),
    )


def waiting(found: Iterable[Summary]) -> tuple[Summary, ...]:
    """Of some cases those that nobody has taken over yet, the queue last, newest day first."""
    new = (told for told in found if told.state is CaseState.NEW)
    return tuple(sorted(new, key=lambda told: (told.in_queue, -told.day.toordinal(), told.case)))


def _parts(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items, so many at once as one query may name."""
    iterator = iter(items)
    while part := list(islice(iterator, _AT_ONCE)):
        yield part
