"""The shape of the code: small modules, packages that say what they are, names of the field."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(path for folder in ("src", "tools", "bench", "tests") for path in (ROOT / folder).rglob("*.py"))
SOURCES = [path for path in MODULES if path.is_relative_to(ROOT / "src")]
EMPTY_NAMES = {"utils", "util", "common", "misc", "manager", "managers", "base", "helpers"}
LONGEST_MODULE = 400
LONGEST_FUNCTION = 50

# Django looks for a back end under this name and no other.
NAMED_BY_DJANGO = ROOT / "src/safeconduct/desk/project/sqlite/base.py"


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def statements_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its decorators and its docstring, which may be as long as it needs to be."""
    has_docstring = ast.get_docstring(function, clean=False) is not None
    documented = (function.body[0].end_lineno or 0) - function.body[0].lineno + 1 if has_docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - documented


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_a_module_has_at_most_400_lines(module):
    assert len(module.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("module", SOURCES, ids=named)
def test_a_function_has_at_most_50_lines(module):
    tree = ast.parse(module.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [node.name for node in functions if statements_of(node) > LONGEST_FUNCTION] == []


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_a_module_is_named_by_its_idea(module):
    assert module.stem not in EMPTY_NAMES or module == NAMED_BY_DJANGO


def test_every_package_says_in_its_docstring_what_it_is_for():
    folders = {path.parent for path in SOURCES}
    silent = [
        named(folder)
        for folder in sorted(folders)
        if not (folder / "__init__.py").is_file()
        or not ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
    ]
    assert folders
    assert silent == []


def test_the_law_is_text_only():
    law = ROOT / "src" / "safeconduct" / "law"
    assert [named(path) for path in law.rglob("*") if path.is_file() and path.suffix not in {".md", ".po"}] == []
