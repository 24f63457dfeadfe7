"""What holds for every test: no network, warnings are errors, any order, no deadline that a busy machine breaks."""

from __future__ import annotations

import pytest
from hypothesis import settings

# Random order and the closed network are set in pyproject.toml. Time is measured by `make bench`, not by properties;
# on CI hypothesis takes its own profile for that, which also repeats the same cases.
settings.register_profile("local", parent=settings.get_profile("default"), deadline=None)
if settings.get_current_profile_name() == "default":
    settings.load_profile("local")

pytest_plugins = ("tests.desk.fixtures",)

LOOPBACK = ["127.0.0.1", "::1"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Open the way to this machine for the tests that ask, and refuse tests that would open it to everywhere."""
    for item in items:
        if item.get_closest_marker("enable_socket") or "socket_enabled" in getattr(item, "fixturenames", ()):
            raise pytest.UsageError(f"{item.nodeid} opens the network; mark it with `loopback` and serve it yourself")
        if item.get_closest_marker("loopback"):
            item.add_marker(pytest.mark.allow_hosts(LOOPBACK))
