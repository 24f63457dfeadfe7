"""What holds for every test: no network, warnings are errors, any order, no deadline that a busy machine breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# Random order and the closed network are set in pyproject.toml. Time is measured by `make bench`, not by properties;
# on CI hypothesis takes its own profile for that, which also repeats the same cases.
settings.register_profile("local", parent=settings.get_profile("default"), deadline=None)
if settings.get_current_profile_name() == "default":
    settings.load_profile("local")

pytest_plugins = ("tests.desk.fixtures",)

LOOPBACK = ["127.0.0.1", "::1"]

# Measuring branches doubles what a test costs. These go through whole sites and whole packs of law, and what they pass
# on their way is measured where it has tests of its own.
TESTS = Path(__file__).parent
NOT_MEASURED = {"attacks", "browser", "laws"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Open the way to this machine for the tests that ask, and refuse tests that would open it to everywhere.

    Coverage is not measured below the folders named above.
    """
    for item in items:
        if item.path.relative_to(TESTS).parts[0] in NOT_MEASURED:
            item.add_marker(pytest.mark.no_cover)
        if item.get_closest_marker("enable_socket") or "socket_enabled" in getattr(item, "fixturenames", ()):
            raise pytest.UsageError(f"{item.nodeid} opens the network; mark it with `loopback` and serve it yourself")
        if item.get_closest_marker("loopback"):
            item.add_marker(pytest.mark.allow_hosts(LOOPBACK))
