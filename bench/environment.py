"""The environment of the measurements: the peers from their lock, and Safeconduct built and installed as people do."""

import hashlib
import json
import os
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".make" / "bench"
BIN = FOLDER / "bin"
PYTHON = BIN / "python"
_LOCK = ROOT / "requirements" / "bench.txt"
_STAMP = FOLDER / "made-from"
_PIP = ("-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check", "--no-deps")


class BenchError(Exception):
    """Why there are no figures, in words for the person at the terminal."""


def prepare() -> None:
    """Make the environment where it is not there or not from this lock, then install Safeconduct as it stands now.

    Raises:
        BenchError: If a step fails.
    """
    stamp = hashlib.sha256(f"{sys.version}\n{FOLDER}\n{_LOCK.read_text(encoding='utf-8')}".encode()).hexdigest()
    if not (_STAMP.is_file() and _STAMP.read_text(encoding="ascii") == stamp):
        _say("making an environment for the peers in .make/bench (half a minute to some)")
        _run(sys.executable, "-m", "venv", "--clear", str(FOLDER))
        _run(str(PYTHON), *_PIP, "--require-hashes", "--requirement", str(_LOCK))
        _STAMP.write_text(stamp, encoding="ascii")
    _say("building and installing Safeconduct as it stands")
    wheels = FOLDER / "wheels"
    for old in wheels.glob("*.whl"):
        old.unlink()
    build = ("-m", "pip", "wheel", "-qq", "--disable-pip-version-check", "--no-deps", "--no-index")
    _run(sys.executable, *build, "--no-build-isolation", "--wheel-dir", str(wheels), str(ROOT))
    (wheel,) = wheels.glob("*.whl")
    _run(str(PYTHON), *_PIP, "--no-index", "--force-reinstall", str(wheel))


def measured(*arguments: str, cache: Path | None = None, module: str = "bench.measure") -> str:
    """What one measurement prints, run in a fresh process of that environment.

    Args:
        arguments: As for the module.
        cache: Where compiled law is kept; None for this person's own folder.
        module: What is run.
    Raises:
        BenchError: If it fails.
    """
    return _run(str(PYTHON), "-m", module, *arguments, cache=cache)


def machine() -> str:
    """The machine in neutral words."""
    cores, pages = len(os.sched_getaffinity(0)), os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    load = os.getloadavg()[0]
    installed = ", ".join(
        f"{name} {number}" for name, number in json.loads(measured("versions").splitlines()[-1]).items()
    )
    return (
        f"{date.today().isoformat()}; {cores} cores, {pages / 1e9:.0f} GB, load {load:.1f} at the end, "  # noqa: DTZ011, TID251 -- an edge
        f"{platform.system()}, Python {platform.python_version()}; {installed}"
    )


def _run(*command: str, cache: Path | None = None) -> str:
    added = {"XDG_CACHE_HOME": str(cache)} if cache is not None else {}
    environment = {**os.environ, **added}  # noqa: TID251 -- handed on
    done = subprocess.run(
        command, cwd=ROOT, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL, env=environment
    )
    if done.returncode:
        last = "\n".join((done.stderr or done.stdout).strip().splitlines()[-12:])
        raise BenchError(f"this failed: {' '.join(command[1:5])} ...\n{last}")
    return done.stdout


def _say(text: str) -> None:
    print(f"... {text}", file=sys.stderr, flush=True)
