"""How much of what is sent a process holds at a time: or a few who send large files would exhaust the machine."""

from threading import Condition, get_ident

from django.core.signals import request_finished

_ROOM_BYTES = 128 * 1024 * 1024
"""One message with five files of 16 MiB and some smaller ones; while they are encrypted they are there twice."""


class Room:
    """The bytes that requests hold, each in its thread. They go back when the request ends, however it ends.

    Args:
        size_bytes: At most so much.
        patience_s: For how long somebody waits until others are done.
    """

    def __init__(self, size_bytes: int, *, patience_s: float) -> None:
        self._free_bytes, self._patience_s = size_bytes, patience_s
        self._held: dict[int, int] = {}
        self._changed = Condition()

    def take(self, length: int) -> bool:
        """Whether there was room for so many bytes more, now or soon; then this request holds them."""
        with self._changed:
            fits = self._changed.wait_for(lambda: length <= self._free_bytes, timeout=self._patience_s)
            if fits:
                self._free_bytes -= length
                self._held[get_ident()] = self._held.get(get_ident(), 0) + length
            return fits

    def give_back(self, **_signal: object) -> None:
        """This request holds nothing any more."""
        with self._changed:
            self._free_bytes += self._held.pop(get_ident(), 0)
            self._changed.notify_all()

    def free_bytes(self) -> int:
        """What is left."""
        return self._free_bytes


room = Room(_ROOM_BYTES, patience_s=10)
request_finished.connect(room.give_back)
