"""How much of what is sent a process holds at a time: each has room of its own, what is more is shared."""

import threading
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from django.core.files.uploadhandler import StopUpload
from django.core.signals import request_finished
from django.http import HttpRequest

from safeconduct.desk.operating.site import _THREADS
from safeconduct.desk.project import uploads
from safeconduct.desk.project.configuration import Configuration
from safeconduct.desk.project.room import OWN_BYTES, SHARED_BYTES, Room, room
from safeconduct.desk.project.uploads import SealingUploadHandler, is_cut_off

MIB = 1024 * 1024


def a_room(*, own=0, shared=100, patience_s=0.01):
    return Room(own_bytes=own, shared_bytes=shared, patience_s=patience_s)


def let_go():
    """Nothing is held in memory."""


@pytest.fixture
def elsewhere():
    """Do things in other threads that go on, as other requests would be: each number is one of them."""
    with ExitStack() as stack:
        threads = defaultdict(lambda: stack.enter_context(ThreadPoolExecutor(1)))
        yield lambda number, act: threads[number].submit(act).result(10)


#   own   takes                              fits                        left of 100
TAKEN = [
    (0,   [60, 50, 40],                      [True, False, True],        0),
    (0,   [101],                             [False],                    100),
    (50,  [50],                              [True],                     100),
    (50,  [30, 30],                          [True, True],               90),
    (50,  [30, 30, 95, 90],                  [True, True, False, True],  0),
    (50,  [150, 1],                          [True, False],              0),
]  # fmt: skip


@pytest.mark.parametrize(("own", "takes", "fits", "left"), TAKEN)
def test_what_fits_is_taken_and_goes_back_at_the_end_of_the_request(own, takes, fits, left):
    one = a_room(own=own)
    assert [one.take(length, let_go) for length in takes] == fits
    assert one.free_bytes() == left
    one.give_back()
    one.give_back()
    assert one.free_bytes() == 100


@pytest.mark.security
def test_whoever_holds_everything_does_not_take_the_room_that_others_have_of_their_own(elsewhere):
    one = a_room(own=50)
    assert elsewhere(0, lambda: one.take(150, let_go))
    for number in range(1, 16):
        assert elsewhere(number, lambda: one.take(50, let_go))
        assert not elsewhere(number, lambda: one.take(1, let_go))


def test_the_least_room_holds_a_photograph_and_a_process_holds_no_more_than_is_written():
    told = Configuration.__dataclass_fields__
    largest = told["longest_file"].default * told["most_files"].default
    assert largest <= OWN_BYTES + SHARED_BYTES
    assert OWN_BYTES * _THREADS + SHARED_BYTES == 208 * MIB


def test_who_finds_no_room_waits_until_another_request_ends():
    one, taken = a_room(patience_s=30), []
    assert one.take(100, let_go)
    waiting = threading.Thread(target=lambda: taken.append(one.take(100, let_go)))
    waiting.start()
    one.give_back()
    waiting.join(10)
    assert taken == [True]
    assert one.free_bytes() == 0


def test_a_request_gives_back_only_what_is_its_own(elsewhere):
    one = a_room()
    assert elsewhere(0, lambda: one.take(70, let_go))
    assert one.take(30, let_go)
    one.give_back()
    assert one.free_bytes() == 30


def a_handler():
    handler = SealingUploadHandler()
    handler.new_file("field", "a", "x", 10)
    return handler


@pytest.mark.security
@pytest.mark.usefixtures("desk")
def test_a_file_for_which_there_is_no_room_is_let_go_and_the_page_is_answered(monkeypatch):
    monkeypatch.setattr(uploads, "room", small := a_room(own=10_000, shared=190_000))
    handler, request = a_handler(), HttpRequest()
    request.upload_handlers = [handler]
    handler.receive_data_chunk(b"x" * 60_000, 0)
    complete = handler.file_complete(60_000)
    handler.new_file("field", "b", "x", 10)
    handler.receive_data_chunk(b"x" * 60_000, 0)
    assert not is_cut_off(request)
    with pytest.raises(StopUpload) as stopped:
        handler.receive_data_chunk(b"x" * 90_000, 0)
    assert not stopped.value.connection_reset
    assert small.free_bytes() == 190_000
    assert (handler._stored, complete._stored) == ([], [])
    assert is_cut_off(request)


@pytest.mark.usefixtures("desk")
def test_the_end_of_a_request_frees_the_room_of_this_process():
    room.give_back()  # what another test sent in this thread without the end of a request
    before = room.free_bytes()
    handler = a_handler()
    handler.receive_data_chunk(b"x" * (OWN_BYTES + 60_000), 0)
    upload = handler.file_complete(OWN_BYTES + 60_000)
    assert (room.free_bytes(), handler._stored) == (before - 60_000, [])
    request_finished.send(sender=None)
    assert room.free_bytes() == before
    assert upload._stored == []


@pytest.mark.security
@pytest.mark.usefixtures("desk")
def test_what_a_request_sent_that_broke_off_is_let_go_with_it():
    room.give_back()
    handler = a_handler()
    handler.receive_data_chunk(b"x" * 200_000, 0)
    assert handler._stored
    request_finished.send(sender=None)
    assert handler._stored == []
