"""Cases that would be left without anybody if one member went: how many, never which."""

from uuid import UUID

from safeconduct.desk.keyring.models import Grant
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.permissions import may_lose
from safeconduct.desk.refusals import enforce
from safeconduct.vault.cases import Domain


def held_alone(member: UUID) -> int:
    """How many cases only this member holds. Empty cases are among them: no key here tells them apart.

    Args:
        member: Who.
    """
    internal = Grant.objects.filter(domain=Domain.INTERNAL.value)
    others = internal.exclude(holder=member).values("case")
    return internal.filter(holder=member).exclude(case__in=others).count()


def refuse_more_lost(member: UUID, *, losing: int) -> None:
    """Refuse to take away a member's keys where more cases would be lost than were named. Inside a transaction.

    Args:
        member: Whose keys go.
        losing: How many cases whoever decides was told of.
    Raises:
        RefusedError: CASES_LOST.
    """
    # One after the other: of two holders who are locked in one moment, the second is the only one.
    list(Member.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    enforce(may_lose(alone=held_alone(member), losing=losing))
