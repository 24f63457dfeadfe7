"""The desk under load, over real connections on this machine: part of `make bench`; alone: `bench/desk.py [--quick]`.

What the load generator itself can do is measured in the same run against a page without any framework, and bare Django
beside it. `--quick` takes fewer cases and one round.
"""

import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from base64 import b32decode
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run by its path, as bench/run.py is

from bench.desk_browser import READING_SECONDS, Answer, Browser  # noqa: E402 -- found by the line above
from bench.desk_people import Seen, percentile, together  # noqa: E402 -- as above
from bench.desk_site import OK, Served, free_port, served  # noqa: E402 -- as above
from bench.table import Row, heading, markdown  # noqa: E402 -- as above
from safeconduct.desk.members.totp import code_at, step_of  # noqa: E402 -- as above
from safeconduct.values.secret import Secret  # noqa: E402 -- as above

CLIENTS, CONNECTIONS = 8, 16
SECONDS = 6.0
INTAKES = 240
SETTINGS = "least_seconds = 1\nintakes_a_minute = 1000000\n"
COMMON = "/a/ru/28"
"""The longest answer."""
_LOGINS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What came of a load.

    Args:
        times: Seconds of each request.
        took: Seconds of the whole.
        failed: Requests that did not bring what they should.
        codes: The codes that contacts were given, each once.
    """

    times: Sequence[float]
    took: float
    failed: int
    codes: tuple[str, ...] = ()

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.times) / self.took

    @property
    def p99_ms(self) -> float:
        """Milliseconds within which 99 of 100 came back."""
        return sorted(self.times)[min(len(self.times) - 1, int(len(self.times) * 0.99))] * 1000


def pages(port: int, path: str, *, expected: int = OK) -> Load:
    """One page again and again, from sixteen connections that stay open."""

    def one(_number: int) -> tuple[list[float], int]:
        times, failed = [], 0
        with Browser(port) as browser:
            while time.perf_counter() < until:
                began = time.perf_counter()
                failed += browser.get(path).status != expected
                times.append(time.perf_counter() - began)
        return times, failed

    began = time.perf_counter()
    until = began + SECONDS
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        found = list(pool.map(one, range(CONNECTIONS)))
    took = time.perf_counter() - began
    return Load(times=[one for times, _ in found for one in times], took=took, failed=sum(bad for _, bad in found))


def opens(desk: Served, codes: Sequence[str]) -> int:
    """How many of the codes open a thread."""
    opened = 0
    for code in codes:
        with desk.contact() as browser:
            opened += "Invented message" in browser.come_back(code).page
    return opened


def intakes(desk: Served) -> Load:
    """First messages from eight clients, each with a form that was opened before."""
    with desk.contact() as browser:
        forms = [browser.get("/2").hidden() for _ in range(INTAKES)]
        cookies = dict(browser.cookies)
    time.sleep(READING_SECONDS)

    def one(number: int) -> list[tuple[float, str]]:
        found: list[tuple[float, str]] = []
        with desk.contact() as browser:
            browser.cookies.update(cookies)
            for form in forms[number::CLIENTS]:
                text = f"Invented message {len(found)} of client {number}, as long as people write: " + "word " * 60
                began = time.perf_counter()
                answer = browser.send("/2", {**form, "for_whom": "self", "text": text})
                found.append((time.perf_counter() - began, answer.code()))
        return found

    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        found = [one for part in pool.map(one, range(CLIENTS)) for one in part]
    took = time.perf_counter() - began
    codes = tuple({code for _, code in found if code})
    return Load(times=[taken for taken, _ in found], took=took, failed=len(found) - len(codes), codes=codes)


def sign_in(person: dict[str, Any], browser: Browser) -> tuple[float, Answer]:
    """A member signs in: seconds of the step that checks the password, and where it leads."""
    shown = browser.get("/sign-in/")
    began = time.perf_counter()
    asked = browser.send("/sign-in/", {**shown.hidden(), "login": person["login"], "password": person["password"]})
    took = time.perf_counter() - began
    step = step_of(datetime.now(UTC))  # noqa: TID251 -- a measurement is an edge
    digits = code_at(Secret(b32decode(person["totp"])), step)
    answer = browser.send("/sign-in/code/", {**asked.hidden(), "code": digits})
    return took, answer


def logins(desk: Served) -> list[float]:
    """Milliseconds of the password's step, one member after the other."""
    found = []
    for person in desk.staff["people"][1 : 1 + _LOGINS]:
        with desk.members() as browser:
            took, answer = sign_in(person, browser)
        if not answer.goes_to:
            raise RuntimeError("a member could not sign in: no figures")
        found.append(took * 1000)
    return found


def lists(cases: int, folder: Path, *, search: bool) -> list[float]:
    """Milliseconds of a member's list of so many cases, or of a search over them, the first left out."""
    with (
        served(folder / "desk", log=folder / "log", members=1, cases=cases, settings=SETTINGS) as desk,
        desk.members() as browser,
    ):
        sign_in(desk.staff["people"][1], browser)
        form = browser.get("/cases/").hidden()
        found = []
        for _ in range(8):
            began = time.perf_counter()
            sent = {**form, "search": "nothing that is there"}
            answer = browser.send("/cases/", sent) if search else browser.get("/cases/")
            found.append((time.perf_counter() - began) * 1000)
            if answer.status != OK:
                raise RuntimeError("the list of cases did not open: no figures")
    return found[1:]


@contextmanager
def bare(kind: str) -> Iterator[int]:
    """The port of something to compare with, while the block runs."""
    port = free_port()
    process = subprocess.Popen((sys.executable, str(ROOT / "bench" / "desk_bare.py"), kind, str(port)), cwd=ROOT)
    try:
        for _ in range(200):
            with Browser(port) as browser:
                if browser.get("/").status == OK:
                    break
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


def _verdict(*holds: tuple[bool, str]) -> str:
    missed = [says for met, says in holds if not met]
    return "yes" if not missed else f"no: {'; '.join(missed)}"


def rates(what: str, found: Load, *, least: float = 0, most_ms: float = 0) -> Row:
    """A line of a load."""
    target, met = "", ""
    if least:
        target = f">= {least:g}/s, p99 < {most_ms:g} ms, none failed"
        met = _verdict(
            (found.rate >= least, f"{found.rate / least:.0%} of the rate"),
            (found.p99_ms < most_ms, f"p99 {found.p99_ms / most_ms:.2f} times"),
            (not found.failed, f"{found.failed} failed"),
        )
    middle = statistics.median(found.times) * 1000
    cells = (f"{found.rate:,.0f}/s", f"{middle:.1f} ms", f"{found.p99_ms:.1f} ms")
    return Row(what=what, cells=cells, target=target, met=met)


def durations(what: str, found: Sequence[float], *, most: float, least: float = 0) -> Row:
    """A line of milliseconds."""
    middle = statistics.median(found)
    target = f"{least:g} to {most:g} ms" if least else f"<= {most:g} ms"
    met = _verdict((least <= middle <= most, f"{middle / most:.2f} times the target"))
    cells = (f"{middle:.0f} ms", f"{min(found):.0f} to {max(found):.0f} ms", "")
    return Row(what=what, cells=cells, target=target, met=met)


def measured(*, quick: bool) -> list[Row]:
    """All rows."""
    steps: tuple[Callable[[Path], list[Row]], ...] = (
        _beside,
        _served,
        lambda folder: _lists(folder, quick=quick),
        lambda folder: _together(folder, number=8 if quick else 50),
    )
    rows = [heading("The desk, over loopback: rate, median, p99")]
    for step in steps:
        with tempfile.TemporaryDirectory(prefix="desk-bench-") as folder:
            rows += step(Path(folder))
    return rows


def _say(text: str) -> None:
    print(f"... the desk: {text}", file=sys.stderr, flush=True)


def _beside(_folder: Path) -> list[Row]:
    _say("what the load generator can do, and bare Django")
    with bare("static") as port:
        static = pages(port, "/")
    with bare("django") as port:
        django = pages(port, "/")
    return [
        rates("a page of the same length without a framework: what the load generator can do", static),
        rates("bare Django, one form, no store", django),
    ]


def _served(folder: Path) -> list[Row]:
    _say("first pages, first messages, sign-ins")
    with served(folder / "desk", log=folder / "log", members=_LOGINS, settings=SETTINGS) as desk:
        before = desk.processor_seconds()
        first = pages(desk.contact_port, "/")
        of_first = (desk.processor_seconds() - before) / len(first.times) * 1000
        writing = pages(desk.contact_port, "/2")
        before = desk.processor_seconds()
        common = pages(desk.contact_port, COMMON)
        of_common = (desk.processor_seconds() - before) / len(common.times) * 1000
        before = desk.processor_seconds()
        taken = intakes(desk)
        of_taken = (desk.processor_seconds() - before) / len(taken.times) * 1000
        opened = opens(desk, taken.codes)
        entered = logins(desk)
    what = f"first messages, 8 clients; of {len(taken.times)} codes {opened} open; {of_taken:.0f} ms of processor each"
    told = rates(what, taken, least=30, most_ms=600)
    return [
        rates(f"first page, 16 connections; {of_first:.1f} ms of processor each", first, least=400, most_ms=100),
        rates("page to write on, 16 connections", writing),
        rates(_of_common(of_common), common, least=1000, most_ms=100),
        told,
        durations("a member's password, one after the other", entered, most=250, least=80),
    ]


def _of_common(took_ms: float) -> str:
    each = f"{took_ms:.2f} ms of processor each, {1000 / took_ms:,.0f} in a second of one processor"
    return f"a common question with its answer, 16 connections; {each}"


def _lists(folder: Path, *, quick: bool) -> list[Row]:
    few, many = (100, 200) if quick else (1_000, 2_000)
    _say(f"lists of {few} and {many} cases; making them takes a minute or two")
    (folder / "few").mkdir()
    (folder / "many").mkdir()
    return [
        durations(f"a member's list of {few:,} cases", lists(few, folder / "few", search=False), most=300),
        durations(f"search over {many:,} cases", lists(many, folder / "many", search=True), most=250),
    ]


def _together(folder: Path, *, number: int) -> list[Row]:
    _say(f"{number} people in the check beside {number} members; all sign in first, one a second")
    with served(folder / "desk", log=folder / "log", members=number, settings=SETTINGS) as desk:
        before = desk.processor_seconds()
        seen = together(desk, visitors=number, seconds=90)
        took = desk.processor_seconds() - before
    rows = [
        _mixed(f"{number} people in the check beside {number} members at work", seen.all_times(), seen, most_ms=500)
    ]
    rows += [_mixed(f"of these: {what}", times, None) for what, times in sorted(seen.times.items())]
    _say(f"{took:.0f} s of processor time for {len(seen.all_times()):,} requests and {number} sign-ins")
    return rows


def _mixed(what: str, times: Sequence[float], seen: Seen | None, *, most_ms: float = 0) -> Row:
    """A line of a load of several kinds: how many requests, the median, the 95th percentile."""
    slow = percentile(times, 0.95) * 1000
    target, met = "", ""
    if seen is not None:
        target = f"p95 < {most_ms:g} ms, none failed"
        met = _verdict(
            (slow < most_ms, f"p95 {slow / most_ms:.2f} times"), (not seen.failed, f"{len(seen.failed)} failed")
        )
    cells = (f"{len(times):,} requests", f"{percentile(times, 0.5) * 1000:.0f} ms", f"p95 {slow:.0f} ms")
    return Row(what=what, cells=cells, target=target, met=met)


def versions() -> str:
    """What the desk is made of."""
    names = ("Django", "gunicorn", "cryptography")
    return ", ".join(f"{name} {version(name)}" for name in names) + f", SQLite {sqlite3.sqlite_version}"


def main(arguments: list[str]) -> int:
    """Measure, and print the table."""
    rows = measured(quick="--quick" in arguments)
    today = date.today().isoformat()  # noqa: DTZ011, TID251 -- an edge
    load = os.getloadavg()[0]
    print(
        f"\n{today}; {len(os.sched_getaffinity(0))} cores, load {load:.1f} at the end, {platform.system()}, "
        f"Python {platform.python_version()}, {versions()}; the load comes from the same cores\n"
    )
    print(markdown(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
