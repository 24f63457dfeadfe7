"""What may be done with a case: pure decisions from values, in one table of tests."""

from collections.abc import Collection, Iterable

from safeconduct.desk.cases.values import CaseState, Consent
from safeconduct.desk.members.roles import CASE_ROLES, Role
from safeconduct.desk.refusals import Allow, Decision, Reason, Refuse

MOST_PEOPLE = 100


def may_write(state: CaseState) -> Decision:
    """Whether something may be added to a case."""
    return Refuse(Reason.CLOSED) if state is CaseState.CLOSED else Allow()


def may_be_given(*, roles: Collection[Role], has_key: bool, holds_already: bool, state: CaseState) -> Decision:
    """Whether a case may be given to a member.

    Args:
        roles: Their roles: an administrator or a mere custodian holds no case.
        has_key: Whether they have a key it can be sealed to, and may sign in.
        holds_already: Whether they hold it.
        state: Where the case stands.
    """
    if state is CaseState.CLOSED:
        return Refuse(Reason.CLOSED)
    if not CASE_ROLES & set(roles):
        return Refuse(Reason.ROLE)
    if not has_key:
        return Refuse(Reason.NO_KEY_YET)
    return Refuse(Reason.HOLDS_ALREADY) if holds_already else Allow()


def may_leave(consents: Iterable[Consent]) -> Decision:
    """Whether something about the people of a case may leave it: only if each of them is known to agree.

    Args:
        consents: Of all people of the case; nobody is asked for somebody who was not written down.
    """
    told = set(consents)
    if Consent.REFUSED in told:
        return Refuse(Reason.CONSENT_REFUSED)
    return Allow() if told == {Consent.KNOWN} else Refuse(Reason.CONSENT_NOT_KNOWN)


def may_be_withdrawn(*, holders: int, holds: bool) -> Decision:
    """Whether a member may be withdrawn from a case.

    Args:
        holders: How many members hold it.
        holds: Whether this one does.
    """
    if not holds:
        return Refuse(Reason.NOT_HERE)
    return Allow() if holders > 1 else Refuse(Reason.LAST_HOLDER)


def may_judge(roles: Collection[Role]) -> Decision:
    """Whether a member may set a view beside a finding."""
    return Allow() if Role.LAWYER in roles else Refuse(Reason.ROLE)


def may_add_person(*, people: int) -> Decision:
    """Whether one more person fits into a case."""
    return Allow() if people < MOST_PEOPLE else Refuse(Reason.TOO_MANY)
