"""Who may do what as a member: decisions as values, in one table of tests."""

from safeconduct.desk.members.actor import Actor
from safeconduct.desk.members.roles import Role
from safeconduct.desk.refusals import Allow, Decision, Reason, Refuse


def must_be(role: Role, *, actor: Actor, fresh: bool = False) -> Decision:
    """Whether the actor has a role, and typed the password just now where that is asked.

    Args:
        role: The role.
        actor: Who acts.
        fresh: Whether a fresh password is needed, too.
    """
    if role not in actor.roles:
        return Refuse(Reason.ROLE)
    return must_be_fresh(actor) if fresh else Allow()


def may_lose(*, alone: int, losing: int) -> Decision:
    """Whether keys may be taken away with which cases go that nobody else holds.

    Args:
        alone: Cases that nobody else holds, >= 0.
        losing: How many whoever decides was told of, and named.
    """
    return Allow() if alone <= losing else Refuse(Reason.CASES_LOST)


def must_be_fresh(actor: Actor) -> Decision:
    """Whether the actor typed the password just now."""
    return Allow() if actor.is_fresh else Refuse(Reason.FRESH_PASSWORD)
