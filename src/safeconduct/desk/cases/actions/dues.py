"""Days on which something is due: what, stands in the case; that something is, in a row of a member and a day."""

from datetime import date, datetime
from uuid import UUID

from safeconduct.desk.cases.decisions import may_write
from safeconduct.desk.cases.holders import holders_of_case
from safeconduct.desk.cases.holding import changing
from safeconduct.desk.cases.keeping import prepare, read_kinds, rewrite
from safeconduct.desk.cases.models import Due
from safeconduct.desk.cases.texts import line_of
from safeconduct.desk.cases.values import CaseState, Kind
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.refusals import Reason, RefusedError, enforce


def set_due(actor: Actor, *, case: UUID, on: date, text: str, now: datetime) -> None:
    """Note that something is due, for every holder.

    Args:
        actor: One who holds the case.
        case: The case.
        on: The day.
        text: What.
        now: The moment, in UTC.
    Raises:
        RefusedError: NOT_HERE, NOTHING_SAID, TOO_LONG or CLOSED.
    """
    said = line_of(text)
    with changing(actor, case, verb="due-set", now=now) as held:
        enforce(may_write(CaseState(held.summary["state"])))
        prepare(held.internal, Kind.DUE, {"on": on.isoformat(), "text": said, "done": False}).save()
        Due.objects.bulk_create(Due(member=member, day=on) for member in holders_of_case(held.case))


def finish_due(actor: Actor, *, case: UUID, due: UUID, now: datetime) -> None:
    """Note that something was done.

    Raises:
        RefusedError: NOT_HERE.
    """
    with changing(actor, case, verb="due-done", now=now, about=due) as held:
        for row, content in read_kinds(held.internal, Kind.DUE):
            if row.pk == due and not content["done"]:
                rewrite(held.internal, row, {**content, "done": True})
                _forget(date.fromisoformat(content["on"]), holders_of_case(held.case))
                return
        raise RefusedError(Reason.NOT_HERE)


def _forget(day: date, members: tuple[UUID, ...]) -> None:
    for member in members:
        row = Due.objects.filter(member=member, day=day).first()
        if row is not None:
            row.delete()


def dues_of(actor: Actor, *, until: date) -> tuple[date, ...]:
    """Days up to one, included, on which something is due for the actor; in which case is not stored with them."""
    rows = Due.objects.filter(member=actor.member, day__lte=until)
    return tuple(sorted(set(rows.values_list("day", flat=True))))
