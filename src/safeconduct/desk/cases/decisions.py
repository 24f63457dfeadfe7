"""What may be done with a case: pure decisions from values, in one table of tests."""

from collections.abc import Collection, Iterable
from enum import Enum

from safeconduct.desk.cases.values import CaseState, Consent
from safeconduct.desk.members.roles import CASE_ROLES, Role
from safeconduct.desk.refusals import Allow, Decision, Reason, Refuse

MOST_PEOPLE = 100


class Work(Enum):
    """What ends a case, takes something out of it, or speaks of the law for it. The value is the verb of its trail."""

    CLOSE = "closed"
    REOPEN = "reopened"
    SHRED = "shredded"
    SAVE = "position-saved"
    PRINT = "position-printed"
    JUDGE = "judged"
    WITHDRAW = "withdrawn"


_FULL = frozenset({Role.CASEWORKER, Role.LAWYER})
_VERBS = frozenset(work.value for work in Work)
_WHO = dict.fromkeys(Work, _FULL) | {Work.JUDGE: frozenset({Role.LAWYER})}


def may_do(work: Work, roles: Collection[Role]) -> Decision:
    """Whether a member who holds a case may do this in it.

    Args:
        work: What.
        roles: Their roles: who is there for intake alone takes over, answers, writes down and hands on.
    """
    return Allow() if _WHO[work] & set(roles) else Refuse(Reason.ROLE)


def may_change(verb: str, roles: Collection[Role], *, is_about_self: bool) -> Decision:
    """Whether a member who holds a case may do what a verb of its trail says.

    Args:
        verb: The verb.
        roles: Their roles.
        is_about_self: Whether it is done to the member who does it: everybody may give a case up.
    """
    if verb not in _VERBS or (verb == Work.WITHDRAW.value and is_about_self):
        return Allow()
    return may_do(Work(verb), roles)


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


def may_be_assigned(consents: Iterable[Consent], *, has_reason: bool) -> Decision:
    """Whether a case may be given to a colleague of the organisation.

    A colleague is inside: nothing leaves the case. But where somebody refused, whoever gives it says why.

    Args:
        consents: Of all people of the case.
        has_reason: Whether a reason was given.
    """
    return Refuse(Reason.REASON_NEEDED) if Consent.REFUSED in set(consents) and not has_reason else Allow()


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
    return may_do(Work.JUDGE, roles)


def may_add_person(*, people: int) -> Decision:
    """Whether one more person fits into a case."""
    return Allow() if people < MOST_PEOPLE else Refuse(Reason.TOO_MANY)
