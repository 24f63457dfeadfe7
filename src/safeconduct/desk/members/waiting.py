"""Where those wait whom the desk does not know: in a line of their own, in which they keep nobody else waiting.

A process works on `stretching.AT_ONCE` passwords at a time. Strangers get all of these places but one, and few of them
wait. So a member whom the desk knows always finds a place, and a thread to come in by.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from safeconduct.desk.project.turns import BusyError, Line
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.vault.errors import WaitedTooLongError
from safeconduct.vault.stretching import AT_ONCE

strangers = Line(at_once=AT_ONCE - 1, waiting=4, patience_s=2)


@contextmanager
def a_turn(*, is_known: bool) -> Iterator[None]:
    """A turn for work that costs time and memory, for as long as the block lasts.

    Args:
        is_known: Whether the desk knows who comes, by their browser or their door code.
    Raises:
        RefusedError: BUSY, if too many are here, or none of them was done in time.
    """
    try:
        with nullcontext() if is_known else strangers.turn():
            yield
    except (BusyError, WaitedTooLongError):
        raise RefusedError(Reason.BUSY) from None
