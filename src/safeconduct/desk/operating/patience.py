"""How long a site waits for what a browser sends: long for a slow line, not for ever for somebody who holds it up."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Semaphore
from typing import Any

SILENCE_SECONDS = 30
"""Nothing came for so long: the request is given up."""
BODY_SECONDS = 15 * 60
"""The whole of a form with its files: 80 MiB at 100 KiB a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long what is sent may take.

    Args:
        quick_seconds: So long every request may take. After that it needs a place among the slow ones, of which there
            are fewer than threads: so those who are quick are never kept out by those who are slow.
        form_seconds: A form without files, over the slowest line.
        least_rate: Bytes that have to come for every second more.
        most_seconds: The whole, whatever comes.
    """

    quick_seconds: float = 10
    form_seconds: float = 60
    least_rate: int = 16 * 1024
    most_seconds: float = BODY_SECONDS


class Pace:
    """How one request is coming on.

    Args:
        places: Places for slow ones, shared by all threads of a process.
        limits: How long it may take.
        clock: Seconds that only grow.
    """

    def __init__(self, places: Semaphore, *, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._places, self._limits, self._clock = places, limits, clock
        self._begun, self._received, self._has_place = clock(), 0, False

    def came(self, length: int) -> None:
        """Note that so many bytes came."""
        self._received += length

    def seconds_left(self) -> float:
        """For how long to wait before asking again; 0 or less if it is to be given up."""
        limits, age = self._limits, self._clock() - self._begun
        if not self._has_place:
            if age < limits.quick_seconds:
                return limits.quick_seconds - age
            self._has_place = self._places.acquire(blocking=False)
            if not self._has_place:
                return 0
        return min(limits.form_seconds + self._received / limits.least_rate, limits.most_seconds) - age

    def end(self) -> None:
        """Give the place back."""
        if self._has_place:
            self._has_place = False
            self._places.release()


class Patience:
    """A WSGI application that gives up what comes too slowly.

    Args:
        application: The application behind it.
        slow_places: How many requests of this process may be slow at a time: fewer than there are threads.
        limits: How long what is sent may take.
        clock: Seconds that only grow.
    """

    def __init__(
        self,
        application: Callable[..., Iterable[bytes]],
        *,
        slow_places: int,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._application, self._clock = application, clock
        self._places, self._limits = Semaphore(slow_places), limits or Limits()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """The answer of the application."""
        connection, pace = environ.get("gunicorn.socket"), Pace(self._places, limits=self._limits, clock=self._clock)
        if connection is not None:
            connection.settimeout(SILENCE_SECONDS)
            connection.wait_for(pace)
        environ["wsgi.input"] = PatientInput(environ["wsgi.input"], clock=self._clock)
        try:
            return self._application(environ, start_response)
        finally:
            pace.end()


class PatientInput:
    """What is sent, for as long as somebody may take to send it.

    Args:
        source: Where it comes from.
        clock: Seconds that only grow.
    """

    def __init__(self, source: Any, *, clock: Callable[[], float]) -> None:  # noqa: ANN401 -- any WSGI input
        self._source, self._clock = source, clock
        self._until = clock() + BODY_SECONDS

    def read(self, size: int = -1) -> bytes:
        """At most so many bytes.

        Raises:
            TimeoutError: If the time is over.
        """
        return self._in_time(self._source.read(size))

    def readline(self, size: int = -1) -> bytes:
        """One line, or so much of it."""
        return self._in_time(self._source.readline(size))

    def _in_time(self, content: bytes) -> bytes:
        if self._clock() > self._until:
            raise TimeoutError
        return content
