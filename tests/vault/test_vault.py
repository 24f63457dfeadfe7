"""The door of the vault: what it exports, and what its errors say."""

import ast
import re
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


def test_what_is_exported_is_what_the_docstring_lists():
    listed = re.findall(r"^ {4}\w+ {2,}(.+(?:\n {8,}.+)*)$", vault.__doc__ or "", flags=re.MULTILINE)
    assert sorted(re.findall(r"\w+", " ".join(listed))) == sorted(vault.__all__)


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
