"""The token of a form: that it is ours, how old it is, and which one, so that nothing is written twice.

    token = base64url( nonce (32) | seconds since 1970 (8) | tag (32) )

Nothing is stored when a form is shown. The nonce names what the form writes: sent a second time it names the same.
"""

import binascii
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.values.secret import Secret
from safeconduct.vault.envelope import derive, new_key
from safeconduct.vault.sessions import SessionKeys, session_keys
from safeconduct.vault.site import tag

_NONCE_BYTES, _TIME_BYTES, _TAG_BYTES = 32, 8, 32
_LENGTH = _NONCE_BYTES + _TIME_BYTES + _TAG_BYTES
LASTS = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Form:
    """A form that was sent.

    Args:
        nonce: Names the form.
    """

    nonce: Secret[bytes]

    def keys(self) -> SessionKeys:
        """Under which its receipt lies, and what opens it: only who has the form has both."""
        return session_keys(derive(self.nonce, info=b"safeconduct form receipt"))

    def record(self, number: int = 0) -> UUID:
        """The id of what the form writes: writing it twice is refused by the table itself."""
        return UUID(bytes=derive(self.nonce, info=b"safeconduct form record %d" % number).reveal()[:16])


def issue(*, now: datetime) -> str:
    """A token for a form that is being shown.

    Args:
        now: The moment, in UTC.
    """
    head = new_key().reveal() + int(now.timestamp()).to_bytes(_TIME_BYTES, "big")
    return urlsafe_b64encode(head + _tag(head)).decode()


def read(token: str, *, now: datetime) -> Form:
    """The form that was sent.

    Raises:
        RefusedError: FORM_EXPIRED, if it is none of ours or a day old; TOO_FAST, if nobody can have read the page.
    """
    try:
        raw = urlsafe_b64decode(token)
    except (binascii.Error, ValueError):
        raw = b""
    head, told = raw[:-_TAG_BYTES], raw[-_TAG_BYTES:]
    if len(raw) != _LENGTH or not hmac.compare_digest(_tag(head), told):
        raise RefusedError(Reason.FORM_EXPIRED)
    age = now - datetime.fromtimestamp(int.from_bytes(head[_NONCE_BYTES:], "big"), tz=UTC)
    if age > LASTS or age < timedelta(seconds=-1):
        raise RefusedError(Reason.FORM_EXPIRED)
    if age < timedelta(seconds=in_use().least_seconds):
        raise RefusedError(Reason.TOO_FAST)
    return Form(nonce=Secret(head[:_NONCE_BYTES]))


def _tag(head: bytes) -> bytes:
    return tag(in_use().keys.rate, "form", head)
