"""Who holds a case. The offline key of a channel is a holder of keys, but nobody who could open a page."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from safeconduct.desk.cases.models import Case
from safeconduct.desk.keyring.models import Grant
from safeconduct.vault.cases import Domain


def holders_of_case(case: Case) -> tuple[UUID, ...]:
    """The members who hold a case."""
    rows = Grant.objects.filter(case=case.pk, domain=Domain.INTERNAL.value).exclude(holder=case.channel_id)
    return tuple(sorted(rows.values_list("holder", flat=True)))


def how_many(cases: Iterable[Case]) -> Counter[UUID]:
    """How many members hold each of the cases."""
    channels = {case.pk: case.channel_id for case in cases}
    rows = Grant.objects.filter(domain=Domain.INTERNAL.value, case__in=channels)
    pairs = rows.values_list("case", "holder")
    return Counter(case for case, holder in pairs if holder != channels[case])
