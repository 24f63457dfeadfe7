"""Thirty-two first messages in the same moment, over real connections, on both databases: none lost, none doubled."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from bench.desk_browser import READING_SECONDS
from bench.desk_site import served
from tests.desk.postgres import address, run

AT_ONCE = 32
SETTINGS = "least_seconds = 1\nintakes_a_minute = 20\n"
pytestmark = pytest.mark.loopback


@pytest.fixture(params=["sqlite", "postgres"])
def settings(request):
    """Content of desk.toml for each database."""
    if request.param == "sqlite":
        yield SETTINGS
        return
    names = [f"slow_{time.time_ns()}_{store}" for store in ("data", "keyring")]
    for name in names:
        run("CREATE DATABASE {}", name)
    yield f"{SETTINGS}postgres = {json.dumps([address(name).reveal() for name in names])}\n"
    for name in names:
        run("DROP DATABASE {} WITH (FORCE)", name)


def test_of_32_messages_in_one_moment_none_is_lost_and_none_is_doubled(settings, tmp_path):
    together = threading.Barrier(AT_ONCE)
    with served(tmp_path / "desk", log=tmp_path / "log", members=2, settings=settings) as desk:

        def write(number):
            with desk.contact() as browser:
                shown = browser.get("/2").hidden()
                time.sleep(READING_SECONDS)
                together.wait(60)
                return browser.send("/2", {**shown, "for_whom": "self", "text": f"message {number}"}).code()

        with ThreadPoolExecutor(AT_ONCE) as pool:
            codes = list(pool.map(write, range(AT_ONCE)))
        assert len(set(codes)) == AT_ONCE
        assert all(codes)
        for number, code in enumerate(codes):
            with desk.contact() as browser:
                assert f"message {number}" in browser.come_back(code).page
