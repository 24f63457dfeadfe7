"""Who holds a case. The offline key of a channel is a holder of keys, but nobody who could open a page."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, QuerySet

from safeconduct.desk.cases.decisions import may_be_withdrawn
from safeconduct.desk.cases.models import Case
from safeconduct.desk.keyring.models import Grant, Ring
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.roles import State
from safeconduct.desk.refusals import enforce
from safeconduct.vault.cases import Domain


def holders_of_case(case: Case) -> tuple[UUID, ...]:
    """The members who hold a case."""
    rows = Grant.objects.filter(case=case.pk, domain=Domain.INTERNAL.value).exclude(holder=case.channel_id)
    return tuple(sorted(rows.values_list("holder", flat=True)))


def grants_of(case: UUID, member: UUID) -> QuerySet[Grant]:
    """The grants of one member for one case.

    Both domains are named, so that the store finds them by their case: else SQLite looks through all of the member's.
    """
    return Grant.objects.filter(case=case, domain__in=[domain.value for domain in Domain], holder=member)


def how_many(cases: Iterable[Case]) -> Counter[UUID]:
    """How many members hold each of the cases."""
    channels = {case.pk: case.channel_id for case in cases}
    rows = Grant.objects.filter(domain=Domain.INTERNAL.value, case__in=channels)
    # Counted where they are, and rows rather than ids, which an index does without the sealed keys beside them: of
    # fifty members and a thousand cases these are fifty thousand.
    found = Counter(dict(rows.values_list("case").annotate(number=Count("*"))))
    offline = rows.filter(holder__in=set(channels.values())).values_list("case", "holder")
    found.subtract(case for case, holder in offline if holder == channels[case])
    return found


def is_read_by_anybody(case: UUID, channel: UUID) -> bool:
    """Whether a member who can sign in holds the thread of a case. Looked up anew each time, never kept.

    Args:
        case: The case.
        channel: Its way in, whose offline key holds the thread too, and answers nobody.
    """
    rows = Grant.objects.filter(case=case, domain=Domain.THREAD.value).exclude(holder=channel)
    holders = list(rows.values_list("holder", flat=True))
    return Member.objects.filter(pk__in=holders, state=State.ACTIVE.value).exclude(public=b"").exists()


def take_grants(row: Case, member: UUID) -> None:
    """Delete the grants of a member, inside a transaction.

    Raises:
        RefusedError: NOT_HERE if they hold none, LAST_HOLDER if nobody else does.
    """
    holders = holders_of_case(row)
    enforce(may_be_withdrawn(holders=len(holders), holds=member in holders))
    grants_of(row.pk, member).delete()
    Ring.objects.filter(pk=member).delete()
