"""A challenge for a security key: bound to what was begun, used once, and good for two minutes."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from uuid import UUID

from safeconduct.desk.keyring.models import Pending
from safeconduct.desk.members.pending import token_keys
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.values.secret import Secret
from safeconduct.vault.envelope import new_key
from safeconduct.vault.padding import pad_text, unpad_text
from safeconduct.vault.sessions import keep_in_session, take_from_session

LASTS = timedelta(minutes=2)
_KIND = "security-key"


def issued(token: Secret[str], *, use: str, owner: UUID, now: datetime) -> bytes:
    """A new challenge; one that was issued before for the same token is worth nothing any more.

    Args:
        token: Of what was begun. Only who has it can take the challenge.
        use: What it is for: a challenge for one thing is none for another.
        owner: The member.
        now: The moment, in UTC.
    Raises:
        RefusedError: WRONG, if it cannot be a token of ours.
    """
    keys, challenge = token_keys(token, use=f"{_KIND} {use}"), new_key().reveal()
    told = Secret(pad_text(f"{now.isoformat()} {urlsafe_b64encode(challenge).decode()}".encode()))
    kept = {"owner": owner, "kept": keep_in_session(told, keys=keys, owner=owner), "day": now.date()}
    Pending.objects.update_or_create(lookup=keys.lookup.hex(), kind=_KIND, defaults=kept)
    return challenge


def taken(token: Secret[str], *, use: str, owner: UUID, now: datetime) -> bytes:
    """The challenge; from now on it is none, whatever becomes of the answer.

    Args:
        token: Of what was begun.
        use: What it is for.
        owner: The member.
        now: The moment, in UTC.
    Raises:
        RefusedError: WRONG, if there is none, it was taken before, is of another member, or too old.
    """
    keys = token_keys(token, use=f"{_KIND} {use}")
    rows = Pending.objects.filter(pk=keys.lookup.hex(), kind=_KIND, owner=owner)
    row = rows.first()
    # Of two who send the same answer at the same moment, one is first.
    if row is None or not rows.filter(kept=row.kept).delete()[0]:
        raise RefusedError(Reason.WRONG)
    begun, challenge = unpad_text(take_from_session(row.kept, keys=keys, owner=owner).reveal()).decode().split()
    if not timedelta(0) <= now - datetime.fromisoformat(begun) <= LASTS:
        raise RefusedError(Reason.WRONG)
    return urlsafe_b64decode(challenge)
