"""Whose turn it is to be answered: partners wait or come again, and are told so as a problem."""

from collections.abc import Iterator
from contextlib import contextmanager

from safeconduct.desk.api.problems import Kind, ProblemError
from safeconduct.desk.project.turns import BusyError, Line

AFTER_SECONDS = 5
"""When somebody who is turned away may come again."""


class Turns(Line):
    """The calls that one process takes.

    An answer costs tenths of a second of one processor, a long history seconds. The same processes serve people who
    write to the desk: partners must not keep them waiting.
    """

    @contextmanager
    def taken(self) -> Iterator[None]:
        """A turn, for as long as the block lasts.

        Raises:
            ProblemError: If too many are here, or none of them is done in time.
        """
        try:
            with self.turn():
                yield
        except BusyError:
            raise ProblemError(Kind.BUSY, headers={"Retry-After": str(AFTER_SECONDS)}) from None
