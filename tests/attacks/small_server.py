"""A server with the worker of the sites, a few threads and short times, in front of an application of ten lines.

python -m tests.attacks.small_server 127.0.0.1:8410
"""

import sys
from collections.abc import Mapping

from gunicorn.app.base import BaseApplication

from safeconduct.desk.operating.pace import Limits
from safeconduct.desk.operating.patience import Patience
from safeconduct.desk.operating.site import settings_of
from safeconduct.desk.operating.worker import name_nobody

THREADS, PLACES = 4, 2
LIMITS = Limits(
    quick_seconds=0.3, hurried_seconds=0.1, form_seconds=0.8, stretch_seconds=0.5, least_rate=40_000, whole_seconds=20
)
FILE_BYTES, LARGE_BYTES, PIECE_BYTES = 600_000, 16_000_000, 50_000


def application(environ, start_response):
    """A page; a file, with its length or without; the length of what was sent."""
    path = environ["PATH_INFO"]
    if path.startswith("/file"):
        length = LARGE_BYTES if path.startswith("/file/large") else FILE_BYTES
        start_response("200 OK", [] if path.endswith("/chunks") else [("Content-Length", str(length))])
        return (b"f" * PIECE_BYTES for _ in range(length // PIECE_BYTES))
    length = 0
    while piece := environ["wsgi.input"].read(PIECE_BYTES):
        length += len(piece)
    start_response("200 OK", [("Content-Length", str(len(str(length))))])
    return [str(length).encode()]


class Small(BaseApplication):
    """It, under gunicorn."""

    def __init__(self, settings: Mapping[str, object]) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self):
        return Patience(application, slow_places=PLACES, limits=LIMITS)


if __name__ == "__main__":
    name_nobody()
    Small({**settings_of(address=sys.argv[1], workers=1), "threads": THREADS}).run()
