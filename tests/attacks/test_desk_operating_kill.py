"""The server is killed while people write: what was acknowledged opens, and nothing half-written stays."""

import os
import subprocess
import sys

import pytest

from tests.desk.operating.killing import kill_rounds

pytestmark = pytest.mark.security
ROUNDS = int(os.environ.get("SAFECONDUCT_KILL_ROUNDS", "2"))  # noqa: TID251 -- `make slow` asks for more

HARDENED = """
import os, resource, signal
from safeconduct.desk.operating.hardening import harden, is_hardened
resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
assert not is_hardened()
harden()
assert is_hardened()
assert os.umask(0) == 0o077
os.kill(os.getpid(), signal.SIGSEGV)
"""


@pytest.mark.loopback
def test_a_server_that_is_killed_while_people_write_loses_nothing_it_acknowledged(tmp_path, settings_of):
    killed = kill_rounds(tmp_path, settings_of, rounds=ROUNDS)
    assert len(killed.acknowledged) >= 4 * ROUNDS
    assert killed.interrupted
    assert [text for text, opens in killed.opened.items() if not opens] == []
    assert killed.integrity == ["ok", "ok"]
    assert killed.rows_without_wraps == 0
    assert killed.after_a_sweep == 0


def test_a_hardened_process_that_breaks_leaves_no_core_file(tmp_path):
    done = subprocess.run((sys.executable, "-c", HARDENED), cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.stderr == ""
    assert done.returncode == -11
    assert list(tmp_path.iterdir()) == []
