"""Files on their way to somebody: as downloads of unknown kind, and not many at once to one of them."""

from collections.abc import Callable, Iterable, Iterator
from threading import Lock
from uuid import UUID
from weakref import finalize

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header

MOST_AT_ONCE = 3
"""Files on their way to one conversation, or one member, in a process: a quarter of its places for those who are slow.
So it takes four conversations to fill them. On a fast line nobody notices."""
_TOO_MANY = 429


class Underway:
    """How many files are on their way, and to whom.

    Args:
        most: So many at once to one of them.
    """

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._counts: dict[UUID, int] = {}

    def begin(self, to: UUID) -> bool:
        """Whether one more may set out; then it is counted until it ends."""
        with self._lock:
            count = self._counts.get(to, 0)
            if count >= self._most:
                return False
            self._counts[to] = count + 1
            return True

    def end(self, to: UUID) -> None:
        """One has arrived, or was given up."""
        with self._lock:
            left = self._counts.pop(to) - 1
            if left:
                self._counts[to] = left


class Pieces:
    """The pieces of a file on its way. It is counted until it is closed; or forgotten, if nobody closes it.

    Args:
        pieces: Its bytes.
        ended: What is done then, once.
    """

    def __init__(self, pieces: Iterable[bytes], ended: Callable[[], None]) -> None:
        self._pieces, self._ended = pieces, finalize(self, ended)

    def __iter__(self) -> Iterator[bytes]:
        """The pieces."""
        return iter(self._pieces)

    def close(self) -> None:
        """It is not on its way any more."""
        self._ended()


underway = Underway(MOST_AT_ONCE)


def download(request: HttpRequest, pieces: Iterable[bytes], *, name: str, length: int, to: UUID) -> HttpResponseBase:
    """A file, always as a download of unknown kind: nothing about it is trusted, and no browser shows it.

    Args:
        request: What was asked.
        pieces: Its bytes.
        name: What it is called.
        length: Bytes. They are told before: a file that breaks off is seen to be broken off.
        to: The conversation, or the member.
    Returns:
        The file; or a page that says to wait, if several are on their way.
    """
    if not underway.begin(to):
        return render(request, "look/files_underway.html", status=_TOO_MANY)
    answer = StreamingHttpResponse(Pieces(pieces, lambda: underway.end(to)), content_type="application/octet-stream")
    answer["Content-Length"] = str(length)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return answer
