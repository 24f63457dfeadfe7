"""Every check of `make test`, one after the other; stops at the first that fails and says what to do.

python tools/stages.py                 all of them
python tools/stages.py lint types      only these, while working
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
REPORT = Path(".make") / "coverage.json"
# A process for each core, four at most; a file stays in one process, because its fixtures (a server, a browser) do.
PARALLEL = ("--numprocesses=auto", "--maxprocesses=4", "--dist=loadfile")
CODE = tuple(folder for folder in ("src", "tools", "bench") if (ROOT / folder).is_dir())


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One check.

    Args:
        name: How to ask for it alone.
        says: What it checks, for the person watching.
        command: A program of `.venv/bin` and its arguments.
        remedy: What to do where it fails.
    """

    name: str
    says: str
    command: tuple[str, ...]
    remedy: str


STAGES = (
    Stage(
        name="format",
        says="layout of the code",
        command=("ruff", "format", "--check", "--quiet", "."),
        remedy="run: make format",
    ),
    Stage(
        name="lint",
        says="all lint rules",
        command=("ruff", "check", "--quiet", "."),
        remedy="mend what is named above; an exception needs its reason beside it",
    ),
    Stage(
        name="types",
        says="strict types",
        command=("mypy", "--no-error-summary", *CODE),
        remedy="mend the types named above",
    ),
    Stage(
        name="imports",
        says="import contracts",
        command=("lint-imports", "--no-logo"),
        remedy="move the code, not the contract: docs/map.md shows which folder may import which",
    ),
    Stage(
        name="law",
        says="the law pages",
        command=("safeconduct", "law", "check"),
        remedy="mend the pages named above; each message says what to write",
    ),
    Stage(
        name="browser",
        says="a browser, where there are browser tests",
        command=("python", "tools/chromium.py"),
        remedy="the one command stands above",
    ),
    Stage(
        name="tests",
        says="tests, in random order, network closed",
        command=("pytest", "-q", *PARALLEL, "--cov", "--cov-report=", f"--cov-report=json:{REPORT}"),
        remedy="run one alone with: .venv/bin/pytest -p no:randomly PATH::NAME; the seed above repeats the order",
    ),
    Stage(
        name="coverage",
        says="the floor of branch coverage of each package",
        command=("python", "tools/coverage_floor.py", str(REPORT)),
        remedy="write the test that goes through the lines named above",
    ),
    Stage(
        name="docs",
        says="the docs, built strictly",
        # Not --quiet: it hides the warnings from --strict too, and a broken link would pass.
        command=("mkdocs", "build", "--strict"),
        remedy="mend the links named above",
    ),
)


def run(stage: Stage) -> bool:
    """Whether the stage passes; what it prints goes to the terminal as it comes."""
    program, *arguments = stage.command
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}  # noqa: TID251 - handed on
    done = subprocess.run(
        (str(BIN / program), *arguments), cwd=ROOT, check=False, stdin=subprocess.DEVNULL, env=environment
    )
    return done.returncode == 0


def main(wanted: list[str]) -> int:
    """Run the stages.

    Args:
        wanted: Names of stages; none means all.
    Returns:
        0 if every one passed, 1 if one failed, 2 if a name is none of ours.
    """
    names = [stage.name for stage in STAGES]
    unknown = [name for name in wanted if name not in names]
    if unknown:
        print(f"No stage is called {unknown[0]}; there are: {', '.join(names)}.", file=sys.stderr)
        return 2
    chosen = [stage for stage in STAGES if not wanted or stage.name in wanted]
    (ROOT / REPORT.parent).mkdir(exist_ok=True)
    if "tests" in (stage.name for stage in chosen):
        (ROOT / REPORT).unlink(missing_ok=True)  # an older measurement must not stand in for this one
    began = time.monotonic()
    for number, stage in enumerate(chosen, start=1):
        print(f"[{number}/{len(chosen)}] {stage.name}: {stage.says} ...", flush=True)
        started = time.monotonic()
        if not run(stage):
            print(f"\nStopped at {stage.name}: {stage.says}.\n  to fix: {stage.remedy}", file=sys.stderr)
            print(f"  again:  make test, or only this: .venv/bin/python tools/stages.py {stage.name}", file=sys.stderr)
            return 1
        print(f"      passed in {time.monotonic() - started:.1f} s", flush=True)
    print(f"All {len(chosen)} stages passed in {time.monotonic() - began:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
