"""A worker of gunicorn that does not wait for ever, and says nothing of itself.

Gunicorn's own waits without end for the rest of a request's head: a few dozen connections that never say what they want
would keep everybody else out. Its pages for broken requests repeat what was sent, and every answer names it.
"""

import errno
import socket
import time
from contextlib import suppress
from typing import Any

from gunicorn.http import wsgi  # type: ignore[import-untyped]
from gunicorn.http.errors import ParseException  # type: ignore[import-untyped]
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

from safeconduct.desk.operating.patience import SILENCE_SECONDS, Pace

HEAD_SECONDS = 10
"""The head of a request: a few hundred bytes."""
_BROKEN = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nCache-Control: no-store\r\nContent-Length: 0\r\n\r\n"
_FAULT = _BROKEN.replace(b"400 Bad Request", b"500 Internal Server Error")


class PatientSocket(socket.socket):
    """A connection that is given up when its time is over, however little by little something comes."""

    until: float = 0.0
    pace: Pace | None = None
    is_given_up: bool = False

    def wait_until(self, seconds: float) -> None:
        """Give it so many seconds from now for all that is read."""
        self.until, self.pace = time.monotonic() + seconds, None

    def wait_for(self, pace: Pace) -> None:
        """Let it take as long as its pace allows, for what follows the head."""
        self.pace = pace

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """What came, at most so many bytes.

        Raises:
            TimeoutError: If the time is over, or nothing came for too long. It looks like a connection that was
                reset, which gunicorn does not report as a fault of ours.
        """
        silent_until = time.monotonic() + SILENCE_SECONDS
        while (left := self._left(silent_until)) > 0:
            self.settimeout(left)
            with suppress(TimeoutError):
                content = super().recv(size, flags)
                if self.pace is not None:
                    self.pace.came(len(content))
                elif time.monotonic() > self.until:
                    break
                return content
        # For good: else what still comes would be read as the rest of it, before the next request.
        self.is_given_up = True
        raise TimeoutError(errno.ECONNRESET, "given up")

    def _left(self, silent_until: float) -> float:
        """Seconds until it is to be given up, or asked again whether it is."""
        now = time.monotonic()
        if self.is_given_up:
            return 0
        left = self.until - now if self.pace is None else self.pace.seconds_left()
        return min(left, silent_until - now)


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """A worker with threads that gives up a request whose head does not arrive."""

    def handle(self, conn: Any) -> Any:  # noqa: ANN401 -- gunicorn's form
        """One request of a connection."""
        if not isinstance(conn.sock, PatientSocket):
            conn.sock = PatientSocket(fileno=conn.sock.detach())
        conn.sock.wait_until(HEAD_SECONDS)
        return super().handle(conn)

    def handle_error(self, _request: object, client: socket.socket, _address: object, exc: BaseException) -> None:
        """An empty answer to what is no request: a page would repeat what was sent."""
        is_broken = isinstance(exc, ParseException)
        if not is_broken:
            self.log.error("a fault outside the application", exc_info=exc)
        with suppress(OSError):
            client.sendall(_BROKEN if is_broken else _FAULT)


def name_nobody() -> None:
    """Let no answer name the program that serves it."""
    wsgi.Response.default_headers = _nameless_headers


_headers = wsgi.Response.default_headers


def _nameless_headers(response: Any) -> list[str]:  # noqa: ANN401 -- gunicorn's form
    return [line for line in _headers(response) if not line.startswith("Server:")]
