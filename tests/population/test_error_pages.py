"""Each code about many people is explained on the page, and some test provokes it."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FAMILIES = ("TAB", "FRM", "POP", "OUT")


def raised():
    """The codes of these families in the source."""
    found = set()
    for path in (ROOT / "src" / "safeconduct").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "code" and isinstance(node.value, ast.Constant):
                found.add(node.value.value)
    return {code for code in found if isinstance(code, str) and re.fullmatch(rf"({'|'.join(FAMILIES)})\d\d", code)}


def explained():
    text = (ROOT / "docs" / "reference" / "errors-population.md").read_text(encoding="utf-8")
    return re.findall(r"^## (\w{3}\d\d): ", text, re.MULTILINE), text


def test_every_code_is_explained_once_and_no_other():
    codes, _ = explained()
    assert sorted(codes) == sorted(raised())
    assert [code for family in FAMILIES for code in sorted(codes) if code.startswith(family)] == codes


def test_every_explanation_has_an_example_and_a_way_out():
    _, text = explained()
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        assert "\n- Example: " in part, part[:40]
        assert "\n- To fix: " in part, part[:40]


@pytest.mark.parametrize("code", sorted(raised()))
def test_some_test_provokes_it(code):
    tests = [path for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__)]
    assert any(f'"{code}"' in path.read_text(encoding="utf-8") for path in tests)
