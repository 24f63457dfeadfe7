"""Which passwords the desk takes: length alone makes a guess dear, and no rule is made that people work around."""

import unicodedata

from safeconduct.desk.refusals import Allow, Decision, Reason, Refuse
from safeconduct.values.secret import Secret

LEAST = 12
MOST = 256
_LEAST_DIFFERENT = 6


def may_be_password(password: Secret[str], *, login: str) -> Decision:
    """Whether a password may be chosen.

    Args:
        password: What was chosen.
        login: What the member signs in with; it must not be most of the password.
    """
    plain = Secret(unicodedata.normalize("NFKC", password.reveal()).casefold())
    left = Secret(plain.reveal().replace(login.casefold().strip() or "\0", ""))
    enough = LEAST <= len(plain.reveal()) <= MOST and len(left.reveal()) >= LEAST
    if not enough or len(set(left.reveal())) < _LEAST_DIFFERENT:
        return Refuse(Reason.WEAK_PASSWORD)
    return Allow()
