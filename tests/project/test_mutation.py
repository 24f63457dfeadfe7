"""Mutation of the vault: what counts as noticed, and that every module it names is there."""

import tomllib
from pathlib import Path

import pytest

from tools.mutation import ROOT, share_noticed, survivors

NONE = {
    "killed": 0, "survived": 0, "timeout": 0, "segfault": 0, "suspicious": 0, "no_tests": 0, "skipped": 0,
    "check_was_interrupted_by_user": 0,
}  # fmt: skip

#   what became of the changes                          share
SHARES = [
    ({"killed": 10},                                    1.0),
    ({"killed": 9, "survived": 1},                      0.9),
    ({"killed": 6, "timeout": 1, "segfault": 1, "survived": 2}, 0.8),
    ({"killed": 5, "no_tests": 5},                      0.5),
    ({"killed": 5, "suspicious": 5},                    0.5),
    ({"survived": 3},                                   0.0),
]  # fmt: skip


@pytest.mark.parametrize(("became", "share"), SHARES)
def test_what_no_test_looks_at_counts_as_not_noticed(became, share):
    assert share_noticed(NONE | became | {"total": sum(became.values())}) == pytest.approx(share)


@pytest.mark.parametrize("became", [{"total": 0}, {"total": 9, "killed": 9, "check_was_interrupted_by_user": 1}])
def test_a_run_that_made_nothing_or_was_stopped_has_no_share(became):
    with pytest.raises(ValueError, match="start it again"):
        share_noticed(NONE | became)


def test_what_was_not_noticed_is_named():
    listed = "    safeconduct.vault.a__mutmut_1: survived\n    b__mutmut_2: killed\n    c__mutmut_3: no tests\n\n"
    assert survivors(listed) == ("safeconduct.vault.a__mutmut_1", "c__mutmut_3")


def test_every_module_that_is_changed_is_there_and_keeps_keys():
    named = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]["only_mutate"]
    there = {path.name for path in (ROOT / "src/safeconduct/vault").glob("*.py")}
    assert {Path(name).name for name in named} <= there
    assert {"binding.py", "cases.py", "contacts.py", "envelope.py", "members.py", "sealing.py"} <= {
        Path(name).name for name in named
    }
