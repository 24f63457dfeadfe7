"""Finish joining or coming back: the telephone shows the right code, so the new slots take effect."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from safeconduct.desk.keyring.models import MemberKeys, RecoveryRequest
from safeconduct.desk.members import webauthn_keys
from safeconduct.desk.members.actions.begin_sign_in import known_browser
from safeconduct.desk.members.actor import SignedIn
from safeconduct.desk.members.credentials import end_sessions, opened_totp
from safeconduct.desk.members.models import Invitation, Member
from safeconduct.desk.members.pending import Begun, Step, tried
from safeconduct.desk.members.roles import State
from safeconduct.desk.members.system_trail import Happened, note
from safeconduct.desk.members.totp import matching_step
from safeconduct.desk.project.stores import both_stores
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.values.secret import Secret
from safeconduct.vault.sealing import PrivateKey


def confirm_enrolment(*, token: Secret[str], code: str, now: datetime) -> SignedIn:
    """Check the first code of a second factor, and make the member.

    Args:
        token: The token of the enrolment.
        code: What was typed.
        now: The moment, in UTC.
    Returns:
        The member with their private key, for `begin_member_session`.
    Raises:
        RefusedError: WRONG, TOO_OFTEN, or NAME_TAKEN.
    """
    begun = tried(Step.ENROLMENT, token, now=now)
    kept = begun.content.reveal()
    columns = {name: bytes.fromhex(value) for name, value in kept["columns"].items()}
    # Who comes back has no security key: it may be in the hands that took the rest.
    none = webauthn_keys.closed((), member=begun.owner)
    keys = MemberKeys(member=begun.owner, security_keys=none, **columns)
    step = matching_step(opened_totp(keys), code, now=now, after=0)
    if step is None:
        raise RefusedError(Reason.WRONG)
    keys.totp_counter = step
    private = PrivateKey(Secret(bytes.fromhex(kept["seed"])))
    try:
        _make(begun, kept, keys=keys, private=private, now=now)
    except IntegrityError:
        raise RefusedError(Reason.NAME_TAKEN) from None
    return SignedIn(member=begun.owner, private=private, browser=known_browser(begun.owner))


def _make(begun: Begun, kept: dict[str, Any], *, keys: MemberKeys, private: PrivateKey, now: datetime) -> None:
    with both_stores():
        begun.finish()
        end_sessions(begun.owner)
        keys.save()
        here = {"seen": now.date(), "recovery_proven": False, "door_replaced": kept["door_replaced"]}
        if kept["request"]:
            _come_back(begun.owner, UUID(kept["request"]), here, now=now)
            return
        if not Invitation.objects.filter(pk=kept["invitation"]).delete()[0]:
            raise RefusedError(Reason.WRONG)
        told = {"login": kept["login"], "name": bytes.fromhex(kept["name"]), "roles": kept["roles"]}
        made = {**told, **here, "state": State.ACTIVE.value, "public": private.public.raw}
        Member.objects.update_or_create(pk=begun.owner, defaults=made)
        note(Happened.JOINED, by=begun.owner, about=begun.owner, now=now)


def _come_back(member: UUID, request: UUID, here: dict[str, Any], *, now: datetime) -> None:
    if not RecoveryRequest.objects.filter(pk=request, member=member).delete()[0]:
        raise RefusedError(Reason.WRONG)
    Member.objects.filter(pk=member).update(**here)
    note(Happened.RECOVERED_BY_CUSTODIANS, by=member, about=member, now=now)
