"""A member's private key in slots: one under the password, one under a printed recovery code.

Changing the password writes the first slot anew and touches nothing else. The recovery code never lies on the server.
(The third way back, through two custodians, is in custodians.py.)
"""

import secrets
from dataclasses import dataclass
from uuid import UUID

from safeconduct.values.secret import Secret
from safeconduct.vault.binding import OwnerPlace, Purpose
from safeconduct.vault.checked import grouped, read_checked, with_check
from safeconduct.vault.envelope import derive, unwrap, wrap
from safeconduct.vault.errors import CodeError
from safeconduct.vault.sealing import PrivateKey

_CODE_DIGITS = 40  # 132.9 bits: the least number of digits that fills whole groups and has 128.
_BELOW = 10**_CODE_DIGITS
_GROUP = 6
_LONGEST = 200


@dataclass(frozen=True, slots=True, eq=False)
class RecoveryCode:
    """The printed code of a member: 42 digits in seven groups, the last two of which check the others.

    Args:
        number: The number, 0 <= number < 10**40.
    """

    number: Secret[int]

    @classmethod
    def new(cls) -> "RecoveryCode":
        """A fresh one, every number as likely as every other."""
        return cls(Secret(secrets.randbelow(_BELOW)))

    @classmethod
    def read(cls, typed: Secret[str]) -> "RecoveryCode":
        """The code somebody typed.

        Raises:
            CodeError: If it cannot be one of ours.
        """
        if len(typed.reveal()) > _LONGEST:
            raise CodeError("what was typed is too long", remedy="type the digits of the printed code only")
        return cls(read_checked(typed, digits=_CODE_DIGITS))

    def digits(self) -> Secret[str]:
        """The code as it is printed."""
        return grouped(with_check(self.number, digits=_CODE_DIGITS), size=_GROUP)

    def key(self, member: UUID) -> Secret[bytes]:
        """The key of the recovery slot. A code of full strength needs no memory-hard derivation."""
        digits = Secret(f"{self.number.reveal():0{_CODE_DIGITS}d}".encode())
        return derive(digits, info=b"safeconduct recovery code", salt=member.bytes)


def close_password_slot(private: PrivateKey, *, key: Secret[bytes], member: UUID) -> bytes:
    """The member's private key under the key of the password (KEK_pw)."""
    return wrap(key, private.seed, purpose=Purpose.PASSWORD_SLOT, binding=OwnerPlace(owner=member))


def open_password_slot(slot: bytes, *, key: Secret[bytes], member: UUID) -> PrivateKey:
    """The member's private key.

    Raises:
        CannotOpenError: If anything at all does not fit.
    """
    return PrivateKey(unwrap(key, slot, purpose=Purpose.PASSWORD_SLOT, binding=OwnerPlace(owner=member)))


def close_recovery_slot(private: PrivateKey, *, code: RecoveryCode, member: UUID) -> bytes:
    """The member's private key under the printed code."""
    place = OwnerPlace(owner=member)
    return wrap(code.key(member), private.seed, purpose=Purpose.RECOVERY_SLOT, binding=place)


def open_recovery_slot(slot: bytes, *, code: RecoveryCode, member: UUID) -> PrivateKey:
    """The member's private key.

    Raises:
        CannotOpenError: If anything at all does not fit.
    """
    place = OwnerPlace(owner=member)
    return PrivateKey(unwrap(code.key(member), slot, purpose=Purpose.RECOVERY_SLOT, binding=place))
