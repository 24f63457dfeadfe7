"""Only edges read the clock, the disk, the environment or the network; every other door is named with its reason."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "safeconduct"
EDGES = {"cli", "desk"}
# A module inside that opens a door, and why the pure core may be reached through it all the same.
DOORS = {
    "packs/site/style.py": "reads the stylesheet that is shipped beside it",
    "packs/store.py": "reads the pages of law and keeps their compiled form, never a file of a person",
    "population/made.py": "makes the folder of an invented population, never of real people",
    "population/shipped.py": "reads the tables of counts that are shipped beside it",
    "rules/parsing.py": "reads the grammar that is shipped beside it, never a file of a person",
}
MODULES = {
    str(path.relative_to(PACKAGE)): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.relative_to(PACKAGE).parts[0] not in EDGES
}
# A method called `open` may open an envelope as well as a file, so only the function of that name counts.
FUNCTIONS = {"getenv", "input", "open", "urlopen"}
METHODS = {
    "getenv", "iterdir", "mkdir", "now", "read_bytes", "read_text", "rglob", "time_ns", "today", "touch", "unlink",
    "urlopen", "utcnow", "write_bytes", "write_text",
}  # fmt: skip
IMPORTS = {"http", "os", "requests", "shutil", "socket", "subprocess", "tempfile", "time", "urllib"}


def opened_by(node: ast.AST) -> set[str]:
    """The doors that one piece of code opens by itself."""
    match node:
        case ast.Call(func=ast.Name(id=name)):
            return {name} & FUNCTIONS
        case ast.Call(func=ast.Attribute(attr=name)):
            return {name} & METHODS
        case ast.Import(names=names):
            return {alias.name.partition(".")[0] for alias in names} & IMPORTS
        case ast.ImportFrom(module=str(name)):
            return {name.partition(".")[0]} & IMPORTS
        case _:
            return set()


def doors_of(source: str) -> set[str]:
    """What a module does that only an edge may: names of functions, methods and imported modules."""
    return set().union(*map(opened_by, ast.walk(ast.parse(source))))


#   source                                         doors
CASES = [
    ("from datetime import date\ndate.today()",      {"today"}),
    ("open('situation.yaml')",                       {"open"}),
    ("Path(name).read_text(encoding='utf-8')",       {"read_text"}),
    ("import os.path",                               {"os"}),
    ("from urllib.request import urlopen",           {"urllib"}),
    ("from datetime import date\ndate(2023, 12, 12)", set()),
    ("def today(day): return day",                   set()),
    ("envelope.open(key)",                           set()),
]  # fmt: skip


@pytest.mark.parametrize(("source", "doors"), CASES)
def test_a_door_is_seen(source, doors):
    assert doors_of(source) == doors


@pytest.mark.parametrize("module", MODULES)
def test_the_core_has_no_door_that_is_not_named(module):
    opened = doors_of(MODULES[module].read_text(encoding="utf-8"))
    assert not opened or module in DOORS


@pytest.mark.parametrize("module", DOORS)
def test_a_named_door_still_exists(module):
    assert doors_of(MODULES[module].read_text(encoding="utf-8"))
