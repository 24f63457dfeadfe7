"""Whoever performs an action as a member: read from the session by the view, handed to the action."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from safeconduct.desk.members.models import Member
from safeconduct.desk.members.roles import Role, State, from_text
from safeconduct.desk.members.session_store import SessionStore
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.vault.sealing import PrivateKey

FRESH_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Actor:
    """A member who is signed in, with their private key for the length of this request.

    Args:
        member: Who it is.
        roles: What they are for the desk.
        private: Their private key.
        is_fresh: Whether they typed their password within the last minutes.
        session: Lookup of their session, which a change of password keeps while it ends all others.
    """

    member: UUID
    roles: frozenset[Role]
    private: PrivateKey
    is_fresh: bool = False
    session: str = ""


def actor_of(session: SessionStore, *, now: datetime) -> Actor:
    """The member of a session.

    Raises:
        RefusedError: NOT_SIGNED_IN, if the session holds no member, or the member may not sign in any more.
    """
    kept = session.kept_seed()
    owner = session.owner
    member = Member.objects.filter(pk=owner, state=State.ACTIVE.value).first() if owner is not None else None
    if kept is None or member is None:
        raise RefusedError(Reason.NOT_SIGNED_IN)
    typed = session.get("typed")
    fresh = isinstance(typed, str) and timedelta(0) <= now - datetime.fromisoformat(typed) <= FRESH_FOR
    return Actor(
        member=member.pk,
        roles=from_text(member.roles),
        private=PrivateKey(kept),
        is_fresh=fresh,
        session=session.lookup(),
    )
