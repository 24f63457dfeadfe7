"""A block that a person carries to a helper: their answers, sealed to the members who read a channel.

A seal to each member would be 1,138 bytes each, more than fits a printed square. So a channel has a key pair of its
own: its private key is sealed to each member, and the block to its public key alone. Whoever makes the pair forgets it.
When the members change, a new pair is made; older ones stay with their holders, for blocks that were printed before.

    block = version (1) | purpose (1) | encapsulated key (1120) | ciphertext and tag (size class + 16)

Why so: docs/decisions/0072.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from safeconduct.values.secret import Secret
from safeconduct.vault.binding import OwnerPlace, Purpose
from safeconduct.vault.errors import CannotOpenError, ForbiddenError, TooLargeError
from safeconduct.vault.sealing import PrivateKey, PublicKey, seal, unseal

BLOCK_CLASSES = (256, 512, 1024, 2048)
"""Sizes to which the content is padded: what remains visible is the class."""
_LENGTH_BYTES = 2
LONGEST_BLOCK = BLOCK_CLASSES[-1] - _LENGTH_BYTES


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BlockPair:
    """The key pair of a channel, as it is kept: nobody has the private half in clear.

    Args:
        pair: Which pair.
        public: What blocks are sealed to.
        sealed: The private half, sealed to each holder.
    """

    pair: UUID
    public: PublicKey
    sealed: Mapping[UUID, bytes]


def new_block_pair(pair: UUID, *, holders: Mapping[UUID, PublicKey]) -> BlockPair:
    """A fresh pair for those who read a channel.

    Args:
        pair: Its id, fresh.
        holders: The members with their public keys.
    Raises:
        ForbiddenError: If there are none: nobody could ever open a block.
    """
    if not holders:
        raise ForbiddenError("nobody could open such a block", remedy="name members who read the channel first")
    private = PrivateKey.new()
    sealed = {
        holder: seal(public, private.seed, purpose=Purpose.BLOCK_KEY, binding=_place(pair, holder))
        for holder, public in holders.items()
    }
    return BlockPair(pair=pair, public=private.public, sealed=sealed)


def open_block_pair(sealed: bytes, *, pair: UUID, holder: UUID, private: PrivateKey) -> PrivateKey:
    """The private half of a pair.

    Raises:
        CannotOpenError: If it is of another pair or holder, or was changed.
    """
    return PrivateKey(unseal(private, sealed, purpose=Purpose.BLOCK_KEY, binding=_place(pair, holder)))


def seal_block(public: PublicKey, content: Secret[bytes], *, pair: UUID) -> bytes:
    """A block for the holders of a pair.

    Args:
        public: The public half.
        content: At most LONGEST_BLOCK bytes.
        pair: Which pair it is.
    Raises:
        TooLargeError: If it is longer.
    """
    return seal(public, Secret(_padded(content.reveal())), purpose=Purpose.BLOCK, binding=_place(pair))


def open_block(private: PrivateKey, block: bytes, *, pair: UUID) -> Secret[bytes]:
    """What a block holds.

    Raises:
        CannotOpenError: If it was sealed to another pair, was changed, or was never padded here.
    """
    return Secret(_unpadded(unseal(private, block, purpose=Purpose.BLOCK, binding=_place(pair)).reveal()))


def _unpadded(padded: bytes) -> bytes:
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    content = padded[_LENGTH_BYTES : _LENGTH_BYTES + length]
    if len(content) > LONGEST_BLOCK or _padded(content) != padded:
        raise CannotOpenError
    return content


def _place(pair: UUID, *holders: UUID) -> OwnerPlace:
    return OwnerPlace(owner=pair, others=holders)


def _padded(content: bytes) -> bytes:
    needed = _LENGTH_BYTES + len(content)
    fitting = [size for size in BLOCK_CLASSES if size >= needed]
    if not fitting:
        raise TooLargeError(LONGEST_BLOCK)
    return (len(content).to_bytes(_LENGTH_BYTES, "big") + content).ljust(fitting[0], b"\0")
