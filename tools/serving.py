"""Serves one of our sites on loopback from a thread: for browser tests and for pictures of pages. No log is written."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Thread

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

Application = Callable[..., Iterable[bytes]]


class _SilentHandler(WSGIRequestHandler):
    """Writes no line about a visit."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- Python's form
        """Nothing."""


class _Server(ThreadedWSGIServer):
    """Forgets connections that a browser opened in advance and never used."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that closes a connection early is no fault."""


@contextmanager
def served(application: Application) -> Iterator[str]:
    """Serve a site until the end of the block.

    Args:
        application: The site, as WSGI.
    Yields:
        Its address; under the name `localhost` browsers keep cookies that are for secure connections only.
    """
    server = _Server(("127.0.0.1", 0), _SilentHandler)
    server.set_app(application)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
