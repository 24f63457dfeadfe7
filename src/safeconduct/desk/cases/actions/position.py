"""Where a person of a case stands in law on a day: computed in the request, saved with its receipt, and judged."""

from datetime import date, datetime
from uuid import UUID, uuid4

from safeconduct.desk.cases.assessing import assessed
from safeconduct.desk.cases.comparing import kept
from safeconduct.desk.cases.decisions import may_judge, may_write
from safeconduct.desk.cases.holding import changing, hold
from safeconduct.desk.cases.keeping import prepare, read_kinds
from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.cases.law_marks import mark
from safeconduct.desk.cases.people import GROUPS, person_in
from safeconduct.desk.cases.texts import text_of
from safeconduct.desk.cases.values import CaseState, Kind, Opinion
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.refusals import Reason, RefusedError, enforce
from safeconduct.rules.finding import Position


def position(actor: Actor, *, case: UUID, person: UUID, on: date) -> Position:
    """The position of a person on a day, from everything that was told of them. Nothing is saved.

    Args:
        actor: One who holds the case.
        case: The case.
        person: The person.
        on: The day asked.
    Raises:
        RefusedError: NOT_HERE.
        SituationError: If what was told contradicts itself under this law.
    """
    _, content = person_in(hold(actor, case), person)
    return assessed(content, person, law_in_use(), on=on)


def save_position(actor: Actor, *, case: UUID, person: UUID, on: date, now: datetime) -> UUID:
    """Compute a position and save its answers, with the receipt of what they were made from.

    Returns:
        The saved position.
    Raises:
        RefusedError: NOT_HERE or CLOSED.
        SituationError: As `position`.
    """
    # The answers and what they were made from are of one moment: a colleague may write something down meanwhile.
    _, read = person_in(hold(actor, case), person)
    found, saved = assessed(read, person, law_in_use(), on=on), uuid4()
    with changing(actor, case, verb="position-saved", now=now, about=saved) as held:
        enforce(may_write(CaseState(held.summary["state"])))
        person_in(held, person)
        told = {
            "person": str(person),
            "on": on.isoformat(),
            "corpus": found.receipt.corpus,
            "engine": found.receipt.engine,
            **kept(found.findings),
            "told": {group: read[group] for group in GROUPS},
            "by": str(actor.member),
            "at": now.isoformat(),
        }
        prepare(held.internal, Kind.POSITION, told, record=saved).save()
        mark(held, (person,), law=found.receipt.corpus)
    return saved


def judge(  # noqa: PLR0913 -- what a view consists of, each by its name
    actor: Actor, *, case: UUID, position: UUID, finding: str, opinion: Opinion, reason: str, now: datetime
) -> None:
    """Set a lawyer's view beside a finding of a saved position. The engine's answer stays as it is.

    Args:
        actor: A lawyer who holds the case.
        case: The case.
        position: The saved position.
        finding: Id of the finding.
        opinion: What they say.
        reason: Why.
        now: The moment, in UTC.
    Raises:
        RefusedError: ROLE, NOT_HERE, NOTHING_SAID or TOO_LONG.
    """
    enforce(may_judge(actor.roles))
    said = text_of(reason)
    with changing(actor, case, verb="judged", now=now, about=position) as held:
        saved = {row.pk: content for row, content in read_kinds(held.internal, Kind.POSITION)}
        if position not in saved or finding not in saved[position]["answers"]:
            raise RefusedError(Reason.NOT_HERE)
        view = {"position": str(position), "finding": finding, "opinion": opinion.value, "reason": said}
        signed = {"by": str(actor.member), "on": now.date().isoformat()}
        prepare(held.internal, Kind.VIEW, {**view, **signed}).save()
