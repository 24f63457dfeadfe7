"""How much of what is sent a process holds at a time: others wait, who finds no room is told, all of it goes back."""

import threading

import pytest
from django.core.files.uploadhandler import StopUpload
from django.core.signals import request_finished

from safeconduct.desk.project import uploads
from safeconduct.desk.project.room import Room, room
from safeconduct.desk.project.uploads import SealingUploadHandler


def test_what_fits_is_taken_and_goes_back_at_the_end_of_the_request():
    one = Room(100, patience_s=0.01)
    assert one.take(60)
    assert not one.take(50)
    assert (one.take(40), one.free_bytes()) == (True, 0)
    one.give_back()
    one.give_back()
    assert one.free_bytes() == 100


def test_who_finds_no_room_waits_until_another_request_ends():
    one, taken = Room(100, patience_s=30), []
    assert one.take(100)
    waiting = threading.Thread(target=lambda: taken.append(one.take(100)))
    waiting.start()
    one.give_back()
    waiting.join(10)
    assert taken == [True]
    assert one.free_bytes() == 0


def test_a_request_gives_back_only_what_is_its_own():
    one = Room(100, patience_s=0.01)
    other = threading.Thread(target=one.take, args=(70,))
    other.start()
    other.join()
    assert one.take(30)
    one.give_back()
    assert one.free_bytes() == 30


@pytest.mark.security
@pytest.mark.usefixtures("desk")
def test_a_file_for_which_there_is_no_room_is_let_go_and_the_page_is_answered(monkeypatch):
    monkeypatch.setattr(uploads, "room", small := Room(100_000, patience_s=0.01))
    handler = SealingUploadHandler()
    handler.new_file("field", "a", "x", 10)
    handler.receive_data_chunk(b"x" * 60_000, 0)
    with pytest.raises(StopUpload) as stopped:
        handler.receive_data_chunk(b"x" * 60_000, 0)
    assert not stopped.value.connection_reset
    assert small.free_bytes() == 100_000
    assert handler._stored == []


@pytest.mark.usefixtures("desk")
def test_the_end_of_a_request_frees_the_room_of_this_process():
    room.give_back()  # what another test sent in this thread without the end of a request
    before = room.free_bytes()
    handler = SealingUploadHandler()
    handler.new_file("field", "a", "x", 10)
    handler.receive_data_chunk(b"x" * 60_000, 0)
    upload = handler.file_complete(60_000)
    assert (room.free_bytes(), handler._stored) == (before - 60_000, [])
    request_finished.send(sender=None)
    assert room.free_bytes() == before
    upload.close()
    assert upload._stored == []
