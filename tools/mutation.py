"""Changes the vault in every small way, one at a time, and counts which changes its tests notice: part of `make slow`.

python tools/mutation.py    about ten minutes on two cores

Which modules are changed stands in pyproject.toml, under `tool.mutmut`. A change that no test notices is shown, so that
a test can be written for it, or so that it can be seen that it changes nothing.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MUTMUT = ROOT / ".venv" / "bin" / "mutmut"
COUNTS = ROOT / "mutants" / "mutmut-cicd-stats.json"
LEAST = 0.90
"""The smallest share of changes that must be noticed."""
_NOTICED = ("killed", "timeout", "segfault")


def share_noticed(counts: dict[str, int]) -> float:
    """The share of changes that the tests noticed, from 0 to 1.

    Args:
        counts: How many there were by what became of them, and in `total`.
    Raises:
        ValueError: If there were none, or the run was not ended.
    """
    if not counts["total"] or counts["check_was_interrupted_by_user"]:
        raise ValueError("the run made no changes, or was stopped: start it again")
    return sum(counts[name] for name in _NOTICED) / counts["total"]


def survivors(listed: str) -> tuple[str, ...]:
    """The names of the changes that no test noticed.

    Args:
        listed: What `mutmut results` prints: a name, a colon and what became of it, one on each line.
    """
    parted = (line.strip().rpartition(": ") for line in listed.splitlines())
    return tuple(name for name, _, became in parted if became not in {"", *_NOTICED})


def _mutmut(*arguments: str) -> str:
    done = subprocess.run((str(MUTMUT), *arguments), cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def main() -> int:
    """Run it; 0 if enough was noticed, 1 if not."""
    subprocess.run((str(MUTMUT), "run"), cwd=ROOT, check=True)
    _mutmut("export-cicd-stats")
    counts = json.loads(COUNTS.read_text(encoding="utf-8"))
    for name in survivors(_mutmut("results")):
        print(_mutmut("show", name))
    share = share_noticed(counts)
    print(f"{share:.1%} of {counts['total']} changes were noticed (at least {LEAST:.0%} must be).")
    return 0 if share >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
