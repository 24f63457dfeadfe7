"""A channel's name, and to whom its new cases are sealed."""

from collections.abc import Mapping
from uuid import UUID

from safeconduct.desk.cases.models import Channel, ChannelMember
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.roles import State
from safeconduct.desk.project.configuration import in_use
from safeconduct.vault.sealing import PublicKey
from safeconduct.vault.site import decrypt_field, encrypt_field

_TABLE, _NAME = "channel", "name"


def named(channel: UUID, name: str) -> bytes:
    """A channel's name as the table keeps it."""
    return encrypt_field(in_use().keys, name.encode(), table=_TABLE, column=_NAME, row=channel)


def name_of(channel: Channel) -> str:
    """A channel's name."""
    return decrypt_field(in_use().keys, channel.name, table=_TABLE, column=_NAME, row=channel.pk).decode()


def holders_of(channel: Channel) -> Mapping[UUID, PublicKey]:
    """To whom a new case of a channel is sealed: its members who may sign in, and its offline key under its own id."""
    ids = ChannelMember.objects.filter(channel=channel).values_list("member", flat=True)
    holders = public_keys(*ids)
    if channel.offline_public:
        holders[channel.pk] = PublicKey(channel.offline_public)
    return holders


def public_keys(*members: UUID) -> dict[UUID, PublicKey]:
    """The public keys of those of the members who have one and may sign in."""
    rows = Member.objects.filter(pk__in=members, state=State.ACTIVE.value).exclude(public=b"")
    return {row.pk: PublicKey(row.public) for row in rows}
