"""Every dependency is accounted for: what for, who keeps it, what it sends or stores, how we would leave it."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| `([^`]+)` \|(.+)\|$", re.MULTILINE)
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def canonical(requirement: str) -> str:
    found = NAME.match(requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def declared() -> set[str]:
    """What pyproject.toml, dev.in and bench.in name, without our own extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    for extra in project["project"]["optional-dependencies"].values():
        named += extra
    for name in ("dev.in", "bench.in"):
        lines = (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines()
        named += [line for line in lines if line and not line.startswith("#")]
    return {canonical(requirement) for requirement in named} - {"safeconduct"}


def described() -> dict[str, list[str]]:
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    return {canonical(name): [cell.strip() for cell in cells.split("|")] for name, cells in ROW.findall(text)}


def test_every_dependency_has_its_line_and_every_line_its_dependency():
    assert declared() == set(described())


@pytest.mark.parametrize("name", sorted(described()))
def test_a_line_answers_all_four_questions(name):
    answers = described()[name]
    assert len(answers) == 4
    assert all(answers)
