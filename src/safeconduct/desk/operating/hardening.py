"""What a process closes before it touches a secret: no picture of its memory is ever written to a disk."""

import ctypes
import os
import resource

_PR_SET_DUMPABLE = 4
_PR_GET_DUMPABLE = 3


def harden() -> None:
    """No core file, no reading of this memory by other processes, no file that others may read.

    The limit alone would not do: where the system pipes core dumps to a program, it does not count. A process that is
    not dumpable gives no core to anybody. Workers that are forked inherit both; a started program calls this.
    """
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def is_hardened() -> bool:
    """Whether this process leaves no core, by its limit and by the system's own mark."""
    limits = resource.getrlimit(resource.RLIMIT_CORE)
    return limits == (0, 0) and ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0) == 0
