"""How quickly a request has to move on, so that whoever does not cannot hold a thread, or what is held for them.

A request moves in stretches: so many bytes in so many seconds, then the next. What came quickly buys no time for later.
Only seconds spent waiting for the browser are counted: a desk that is slow itself gives nobody up. While somebody waits
for a thread, whoever has one is waited for less.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import ceil, inf
from threading import Semaphore

BODY_SECONDS = 15 * 60
"""The whole of a form with its files: 80 MiB at 100 KiB a second."""


HURRIED_SECONDS = 2
"""For so long anybody is waited for while others wait for a thread: a circuit of Tor takes a second or two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long it may take to send a request, and to take its answer.

    Args:
        quick_seconds: So long every request may take, and every answer. After that it needs a place among the slow
            ones, of which there are fewer than threads: so those who are quick are never kept out by the slow.
        hurried_seconds: The same while somebody waits for a thread.
        form_seconds: A form without files, or a page, over the slowest line; also the first stretch of a file.
        stretch_seconds: Every later stretch. A circuit of Tor that stands still for twenty seconds does not end it.
        least_rate: Bytes a second over a stretch: a fifth of what a poor circuit carries (20 KiB), a twelfth of
            400 kbit/s. At less, one file of 16 MiB would take more than an hour.
        whole_seconds: The whole of what is sent, whatever comes.
    """

    quick_seconds: float = 10
    hurried_seconds: float = HURRIED_SECONDS
    form_seconds: float = 60
    stretch_seconds: float = 30
    least_rate: int = 4 * 1024
    whole_seconds: float = BODY_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What has to move next.

    Args:
        missing: Bytes, 1 or more.
        until: By when, in seconds of waiting.
    """

    missing: int
    until: float


def least_bytes(held: int, *, limits: Limits) -> int:
    """How much has to move in one stretch.

    Who sends evenly and will be done in time has sent, at any moment, at most `whole_seconds` of their rate. So half of
    that is asked: it grows with what the desk holds for them, and somebody who holds much cannot fall asleep over it.

    Args:
        held: Bytes that the desk holds for this request; 0 for one that takes an answer.
        limits: How long things may take.
    """
    return ceil(limits.stretch_seconds * max(limits.least_rate, held / (2 * limits.whole_seconds)))


def first_stretch(*, at: float, limits: Limits) -> Stretch:
    """The stretch with which sending begins, or taking an answer.

    Args:
        at: When, in seconds of waiting.
        limits: How long things may take.
    """
    return Stretch(missing=least_bytes(0, limits=limits), until=at + limits.form_seconds)


def moved_on(stretch: Stretch, length: int, *, at: float, held: int, limits: Limits) -> Stretch:
    """The stretch that is under way after some bytes more.

    Args:
        stretch: The one before.
        length: How many bytes moved.
        at: When, in seconds of waiting.
        held: Bytes that the desk holds for this request, these ones with them.
        limits: How long things may take.
    """
    if length < stretch.missing:
        return replace(stretch, missing=stretch.missing - length)
    return Stretch(missing=least_bytes(held, limits=limits), until=at + limits.stretch_seconds)


class Pace:
    """How one request is coming on: first what is sent, then its answer.

    Args:
        places: Places for slow ones, shared by all threads of a process.
        limits: How long it may take.
        is_crowded: Whether somebody waits for a thread.
        clock: Seconds that only grow.
    """

    def __init__(
        self,
        places: Semaphore,
        *,
        limits: Limits,
        is_crowded: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._places, self._limits, self._is_crowded, self._clock = places, limits, is_crowded, clock
        self._waited = 0.0
        self._since: float | None = None
        self._has_place, self._is_over = False, False
        self._quick_from, self._held = 0.0, 0
        self._stretch, self._whole_until = first_stretch(at=0, limits=limits), limits.whole_seconds

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """The browser is waited for, for as long as the block lasts: only then do the seconds count."""
        self._since = self._clock()
        try:
            yield
        finally:
            self._waited, self._since = self._seconds(), None

    def came(self, length: int) -> None:
        """Note that so many bytes came; the desk holds them."""
        self._held += length
        self.went(length)

    def went(self, length: int) -> None:
        """Note that so many bytes were taken."""
        self._stretch = moved_on(self._stretch, length, at=self._seconds(), held=self._held, limits=self._limits)

    def answers(self) -> None:
        """From here on it takes its answer: that has a time of its own, since what was sent may be stored already."""
        at, self._held = self._seconds(), 0
        self._quick_from, self._whole_until = at, inf
        self._stretch = first_stretch(at=at, limits=self._limits)

    def seconds_left(self) -> float:
        """For how long to wait before asking again; 0 or less if it is to be given up."""
        if self._is_over:
            return 0
        at = self._seconds()
        if not self._has_place:
            quick = self._limits.hurried_seconds if self._is_crowded() else self._limits.quick_seconds
            if at < self._quick_from + quick:
                return self._quick_from + quick - at
            self._has_place = self._places.acquire(blocking=False)
            if not self._has_place:
                return 0
        return min(self._stretch.until, self._whole_until) - at

    def end(self) -> None:
        """Give the place back; nothing more is waited for."""
        self._is_over = True
        if self._has_place:
            self._has_place = False
            self._places.release()

    def _seconds(self) -> float:
        """Seconds for which the browser was waited for."""
        return self._waited if self._since is None else self._waited + self._clock() - self._since
