"""Whether there is room for what somebody is about to write: asked before they write it, not after."""

import os
from pathlib import Path

LEAST_FREE_BYTES = 200 * 1024 * 1024


def is_enough(free_bytes: int) -> bool:
    """Whether a message with its files still fits, and the store can still be mended after it."""
    return free_bytes >= LEAST_FREE_BYTES


def has_room(folder: Path) -> bool:
    """Whether the disk of the stores has room.

    Args:
        folder: Where the stores lie.
    """
    disk = os.statvfs(folder)
    return is_enough(disk.f_bavail * disk.f_frsize)
