"""Which ways in are open: what the contact site may offer to anybody."""

from dataclasses import dataclass
from uuid import UUID

from safeconduct.desk.cases.channels import name_of
from safeconduct.desk.cases.models import Channel, ChannelMember


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelTold:
    """A way in.

    Args:
        id: The channel.
        name: What it is called, in the organisation's words.
    """

    id: UUID
    name: str


def open_channels() -> tuple[ChannelTold, ...]:
    """The channels that somebody reads, by name."""
    read = set(ChannelMember.objects.values_list("channel_id", flat=True))
    rows = [row for row in Channel.objects.filter(is_open=True) if row.pk in read]
    return tuple(sorted((ChannelTold(id=row.pk, name=name_of(row)) for row in rows), key=lambda told: told.name))
