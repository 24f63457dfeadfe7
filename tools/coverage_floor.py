"""Holds each package to its floor of coverage, branches and lines together.

    python tools/coverage_floor.py REPORT      a report of `coverage json`

One number for the whole project would let a well-tested package hide an untested one, so each package stands alone. A
module that no test imports counts with all its lines, because coverage is measured over the package and not over what
happened to be loaded.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# An answer, a secret or a truth value that no test went through may be wrong in silence: these hold the whole.
WHOLE = frozenset({"values", "rules", "vault"})
FLOOR_ELSEWHERE = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What the tests went through of one package.

    Args:
        package: The folder under `safeconduct`, or `safeconduct` for the modules directly in it.
        possible: Lines and branches there are.
        covered: Lines and branches the tests went through, <= `possible`.
        gaps: For each module that is not whole, its path, lines and branches without a test.
    """

    package: str
    possible: int
    covered: int
    gaps: tuple[str, ...]

    @property
    def percent(self) -> float:
        """The share that was covered, 0 to 100; a package without code has nothing uncovered."""
        return 100.0 if self.possible == 0 else 100.0 * self.covered / self.possible

    @property
    def floor(self) -> float:
        """The least share this package must reach, in percent."""
        return 100.0 if self.package in WHOLE else FLOOR_ELSEWHERE

    @property
    def holds(self) -> bool:
        """Whether the floor is reached; nothing is rounded up."""
        return self.percent >= self.floor


def package_of(path: str) -> str:
    """The package a module belongs to: `.../safeconduct/rules/tree.py` is `rules`."""
    parts = Path(path).parts
    inside = parts[parts.index("safeconduct") + 1 :]
    return inside[0] if len(inside) > 1 else "safeconduct"


def _gap(path: str, measured: dict[str, Any]) -> str | None:
    """What no test went through in one module, or None where that is nothing."""
    lines = [str(line) for line in measured["missing_lines"]]
    branches = [f"{start}->{'end' if end < 0 else end}" for start, end in measured["missing_branches"]]
    return f"{path}: {', '.join(lines + branches)}" if lines or branches else None


def reached(report: dict[str, Any]) -> list[Reached]:
    """What the tests went through of each package, by name.

    Args:
        report: The content of `coverage json`, measured with branches.
    Raises:
        ValueError: If the report holds no module or was measured without branches: a check of nothing must not pass.
    """
    if not report["files"] or not report["meta"]["branch_coverage"]:
        raise ValueError("the report holds no module, or was measured without branches")
    modules: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for path, measured in report["files"].items():
        modules[package_of(path)].append((path, measured))
    found = []
    for package, members in sorted(modules.items()):
        summaries = [measured["summary"] for _, measured in members]
        gaps = [_gap(path, measured) for path, measured in sorted(members)]
        found.append(
            Reached(
                package=package,
                possible=sum(each["num_statements"] + each["num_branches"] for each in summaries),
                covered=sum(each["covered_lines"] + each["covered_branches"] for each in summaries),
                gaps=tuple(gap for gap in gaps if gap is not None),
            )
        )
    return found


def main(path: str) -> int:
    """Print each package's share and its floor.

    Args:
        path: The report.
    Returns:
        0 if every package reaches its floor, 1 otherwise, also where nothing was measured.
    """
    if not Path(path).is_file():
        print("Nothing was measured: run the tests stage first, and see that its tests import the package.")
        return 1
    packages = reached(json.loads(Path(path).read_text(encoding="utf-8")))
    for package in packages:
        mark = "ok" if package.holds else "BELOW"
        print(f"      {package.package:12} {package.percent:6.2f} %   floor {package.floor:3.0f} %   {mark}")
    for package in packages:
        if not package.holds:
            print(f"\nNot reached by any test in {package.package} (lines, and branches as line->line):")
            print("\n".join(f"  {gap}" for gap in package.gaps))
    return 0 if all(package.holds for package in packages) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
