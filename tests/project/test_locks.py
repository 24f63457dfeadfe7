"""The locks: what is installed is what was tested, byte for byte, from whichever registry pip is set up to use."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
NAMES = [lock.name for lock in LOCKS]
PINNED = re.compile(r"^([a-z0-9._-]+(?:\[[a-z0-9,._-]+\])?)==(\S+)", re.MULTILINE)


def entries(lock: Path) -> list[str]:
    """The requirements of a lock, each with its hashes on one line and without comments."""
    lines = [line for line in lock.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")]
    return [entry.strip() for entry in "\n".join(lines).replace("\\\n", " ").splitlines() if entry.strip()]


def versions(lock: Path) -> dict[str, str]:
    return dict(PINNED.findall(lock.read_text(encoding="utf-8")))


def test_there_is_a_lock_for_every_way_to_install():
    assert NAMES == ["base.txt", "bench.txt", "cluster.txt", "desk.txt", "dev.txt", "population.txt"]


@pytest.mark.parametrize("lock", LOCKS, ids=NAMES)
def test_every_line_of_a_lock_is_one_version_with_hashes(lock):
    loose = [entry for entry in entries(lock) if not PINNED.match(entry) or "--hash=sha256:" not in entry]
    assert entries(lock)
    assert loose == []


@pytest.mark.parametrize("lock", LOCKS, ids=NAMES)
def test_a_lock_holds_no_address_and_no_path(lock):
    text = lock.read_text(encoding="utf-8")
    told = re.findall(
        r"\S*://\S*|--(?:extra-)?index\S*|--find-links\S*|--trusted-host\S*|^-e .*|\s/\S+/", text, re.MULTILINE
    )
    assert told == []


@pytest.mark.parametrize("lock", LOCKS, ids=NAMES)
def test_a_lock_for_people_has_the_versions_that_the_tests_run_with(lock):
    tested = versions(ROOT / "requirements" / "dev.txt")
    differs = {name for name, version in versions(lock).items() if name in tested and tested[name] != version}
    assert differs == set()


@pytest.mark.parametrize("heavy", ["django", "cryptography", "polars", "duckdb", "narwhals", "numpy", "pyspark"])
def test_the_engine_alone_installs_neither_web_framework_nor_data_frame(heavy):
    assert heavy not in versions(ROOT / "requirements" / "base.txt")
