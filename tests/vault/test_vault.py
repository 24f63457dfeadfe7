"""The vault as a whole: where its parts are, what they may read, and what its errors say."""

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from safeconduct import vault
from safeconduct.values.errors import SafeconductError
from safeconduct.vault import errors

SOURCES = sorted(Path(vault.__file__).parent.glob("*.py"))
EVERY_ERROR = [
    errors.CannotOpenError(),
    errors.CostError(),
    errors.CodeError("a word is wrong", remedy="look again"),
    errors.KeyFormatError(),
    errors.TooLargeError(1000),
    errors.ForbiddenError("no", remedy="otherwise"),
]


LISTED = re.findall(r"^ {4}(\w+) {2,}(.+)$", vault.__doc__ or "", flags=re.MULTILINE)
# Modules that only other modules of the vault use.
INSIDE = {"__init__", "checked", "envelope", "padding", "words_en", "words_ru"}


@pytest.mark.parametrize(("module", "names"), LISTED, ids=[module for module, _ in LISTED])
def test_what_the_docstring_lists_is_defined_where_it_says(module, names):
    defined = importlib.import_module(f"safeconduct.vault.{module}")
    for name in names.split(", "):
        assert hasattr(defined, name)
        assert getattr(getattr(defined, name), "__module__", defined.__name__) == defined.__name__ or name.isupper()


def test_the_docstring_lists_every_module_but_those_inside():
    assert {module for module, _ in LISTED} | INSIDE == {source.stem for source in SOURCES}


def test_age_files_load_where_the_cryptography_library_is_missing():
    # The base install reads age files and has no `cryptography`: neither the package nor its errors may ask for it.
    script = "import sys; sys.modules['cryptography'] = None; import safeconduct.vault.age_file"
    done = subprocess.run((sys.executable, "-c", script), check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("error", EVERY_ERROR, ids=lambda error: type(error).__name__)
def test_every_error_is_of_the_family_and_says_what_to_do(error):
    assert isinstance(error, errors.VaultError)
    assert isinstance(error, SafeconductError)
    assert error.remedy
    assert error.code.startswith("VAULT")


def test_every_error_has_a_code_of_its_own():
    assert len({error.code for error in EVERY_ERROR}) == len(EVERY_ERROR)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_the_vault_reads_no_clock_and_no_disk_and_no_weak_randomness(source):
    tree = ast.parse(source.read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not imported & {"random", "time", "datetime", "os", "io", "pathlib", "socket", "logging", "pickle"}
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not called & {"open", "print", "eval", "exec"}


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_no_secret_is_given_a_name(source):
    # `name = secret.reveal()` would put the value among the local variables that an error report shows.
    tree = ast.parse(source.read_text(encoding="utf-8"))
    named = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Attribute)
        and node.value.func.attr == "reveal"
    ]
    assert named == []
