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


@dataclass(frozen=True, slots=True)
class Operator:
    """Whoever runs the server, at its terminal. Opens no case: it has no key."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SignedIn:
    """A member who proved who they are, with password and second factor.

    Args:
        member: Who it is.
        private: Their private key, for `begin_member_session`.
        browser: What their browser may keep, so that a flood of tries by others does not lock them out.
    """

    member: UUID
    private: PrivateKey
    browser: str = ""


def require(actor: object, *kinds: type) -> None:
    """Refuse whoever is none of these, also nobody at all: no action is open because its actor was forgotten.

    Raises:
        RefusedError: NOT_SIGNED_IN.
    """
    if not isinstance(actor, kinds):
        raise RefusedError(Reason.NOT_SIGNED_IN)


def begin_member_session(session: SessionStore, signed_in: SignedIn, *, now: datetime) -> None:
    """Keep a member's key for the length of the session, under a new id; the password was typed just now."""
    mark_fresh(session, now=now)
    session.keep(signed_in.private.seed, owner=signed_in.member)


def mark_fresh(session: SessionStore, *, now: datetime) -> None:
    """Note that the password was typed just now (after `confirm_password`)."""
    session["typed"] = now.isoformat()


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
