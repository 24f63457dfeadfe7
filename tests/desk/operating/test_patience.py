"""How long a site waits for what is sent and taken: by how much has moved lately, and by how many are slow."""

from threading import Semaphore

import pytest

from safeconduct.desk.operating.pace import Limits, Pace, Stretch, first_stretch, least_bytes, moved_on
from safeconduct.desk.operating.patience import Patience

LIMITS = Limits(
    quick_seconds=10, hurried_seconds=2, form_seconds=60, stretch_seconds=30, least_rate=100, whole_seconds=900
)
MIB = 1024 * 1024


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def a_pace(places=1, *, is_crowded=False):
    clock, held = Clock(), Semaphore(places)
    return Pace(held, limits=LIMITS, is_crowded=lambda: is_crowded, clock=clock), clock, held


#   held            least in 30 s
LEAST = [
    (0,             3_000),
    (180_000,       3_000),
    (180_001,       3_001),
    (1_800_000,     30_000),
    (63 * MIB,      1_101_005),
]  # fmt: skip


@pytest.mark.parametrize(("held", "least"), LEAST)
def test_who_holds_more_has_to_move_faster(held, least):
    assert least_bytes(held, limits=LIMITS) == least


@pytest.mark.parametrize("rate", [200, 4_096, 20_000, 100_000])
def test_who_sends_evenly_and_will_be_done_in_time_is_never_asked_for_more_than_half_of_it(rate):
    for second in range(1, 901):
        assert least_bytes(rate * second, limits=LIMITS) <= max(3_000, rate * 30 / 2 + 1)


#   missing  until   moves    at    held       missing  until
STRETCHES = [
    (3_000,  60,     0,       5,    0,         3_000,   60),
    (3_000,  60,     2_999,   5,    2_999,     1,       60),
    (1,      60,     1,       59,   3_000,     3_000,   89),
    (3_000,  60,     10**9,   5,    10**9,     16_666_667, 35),
    (3_000,  60,     10**9,   5,    0,         3_000,   35),
    (30_000, 90,     29_999,  80,   1_800_000, 1,       90),
]  # fmt: skip


@pytest.mark.parametrize(("missing", "until", "moves", "at", "held", "then_missing", "then_until"), STRETCHES)
def test_what_came_quickly_buys_no_time(missing, until, moves, at, held, then_missing, then_until):
    before = Stretch(missing=missing, until=until)
    then = moved_on(before, moves, at=at, held=held, limits=LIMITS)
    assert then == Stretch(missing=then_missing, until=then_until)


def test_the_first_stretch_is_as_long_as_a_form_may_take():
    assert first_stretch(at=7, limits=LIMITS) == Stretch(missing=3_000, until=67)


#   (seconds, bytes) as they come                                 left
LEFT = [
    ([],                                                          10),
    ([(9, 0)],                                                    1),
    ([(10, 0)],                                                   50),
    ([(59, 2_999)],                                               1),
    ([(60, 0)],                                                   0),
    ([(59, 3_000)],                                               30),
    ([(5, 10_000_000), (29, 0)],                                  1),
    ([(5, 10_000_000), (29, 160_000)],                            1),
    ([(5, 10_000_000), (29, 170_000)],                            30),
    ([(55, 6_000)] * 16,                                          20),
    ([(55, 6_000)] * 17,                                          -35),
]  # fmt: skip


@pytest.mark.parametrize(("moves", "left"), LEFT)
def test_a_request_has_the_time_of_its_stretch_and_of_the_whole(moves, left):
    pace, clock, _ = a_pace()
    with pace.waiting():
        for seconds, length in moves:
            clock.now += seconds
            pace.came(length)
        assert pace.seconds_left() == pytest.approx(left)


def test_the_time_that_the_desk_takes_itself_is_not_counted():
    pace, clock, places = a_pace()
    for _ in range(5):
        with pace.waiting():
            clock.now += 1
        clock.now += 1_000
    with pace.waiting():
        assert pace.seconds_left() == pytest.approx(5)
    assert places.acquire(blocking=False)


def test_an_answer_has_a_time_of_its_own_and_nothing_is_held_for_it():
    pace, clock, _ = a_pace()
    with pace.waiting():
        clock.now += 9
        pace.came(10**9)
    pace.answers()
    with pace.waiting():
        assert pace.seconds_left() == pytest.approx(10)
        clock.now += 59
        pace.went(3_000)
        clock.now += 29
        assert pace.seconds_left() == pytest.approx(1)
        for _ in range(1_000):
            pace.went(3_000)
            clock.now += 29
        assert pace.seconds_left() == pytest.approx(1)


def test_who_is_slow_needs_a_place_and_gives_it_back():
    pace, clock, places = a_pace()
    with pace.waiting():
        clock.now += 11
        assert pace.seconds_left() > 0
    assert not places.acquire(blocking=False)
    for _ in range(2):
        pace.end()
    assert places.acquire(blocking=False)
    assert not places.acquire(blocking=False)


def test_what_is_over_takes_no_place_any_more():
    pace, clock, places = a_pace()
    pace.end()
    with pace.waiting():
        clock.now += 11
        assert pace.seconds_left() == 0
    assert places.acquire(blocking=False)


def test_who_is_slow_while_all_places_are_taken_is_given_up():
    pace, clock, _ = a_pace(places=0)
    with pace.waiting():
        clock.now += 9.5
        assert pace.seconds_left() == pytest.approx(0.5)
        clock.now += 1
        assert pace.seconds_left() == 0
    pace.end()


#   places  answering  after   left
CROWDED = [
    (0,     False,     0,      2),
    (0,     False,     1.5,    0.5),
    (0,     False,     2,      0),
    (1,     False,     2,      58),
    (0,     True,      1.5,    0.5),
    (0,     True,      2,      0),
]  # fmt: skip


@pytest.mark.parametrize(("places", "answering", "after", "left"), CROWDED)
def test_whoever_has_a_thread_is_waited_for_less_while_others_wait_for_one(places, answering, after, left):
    pace, clock, _ = a_pace(places, is_crowded=True)
    if answering:
        with pace.waiting():
            clock.now += 1
        pace.answers()
    with pace.waiting():
        clock.now += after
        assert pace.seconds_left() == pytest.approx(left)


class Connection:
    """A connection whose browser takes eleven seconds for everything."""

    def __init__(self, clock):
        self.clock, self.pace = clock, None

    def is_crowded(self):
        return False

    def settimeout(self, _seconds):
        pass

    def wait_until(self, _seconds):
        pass

    def wait_for(self, pace):
        self.pace = pace

    def is_slow(self):
        with self.pace.waiting():
            self.clock.now += 11
            return self.pace.seconds_left() > 0


def test_a_place_is_given_back_also_when_the_application_fails():
    def application(environ, _start):
        assert environ["gunicorn.socket"].is_slow()
        raise ZeroDivisionError

    clock = Clock()
    patience = Patience(application, slow_places=1, limits=LIMITS, clock=clock)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            patience({"gunicorn.socket": Connection(clock), "wsgi.input": None}, None)


@pytest.mark.parametrize("pieces", [[b"a", b"b"], (one for one in (b"a", b"b"))])
def test_an_answer_keeps_its_place_until_it_is_closed(pieces):
    clock = Clock()
    patience = Patience(lambda _environ, _start: pieces, slow_places=1, limits=LIMITS, clock=clock)
    first, second = Connection(clock), Connection(clock)
    answer = patience({"gunicorn.socket": first, "wsgi.input": None}, None)
    assert list(answer) == [b"a", b"b"]
    assert first.is_slow()
    patience({"gunicorn.socket": second, "wsgi.input": None}, None)
    assert not second.is_slow()
    answer.close()
    patience({"gunicorn.socket": second, "wsgi.input": None}, None)
    assert second.is_slow()


def test_a_place_is_given_back_also_when_the_application_fails_to_clean_up():
    class Failing(list):
        def close(self):
            raise ZeroDivisionError

    clock = Clock()
    patience = Patience(lambda _environ, _start: Failing(), slow_places=1, limits=LIMITS, clock=clock)
    for _ in range(2):
        connection = Connection(clock)
        answer = patience({"gunicorn.socket": connection, "wsgi.input": None}, None)
        assert connection.is_slow()
        with pytest.raises(ZeroDivisionError):
            answer.close()
