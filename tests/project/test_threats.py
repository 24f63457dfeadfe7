"""The page of threats names tests that exist, run and can fail, and leaves out none of a file."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ATTACKS = ROOT / "tests" / "attacks"
LEAST_PREVENTED = 40
_LINE = re.compile(r"^- (prevented|still works|not prevented): ")
_NAMED = re.compile(
    r"^- (?P<kind>prevented|still works): (?P<what>.+) `(?P<file>tests/attacks/[\w]+\.py)::(?P<test>test_\w+)`$"
)


def page():
    return (ROOT / "THREATS.md").read_text(encoding="utf-8")


def entries(text):
    """Lines that must name a test, each with its match; None where a line names none."""
    return [(line, _NAMED.match(line)) for line in text.splitlines() if re.match(r"- (prevented|still works):", line)]


def named():
    return [(found["file"], found["test"]) for _, found in entries(page()) if found]


def functions_in(source):
    """The test functions of a file, by name; of a class as well."""
    return {
        node.name: node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    }


def asserts_something(test):
    """Whether an `assert` or a `raises` stands in the test itself, not only in what it calls."""
    return any(
        isinstance(node, ast.Assert)
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "raises")
        for node in ast.walk(test)
    )


@cache
def collected():
    """The tests that pytest would run, as (file, name)."""
    command = (sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", str(ATTACKS))
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:]
    found = re.findall(r"^(tests/attacks/\S+?\.py)::(?:\w+::)*(test_\w+)", done.stdout, re.MULTILINE)
    return frozenset(found)


def test_every_line_of_the_page_ends_with_its_test():
    assert [line for line, found in entries(page()) if not found] == []
    parts = page().split("\n## ", 1)[1]
    assert [line for line in parts.splitlines() if line.startswith("- ") and not _LINE.match(line)] == []


def test_at_least_forty_attacks_are_prevented():
    assert sum(found["kind"] == "prevented" for _, found in entries(page()) if found) >= LEAST_PREVENTED


def test_no_line_and_no_test_stands_twice():
    lines = [line for line, _ in entries(page())]
    assert sorted(set(lines)) == sorted(lines)
    assert sorted(set(named())) == sorted(named())


def test_every_named_test_exists_and_asserts_something():
    empty = []
    for file, name in named():
        path = ROOT / file
        found = functions_in(path.read_text(encoding="utf-8")) if path.is_file() else {}
        if name not in found or not asserts_something(found[name]):
            empty.append((file, name))
    assert empty == []


def test_every_named_test_is_collected():
    assert set(named()) - collected() == set()


def test_a_file_of_attacks_that_stands_on_the_page_stands_there_whole():
    """Write a line for a new test in such a file: who, what they can do, and what is prevented."""
    files = {file for file, _ in named()}
    assert {(file, test) for file, test in collected() if file in files} - set(named()) == set()


#   what stands in a test                                       asserts
SOURCES = [
    ("assert 1 == 1",                                           True),
    ("with pytest.raises(ValueError):\n        fail()",         True),
    ("for one in rows:\n        assert one",                    True),
    ("helper()",                                                False),
    ("pass",                                                    False),
    ("'assert nothing'",                                        False),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), SOURCES)
def test_a_test_that_asserts_nothing_is_seen(body, expected):
    (test,) = functions_in(f"def test_it():\n    {body}\n").values()
    assert asserts_something(test) is expected


#   line                                                                        names a test
LINES = [
    ("- prevented: opening it `tests/attacks/test_a.py::test_b`",               True),
    ("- still works: opening it `tests/attacks/test_a.py::test_b`",             True),
    ("- prevented: opening it",                                                 False),
    ("- prevented: opening it `tests/attacks/test_a.py`",                       False),
    ("- prevented: opening it `tests/vault/test_a.py::test_b`",                 False),
    ("- prevented: opening it `tests/attacks/test_a.py::test_b` and more",      False),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), LINES)
def test_a_line_without_its_test_is_seen(line, expected):
    ((_, found),) = entries(line)
    assert (found is not None) is expected
