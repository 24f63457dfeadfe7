"""A worker of gunicorn that does not wait for ever, and says nothing of itself.

Gunicorn's own waits without end for the rest of a request's head: a few dozen connections that never say what they want
would keep everybody else out. It gives a thread to a connection over which nothing has come, and takes new connections
while all its threads are busy, though another process may have some free. Its pages for broken requests repeat what was
sent, and every answer names it.
"""

import errno
import socket
import struct
import time
from collections.abc import Callable
from contextlib import nullcontext, suppress
from functools import partial
from select import POLLIN, poll
from selectors import EVENT_READ
from typing import Any, NoReturn, TypeVar

from gunicorn.http import wsgi  # type: ignore[import-untyped]
from gunicorn.http.errors import ParseException  # type: ignore[import-untyped]
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

from safeconduct.desk.operating.pace import HURRIED_SECONDS, Pace
from safeconduct.desk.operating.patience import SILENCE_SECONDS

HEAD_SECONDS = 10
"""The head of a request: a few hundred bytes."""
SENDING_BYTES = 64 * 1024
"""What the system holds of an answer (it doubles the number): any page, so that its thread is free at once; and so
little that what a slow line takes shows within seconds. Left to itself it holds megabytes, and a minute of a slow line
looks like silence."""
PARTING_SECONDS = 0.25
"""For so long it is waited for whoever still sends, so that the last answer arrives; tor and browsers close at once."""
LOOK_SECONDS = 0.5
"""So often whoever waits for a browser looks whether somebody else waits for the thread."""
_PIECE_BYTES, _PARTING_PIECES = 4096, 16
_RESET = struct.pack("ii", 1, 0)
Moved = TypeVar("Moved")
_BROKEN = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nCache-Control: no-store\r\nContent-Length: 0\r\n\r\n"
_FAULT = _BROKEN.replace(b"400 Bad Request", b"500 Internal Server Error")


class PatientSocket(socket.socket):
    """A connection that is given up when its time is over, however little by little something comes or is taken."""

    is_crowded: Callable[[], bool] = staticmethod(lambda: False)
    """Whether somebody waits for the thread that waits here."""
    until: float = 0.0
    hurried_until: float = 0.0
    pace: Pace | None = None
    is_given_up: bool = False
    is_parted: bool = False

    def wait_until(self, seconds: float) -> None:
        """Give it so many seconds from now for all that is read; at most a few while somebody waits for its thread."""
        now, self.pace = time.monotonic(), None
        self.until, self.hurried_until = now + seconds, now + min(seconds, HURRIED_SECONDS)

    def wait_for(self, pace: Pace) -> None:
        """Let it take as long as its pace allows, for what follows the head."""
        self.pace = pace

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """What came, at most so many bytes.

        Raises:
            TimeoutError: If the time is over, or nothing came for too long. It looks like a connection that was
                reset, which gunicorn does not report as a fault of ours.
        """
        content = self._patiently(lambda: super(PatientSocket, self).recv(size, flags))
        if self.pace is not None:
            self.pace.came(len(content))
        elif self._left_of_reading() < 0:
            self._give_up()
        return content

    def sendall(self, data: Any, flags: int = 0, /) -> None:  # noqa: ANN401 -- whatever is bytes
        """Send all of it.

        Raises:
            TimeoutError: If it is taken too slowly, as for `recv`.
        """
        rest = memoryview(data)
        while rest:
            part = rest
            taken = self._patiently(lambda: super(PatientSocket, self).send(part, flags))  # noqa: B023 -- called at once
            if self.pace is not None:
                self.pace.went(taken)
            rest = rest[taken:]

    def part(self) -> None:
        """Say that nothing more comes, and let the last answer arrive; one that was given up breaks off at once.

        It is done in the thread of the request: gunicorn does it in the one thread that takes new connections, and a
        few who do not close theirs would keep everybody out.
        """
        with suppress(OSError):
            if self.is_given_up:
                self.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            else:
                self.shutdown(socket.SHUT_WR)
                # What is unread when it is closed would destroy what is still on its way to them.
                self.wait_until(PARTING_SECONDS)
                for _ in range(_PARTING_PIECES):
                    if not self.recv(_PIECE_BYTES):
                        break
        self.is_parted = True

    def shutdown(self, how: int, /) -> None:
        """Half of an end.

        Raises:
            OSError: If it has parted: gunicorn then closes it without waiting.
        """
        if self.is_parted:
            raise OSError(errno.ENOTCONN, "parted")
        super().shutdown(how)

    def _patiently(self, act: Callable[[], Moved]) -> Moved:
        """What an operation gives, if it gives it in time."""
        asked = self.gettimeout()
        silent_until = time.monotonic() + min(asked or SILENCE_SECONDS, SILENCE_SECONDS)
        with self.pace.waiting() if self.pace is not None else nullcontext():
            while (left := self._left(silent_until)) > 0:
                self.settimeout(left)
                with suppress(TimeoutError):
                    done = act()
                    self.settimeout(asked)
                    return done
        return self._give_up()

    def _give_up(self) -> NoReturn:
        # For good: else what still comes would be read as the rest of it, before the next request.
        self.is_given_up = True
        raise TimeoutError(errno.ECONNRESET, "given up")

    def _left(self, silent_until: float) -> float:
        """Seconds until it is to be given up, or asked again whether it is."""
        if self.is_given_up:
            return 0
        left = self._left_of_reading() if self.pace is None else self.pace.seconds_left()
        return min(left, silent_until - time.monotonic(), LOOK_SECONDS)

    def _left_of_reading(self) -> float:
        return (self.hurried_until if self.is_crowded() else self.until) - time.monotonic()


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """A worker with threads that gives up a request whose head does not arrive.

    All but `handle`, `handle_error` and `is_crowded` runs in the one thread that takes new connections.
    """

    _under_way = 0

    def enqueue_req(self, conn: Any) -> None:  # noqa: ANN401 -- gunicorn's form
        """Give a connection a thread, once something came over it; until then it costs none."""
        if not (conn.initialized or conn.data_ready):
            conn.timeout = time.monotonic() + HEAD_SECONDS
            self.pending_conns.append(conn)
            self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))
            return
        self._under_way += 1
        if self._accepting and not self._has_free_thread():
            self.set_accept_enabled(enabled=False)
        super().enqueue_req(conn)

    def finish_request(self, conn: Any, fs: Any) -> None:  # noqa: ANN401 -- gunicorn's form
        """The thread is free again; whether new connections are taken is asked after every round."""
        self._under_way -= 1
        super().finish_request(conn, fs)

    def set_accept_enabled(self, enabled: bool) -> None:  # noqa: FBT001 -- gunicorn's form
        """Take new connections only for a thread that is free: else they wait for whichever process has one first."""
        super().set_accept_enabled(enabled and self._has_free_thread())

    def is_crowded(self) -> bool:
        """Whether somebody waits for a thread: here, or to be taken by any process of the site."""
        if self._under_way != self.cfg.threads:
            return not self._has_free_thread()
        doors = poll()
        for listener in self.sockets:
            doors.register(listener, POLLIN)
        return bool(doors.poll(0))

    def _has_free_thread(self) -> bool:
        return bool(self._under_way < self.cfg.threads)

    def handle(self, conn: Any) -> Any:  # noqa: ANN401 -- gunicorn's form
        """One request of a connection."""
        if not isinstance(conn.sock, PatientSocket):
            conn.sock = PatientSocket(fileno=conn.sock.detach())
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SENDING_BYTES)
            conn.sock.is_crowded = self.is_crowded
        conn.sock.wait_until(HEAD_SECONDS)
        stays = super().handle(conn)
        if not stays:
            conn.sock.part()
        return stays

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
