"""Both sites at once, each a process of its own, for as long as this one runs; and the work of every day."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from django.db import DatabaseError, close_old_connections

from safeconduct.desk.cases.actions.keep_dummies import keep_dummies
from safeconduct.desk.cases.actions.retention import retention
from safeconduct.desk.members.actor import Operator
from safeconduct.desk.operating.hardening import harden
from safeconduct.desk.project.clock import now
from safeconduct.desk.project.configuration import API_VARIABLE, Site, in_use
from safeconduct.desk.project.stores import cleaned_up
from safeconduct.desk.refusals import RefusedError
from safeconduct.values.errors import SafeconductError

_LOOK_SECONDS = 1.0
_END_SECONDS = 30
_ROUNDS = 60
"""Looks between two tries to make the first cases of nobody."""
_EMPTY_EVERY = 10
"""Looks between two tries to empty the journals: somebody may have been reading when something was deleted."""
_MEMORY = {"MALLOC_ARENA_MAX": "2"}
"""Else the C library keeps memory for each of sixteen threads apart: half a gigabyte where positions are worked out."""
_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class SiteEndedError(SafeconductError):
    """A site ended by itself."""

    def __init__(self, site: Site) -> None:
        super().__init__(
            f"the {site.value} site ended by itself",
            remedy="another program may use its port; else read what stands above, or run: safeconduct desk check",
            code="DESK:site-ended",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """How the sites are served.

    Args:
        addresses: For each site host and port on loopback, or `unix:` and a path.
        workers: Processes of each site.
        level: The least level that is logged.
        api: Whether programs of partners are answered, also if the settings do not say so.
    """

    addresses: Mapping[Site, str]
    workers: int = 2
    level: str = "warning"
    api: bool = False


def serve(serving: Serving, *, say: Callable[[str], None], each: Callable[[], None] | None = None) -> None:
    """Serve both sites until a signal comes.

    Args:
        serving: How.
        say: Takes what the person at the terminal is to know.
        each: Called every second.
    Raises:
        SiteEndedError: If a site cannot start, or ends.
    """
    with _signalled() as ended, _running(serving) as sites:
        done, kept, waited, looked = None, 0, 0, 0
        while not ended.wait(_LOOK_SECONDS):
            for site, process in sites.items():
                if process.poll() is not None:
                    raise SiteEndedError(site)
            if each is not None:
                each()
            if (looked := looked + 1) % _EMPTY_EVERY == 0:
                empty_journals()
            if done != now().date():
                done = now().date()
                daily(say)
                waited, kept = 0, keep_empty_cases()
            elif in_use().dummies and not kept and (waited := waited + 1) % _ROUNDS == 0:
                # On a new desk nobody reads a channel yet: the first are made as soon as somebody does.
                kept = keep_empty_cases()


def daily(say: Callable[[str], None]) -> None:
    """Shred what is due and sweep; a clock that jumped stops it, or a disk that is full, and somebody is told.

    The sites go on in any case: what is there can be read.
    """
    close_old_connections()
    try:
        went = retention(Operator(), now=now())
    except RefusedError as refused:
        say(f"Nothing was shredded today: {refused.remedy}. Then: safeconduct desk shred --clock-is-right")
    except DatabaseError:
        say("Nothing was shredded today: the stores cannot be written. Look with: safeconduct desk check")
    else:
        if went:
            say(f"Shredded, because their day had come: {went}")


def empty_journals() -> bool:
    """Let nothing of what was deleted stay in a journal; whether that is so now."""
    close_old_connections()
    try:
        return cleaned_up()
    except DatabaseError:
        return False


def keep_empty_cases() -> int:
    """Let cases of nobody come and go; how many there are. What cannot be done today is done another day."""
    try:
        return keep_dummies(Operator(), now=now())
    except DatabaseError:
        return 0


@contextmanager
def _running(serving: Serving) -> Iterator[Mapping[Site, subprocess.Popen[bytes]]]:
    sites = {site: _started(site, serving) for site in Site}
    try:
        yield sites
    finally:
        for process in sites.values():
            process.terminate()
        for process in sites.values():
            try:
                process.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _started(site: Site, serving: Serving) -> "subprocess.Popen[bytes]":
    parts = (site.value, serving.addresses[site], str(serving.workers), serving.level)
    # A session of its own: an interrupt at the terminal comes here first, and ends the sites in order.
    return subprocess.Popen(  # noqa: S603 -- our own program, with no shell
        (sys.executable, "-m", "safeconduct.desk.operating.site", *parts),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, **_MEMORY, **({API_VARIABLE: "1"} if serving.api else {})},  # noqa: TID251 -- how a site is told
    )


@contextmanager
def _signalled() -> Iterator[threading.Event]:
    """An event that is set when this process is asked to end."""
    harden()
    ended = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    before = {number: signal.signal(number, end) for number in _SIGNALS}
    try:
        yield ended
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
