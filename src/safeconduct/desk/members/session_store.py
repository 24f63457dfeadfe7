"""Sessions of members: half an hour without a visit ends one, and eight hours end every one."""

from datetime import timedelta

from safeconduct.desk.keyring.session_store import KeptSessionStore


class SessionStore(KeptSessionStore):
    """A member's session; it keeps the seed of their private key."""

    idle = timedelta(minutes=30)
    absolute = timedelta(hours=8)
