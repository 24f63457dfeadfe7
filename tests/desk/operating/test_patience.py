"""How long a site waits for what is sent: by how much has come, and by how many are slow."""

from threading import Semaphore

import pytest

from safeconduct.desk.operating.patience import Limits, Pace, Patience

LIMITS = Limits(quick_seconds=10, form_seconds=60, least_rate=100, most_seconds=900)


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def a_pace(places=1):
    clock, held = Clock(), Semaphore(places)
    return Pace(held, limits=LIMITS, clock=clock), clock, held


#   after  bytes    left
LEFT = [
    (0,     0,      10),
    (9,     0,      1),
    (10,    0,      50),
    (59,    0,      1),
    (60,    0,      0),
    (61,    99,     -0.01),
    (61,    200,    1),
    (61,    10**9,  839),
    (900,   10**9,  0),
]  # fmt: skip


@pytest.mark.parametrize(("after", "received", "left"), LEFT)
def test_a_request_has_the_time_that_what_came_has_earned(after, received, left):
    pace, clock, _ = a_pace()
    clock.now += after
    pace.came(received)
    assert pace.seconds_left() == pytest.approx(left)


def test_who_is_slow_needs_a_place_and_gives_it_back():
    pace, clock, places = a_pace()
    clock.now += 11
    assert pace.seconds_left() > 0
    assert not places.acquire(blocking=False)
    for _ in range(2):
        pace.end()
    assert places.acquire(blocking=False)
    assert not places.acquire(blocking=False)


def test_who_is_slow_while_all_places_are_taken_is_given_up():
    pace, clock, _ = a_pace(places=0)
    clock.now += 9.5
    assert pace.seconds_left() == pytest.approx(0.5)
    clock.now += 1
    assert pace.seconds_left() == 0
    pace.end()


def test_a_place_is_given_back_also_when_the_application_fails():
    class Connection:
        def settimeout(self, _seconds):
            pass

        def wait_for(self, pace):
            clock.now += 11
            assert pace.seconds_left() > 0

    def application(_environ, _start):
        raise ZeroDivisionError

    clock = Clock()
    patience = Patience(application, slow_places=1, limits=LIMITS, clock=clock)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            patience({"gunicorn.socket": Connection(), "wsgi.input": None}, None)
