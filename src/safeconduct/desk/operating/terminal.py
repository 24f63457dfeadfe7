"""Whoever runs the server, acting as an administrator: they could write into the store anyway, and here it is noted."""

from uuid import UUID

from safeconduct.desk.members.actor import Actor
from safeconduct.desk.members.roles import Role
from safeconduct.vault.sealing import PrivateKey

AT_THE_TERMINAL = UUID(int=0)
"""Who acts is no member; the trail shows a line of theirs as one of whoever runs the server."""


def at_the_terminal() -> Actor:
    """An administrator who is nobody: may invite, list and lock, and holds no key that opens anything."""
    return Actor(member=AT_THE_TERMINAL, roles=frozenset({Role.ADMINISTRATOR}), private=PrivateKey.new(), is_fresh=True)
