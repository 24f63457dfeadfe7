"""Fixtures of the desk, for its tests and for the attacks on it. Django is set up when they are loaded."""

import pytest

from tests.desk.running import CONFIGURATION, fresh_desk, set_up, use

set_up()


@pytest.fixture(autouse=True)
def no_language_of_the_test_before():
    """A request leaves its language on the thread; the next one chooses its own, a test without a request cannot."""
    from django.utils.translation import deactivate

    deactivate()


@pytest.fixture
def desk(desk_on_sqlite):
    """An empty desk: the configuration in use. A file of tests may let it be another one of those below."""
    return desk_on_sqlite


@pytest.fixture
def desk_on_sqlite(tmp_path, settings_of):
    """An empty desk on SQLite, in files of its own: the configuration in use."""
    configuration = fresh_desk(tmp_path)
    settings_of(configuration)
    use(configuration)
    yield configuration
    use(CONFIGURATION)


@pytest.fixture
def settings_of():
    """Let Django's settings name another configuration until the test ends."""
    from django.test import override_settings

    changed = []

    def change(configuration):
        override = override_settings(DESK=configuration)
        override.enable()
        changed.append(override)

    yield change
    for override in reversed(changed):
        override.disable()


@pytest.fixture
def desk_on_postgres(settings_of):
    """An empty desk on a real PostgreSQL: the configuration in use."""
    from tests.desk.postgres import empty_desk

    configuration = empty_desk()
    settings_of(configuration)
    yield configuration
    use(CONFIGURATION)


@pytest.fixture(params=["desk_on_sqlite", "desk_on_postgres"], ids=["sqlite", "postgres"])
def either_desk(request):
    """An empty desk, once on SQLite and once on PostgreSQL."""
    return request.getfixturevalue(request.param)
