"""Whose turn it is: so many calls are worked on at once, a few more wait, and the rest is told to come again."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from safeconduct.desk.api.problems import Kind, ProblemError

AFTER_SECONDS = 5
"""When somebody who is turned away may come again."""


class Turns:
    """The calls that one process takes.

    An answer costs tenths of a second of one processor, a long history seconds. The same processes serve people who
    write to the desk: partners must not keep them waiting.

    Args:
        at_once: How many are worked on.
        waiting: How many more wait.
        patience_s: For how long they wait.
    """

    def __init__(self, *, at_once: int, waiting: int, patience_s: float) -> None:
        self._here = BoundedSemaphore(at_once + waiting)
        self._working = BoundedSemaphore(at_once)
        self._patience_s = patience_s

    @contextmanager
    def taken(self) -> Iterator[None]:
        """A turn, for as long as the block lasts.

        Raises:
            ProblemError: If too many are here, or none of them is done in time.
        """
        if not self._here.acquire(blocking=False):
            raise _busy()
        try:
            if not self._working.acquire(timeout=self._patience_s):
                raise _busy()
            try:
                yield
            finally:
                self._working.release()
        finally:
            self._here.release()


def _busy() -> ProblemError:
    return ProblemError(Kind.BUSY, headers={"Retry-After": str(AFTER_SECONDS)})
