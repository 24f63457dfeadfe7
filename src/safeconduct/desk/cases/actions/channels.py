"""Ways in: open one, close one, and say to whom its new cases are sealed."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from safeconduct.desk.cases.block_pairs import renew_block_pair
from safeconduct.desk.cases.channels import name_of, named, public_keys
from safeconduct.desk.cases.models import Channel, ChannelMember
from safeconduct.desk.members.actor import Actor, Operator, require
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.permissions import must_be
from safeconduct.desk.members.roles import CASE_ROLES, Role, from_text
from safeconduct.desk.members.system_trail import Happened, note
from safeconduct.desk.project.stores import both_stores
from safeconduct.desk.refusals import Reason, RefusedError, enforce
from safeconduct.vault.sealing import PublicKey


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSet:
    """A channel, as members see it.

    Args:
        id: The channel.
        name: What contacts read.
        is_open: Whether it takes new cases, if anybody reads it.
        retention_days: Days between closing and shredding.
        has_offline_key: Whether new cases are sealed to a key that is never on line, too.
        members: To whom its new cases are sealed.
    """

    id: UUID
    name: str
    is_open: bool
    retention_days: int
    has_offline_key: bool
    members: tuple[UUID, ...]


def list_channels(actor: Actor) -> tuple[ChannelSet, ...]:
    """All channels by name, also those that nobody reads yet."""
    require(actor, Actor)
    readers: dict[UUID, list[UUID]] = defaultdict(list)
    for channel, member in ChannelMember.objects.values_list("channel_id", "member"):
        readers[channel].append(member)
    told = (
        ChannelSet(
            id=row.pk,
            name=name_of(row),
            is_open=row.is_open,
            retention_days=row.retention_days,
            has_offline_key=bool(row.offline_public),
            members=tuple(sorted(readers[row.pk])),
        )
        for row in Channel.objects.all()
    )
    return tuple(sorted(told, key=lambda channel: (channel.name, channel.id)))


def make_channel(
    actor: Actor | Operator, *, name: str, now: datetime, retention_days: int = 90, offline_public: bytes = b""
) -> UUID:
    """Open a way in; it takes nothing in until somebody reads it.

    Args:
        actor: An administrator, or whoever runs the server.
        name: What contacts read.
        now: The moment, in UTC.
        retention_days: Days between closing and shredding.
        offline_public: A public key whose private half is never on line; empty for none.
    Raises:
        RefusedError: ROLE.
        KeyFormatError: If the offline key is none.
    """
    _check(actor)
    if offline_public:
        PublicKey(offline_public)
    channel = uuid4()
    told = {"retention_days": retention_days, "offline_public": offline_public}
    with both_stores():
        Channel.objects.create(id=channel, name=named(channel, name.strip()[:200]), **told)
        note(Happened.CHANNEL_OPENED, by=_member(actor), about=None, now=now)
    return channel


def set_channel_members(actor: Actor | Operator, *, channel: UUID, members: Collection[UUID], now: datetime) -> None:
    """Seal new cases of a channel to these members from now on. Older cases stay with who holds them.

    Args:
        actor: An administrator, or whoever runs the server.
        channel: The channel.
        members: Members who may hold cases and have a key.
        now: The moment, in UTC.
    Raises:
        RefusedError: ROLE, NOT_HERE or NO_KEY_YET.
    """
    _check(actor)
    if not Channel.objects.filter(pk=channel).exists():
        raise RefusedError(Reason.NOT_HERE)
    rows = Member.objects.filter(pk__in=members)
    if len(rows) != len(set(members)) or not all(CASE_ROLES & from_text(row.roles) for row in rows):
        raise RefusedError(Reason.ROLE)
    if len(public_keys(*members)) != len(set(members)):
        raise RefusedError(Reason.NO_KEY_YET)
    with both_stores():
        ChannelMember.objects.filter(channel_id=channel).delete()
        ChannelMember.objects.bulk_create(ChannelMember(channel_id=channel, member=row.pk) for row in rows)
        renew_block_pair(channel)
        note(Happened.CHANNEL_MEMBERS, by=_member(actor), about=None, now=now)


def set_channel_open(actor: Actor | Operator, *, channel: UUID, is_open: bool) -> None:
    """Let a channel take new cases, or none for now.

    Raises:
        RefusedError: ROLE or NOT_HERE.
    """
    _check(actor)
    if not Channel.objects.filter(pk=channel).update(is_open=is_open):
        raise RefusedError(Reason.NOT_HERE)


def _check(actor: Actor | Operator) -> None:
    require(actor, Actor, Operator)
    if isinstance(actor, Actor):
        enforce(must_be(Role.ADMINISTRATOR, actor=actor))


def _member(actor: Actor | Operator) -> UUID | None:
    return actor.member if isinstance(actor, Actor) else None
