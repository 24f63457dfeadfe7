"""The daily work on cases of nobody: some go, some come, some change their day; never all at once."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from safeconduct.desk.cases.actions.make_dummies import make_dummies
from safeconduct.desk.cases.dummies import Dummy, dummies, list_dummies
from safeconduct.desk.cases.models import Case
from safeconduct.desk.members.actor import Operator, require
from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.project.stores import both_stores

_ONE_MORE, _MISSING, _TOUCHED = 14, 3, 10
"""One day in so many: one more than wanted is made; a missing one is made; a dummy gets the day of today."""


def keep_dummies(operator: Operator, *, now: datetime) -> int:
    """Close dummies whose day has come, touch some, and make what is missing.

    On a desk that never had one, all are made at once, as soon as somebody reads a channel. Later each missing one is
    made on some day within days, and now and then one more.

    Args:
        operator: Whoever runs the server.
        now: The moment, in UTC.
    Returns:
        How many there are.
    """
    require(operator, Operator)
    wanted = in_use().dummies
    with both_stores():
        listed = dummies()
        kept = tuple(_aged(listed, today=now.date()))
        if listed:
            # Also where nothing changed: that the list was written tells nothing.
            list_dummies(kept)
    return len(kept) + make_dummies(operator, number=_lacking(len(kept), wanted, is_new=not listed), now=now)


def _aged(listed: Iterable[Dummy], *, today: date) -> Iterable[Dummy]:
    rows = {row.pk: row for row in Case.objects.select_related("channel").filter(pk__in=[one.case for one in listed])}
    for one in listed:
        row = rows.get(one.case)
        if row is None:
            continue
        if one.closes_on <= today:
            # As `close` does it: from now on retention treats it like any closed case.
            shred_on = today + timedelta(days=row.channel.retention_days)
            Case.objects.filter(pk=row.pk).update(day=today, shred_on=shred_on)
            continue
        if secrets.randbelow(_TOUCHED) == 0:
            Case.objects.filter(pk=row.pk).update(day=today)
        yield one


def _lacking(there: int, wanted: int, *, is_new: bool) -> int:
    if wanted == 0:
        return 0
    if is_new:
        return wanted
    missing = sum(secrets.randbelow(_MISSING) == 0 for _ in range(wanted - there))
    one_more = there < 2 * wanted and secrets.randbelow(_ONE_MORE) == 0
    return missing + int(one_more)
