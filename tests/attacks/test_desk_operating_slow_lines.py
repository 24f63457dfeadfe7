"""Attacks by being slow, at small scale: four threads, two places for slow ones, and seconds instead of minutes."""

import http.client
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress

import pytest

from bench.desk_site import free_port
from safeconduct.desk.project.room import OWN_BYTES, SHARED_BYTES, Room
from tests.attacks.small_server import FILE_BYTES, LIMITS, THREADS

pytestmark = [pytest.mark.security, pytest.mark.loopback]
SOON = LIMITS.quick_seconds + 1
LARGE = "/file/large"


@pytest.fixture(scope="module")
def port():
    one = free_port()
    server = subprocess.Popen((sys.executable, "-m", "tests.attacks.small_server", f"127.0.0.1:{one}"))
    for _ in range(100):
        with suppress(OSError), connected(one):
            break
        time.sleep(0.1)
    yield one
    server.terminate()
    server.wait(30)


@contextmanager
def connected(port, *, sends=b"", room=4096):
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        connection.settimeout(20)
        connection.connect(("127.0.0.1", port))
        connection.sendall(sends)
        yield connection


def asking(path, *, more=""):
    return f"GET {path} HTTP/1.1\r\nHost: x\r\n{more}\r\n".encode()


def posting(length):
    return f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n".encode()


def longest_wait(port, *, pages):
    waits = []
    for _ in range(pages):
        began = time.monotonic()
        with connected(port, sends=asking("/")) as connection:
            assert connection.recv(100).startswith(b"HTTP/1.1 200")
        waits.append(time.monotonic() - began)
        time.sleep(0.1)
    return max(waits)


def answer_of(connection):
    answer = http.client.HTTPResponse(connection)
    answer.begin()
    return answer


@contextmanager
def done_again_and_again(act, *, seconds):
    ended = threading.Event()

    def go_on():
        while not ended.wait(seconds):
            with suppress(OSError):
                act()

    going = threading.Thread(target=go_on)
    going.start()
    try:
        yield
    finally:
        ended.set()
        going.join()


def test_many_who_take_a_file_slowly_do_not_keep_others_out(port):
    with ExitStack() as stack:
        held = [stack.enter_context(connected(port, sends=asking(LARGE))) for _ in range(2 * THREADS)]

        def take_a_little():
            for connection in held:
                connection.recv(4096)

        with done_again_and_again(take_a_little, seconds=0.05):
            time.sleep(0.2)
            # All eight have to be looked at once, four at a time; after that some threads are always free.
            assert longest_wait(port, pages=1) < 2 * SOON
            assert longest_wait(port, pages=10) < SOON


def test_slow_takers_and_slow_senders_together_do_not_fill_the_threads(port):
    with ExitStack() as stack:
        takers = [stack.enter_context(connected(port, sends=asking(LARGE))) for _ in range(THREADS)]
        senders = [stack.enter_context(connected(port, sends=posting(FILE_BYTES))) for _ in range(THREADS)]

        def move_a_little():
            for taker, sender in zip(takers, senders, strict=True):
                with suppress(OSError):
                    taker.recv(4096)
                with suppress(OSError):
                    sender.sendall(b"x" * 4096)

        with done_again_and_again(move_a_little, seconds=0.05):
            time.sleep(0.2)
            assert longest_wait(port, pages=1) < 2 * SOON
            assert longest_wait(port, pages=10) < SOON


@pytest.mark.parametrize("path", [LARGE, f"{LARGE}/chunks"])
def test_a_file_that_is_not_taken_breaks_off_and_is_seen_to_be_broken_off(port, path):
    with connected(port, sends=asking(path)) as connection:
        answer = answer_of(connection)
        answer.read(4096)
        time.sleep(LIMITS.form_seconds + LIMITS.stretch_seconds)
        with pytest.raises((http.client.IncompleteRead, ConnectionResetError)):
            answer.read()


def test_a_file_that_is_taken_slowly_but_steadily_arrives_whole(port):
    began = time.monotonic()
    with connected(port, sends=asking("/file")) as connection:
        answer, taken = answer_of(connection), 0
        while piece := answer.read(12_500):
            taken += len(piece)
            time.sleep(0.03)
    assert taken == FILE_BYTES
    assert time.monotonic() - began > LIMITS.form_seconds + LIMITS.stretch_seconds


def test_what_is_sent_slowly_but_steadily_arrives_whole(port):
    began = time.monotonic()
    with connected(port, sends=posting(FILE_BYTES)) as connection:
        for _ in range(0, FILE_BYTES, 12_500):
            connection.sendall(b"x" * 12_500)
            time.sleep(0.03)
        assert answer_of(connection).read() == str(FILE_BYTES).encode()
    assert time.monotonic() - began > LIMITS.form_seconds + LIMITS.stretch_seconds


#   sent at once   then, every 0.05 s; 2_000 would do for who holds nothing
HOARDERS = [
    (900_000,      1),
    (20_000_000,   2_500),
]  # fmt: skip


@pytest.mark.parametrize(("at_once", "then"), HOARDERS)
def test_who_sent_much_and_falls_behind_is_given_up(port, at_once, then):
    with connected(port, sends=posting(10 * at_once) + b"x" * at_once) as connection:
        began = time.monotonic()
        with suppress(OSError):
            while time.monotonic() - began < 10:
                connection.sendall(b"x" * then)
                time.sleep(0.05)
        assert time.monotonic() - began < LIMITS.form_seconds + LIMITS.stretch_seconds + 1


def test_who_holds_all_the_room_for_large_files_keeps_no_photograph_out():
    room, photograph = Room(own_bytes=OWN_BYTES, shared_bytes=SHARED_BYTES, patience_s=0.01), 6 * 1024 * 1024
    with ExitStack() as stack:
        requests = [stack.enter_context(ThreadPoolExecutor(1)) for _ in range(16)]

        def took(request, length):
            return request.submit(room.take, length, lambda: None).result(10)

        assert took(requests[0], OWN_BYTES + SHARED_BYTES)
        assert [took(request, photograph) for request in requests[1:]] == [True] * 15
        assert not took(requests[1], OWN_BYTES)
        # All of it comes back with the request that held it.
        requests[0].submit(room.give_back).result(10)
        assert took(requests[1], OWN_BYTES)
