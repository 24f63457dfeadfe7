"""What custodians do: see who asks for a key, compare a fingerprint by telephone, and open their part of it."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from safeconduct.desk.keyring.models import CustodianSeal, RecoveryRequest
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.members.permissions import must_be
from safeconduct.desk.members.roles import Role
from safeconduct.desk.members.system_trail import Happened, note
from safeconduct.desk.project.stores import both_stores
from safeconduct.desk.refusals import Reason, RefusedError, enforce
from safeconduct.vault.custodians import PairSeal, hand_over, open_first, open_second
from safeconduct.vault.sealing import PublicKey


class Step(Enum):
    """How far a request is."""

    FIRST = "first"  # One custodian has opened their part.
    SECOND = "second"  # Two have: the member can take it over.
    WAITS = "waits"  # Another custodian has to go first.


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestTold:
    """Somebody who asks for their key.

    Args:
        id: The request.
        member: Who asks, if it is they: compare the fingerprint with what they say by telephone.
        fingerprint: Of the fresh key that will get theirs.
        day: When they asked.
        step: How far it is.
    """

    id: UUID
    member: UUID
    fingerprint: str
    day: date
    step: Step


def requests(actor: Actor) -> tuple[RequestTold, ...]:
    """Who asks for a key that the actor is a custodian of.

    Raises:
        RefusedError: ROLE.
    """
    enforce(must_be(Role.CUSTODIAN, actor=actor))
    seals = CustodianSeal.objects.all()
    mine = {seal.member for seal in seals if actor.member in (seal.first, seal.second)}
    rows = RecoveryRequest.objects.filter(member__in=mine).order_by("day", "id")
    return tuple(
        RequestTold(
            id=row.pk,
            member=row.member,
            fingerprint=PublicKey(row.public).fingerprint(),
            day=row.day,
            step=_step(row),
        )
        for row in rows
    )


def help_recover(actor: Actor, *, request: UUID, now: datetime) -> Step:
    """Open the actor's part of a member's key. The second custodian's part ends with it sealed to the member.

    Args:
        actor: A custodian with a fresh password, who compared the fingerprint.
        request: The request.
        now: The moment, in UTC.
    Returns:
        What was done, or that another custodian has to go first.
    Raises:
        RefusedError: ROLE, FRESH_PASSWORD or NOT_HERE.
    """
    enforce(must_be(Role.CUSTODIAN, actor=actor, fresh=True))
    with both_stores():
        row = RecoveryRequest.objects.select_for_update().filter(pk=request).first()
        seals = [] if row is None else list(CustodianSeal.objects.filter(member=row.member))
        if row is None or not any(actor.member in (seal.first, seal.second) for seal in seals):
            raise RefusedError(Reason.NOT_HERE)
        step = _helped(actor, row, seals)
        if step is not Step.WAITS:
            note(Happened.CUSTODIAN_HELPED, by=actor.member, about=row.member, now=now)
    return step


def _helped(actor: Actor, row: RecoveryRequest, seals: list[CustodianSeal]) -> Step:
    halves = _halves(row)
    for seal in seals:
        half = halves.get(str(seal.pk))
        if seal.second == actor.member and half is not None:
            restored = open_second(half, _pair(seal), private=actor.private)
            public = PublicKey(row.public)
            handed = hand_over(restored, member=row.member, request=row.pk, public=public)
            # What the first ones handed on is not needed any more.
            RecoveryRequest.objects.filter(pk=row.pk).update(handed=handed, halves=b"")
            return Step.SECOND
    mine = [seal for seal in seals if seal.first == actor.member]
    if row.handed or not mine:
        return _step(row) if row.handed else Step.WAITS
    opened = {str(seal.pk): open_first(_pair(seal), private=actor.private) for seal in mine}
    told = json.dumps({pk: half.hex() for pk, half in (halves | opened).items()})
    RecoveryRequest.objects.filter(pk=row.pk).update(halves=told.encode())
    return Step.FIRST


def _halves(row: RecoveryRequest) -> dict[str, bytes]:
    told = json.loads(row.halves) if row.halves else {}
    return {pk: bytes.fromhex(half) for pk, half in told.items()}


def _step(row: RecoveryRequest) -> Step:
    if row.handed:
        return Step.SECOND
    return Step.FIRST if row.halves else Step.WAITS


def _pair(seal: CustodianSeal) -> PairSeal:
    return PairSeal(member=seal.member, first=seal.first, second=seal.second, sealed=seal.sealed)
