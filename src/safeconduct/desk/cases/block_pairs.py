"""The key pairs of channels for what people carry to a helper: which is in use, who opens it, when a new one is due.

A pair is made by the members' site, when the members of a channel change or one of them signs in; the contact site only
reads public keys. Between a lock and the next sign-in of a colleague there may be no pair: then nothing is sealed.
"""

import hashlib
from collections.abc import Iterable, Mapping
from uuid import UUID, uuid4

from safeconduct.desk.cases.channels import public_keys
from safeconduct.desk.cases.models import ChannelMember
from safeconduct.desk.keyring.models import BlockKey
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.project.stores import both_stores
from safeconduct.vault.blocks import new_block_pair, open_block_pair
from safeconduct.vault.sealing import PrivateKey, PublicKey


def pair_in_use(channel: UUID) -> tuple[UUID, PublicKey] | None:
    """The pair to which a channel's blocks are sealed: its id and public half; None if there is none for its members.

    Args:
        channel: The channel.
    """
    holders = _readers(channel)
    found: dict[UUID, set[UUID]] = {}
    public: dict[UUID, bytes] = {}
    for row in BlockKey.objects.filter(channel=channel, holders=_digest(holders)):
        found.setdefault(row.pair, set()).add(row.holder)
        public[row.pair] = row.public
    whole = sorted(pair for pair, held in found.items() if held == set(holders))
    return (whole[0], PublicKey(public[whole[0]])) if whole else None


def renew_block_pair(channel: UUID) -> None:
    """Make a pair for those who read a channel now, unless there is one. Inside a transaction over both stores."""
    holders = _readers(channel)
    BlockKey.objects.filter(channel=channel).exclude(holder__in=holders).delete()
    if not holders or pair_in_use(channel) is not None:
        return
    made = new_block_pair(uuid4(), holders=holders)
    digest = _digest(holders)
    BlockKey.objects.bulk_create(
        BlockKey(pair=made.pair, channel=channel, holder=holder, holders=digest, public=made.public.raw, sealed=sealed)
        for holder, sealed in made.sealed.items()
    )


def renew_block_pairs(actor: Actor) -> None:
    """Make the pairs that are due for the channels that somebody reads; called at a sign-in."""
    channels = ChannelMember.objects.filter(member=actor.member).values_list("channel_id", flat=True)
    for channel in sorted(channels):
        if pair_in_use(channel) is None:
            with both_stores():
                renew_block_pair(channel)


def private_keys(actor: Actor) -> Iterable[tuple[UUID, PrivateKey]]:
    """The private halves that somebody holds, each with the id of its pair.

    Raises:
        CannotOpenError: If one was not sealed to the actor, or was changed.
    """
    for row in BlockKey.objects.filter(holder=actor.member).order_by("pk"):
        yield row.pair, open_block_pair(row.sealed, pair=row.pair, holder=actor.member, private=actor.private)


def _readers(channel: UUID) -> Mapping[UUID, PublicKey]:
    ids = ChannelMember.objects.filter(channel_id=channel).values_list("member", flat=True)
    return public_keys(*ids)


def _digest(holders: Mapping[UUID, PublicKey]) -> str:
    """Of all to whom a pair is sealed, and of their keys: a member with a new key is another holder."""
    parts = (holder.bytes + public.raw for holder, public in sorted(holders.items()))
    return hashlib.sha256(b"".join(parts)).hexdigest()
