"""Why something is not done: a reason as a value, and the error that carries it to the edge, which finds the words."""

from dataclasses import dataclass
from enum import Enum

from safeconduct.values.errors import SafeconductError


class Reason(Enum):
    """Why an action refuses; the value is the code that pages and docs use."""

    NOT_SIGNED_IN = "not-signed-in"
    NOT_HERE = "not-here"  # No such thing, or not for this actor: nobody can tell which.
    ROLE = "role"
    FRESH_PASSWORD = "fresh-password"
    WRONG = "wrong"  # Login, password, code or link: nobody can tell which.
    TOO_OFTEN = "too-often"
    BUSY = "busy"  # Nothing was tried: too many are here at once.
    TOO_FAST = "too-fast"
    FORM_EXPIRED = "form-expired"
    NOTHING_SAID = "nothing-said"
    TOO_LONG = "too-long"
    TOO_MANY = "too-many"
    WEAK_PASSWORD = "weak-password"
    NAME_TAKEN = "name-taken"
    ROLES_CLASH = "roles-clash"
    NO_KEY_YET = "no-key-yet"
    HOLDS_ALREADY = "holds-already"
    LAST_HOLDER = "last-holder"
    CASES_LOST = "cases-lost"  # More cases would be left without a holder than were named.
    NO_HOLDER = "no-holder"  # Nobody who could read it holds the case any more.
    CONSENT_NOT_KNOWN = "consent-not-known"
    CONSENT_REFUSED = "consent-refused"
    REASON_NEEDED = "reason-needed"  # Somebody in the case refused that anything about them leaves it.
    CLOSED = "closed"
    ENDED = "ended"
    RENEWED = "renewed"  # The thread has a new key since this session began: the code opens it again.
    NO_CHANNEL = "no-channel"
    NO_CUSTODIANS = "no-custodians"
    CLOCK = "clock"
    PAST = "past"  # The day that was chosen is over everywhere.
    NOT_A_FACT = "not-a-fact"


class RefusedError(SafeconductError):
    """An action refuses. The site turns the reason into words; nothing of what was typed stands in it.

    Args:
        reason: Why.
        remedy: What to do next, for logs and the terminal.
    """

    def __init__(self, reason: Reason, *, remedy: str = "see docs/reference/desk-actions.md") -> None:
        super().__init__(f"refused: {reason.value}", remedy=remedy, code=f"DESK:{reason.value}")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Allow:
    """It may be done."""


@dataclass(frozen=True, slots=True)
class Refuse:
    """It may not be done.

    Args:
        reason: Why not.
    """

    reason: Reason


Decision = Allow | Refuse


def enforce(decision: Decision) -> None:
    """Carry a decision out.

    Raises:
        RefusedError: If it refuses.
    """
    if isinstance(decision, Refuse):
        raise RefusedError(decision.reason)
