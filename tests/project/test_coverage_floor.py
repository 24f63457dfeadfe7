"""The floor of coverage: each package by itself, nothing rounded up, an empty measurement is no measurement."""

import pytest

from tools.coverage_floor import package_of, reached


def measured(statements: int, covered: int, *, branches: int = 0, taken: int = 0) -> dict:
    return {
        "summary": {
            "num_statements": statements,
            "covered_lines": covered,
            "num_branches": branches,
            "covered_branches": taken,
        },
        "missing_lines": list(range(1, statements - covered + 1)),
        "missing_branches": [[1, -1]] * (branches - taken),
    }


def a_report(**modules: dict) -> dict:
    files = {f"src/safeconduct/{package}/thing.py": module for package, module in modules.items()}
    return {"meta": {"branch_coverage": True}, "files": files}


#   package       statements covered branches taken holds
CASES = [
    ("rules",           10,     10,      4,     4, True),
    ("rules",           10,     10,      4,     3, False),
    ("rules",           10,      9,      4,     4, False),
    ("values",      100000,  99999,      0,     0, False),
    ("vault",            1,      0,      0,     0, False),
    ("packs",           80,     80,     20,    10, True),
    ("packs",           80,     80,     20,     9, False),
    ("cli",              0,      0,      0,     0, True),
]  # fmt: skip


@pytest.mark.parametrize(("package", "statements", "covered", "branches", "taken", "holds"), CASES)
def test_a_package_is_held_to_its_floor(package, statements, covered, branches, taken, holds):
    (found,) = reached(a_report(**{package: measured(statements, covered, branches=branches, taken=taken)}))
    assert found.package == package
    assert found.holds is holds


def test_a_well_tested_package_hides_no_other():
    found = reached(a_report(cli=measured(10_000, 10_000), packs=measured(10, 1)))
    assert [(package.package, package.holds) for package in found] == [("cli", True), ("packs", False)]


def test_what_is_missing_is_named():
    (found,) = reached(a_report(rules=measured(3, 2, branches=2, taken=1)))
    assert found.gaps == ("src/safeconduct/rules/thing.py: 1, 1->end",)


@pytest.mark.parametrize(
    "report",
    [a_report(), a_report(rules=measured(1, 1)) | {"meta": {"branch_coverage": False}}],
    ids=["empty", "lines only"],
)
def test_a_measurement_of_nothing_is_refused(report):
    with pytest.raises(ValueError, match="no module"):
        reached(report)


#   path                                        package
PACKAGES = [
    ("src/safeconduct/rules/tree.py",           "rules"),
    ("src/safeconduct/desk/cases/actions/x.py", "desk"),
    ("src/safeconduct/__init__.py",             "safeconduct"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "package"), PACKAGES)
def test_a_module_belongs_to_its_folder(path, package):
    assert package_of(path) == package
