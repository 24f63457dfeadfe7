"""The second factor: a code of six digits for every half minute.

Source: RFC 6238 (and RFC 4226 for the digits), with HMAC-SHA-1, because that is what every telephone can do. Its test
vectors are in tests/desk/members/test_totp.py.
"""

import hmac
import secrets
import unicodedata
from base64 import b32encode
from datetime import datetime
from urllib.parse import quote, urlencode

from safeconduct.values.secret import Secret

STEP_SECONDS = 30
DIGITS = 6
SECRET_BYTES = 20


def new_secret() -> Secret[bytes]:
    """A fresh secret of 160 bits."""
    return Secret(secrets.token_bytes(SECRET_BYTES))


def step_of(now: datetime) -> int:
    """The number of the half minute."""
    return int(now.timestamp()) // STEP_SECONDS


def code_at(secret: Secret[bytes], step: int, *, digits: int = DIGITS) -> str:
    """The code of a step."""
    digest = hmac.digest(secret.reveal(), step.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**digits:0{digits}d}"


def matching_step(secret: Secret[bytes], typed: str, *, now: datetime, after: int) -> int | None:
    """The step whose code was typed.

    Args:
        secret: The member's secret.
        typed: What was typed; spaces do not matter, digits of any script count.
        now: The moment.
        after: The last step that was used: it and earlier ones are taken no more.
    Returns:
        The step, at most one before or after this one; None if the code is of none of them.
    """
    signs = [sign for sign in typed if not sign.isspace()]
    read = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else "?" for sign in signs).encode()
    here = step_of(now)
    found = None
    for step in (here - 1, here, here + 1):
        # All three are compared, whichever fits.
        if hmac.compare_digest(code_at(secret, step).encode(), read) and step > after:
            found = step
    return found


def letters(secret: Secret[bytes]) -> Secret[str]:
    """The secret as it is typed into a telephone."""
    return Secret(b32encode(secret.reveal()).decode().rstrip("="))


def address(secret: Secret[bytes], *, label: str) -> Secret[str]:
    """What a picture for a telephone's camera holds.

    Args:
        secret: The secret.
        label: What the telephone shows; it should not tell what the desk is for.
    """
    told = urlencode({"secret": letters(secret).reveal(), "issuer": label, "digits": DIGITS, "period": STEP_SECONDS})
    return Secret(f"otpauth://totp/{quote(label)}?{told}")
