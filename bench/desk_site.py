"""A desk that is really served: a folder, both sites under gunicorn, and what is needed to visit and to end them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from bench.desk_browser import AGENT, Browser

ROOT = Path(__file__).resolve().parent.parent
_START_SECONDS = 60
_END_SECONDS = 40
_TRIES = 3
OK = 200
_PROGRAM = "from safeconduct.cli import main; main(prog_name='safeconduct')"


@dataclass(slots=True, kw_only=True)
class Served:
    """A desk that is being served.

    Args:
        folder: Its folder.
        contact_port: Port of the contact site.
        members_port: Port of the members' site.
        process: The program `safeconduct desk serve`.
        log: What it and its workers say.
        staff: What `desk_staff.py` told.
    """

    folder: Path
    contact_port: int
    members_port: int
    process: "subprocess.Popen[bytes]"
    log: Path
    staff: dict[str, Any] = field(default_factory=dict)

    def contact(self, *, agent: str = AGENT, source: str = "127.0.0.1", timeout: float = 60) -> Browser:
        """A browser on the contact site."""
        return Browser(self.contact_port, agent=agent, source=source, timeout=timeout)

    def members(self, *, agent: str = AGENT, source: str = "127.0.0.1") -> Browser:
        """A browser on the members' site."""
        return Browser(self.members_port, agent=agent, source=source)

    def processes(self) -> list[int]:
        """Numbers of the processes that serve: masters and workers of both sites."""
        return [child for top in _children(self.process.pid) for child in (top, *_children(top))]

    def workers(self) -> list[int]:
        """Numbers of the workers of both sites."""
        return [child for top in _children(self.process.pid) for child in _children(top)]

    def processor_seconds(self) -> float:
        """Processor time of everything that serves, workers that have ended included."""
        ticks = sum(sum(map(int, _stat(number)[11:15])) for number in self.processes())
        return ticks / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """End everything at once, as a power cut would: nobody is asked, nothing is finished."""
        own = [self.process.pid, *self.processes()]
        for number in own:
            _signal(number, signal.SIGKILL)
        self.process.wait()
        _wait(lambda: not any(Path(f"/proc/{number}/cmdline").exists() and _runs(number) for number in own))

    def end(self) -> None:
        """Ask it to end, and wait."""
        self.process.terminate()
        self.process.wait(_END_SECONDS)


def _stat(number: int) -> list[str]:
    """What the system says of a process, from its state on."""
    return Path(f"/proc/{number}/stat").read_text(encoding="ascii").rpartition(")")[2].split()


def _runs(number: int) -> bool:
    try:
        return _stat(number)[0] != "Z"
    except OSError:
        return False


def _signal(number: int, which: signal.Signals) -> None:
    try:
        os.kill(number, which)
    except ProcessLookupError:
        return


def _children(number: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            told = _stat(int(path.name))
        except OSError:
            continue
        if int(told[1]) == number:
            found.append(int(path.name))
    return sorted(found)


def _wait(so: Callable[[], bool]) -> None:
    until = time.monotonic() + _START_SECONDS
    while not so():
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(0.05)


def free_port() -> int:
    """A port of loopback that nobody uses."""
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def staffed(folder: Path, *, members: int, cases: int = 0, settings: str = "", offline: str = "") -> dict[str, Any]:
    """Make a desk with members, a channel and cases; it is not served yet.

    Args:
        folder: Its folder.
        members: How many members read the channel.
        cases: How many cases have come in.
        settings: Content of desk.toml.
        offline: Public half of an offline key, in base64.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    told = folder / "desk.toml"
    told.write_text(settings, encoding="utf-8")
    told.chmod(0o600)
    done = subprocess.run(
        (sys.executable, str(ROOT / "bench" / "desk_staff.py"), str(folder), str(members), str(cases), offline),
        check=True,
        stdout=subprocess.PIPE,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


class DeskEndedError(RuntimeError):
    """A desk ended while it started."""


def start(  # noqa: PLR0913 -- what a desk is, each by its name
    folder: Path,
    *,
    log: Path,
    level: str = "warning",
    workers: int = 2,
    staff: dict[str, Any],
    environment: Mapping[str, str] | None = None,
) -> Served:
    """Serve a desk, and wait until both sites answer.

    Ports that are free now may be taken when the sites have loaded their law: then others are tried.
    """
    start_once = partial(_started, folder, log=log, level=level, workers=workers, staff=staff, environment=environment)
    for _ in range(_TRIES - 1):
        with suppress(DeskEndedError):
            return start_once()
    return start_once()


def _started(  # noqa: PLR0913 -- as above
    folder: Path,
    *,
    log: Path,
    level: str,
    workers: int,
    staff: dict[str, Any],
    environment: Mapping[str, str] | None,
) -> Served:
    ports = free_port(), free_port()
    command = (
        *(sys.executable, "-c", _PROGRAM, "desk", "serve", "--folder", str(folder)),
        *("--contact-port", str(ports[0]), "--members-port", str(ports[1])),
        *("--workers", str(workers), "--log-level", level),
    )
    told = {**os.environ, **(environment or {})}  # noqa: TID251 -- handed on
    with log.open("ab") as out:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=folder, env=told)
    served = Served(folder=folder, contact_port=ports[0], members_port=ports[1], process=process, log=log, staff=staff)
    try:
        for browser in (served.contact(), served.members()):
            with browser:
                _wait(partial(_answers, browser, process))
    except BaseException:
        served.kill()
        raise
    return served


def _answers(browser: Browser, process: "subprocess.Popen[bytes]") -> bool:
    if process.poll() is not None:
        raise DeskEndedError("the desk ended while it started: read its log")
    return browser.get("/").status != 0


@contextmanager
def served(  # noqa: PLR0913 -- what a desk is, each by its name
    folder: Path, *, log: Path, members: int = 2, cases: int = 0, settings: str = "", level: str = "warning",
    workers: int = 2, offline: str = "", environment: Mapping[str, str] | None = None,
) -> Iterator[Served]:  # fmt: skip
    """A desk that is served until the block ends."""
    staff = staffed(folder, members=members, cases=cases, settings=settings, offline=offline)
    one = start(folder, log=log, level=level, workers=workers, staff=staff, environment=environment)
    try:
        yield one
    finally:
        if one.process.poll() is None:
            one.end()
