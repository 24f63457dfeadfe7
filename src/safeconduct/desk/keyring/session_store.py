"""Sessions of both sites: the cookie holds the id, the table its hash and what only the id opens.

A stolen table gives nothing: neither an id nor a key. Ends of a session are counted in the ciphertext, to the second;
the row holds a day.
"""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError
from django.db.transaction import atomic

from safeconduct.desk.keyring.models import KeptSession
from safeconduct.desk.project.clock import now
from safeconduct.desk.project.routers import KEYRING
from safeconduct.desk.project.stores import NothingKept
from safeconduct.values.secret import Secret
from safeconduct.vault.errors import CannotOpenError
from safeconduct.vault.padding import pad_text, unpad_text
from safeconduct.vault.sessions import SessionKeys, keep_in_session, new_session_id, session_keys, take_from_session

_NOBODY = UUID(int=0)
_ID_BYTES = 32


class KeptSessionStore(SessionBase):
    """Django's sessions on the vault's. Each site says for how long one lasts.

    Args:
        session_key: What the cookie holds, if anything.
    """

    idle = timedelta(minutes=30)
    absolute = timedelta(hours=8)

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self.owner: UUID | None = None
        self._seed: Secret[bytes] | None = None
        self._began = ""

    # --- what a session keeps -----------------------------------------------------------------------------------

    def keep(self, secret: Secret[bytes], *, owner: UUID) -> None:
        """Keep a key for the length of the session, under a new id: whoever knew the old one knows nothing now.

        Args:
            secret: A member's seed, or the thread's key of a contact.
            owner: The member or contact.
        """
        self._get_session()
        self.owner, self._seed, self._began = owner, secret, now().isoformat()
        self.modified = True
        self.cycle_key()

    def kept_seed(self) -> Secret[bytes] | None:
        """What was kept; None in a session of nobody."""
        self._get_session()
        return self._seed

    def lookup(self) -> str:
        """The row's key in the table; "" for a session that was never saved."""
        keys = _keys(self.session_key)
        return "" if keys is None else keys.lookup.hex()

    # --- Django's form ------------------------------------------------------------------------------------------

    def _get_session(self, no_load: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002 -- Django's form
        if no_load and not hasattr(self, "_session_cache"):
            self._forget()
        return super()._get_session(no_load)  # type: ignore[misc, no-any-return]

    def load(self) -> dict[str, Any]:
        """What the session of this id holds; an empty one with a new id if there is none, or it has ended."""
        keys = _keys(self.session_key)
        row = KeptSession.objects.filter(pk=keys.lookup.hex()).first() if keys is not None else None
        told = _opened(row, keys)
        if row is None or told is None or self._has_ended(told):
            self._session_key = None
            self._forget()
            return {}
        self.owner = row.owner
        self._seed = Secret(bytes.fromhex(told["seed"])) if told["seed"] else None
        self._began = told["began"]
        data: dict[str, Any] = told["data"]
        return data

    def _has_ended(self, told: dict[str, Any]) -> bool:
        at = now()
        began, seen = datetime.fromisoformat(told["began"]), datetime.fromisoformat(told["seen"])
        # A clock that was set back ends sessions, too: nothing lasts longer than it should.
        idle = timedelta(0) <= at - seen <= self.idle
        return not (idle and timedelta(0) <= at - began <= self.absolute)

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 -- Django's form
        """Write the row; a session that was ended meanwhile does not come back."""
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)
        keys = _keys(self.session_key)
        if keys is None:
            raise UpdateError
        row = {"owner": self.owner, "kept": self._closed(keys, data), "day": now().date()}
        if not must_create:
            if not self._updated(keys, row):
                raise UpdateError
            return
        try:
            with atomic(using=KEYRING):
                KeptSession.objects.create(lookup=keys.lookup.hex(), **row)
        except IntegrityError:
            raise CreateError from None

    def _updated(self, keys: SessionKeys, row: dict[str, Any]) -> bool:
        """Whether the row is still there. Where only the visit was to be noted, a full store stops nobody."""
        rows = KeptSession.objects.filter(pk=keys.lookup.hex())
        try:
            return bool(rows.update(**row))
        except NothingKept:
            if self.modified:
                raise
            return rows.exists()

    def _closed(self, keys: SessionKeys, data: dict[str, Any]) -> bytes:
        at = now().isoformat()
        seed = "" if self._seed is None else self._seed.reveal().hex()
        told = Secret(json.dumps({"data": data, "seed": seed, "began": self._began or at, "seen": at}))
        return keep_in_session(Secret(pad_text(told.reveal().encode())), keys=keys, owner=self.owner or _NOBODY)

    def create(self) -> None:
        """A new row under a new id."""
        while True:
            self._session_key = self._get_new_session_key()
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def exists(self, session_key: str) -> bool:
        """Whether there is a session of this id."""
        keys = _keys(session_key)
        return keys is not None and KeptSession.objects.filter(pk=keys.lookup.hex()).exists()

    def delete(self, session_key: str | None = None) -> None:
        """End a session."""
        keys = _keys(session_key if session_key is not None else self.session_key)
        if keys is not None:
            KeptSession.objects.filter(pk=keys.lookup.hex()).delete()

    def flush(self) -> None:
        """End this session and forget what it kept."""
        super().flush()
        self._forget()

    @classmethod
    def clear_expired(cls) -> None:
        """Take away rows of earlier days."""
        KeptSession.objects.filter(day__lt=now().date() - timedelta(days=1)).delete()

    def _get_new_session_key(self) -> str:
        return urlsafe_b64encode(new_session_id().reveal()).decode().rstrip("=")

    def _forget(self) -> None:
        self.owner, self._seed, self._began = None, None, ""


def _keys(session_key: str | None) -> SessionKeys | None:
    """The keys of a cookie's value; None if it cannot be one of ours."""
    try:
        raw = urlsafe_b64decode(f"{session_key or ''}=")
    except (binascii.Error, ValueError):
        return None
    return session_keys(Secret(raw)) if len(raw) == _ID_BYTES else None


def _opened(row: KeptSession | None, keys: SessionKeys | None) -> dict[str, Any] | None:
    if row is None or keys is None:
        return None
    try:
        kept = take_from_session(row.kept, keys=keys, owner=row.owner or _NOBODY)
        told: dict[str, Any] = json.loads(unpad_text(kept.reveal()))
    except CannotOpenError:
        return None
    return told
