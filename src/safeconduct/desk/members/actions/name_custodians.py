"""Name the three custodians of the organisation, and trust them: nobody's key is sealed to them unless they say so.

An administrator names them. If that alone sealed keys, an administrator could name accounts of their own.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from safeconduct.desk.keyring.models import CustodianSeal
from safeconduct.desk.members.actor import Actor, require
from safeconduct.desk.members.models import CustodianSet, Member
from safeconduct.desk.members.naming import name_of
from safeconduct.desk.members.permissions import must_be, must_be_fresh
from safeconduct.desk.members.roles import Role, State, from_text
from safeconduct.desk.members.system_trail import Happened, note
from safeconduct.desk.project.stores import both_stores
from safeconduct.desk.refusals import Reason, RefusedError, enforce
from safeconduct.vault.custodians import CUSTODIANS, Custodian, close_for_custodians
from safeconduct.vault.sealing import PublicKey


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodiansTold:
    """The three who are named.

    Args:
        id: The set: a later one has another id.
        members: Who they are, with their names and the fingerprints of their keys, to compare by telephone.
        is_trusted: Whether the actor's key is sealed to them.
    """

    id: UUID
    members: tuple[tuple[UUID, str, str], ...]
    is_trusted: bool


def name_custodians(actor: Actor, *, members: tuple[UUID, UUID, UUID], now: datetime) -> None:
    """Name three custodians; each member decides whether to trust them.

    Args:
        actor: An administrator with a fresh password.
        members: Three different members with that role and a key.
        now: The moment, in UTC.
    Raises:
        RefusedError: ROLE, FRESH_PASSWORD, or NO_CUSTODIANS if the three are not such.
    """
    enforce(must_be(Role.ADMINISTRATOR, actor=actor, fresh=True))
    if len(_able(members)) != CUSTODIANS:
        raise RefusedError(Reason.NO_CUSTODIANS)
    one, two, three = members
    with both_stores():
        CustodianSet.objects.update(current=False)
        CustodianSet.objects.create(one=one, two=two, three=three)
        note(Happened.CUSTODIANS_NAMED, by=actor.member, about=None, now=now)


def custodians(actor: Actor) -> CustodiansTold | None:
    """Who is named now; None if nobody is."""
    require(actor, Actor)
    row = CustodianSet.objects.filter(current=True).first()
    if row is None:
        return None
    able = {one.pk: one for one in _able((row.one, row.two, row.three))}
    told = tuple((pk, name_of(one), PublicKey(one.public).fingerprint()) for pk, one in able.items())
    trusted = Member.objects.filter(pk=actor.member, custodian_set=row.pk).exists()
    return CustodiansTold(id=row.pk, members=told, is_trusted=trusted)


def trust_custodians(actor: Actor, *, custodian_set: UUID, now: datetime) -> None:
    """Seal the actor's own key to each pair of the three.

    Args:
        actor: Who acts, with a fresh password; not one of the three.
        custodian_set: The set they were shown: if another was named meanwhile, nothing is sealed.
        now: The moment, in UTC.
    Raises:
        RefusedError: FRESH_PASSWORD, or NO_CUSTODIANS if the set is not that of now, not whole, or holds the actor.
    """
    enforce(must_be_fresh(actor))
    row = CustodianSet.objects.filter(pk=custodian_set, current=True).first()
    members = () if row is None else (row.one, row.two, row.three)
    able = {one.pk: PublicKey(one.public) for one in _able(members)}
    if len(able) != CUSTODIANS or actor.member in able:
        raise RefusedError(Reason.NO_CUSTODIANS)
    one, two, three = (Custodian(member=pk, public=able[pk]) for pk in members)
    pairs = close_for_custodians(actor.private, member=actor.member, custodians=(one, two, three))
    seals = [
        CustodianSeal(member=actor.member, first=pair.first, second=pair.second, sealed=pair.sealed) for pair in pairs
    ]
    with both_stores():
        CustodianSeal.objects.filter(member=actor.member).delete()
        CustodianSeal.objects.bulk_create(seals)
        Member.objects.filter(pk=actor.member).update(custodian_set=custodian_set)
        note(Happened.CUSTODIANS_TRUSTED, by=actor.member, about=None, now=now)


def _able(members: tuple[UUID, ...]) -> list[Member]:
    rows = Member.objects.filter(pk__in=members, state=State.ACTIVE.value).exclude(public=b"")
    return [row for row in rows if Role.CUSTODIAN in from_text(row.roles)]
