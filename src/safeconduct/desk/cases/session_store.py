"""Sessions of contacts: half an hour without a visit ends one, and two hours end every one."""

from datetime import timedelta

from safeconduct.desk.keyring.session_store import KeptSessionStore


class SessionStore(KeptSessionStore):
    """A contact's session; it keeps the thread's key of one epoch, never the codename or what it opens."""

    idle = timedelta(minutes=30)
    absolute = timedelta(hours=2)
