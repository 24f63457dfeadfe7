"""One site as a process: gunicorn with the settings that the desk needs, and no others.

    python -m safeconduct.desk.operating.site contact 127.0.0.1:8410 2

Gunicorn would trust headers of whoever comes over loopback, write paths and addresses into logs, and open a socket for
remote control. None of that happens here.
"""

import gc
import logging
import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from safeconduct.desk.operating.hardening import harden
from safeconduct.desk.operating.patience import Patience
from safeconduct.desk.operating.worker import PatientWorker, name_nobody
from safeconduct.desk.project.clock import now
from safeconduct.desk.project.configuration import Site
from safeconduct.desk.project.logs import ScrubbingFormatter

_THREADS = 16
_SLOW = 12
"""So many of them may wait for what comes slowly; the others are for those who are quick."""
_CONNECTIONS = 400
"""A process holds at most so many, also such over which nothing comes; many systems let it have 1,024 open files."""
_MOST_REQUESTS = 4_000
"""A worker ends after about so many requests: what it once held in memory is gone with it."""


class ScrubbedLogger(Logger):  # type: ignore[misc]
    """Gunicorn's logs through the scrubbing formatter, and no line for a request at all."""

    def setup(self, cfg: Any) -> None:  # noqa: ANN401 -- gunicorn's form
        """One handler, to standard error."""
        self.cfg = cfg
        self.loglevel = self.LOG_LEVELS[cfg.loglevel]
        handler = logging.StreamHandler()
        handler.setFormatter(ScrubbingFormatter())
        self.error_log.handlers = [handler]
        self.error_log.setLevel(self.loglevel)
        self.access_log.handlers = [logging.NullHandler()]
        logging.raiseExceptions = False

    def access(self, *_args: object, **_kwargs: object) -> None:
        """Who asked for what is written nowhere."""


class SiteApplication(BaseApplication):  # type: ignore[misc]
    """A site under gunicorn.

    Args:
        site: Which one.
        settings: Gunicorn's settings.
    """

    def __init__(self, site: Site, settings: Mapping[str, object]) -> None:
        self._site, self._settings = site, settings
        super().__init__()

    def load_config(self) -> None:
        """Our settings, and nothing from files, arguments or the environment."""
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Iterable[bytes]]:
        """The WSGI application with its law, loaded once before there are workers: a new one costs next to nothing."""
        application = import_module(f"safeconduct.desk.project.wsgi_{self._site.value}").application
        law = import_module("safeconduct.desk.cases.law")  # it needs the settings, which the line above has read
        law.prepare(now().date(), questions=self._site is Site.CONTACT)
        gc.collect()
        gc.freeze()  # what everybody shares is not looked through for garbage, nor copied into each worker by that
        return Patience(application, slow_places=_SLOW)


def settings_of(*, address: str, workers: int, level: str = "warning") -> dict[str, object]:
    """Gunicorn's settings.

    Args:
        address: Host and port on loopback, or `unix:` and a path.
        workers: How many processes.
        level: The least level that is logged.
    """
    return {
        "bind": address,
        "workers": workers,
        "preload_app": True,
        # Threads, because a slow upload over an onion service must not keep everybody else waiting.
        "worker_class": PatientWorker,
        "threads": _THREADS,
        "worker_connections": _CONNECTIONS,
        "max_requests": _MOST_REQUESTS,
        "max_requests_jitter": _MOST_REQUESTS // 4,
        "timeout": 120,
        "graceful_timeout": 20,
        "keepalive": 5,
        # A socket is for this account and its group: an onion service runs as another account.
        "umask": 0o007 if address.startswith("unix:") else 0o077,
        # Every client comes over loopback: no header about another address or scheme is believed.
        "forwarded_allow_ips": "",
        "secure_scheme_headers": {},
        "forwarder_headers": "",
        "accesslog": None,
        "errorlog": "-",
        "loglevel": level,
        "logger_class": ScrubbedLogger,
        "control_socket_disable": True,
        "proc_name": "desk",
        "default_proc_name": "desk",
        "post_fork": _forked,
    }


def _forked(_server: object, _worker: object) -> None:
    harden()


def main(site: str, address: str, workers: str, level: str = "warning") -> None:
    """Serve a site until a signal ends it."""
    harden()
    name_nobody()
    SiteApplication(Site(site), settings_of(address=address, workers=int(workers), level=level)).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
