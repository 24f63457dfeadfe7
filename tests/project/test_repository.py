"""What may be committed: nothing of the machine it was written on, nothing big, nothing of a real person's file."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ADMINISTRATOR = b"/root"
HOME = re.compile(rb"(?<![\w.])/(?:home|Users)/[A-Za-z][\w.-]*/|(?<![\w.])" + ADMINISTRATOR + rb"/\w")
LARGEST_BYTES = 1_000_000


@pytest.fixture(scope="module")
def files() -> list[Path]:
    """Every file that is in the repository or would be with the next commit."""
    listed = subprocess.run(
        ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"),
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    found = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    assert found
    return [path for path in found if path.is_file()]


#   text                             names a home
CASES = [
    (b"see /home/" + b"ann/safeconduct", True),
    (b"/Users/" + b"ann/x",              True),
    (b"cp key " + ADMINISTRATOR + b"/key", True),
    (b"the tree's root/branch",          False),
    (b"docs" + ADMINISTRATOR + b"/x",     False),
    (b"served from /home/ by default",   False),
    (b"https://example.org/en/home/a/b", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names_a_home"), CASES)
def test_a_path_of_somebodys_home_is_seen(text, names_a_home):
    assert bool(HOME.search(text)) == names_a_home


def test_no_file_holds_a_path_of_the_machine_it_was_written_on(files):
    assert [str(path.relative_to(ROOT)) for path in files if HOME.search(path.read_bytes())] == []


def test_no_file_is_larger_than_a_megabyte(files):
    assert [str(path.relative_to(ROOT)) for path in files if path.stat().st_size > LARGEST_BYTES] == []


def test_what_ci_runs_is_make_test():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "set -euo pipefail" in script
    assert script.rstrip().endswith("exec make test")
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
