"""An enrolment: everything that makes a member, kept under a token until the code of their telephone was typed once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from safeconduct.desk.members.credentials import closed_totp, password_columns
from safeconduct.desk.members.door import door_code
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.pending import Step, begin
from safeconduct.desk.members.totp import address, letters, new_secret
from safeconduct.values.secret import Secret
from safeconduct.vault.members import RecoveryCode, close_recovery_slot
from safeconduct.vault.sealing import PrivateKey

LABEL = "desk"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Enrolment:
    """What a new member is shown, once.

    Args:
        token: Of the second step, for a hidden field.
        totp_secret: To type into the telephone.
        totp_address: The same for its camera.
        recovery_code: To print.
        door: The door code, to print beside it.
    """

    token: Secret[str]
    totp_secret: Secret[str]
    totp_address: Secret[str]
    recovery_code: Secret[str]
    door: Secret[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """Who is enrolled, and by what right.

    Args:
        member: A new id, or that of the member who comes back.
        invitation: Lookup of the link; "" for a recovery.
        request: The request to custodians; None for a link.
        login: Lookup of what they will sign in with; "" where it stays as it is.
        name: Their name as the table keeps it; empty where it stays as it is.
        roles: Their roles as the table keeps them; "" where they stay as they are.
    """

    member: UUID
    invitation: str = ""
    request: UUID | None = None
    login: str = ""
    name: bytes = b""
    roles: str = ""


def begin_enrolment(joining: Joining, *, private: PrivateKey, password: Secret[str], now: datetime) -> Enrolment:
    """Make slots, second factor and printed code for a private key. One run of Argon2id.

    Args:
        joining: Who.
        private: A new key, or the one that was restored.
        password: What they chose.
        now: The moment, in UTC.
    """
    member, totp, code = joining.member, new_secret(), RecoveryCode.new()
    columns = {
        **password_columns(password, private=private, member=member),
        "recovery_slot": close_recovery_slot(private, code=code, member=member),
        "totp": closed_totp(totp, member=member),
    }
    row = Member.objects.filter(pk=member).first()
    # Who comes back may have lost the paper: what stood on it is replaced.
    login, replaced = (joining.login, 0) if row is None else (joining.login or row.login, row.door_replaced + 1)
    kept = {
        "seed": private.seed.reveal().hex(),
        "columns": {name: value.hex() for name, value in columns.items()},
        "invitation": joining.invitation,
        "request": "" if joining.request is None else str(joining.request),
        "login": joining.login,
        "name": joining.name.hex(),
        "roles": joining.roles,
        "door_replaced": replaced,
    }
    token = begin(Step.ENROLMENT, owner=member, content=Secret(kept), now=now)
    return Enrolment(
        token=token,
        totp_secret=letters(totp),
        totp_address=address(totp, label=LABEL),
        recovery_code=code.digits(),
        door=door_code(login, replaced=replaced),
    )
