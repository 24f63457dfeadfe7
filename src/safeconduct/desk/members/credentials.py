"""Writing and wiping what proves a member and what keeps their key."""

from typing import Any
from uuid import UUID

from safeconduct.desk.keyring.models import (
    BlockKey,
    CustodianSeal,
    Grant,
    KeptSession,
    MemberKeys,
    Pending,
    RecoveryRequest,
    RenewalDue,
    Ring,
)
from safeconduct.desk.members.models import Invitation
from safeconduct.desk.project.configuration import in_use
from safeconduct.values.secret import Secret
from safeconduct.vault.members import close_password_slot
from safeconduct.vault.passwords import PasswordRecord, set_password
from safeconduct.vault.sealing import PrivateKey
from safeconduct.vault.site import decrypt_field, encrypt_field

_TABLE, _TOTP = "memberkeys", "totp"


def password_columns(password: Secret[str], *, private: PrivateKey, member: UUID) -> dict[str, bytes]:
    """The columns of a new password: one run of Argon2id, so never inside a transaction."""
    record, key = hashed(password)
    return {"password": record.to_bytes(), "password_slot": close_password_slot(private, key=key, member=member)}


def hashed(password: Secret[str]) -> tuple[PasswordRecord, Secret[bytes]]:
    """What is stored of a password, and the key of its slot."""
    cost = in_use().member_cost
    return set_password(password, cost=cost, floor=cost)


def closed_totp(secret: Secret[bytes], *, member: UUID) -> bytes:
    """A second factor's secret as the table keeps it."""
    return encrypt_field(in_use().keys, secret.reveal(), table=_TABLE, column=_TOTP, row=member)


def opened_totp(keys: MemberKeys) -> Secret[bytes]:
    """A second factor's secret."""
    return Secret(decrypt_field(in_use().keys, keys.totp, table=_TABLE, column=_TOTP, row=keys.member))


def end_sessions(member: UUID, *, but: str = "") -> None:
    """End all sessions of a member, and whatever is pending.

    Args:
        member: The member.
        but: Lookup of a session that goes on.
    """
    KeptSession.objects.filter(owner=member).exclude(pk=but).delete()
    Pending.objects.filter(owner=member).delete()


def wipe(member: UUID) -> None:
    """Take away all that opens anything for a member: sessions, slots, seals, grants, links. Inside a transaction."""
    end_sessions(member)
    # A link of an earlier reset would give the account to whoever finds it.
    Invitation.objects.filter(member=member).delete()
    MemberKeys.objects.filter(pk=member).delete()
    CustodianSeal.objects.filter(member=member).delete()
    RecoveryRequest.objects.filter(member=member).delete()
    cases = set(Grant.objects.filter(holder=member).values_list("case", flat=True))
    Grant.objects.filter(holder=member).delete()
    Ring.objects.filter(pk=member).delete()
    BlockKey.objects.filter(holder=member).delete()
    due: list[Any] = [RenewalDue(case=case) for case in cases]
    RenewalDue.objects.bulk_create(due, ignore_conflicts=True)
