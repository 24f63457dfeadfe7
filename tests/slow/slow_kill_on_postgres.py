"""The server is killed while people write, with its stores on PostgreSQL: what was acknowledged opens."""

import os
import time

import pytest

from tests.desk.operating.killing import kill_rounds
from tests.desk.postgres import address, run

ROUNDS = int(os.environ.get("SAFECONDUCT_POSTGRES_KILL_ROUNDS", "5"))  # noqa: TID251 -- how many is the caller's to say


@pytest.fixture
def databases():
    """Addresses of two databases with nothing in them."""
    names = [f"killed_{time.time_ns()}_{store}" for store in ("data", "keyring")]
    for name in names:
        run("CREATE DATABASE {}", name)
    yield [address(name) for name in names]
    for name in names:
        run("DROP DATABASE {} WITH (FORCE)", name)


@pytest.mark.loopback
def test_a_server_on_postgresql_that_is_killed_while_people_write_loses_nothing(tmp_path, settings_of, databases):
    killed = kill_rounds(tmp_path, settings_of, rounds=ROUNDS, postgres=databases)
    assert len(killed.acknowledged) >= 4 * ROUNDS
    assert killed.interrupted
    assert [text for text, opens in killed.opened.items() if not opens] == []
    assert killed.rows_without_wraps == 0
    assert killed.after_a_sweep == 0
