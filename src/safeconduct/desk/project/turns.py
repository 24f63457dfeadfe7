"""Whose turn it is: so much work is done at once, a little more waits, and the rest is told to come again."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore


class BusyError(Exception):
    """Too many are here, or none of them was done in time."""


class Line:
    """Those who want work done in one process. The same process serves people who write to the desk.

    Args:
        at_once: How many are worked on.
        waiting: How many more wait.
        patience_s: For how many seconds they wait.
    """

    def __init__(self, *, at_once: int, waiting: int, patience_s: float) -> None:
        self._here = BoundedSemaphore(at_once + waiting)
        self._working = BoundedSemaphore(at_once)
        self._patience_s = patience_s

    @contextmanager
    def turn(self) -> Iterator[None]:
        """A turn, for as long as the block lasts.

        Raises:
            BusyError: If too many are here, or none of them is done in time.
        """
        if not self._here.acquire(blocking=False):
            raise BusyError
        try:
            if not self._working.acquire(timeout=self._patience_s):
                raise BusyError
            try:
                yield
            finally:
                self._working.release()
        finally:
            self._here.release()
