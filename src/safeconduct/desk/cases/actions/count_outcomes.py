"""How many cases ended how, by month and channel: counted when they were closed, never by joining live rows."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from safeconduct.desk.cases.actions.close import Outcome
from safeconduct.desk.cases.models import Counter
from safeconduct.desk.members.actor import Actor, require

LEAST = 10
"""Below so many a count is withheld: it could be somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeCount:
    """A count.

    Args:
        month: First day of the month.
        channel: The channel.
        outcome: How the cases ended.
        count: How many; None if fewer than ten.
    """

    month: date
    channel: UUID
    outcome: Outcome
    count: int | None


def count_outcomes(actor: Actor) -> tuple[OutcomeCount, ...]:
    """All counts, the newest month first."""
    require(actor, Actor)
    rows = Counter.objects.order_by("-month", "channel", "name")
    return tuple(
        OutcomeCount(
            month=row.month,
            channel=row.channel,
            outcome=Outcome(row.name),
            count=row.count if row.count >= LEAST else None,
        )
        for row in rows
    )
