"""One writer after the other, across threads and processes, in about the order in which they came.

SQLite lets those who wait for its lock sleep for longer and longer: up to a tenth of a second, whatever happens
meanwhile. Where many write, whoever is unlucky waits for a second. The queue puts them in order before they ask SQLite.
It is for order alone: that nobody else writes is still SQLite's own lock. Who waited too long, or cannot have the files
of the queue, asks SQLite without a turn.
"""

import fcntl
import os
import time
from contextlib import ExitStack
from pathlib import Path
from threading import Lock

_LOOK_AGAIN_SECONDS = 0.001


class WriteQueue:
    """Those who want to write to one store. Each process that writes has its own object over the same two files.

    Two locks across processes stand one behind the other. Who wants to write takes the first, waits for the second, and
    gives back the first when it has the second. So only one process waits at the second, and whoever has just written
    cannot step in before it. The system gives back the locks of a process that dies.

    Args:
        store: The path of the store. The files beside it stay empty, and are made where they are not there.
        patience_s: After how many seconds of waiting one goes without a turn.
    """

    def __init__(self, store: Path, *, patience_s: float) -> None:
        self._paths = [store.with_name(f"{store.name}-{name}") for name in ("next", "turn")]
        self._patience_s = patience_s
        self._mine = Lock()
        self._turn = ExitStack()

    def wait(self) -> bool:
        """Wait for a turn.

        Returns:
            Whether it is one's turn now; then `leave` must follow. False where there was none to be had in time.
        """
        until = time.monotonic() + self._patience_s
        if not self._mine.acquire(timeout=self._patience_s):
            return False
        has_turn = False
        try:
            has_turn = self._has_turn(until)
        except OSError:
            # No room for a new file, or none may be made: there is no order then, but nothing is lost by that.
            return False
        finally:
            if not has_turn:
                self._mine.release()
        return has_turn

    def leave(self) -> None:
        """Give the turn to the next."""
        self._turn.close()
        self._mine.release()

    def _has_turn(self, until: float) -> bool:
        # A lock is that of an opened file, and ends when it is closed.
        with ExitStack() as before, ExitStack() as turn:
            first, second = (_opened(path, by) for path, by in zip(self._paths, (before, turn), strict=True))
            if _locked(first, until=until) and _locked(second, until=until):
                self._turn = turn.pop_all()
                return True
        return False


def _opened(path: Path, by: ExitStack) -> int:
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    by.callback(os.close, file)
    return file


def _locked(file: int, *, until: float) -> bool:
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(_LOOK_AGAIN_SECONDS)
        else:
            return True
