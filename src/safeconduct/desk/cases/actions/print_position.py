"""Take a position out of the desk on paper: only with consent, and noted in the trail of the case."""

from datetime import date, datetime
from uuid import UUID

from safeconduct.desk.cases.assessing import assessed
from safeconduct.desk.cases.decisions import Work, may_do, may_leave
from safeconduct.desk.cases.holding import changing, hold
from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.cases.people import person_in
from safeconduct.desk.cases.values import Consent
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.members.permissions import must_be_fresh
from safeconduct.desk.refusals import enforce
from safeconduct.rules.finding import Position


def print_position(actor: Actor, *, case: UUID, person: UUID, on: date, now: datetime) -> Position:
    """The position of a person on a day, to be printed.

    Args:
        actor: One who holds the case, with a fresh password: what is on paper is out of the desk.
        case: The case.
        person: The person; it is their consent that counts, for nobody else of the case is on the paper.
        on: The day asked.
        now: The moment, in UTC.
    Raises:
        RefusedError: NOT_HERE, ROLE, FRESH_PASSWORD, CONSENT_NOT_KNOWN or CONSENT_REFUSED.
        SituationError: If what was told contradicts itself; then nothing is noted.
    """
    hold(actor, case)
    enforce(may_do(Work.PRINT, actor.roles))
    enforce(must_be_fresh(actor))
    with changing(actor, case, verb="position-printed", now=now, about=person) as held:
        _, content = person_in(held, person)
        enforce(may_leave((Consent(content["consent"]),)))
        return assessed(content, person, law_in_use(), on=on)
