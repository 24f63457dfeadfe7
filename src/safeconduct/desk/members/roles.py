"""What a member is for the desk, and which roles nobody has together."""

from collections.abc import Iterable
from enum import Enum

from safeconduct.desk.refusals import Allow, Decision, Reason, Refuse


class Role(Enum):
    """A role of a member."""

    INTAKE = "intake"
    CASEWORKER = "caseworker"
    LAWYER = "lawyer"
    CUSTODIAN = "custodian"
    ADMINISTRATOR = "administrator"


CASE_ROLES = frozenset({Role.INTAKE, Role.CASEWORKER, Role.LAWYER})
"""Who may hold cases."""


class State(Enum):
    """Whether a member may sign in."""

    ACTIVE = "active"
    LOCKED = "locked"
    RESET = "reset"  # An administrator made a new link; the old key is gone.


def may_have(roles: frozenset[Role]) -> Decision:
    """Whether one member may have these roles: an administrator opens no case and helps restore no key."""
    if not roles or (Role.ADMINISTRATOR in roles and len(roles) > 1):
        return Refuse(Reason.ROLES_CLASH)
    return Allow()


def to_text(roles: Iterable[Role]) -> str:
    """Roles as the table keeps them."""
    return ",".join(sorted(role.value for role in roles))


def from_text(text: str) -> frozenset[Role]:
    """What `to_text` wrote."""
    return frozenset(Role(word) for word in text.split(",") if word)
