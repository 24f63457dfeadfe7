"""Makes `.venv` from the lock, with every package checked against its hash; does nothing when nothing has changed.

Run by `make run` and `make test`. Needs Python 3.11 or newer with its venv module, and a package registry that pip is
set up to use; nothing else from outside and no rights of an administrator.
"""

import hashlib
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
LOCK = ROOT / "requirements" / "dev.txt"
STAMP = ENVIRONMENT / "made-from"
OLDEST = (3, 11)
# What the set-up itself depends on: a change in any of them makes it run again.
INPUTS = (LOCK, ROOT / "pyproject.toml", ROOT / "src" / "safeconduct" / "__init__.py", Path(__file__))


class SetUpError(Exception):
    """What went wrong and what to do, in words for the person at the terminal."""


def home() -> str:
    """What an environment cannot outlive: this Python, and the folder, whose path its scripts hold."""
    return hashlib.sha256(f"{sys.version}\n{ENVIRONMENT}".encode()).hexdigest()


def contents() -> str:
    """What the environment is filled from."""
    digest = hashlib.sha256()
    for path in INPUTS:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def stamped() -> list[str]:
    """The home and the contents that the environment was made with; nothing where none stands or its making stopped."""
    whole = STAMP.is_file() and (ENVIRONMENT / "bin" / "python").exists()
    return STAMP.read_text(encoding="ascii").split() if whole else []


def check_python() -> None:
    """Stop with the one command to run where Python is too old or lacks its venv module."""
    if sys.version_info < OLDEST:
        found = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise SetUpError(
            f"Python 3.11 or newer is needed, and this is {found}.\n"
            "  to fix: install a newer one, then run: make PYTHON=python3.12 run"
        )
    try:
        import ensurepip  # noqa: F401, PLC0415 - Debian leaves it out of its python3 package
        import venv  # noqa: F401, PLC0415 - as above
    except ImportError as problem:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise SetUpError(
            f"This Python has no {problem.name}, which makes environments.\n"
            f"  to fix: an administrator must run: apt-get install -y python{version}-venv"
        ) from problem


def run(step: str, *command: str, remedy: str) -> None:
    """Run one step of the set-up.

    Args:
        step: What it does, for the message.
        command: The program and its arguments.
        remedy: What to do where it fails.
    Raises:
        SetUpError: If the command fails or cannot be started.
    """
    try:
        subprocess.run(command, cwd=ROOT, check=True, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError) as problem:
        raise SetUpError(f"{step} failed; what it said stands above.\n  to fix: {remedy}") from problem


def make() -> None:
    """Make the environment anew or bring it up to date, and stamp it last, so that what broke off is done again."""
    python = str(ENVIRONMENT / "bin" / "python")
    # -qq: pip's warnings speak of its own settings; what makes it fail is still printed.
    install = (python, "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check", "--no-deps")
    packages = LOCK.read_text(encoding="utf-8").count("==")
    anew = stamped()[:1] != [home()]
    STAMP.unlink(missing_ok=True)
    print(f"[1/3] {'Making .venv' if anew else 'Bringing .venv up to date'} ...", flush=True)
    if anew:
        run(
            "Making .venv",
            *(sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)),
            remedy="remove the folder .venv, check that you may write here, and run this again",
        )
    print(
        f"[2/3] Installing {packages} packages, each checked against its hash (half a minute to some) ...", flush=True
    )
    run(
        "Installing the packages",
        *(*install, "--require-hashes", "--requirement", str(LOCK)),
        remedy="check that pip reaches its registry (pip config list), then run this again",
    )
    print("[3/3] Installing Safeconduct from this folder ...", flush=True)
    run(
        "Installing Safeconduct",
        *(*install, "--no-build-isolation", "--no-index", "--editable", str(ROOT)),
        remedy="check pyproject.toml, then run this again",
    )
    run("Checking the packages", python, "-m", "pip", "check", remedy="change what clashes, then run: make locks")
    STAMP.write_text(f"{home()}\n{contents()}\n", encoding="ascii")


def main() -> int:
    """Make the environment where needed.

    Returns:
        0 when it stands, 1 when something must be done first.
    """
    try:
        check_python()
        if stamped() == [home(), contents()]:
            return 0
        began = time.monotonic()
        make()
    except SetUpError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"\nThe set-up could not write: {problem.strerror}.", file=sys.stderr)
        print("  to fix: see that .venv belongs to you (or remove it) and that the disk has 2 GB free", file=sys.stderr)
        return 1
    print(f"Set up in {time.monotonic() - began:.0f} s.\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
