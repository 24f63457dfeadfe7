"""How much of what is sent a process holds at a time: or a few who send large files would exhaust the machine.

Every request has room of its own, enough for a photograph: nobody can take that away. What a request needs beyond it
comes out of a room that all share.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Condition, get_ident

from django.core.signals import request_finished

_MIB = 1024 * 1024
OWN_BYTES = 8 * _MIB
"""A photograph of a telephone has 3 to 6 MiB. With sixteen threads in a process these are 128 MiB at most."""
SHARED_BYTES = 80 * _MIB
"""One message with five files of 16 MiB. So a process holds at most 208 MiB of what is sent to it; while a message is
encrypted for its case it is there twice."""


@dataclass(slots=True)
class _Held:
    """What one request holds.

    Args:
        length: Bytes.
        let_go: Lets go of the memory itself.
    """

    length: int
    let_go: Callable[[], None]


class Room:
    """The bytes that requests hold, each in its thread. They go back when the request ends, however it ends.

    Args:
        own_bytes: So much every request may hold, whatever others do.
        shared_bytes: So much they may hold beyond that, all together.
        patience_s: For how long somebody waits until others are done.
    """

    def __init__(self, *, own_bytes: int, shared_bytes: int, patience_s: float) -> None:
        self._own_bytes, self._free_bytes, self._patience_s = own_bytes, shared_bytes, patience_s
        self._held: dict[int, _Held] = {}
        self._changed = Condition()

    def take(self, length: int, let_go: Callable[[], None]) -> bool:
        """Whether there was room for so many bytes more, now or soon; then this request holds them.

        Args:
            length: How many bytes more.
            let_go: Lets go of everything that this request holds; it is called when the request gives it back.
        """
        with self._changed:
            held = self._held.setdefault(get_ident(), _Held(0, let_go))
            more = self._beyond(held.length + length) - self._beyond(held.length)
            fits = self._changed.wait_for(lambda: more <= self._free_bytes, timeout=self._patience_s)
            if fits:
                self._free_bytes -= more
                held.length += length
            return fits

    def give_back(self, **_signal: object) -> None:
        """This request holds nothing any more."""
        with self._changed:
            held = self._held.pop(get_ident(), None)
        if held is None:
            return
        # First the memory, then the room. A request that broke off lies in circles of references for long after it.
        held.let_go()
        with self._changed:
            self._free_bytes += self._beyond(held.length)
            self._changed.notify_all()

    def free_bytes(self) -> int:
        """What is left of the room that all share."""
        return self._free_bytes

    def _beyond(self, length: int) -> int:
        return max(0, length - self._own_bytes)


room = Room(own_bytes=OWN_BYTES, shared_bytes=SHARED_BYTES, patience_s=10)
request_finished.connect(room.give_back)
