"""Open what a person carried to a helper. It belongs to no case yet, and nothing of it is stored."""

from safeconduct.desk.cases.block_pairs import private_keys
from safeconduct.desk.cases.helper_block import Carried, block_in, opened_block
from safeconduct.desk.members.actor import Actor, require


def open_block(actor: Actor, *, text: str) -> Carried:
    """What a block holds.

    Args:
        actor: A member who reads the channel that it was sealed to, or who read it then and still does.
        text: The parts, as they were scanned or copied.
    Raises:
        BlockError: If a part is missing or cannot be read.
        CannotOpenError: If it was sealed to others, or changed.
    """
    require(actor, Actor)
    return opened_block(block_in(text), private_keys(actor))
