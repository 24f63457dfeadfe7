"""How long a site waits for what a browser sends: long for a slow line, not for ever for somebody who holds it up."""

import time
from collections.abc import Callable, Iterable
from typing import Any

SILENCE_SECONDS = 30
"""Nothing came for so long: the request is given up."""
BODY_SECONDS = 15 * 60
"""The whole of a form with its files: 80 MiB at 100 KiB a second."""


class Patience:
    """A WSGI application that gives up what comes too slowly.

    Args:
        application: The application behind it.
        clock: Seconds that only grow.
    """

    def __init__(
        self, application: Callable[..., Iterable[bytes]], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._application, self._clock = application, clock

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """The answer of the application."""
        connection = environ.get("gunicorn.socket")
        if connection is not None:
            connection.settimeout(SILENCE_SECONDS)
            connection.wait_until(BODY_SECONDS)
        environ["wsgi.input"] = PatientInput(environ["wsgi.input"], clock=self._clock)
        return self._application(environ, start_response)


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
