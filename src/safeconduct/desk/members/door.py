"""The door code: twelve digits by which the desk knows a member in a new browser while strangers crowd the sign-in.

It opens nothing. It is made from the site's key for limits and the name that somebody signs in with, so it is stored
nowhere, and there is one for a name that nobody has, too. The member's row says how often it was replaced.
Why so: docs/decisions/0082.
"""

import hmac
import unicodedata

from safeconduct.desk.project.configuration import in_use
from safeconduct.values.secret import Secret
from safeconduct.vault.checked import grouped
from safeconduct.vault.site import tag

DIGITS = 12
_GROUP = 4


def door_code(login: str, *, replaced: int) -> Secret[str]:
    """The door code of a name, in three groups of four digits.

    Args:
        login: Lookup of the name (`naming.lookup_of`).
        replaced: How often the code was replaced; 0 for a name that nobody has.
    """
    return grouped(_digits(login, replaced=replaced), size=_GROUP)


def fits(typed: Secret[str], *, login: str, replaced: int) -> bool:
    """Whether what was typed is the door code of a name. The work is the same whatever was typed.

    Args:
        typed: Digits of any script, with anything between them.
        login: As for `door_code`.
        replaced: As for `door_code`.
    """
    read = "".join(str(unicodedata.decimal(sign)) for sign in typed.reveal() if sign.isdecimal())
    return hmac.compare_digest(read, _digits(login, replaced=replaced).reveal())


def _digits(login: str, *, replaced: int) -> Secret[str]:
    made = tag(in_use().keys.rate, "door", login.encode(), replaced.to_bytes(4, "big"))
    return Secret(f"{int.from_bytes(made, 'big') % 10**DIGITS:0{DIGITS}d}")
