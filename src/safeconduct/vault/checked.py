"""Numbers with two check digits: what people copy by hand, and what catches a slip before any key is tried.

Source: ISO/IEC 7064, MOD 97-10. The whole number, check digits included, leaves 1 when divided by 97. Every single
wrong digit and every swap of two neighbours is caught.
"""

import hmac
import unicodedata

from safeconduct.values.secret import Secret
from safeconduct.vault.errors import CodeError

CHECK_DIGITS = 2


def with_check(number: Secret[int], *, digits: int) -> Secret[str]:
    """The number in so many digits, zeros in front kept, and its two check digits."""
    return Secret(f"{number.reveal():0{digits}d}{98 - number.reveal() * 100 % 97:02d}")


def read_checked(typed: Secret[str], *, digits: int) -> Secret[int]:
    """The number that was typed with its check digits.

    Args:
        typed: Digits of any script; everything between them is passed over, letters are not.
        digits: Digits of the number without its check digits.
    Raises:
        CodeError: If letters stand in it, if digits are missing or too many, or if the check digits do not fit.
    """
    if any(unicodedata.category(sign).startswith("L") for sign in typed.reveal()):
        raise CodeError("letters stand among the digits", remedy="type the digits only, or the words only")
    read = Secret("".join(str(unicodedata.decimal(sign)) for sign in typed.reveal() if sign.isdecimal()))
    expected = digits + CHECK_DIGITS
    if len(read.reveal()) != expected:
        raise CodeError(
            f"{len(read.reveal())} digits were typed and {expected} are needed",
            remedy="compare the groups one by one with what was written down",
        )
    number = Secret(int(read.reveal()[:digits]))
    # Compared whole: 00 and 01 would leave 1 as well where 97 and 98 are meant.
    if not hmac.compare_digest(with_check(number, digits=digits).reveal(), read.reveal()):
        raise CodeError("a digit is wrong", remedy="compare the groups one by one with what was written down")
    return number


def grouped(digits: Secret[str], *, size: int) -> Secret[str]:
    """The digits in groups of this size with spaces between, the last group shorter if need be."""
    starts = range(0, len(digits.reveal()), size)
    return Secret(" ".join(digits.reveal()[start : start + size] for start in starts))
