"""How long a site waits for what a browser sends and takes: long for a slow line, not for ever for who holds it up."""

import time
from collections.abc import Callable, Iterable, Iterator
from threading import Semaphore
from typing import Any

from safeconduct.desk.operating.pace import BODY_SECONDS, Limits, Pace

SILENCE_SECONDS = 30
"""Nothing moved for so long: the request is given up."""
LEFTOVER_SECONDS = 5
"""What is still sent after the answer is read for so long and let go."""


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
        """The answer of the application; it keeps its place among the slow ones until it is taken."""
        connection = environ["gunicorn.socket"]
        pace = Pace(self._places, limits=self._limits, is_crowded=connection.is_crowded, clock=self._clock)
        connection.settimeout(SILENCE_SECONDS)
        connection.wait_for(pace)
        environ["wsgi.input"] = PatientInput(environ["wsgi.input"], clock=self._clock)

        def end() -> None:
            pace.end()
            connection.wait_until(LEFTOVER_SECONDS)

        try:
            pieces = self._application(environ, start_response)
        except BaseException:
            end()
            raise
        pace.answers()
        return Answer(pieces, end=end)


class Answer:
    """An answer on its way to the browser.

    Args:
        pieces: What the application answers.
        end: What is done when it was taken, or given up.
    """

    def __init__(self, pieces: Iterable[bytes], *, end: Callable[[], None]) -> None:
        self._pieces, self._end = pieces, end

    def __iter__(self) -> Iterator[bytes]:
        """The pieces."""
        return iter(self._pieces)

    def close(self) -> None:
        """Let the application clean up, and give back the place."""
        try:
            close = getattr(self._pieces, "close", None)
            if close is not None:
                close()
        finally:
            self._end()


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
