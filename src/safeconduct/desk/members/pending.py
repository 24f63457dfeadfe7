"""What a first step has begun and a second must finish. Only the token that was handed out opens what is kept."""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from django.db.models import F

from safeconduct.desk.keyring.models import Pending
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.values.secret import Secret
from safeconduct.vault.envelope import derive, new_key
from safeconduct.vault.padding import pad_text, unpad_text
from safeconduct.vault.sessions import SessionKeys, keep_in_session, session_keys, take_from_session

MOST_TRIES = 5
_TOKEN_BYTES = 32


class Step(Enum):
    """What is pending. A token of one kind opens nothing of another, and no session."""

    SIGN_IN = "sign-in"
    ENROLMENT = "enrolment"


LASTS = {Step.SIGN_IN: timedelta(minutes=10), Step.ENROLMENT: timedelta(hours=2)}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Begun:
    """What was begun.

    Args:
        row: The row's key, to finish it.
        owner: The member.
        content: What was kept.
    """

    row: str
    owner: UUID
    content: Secret[dict[str, Any]]

    def finish(self) -> None:
        """Take it away: it is finished once."""
        if not Pending.objects.filter(pk=self.row).delete()[0]:
            raise RefusedError(Reason.WRONG)


def new_token() -> Secret[str]:
    """A fresh token of 256 bits, as it stands in a form or at the end of a link."""
    return Secret(urlsafe_b64encode(new_key().reveal()).decode().rstrip("="))


def token_keys(token: Secret[str], *, use: str) -> SessionKeys:
    """Lookup and key of a token for one use.

    Raises:
        RefusedError: WRONG, if it cannot be one of ours.
    """
    try:
        raw = Secret(urlsafe_b64decode(f"{token.reveal()}="))
    except (binascii.Error, ValueError):
        raw = Secret(b"")
    if len(raw.reveal()) != _TOKEN_BYTES:
        raise RefusedError(Reason.WRONG)
    return session_keys(derive(raw, info=b"safeconduct token " + use.encode()))


def begin(step: Step, *, owner: UUID, content: Secret[dict[str, Any]], now: datetime) -> Secret[str]:
    """Keep something until the second step.

    Args:
        step: What is begun.
        owner: The member.
        content: What is kept, ready for JSON.
        now: The moment, in UTC.
    Returns:
        The token of the second step.
    """
    token = new_token()
    keys = token_keys(token, use=step.value)
    text = pad_text(json.dumps(content.reveal() | {"begun": now.isoformat()}).encode())
    kept = keep_in_session(Secret(text), keys=keys, owner=owner)
    Pending.objects.create(lookup=keys.lookup.hex(), kind=step.value, owner=owner, kept=kept, day=now.date())
    return token


def looked(step: Step, token: Secret[str], *, now: datetime) -> Begun:
    """What was begun, while it may still be finished; it does not count as a try.

    Raises:
        RefusedError: WRONG, if there is none, or it is too old; TOO_OFTEN after five tries.
    """
    keys = token_keys(token, use=step.value)
    row = Pending.objects.filter(pk=keys.lookup.hex(), kind=step.value).first()
    if row is None:
        raise RefusedError(Reason.WRONG)
    if row.tries >= MOST_TRIES:
        raise RefusedError(Reason.TOO_OFTEN)
    return _opened(row, keys, lasts=LASTS[step], now=now)


def tried(step: Step, token: Secret[str], *, now: datetime) -> Begun:
    """What was begun, for one more try at its second step.

    Raises:
        RefusedError: WRONG, if there is none, or it is too old; TOO_OFTEN after five tries.
    """
    keys = token_keys(token, use=step.value)
    rows = Pending.objects.filter(pk=keys.lookup.hex(), kind=step.value)
    row = rows.first()
    if row is None:
        raise RefusedError(Reason.WRONG)
    # Counted before anything is compared, so that tries at the same moment count, too.
    if not rows.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        raise RefusedError(Reason.TOO_OFTEN)
    return _opened(row, keys, lasts=LASTS[step], now=now)


def _opened(row: Pending, keys: SessionKeys, *, lasts: timedelta, now: datetime) -> Begun:
    content = Secret(json.loads(unpad_text(take_from_session(row.kept, keys=keys, owner=row.owner).reveal())))
    age = now - datetime.fromisoformat(content.reveal()["begun"])
    if not timedelta(0) <= age <= lasts:
        raise RefusedError(Reason.WRONG)
    return Begun(row=row.pk, owner=row.owner, content=content)


def forget(*, now: datetime) -> None:
    """Take away what was begun on earlier days."""
    Pending.objects.filter(day__lt=now.date() - timedelta(days=1)).delete()
