"""Register a security key: a second factor beside the telephone, which stays."""

from dataclasses import dataclass
from datetime import datetime

from safeconduct.desk.keyring.models import MemberKeys
from safeconduct.desk.members import webauthn, webauthn_challenge, webauthn_keys
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.members.pending import new_token
from safeconduct.desk.members.permissions import must_be_fresh
from safeconduct.desk.members.system_trail import Happened, note
from safeconduct.desk.members.webauthn import Signed
from safeconduct.desk.members.webauthn_keys import LONGEST_NAME, SecurityKey
from safeconduct.desk.project.stores import both_stores
from safeconduct.desk.refusals import Reason, RefusedError, enforce
from safeconduct.values.secret import Secret

_USE = "registration"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Asked:
    """What a browser is asked for.

    Args:
        token: For a hidden field of the form that brings the answer.
        options: JSON for the page's script; "" under an address of numbers, where browsers let no key be used.
    """

    token: Secret[str]
    options: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer:
    """What a browser sent back.

    Args:
        token: That of `Asked`.
        text: JSON.
        name: What the member calls the key.
        host: Host and port under which the browser reached the site.
    """

    token: Secret[str]
    text: str
    name: str
    host: str


def security_keys(actor: Actor) -> tuple[SecurityKey, ...]:
    """The actor's own keys, in the order in which they were registered."""
    return webauthn_keys.opened(MemberKeys.objects.get(pk=actor.member))


def begin_key(actor: Actor, *, host: str, now: datetime) -> Asked:
    """Ask for a key.

    Args:
        actor: Who acts, with a fresh password.
        host: Host and port under which the browser reached the site.
        now: The moment, in UTC.
    Raises:
        RefusedError: FRESH_PASSWORD, or TOO_MANY if there are five.
    """
    enforce(must_be_fresh(actor))
    keys = security_keys(actor)
    if len(keys) >= webauthn_keys.MOST:
        raise RefusedError(Reason.TOO_MANY)
    token, party = new_token(), webauthn.party_of(host)
    if party is None:
        return Asked(token=token, options="")
    challenge = webauthn_challenge.issued(token, use=_use(actor), owner=actor.member, now=now)
    known = [one.credential for one in webauthn_keys.at(party, keys)]
    handle = webauthn_keys.handle_of(actor.member)
    return Asked(token=token, options=webauthn.to_make(party, challenge=challenge, handle=handle, known=known))


def add_key(actor: Actor, answer: Answer, *, now: datetime) -> None:
    """Keep a key that the browser brought.

    Args:
        actor: Who acts, with a fresh password.
        answer: What the browser sent.
        now: The moment, in UTC.
    Raises:
        RefusedError: FRESH_PASSWORD; NOTHING_SAID or TOO_LONG for its name; TOO_MANY; WRONG if the key or the answer
            does not fit, was sent before, is older than two minutes, or of another session.
    """
    enforce(must_be_fresh(actor))
    name = " ".join(answer.name.split())
    if not name:
        raise RefusedError(Reason.NOTHING_SAID)
    if len(name) > LONGEST_NAME:
        raise RefusedError(Reason.TOO_LONG)
    challenge = webauthn_challenge.taken(answer.token, use=_use(actor), owner=actor.member, now=now)
    party = webauthn.party_of(answer.host)
    if party is None:
        raise RefusedError(Reason.WRONG)
    try:
        made = webauthn.made(party, challenge=challenge, answer=answer.text)
    except webauthn.NotThisKeyError:
        raise RefusedError(Reason.WRONG) from None
    row = MemberKeys.objects.get(pk=actor.member)
    keys = webauthn_keys.opened(row)
    if _has(keys, made):
        raise RefusedError(Reason.WRONG)
    new = webauthn_keys.new_one(made, name=name, party=party, since=now.date())
    with both_stores():
        if not webauthn_keys.written(row, (*keys, new)):
            raise RefusedError(Reason.WRONG)
        note(Happened.SECURITY_KEY_ADDED, by=actor.member, about=actor.member, now=now)


def _has(keys: tuple[SecurityKey, ...], made: Signed) -> bool:
    return webauthn.id_of(made.credential) in {webauthn.id_of(one.credential) for one in keys}


def _use(actor: Actor) -> str:
    # Of this session alone: what another window of a thief began is nothing here.
    return f"{_USE} {actor.session}"
