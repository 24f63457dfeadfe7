"""Attacks on a served desk by how connections are used: that never say what they want, that say nonsense."""

import errno
import http.client
import os
import signal
import socket
import threading
import time
from contextlib import ExitStack, contextmanager, suppress
from threading import Semaphore

import pytest

from bench.desk_site import served
from safeconduct.desk.operating.pace import Limits, Pace
from safeconduct.desk.operating.worker import HEAD_SECONDS, PatientSocket

pytestmark = [pytest.mark.security, pytest.mark.loopback]
THREADS_OF_A_SITE = 32


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    home = tmp_path_factory.mktemp("connections")
    with served(home / "desk", log=home / "log") as one:
        yield one


@contextmanager
def many(desk, count, *, send=b""):
    with ExitStack() as stack:
        held = [stack.enter_context(socket.create_connection(("127.0.0.1", desk.contact_port))) for _ in range(count)]
        for connection in held:
            connection.sendall(send)
        time.sleep(0.5)
        yield held


def seconds_for_pages(desk, count):
    """How long somebody else needs for so many pages, each over a connection of its own."""
    began = time.monotonic()
    for _ in range(count):
        with desk.contact() as browser:
            assert browser.get("/1").status == 200
    return time.monotonic() - began


def test_connections_that_never_say_what_they_want_keep_nobody_out_for_long(desk):
    with many(desk, 2 * THREADS_OF_A_SITE, send=b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "):
        assert seconds_for_pages(desk, 4) < HEAD_SECONDS


def test_connections_over_which_nothing_comes_take_no_thread(desk):
    with many(desk, 8 * THREADS_OF_A_SITE):
        assert seconds_for_pages(desk, 4) < 5


def test_who_had_connected_when_a_worker_ends_is_still_answered(desk):
    asked = f"GET /1 HTTP/1.1\r\nHost: 127.0.0.1:{desk.contact_port}\r\nConnection: close\r\n\r\n".encode()
    with many(desk, 6) as held:
        # As every worker does after some thousand requests; another takes its place.
        for worker in desk.workers():
            os.kill(worker, signal.SIGTERM)
        time.sleep(1)
        for connection in held:
            connection.sendall(asked)
            answer = http.client.HTTPResponse(connection)
            answer.begin()
            assert answer.status == 200


def test_connections_that_are_not_closed_by_who_asked_keep_nobody_out(desk):
    asked = f"GET /1 HTTP/1.1\r\nHost: 127.0.0.1:{desk.contact_port}\r\nConnection: close\r\n\r\n".encode()
    # Each is waited for in its own thread for a moment, and never in the one that takes new connections.
    with many(desk, THREADS_OF_A_SITE, send=asked):
        assert seconds_for_pages(desk, 4) < 5


@pytest.mark.parametrize("said", [b"", b"x"])
def test_a_connection_is_given_up_when_its_time_is_over_also_when_a_little_comes(said):
    ours, theirs = socket.socketpair()
    with theirs, PatientSocket(fileno=ours.detach()) as connection:
        connection.wait_until(0.2)

        def read_little_by_little():
            for _ in range(100):
                theirs.sendall(said)
                connection.recv(10)
                time.sleep(0.01)

        with pytest.raises(TimeoutError) as given_up:
            read_little_by_little()
    assert given_up.value.errno == errno.ECONNRESET


def test_many_who_send_a_form_slowly_do_not_keep_others_out(desk):
    with desk.contact() as browser:
        form = browser.get("/2").hidden()
        cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    body = f"csrfmiddlewaretoken={form['csrfmiddlewaretoken']}&text=".encode()
    head = (
        f"POST /2 HTTP/1.1\r\nHost: 127.0.0.1:{desk.contact_port}\r\nCookie: {cookies}\r\n"
        f"Origin: http://127.0.0.1:{desk.contact_port}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000000\r\n\r\n"
    )
    with many(desk, 2 * THREADS_OF_A_SITE, send=head.encode() + body) as held:
        ended = threading.Event()

        def dribble():
            while not ended.wait(0.5):
                for connection in held:
                    with suppress(OSError):
                        connection.sendall(b"x")

        sending = threading.Thread(target=dribble)
        sending.start()
        try:
            # Both processes are asked. Twelve of sixteen threads soon hold what is slow; the others are free in turn.
            assert seconds_for_pages(desk, 6) < 2 * Limits().quick_seconds
        finally:
            ended.set()
            sending.join()


@pytest.mark.parametrize(("places", "said"), [(0, b"x"), (1, b"x"), (1, b"")])
def test_a_body_that_comes_too_slowly_is_given_up(places, said):
    limits = Limits(quick_seconds=0.1, form_seconds=0.4, least_rate=1_000_000, whole_seconds=9)
    pace = Pace(Semaphore(places), limits=limits, is_crowded=lambda: False)
    ours, theirs = socket.socketpair()
    ended = threading.Event()

    def send_little_by_little():
        while not ended.wait(0.01):
            theirs.sendall(said)

    def read_for_two_seconds():
        while time.monotonic() < began + 2:
            connection.recv(10)

    with theirs, PatientSocket(fileno=ours.detach()) as connection:
        connection.wait_for(pace)
        sending, began = threading.Thread(target=send_little_by_little), time.monotonic()
        sending.start()
        try:
            with pytest.raises(TimeoutError) as given_up:
                read_for_two_seconds()
        finally:
            ended.set()
            sending.join()
        took = time.monotonic() - began
    assert given_up.value.errno == errno.ECONNRESET
    assert took >= (0.4 if places else 0.1)
    assert took < 2


#   what is sent                                            number of the answer
SENT = [
    (b"GET /1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",         200),
    (b"GET /nothing HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",   404),
    (b"GET /static/nothing HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 404),
    (b"GET /1 HTTP/1.1\r\nHost: marker.example\r\n\r\n",    400),
    (b"marker\r\n\r\n",                                     400),
    (b"GET /marker" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n",   400),
    (b"GET /1 HTTP/9.9\r\nmarker: x\r\n\r\n",               400),
    (b"GET /1 HTTP/1.1\r\nmar ker: marker\r\n\r\n",         400),
    (b"GET /1 HTTP/1.1\r\nX: " + b"b" * 20_000 + b"\r\n\r\n", 400),
]  # fmt: skip


@pytest.mark.parametrize("site", ["contact", "members"])
@pytest.mark.parametrize(("sent", "status"), SENT)
def test_no_answer_over_the_line_names_what_serves_it_or_repeats_what_was_sent(desk, site, sent, status):
    port = desk.contact_port if site == "contact" else desk.members_port
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(sent)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        told, page = answer.getheaders(), answer.read()
    assert answer.status in ({status} if site == "contact" else {302, 404, 400})
    assert {name for name, _ in told} & {"Server", "X-Powered-By"} == set()
    assert ("Cache-Control", "no-store") in told
    assert b"unicorn" not in page
    assert b"marker" not in page
