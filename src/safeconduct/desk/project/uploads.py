"""Files that are sent: taken in memory, encrypted as they come, never spooled to a disk.

Django writes what is larger than 2.5 MB to a temporary file in clear. Here every piece is encrypted under a key that
lives as long as the request, and an action reads the pieces once to encrypt them for the case.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, NoReturn
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.project.room import room
from safeconduct.vault.binding import RecordPlace
from safeconduct.vault.envelope import new_key
from safeconduct.vault.files import CHUNK_BYTES, FileEncryptor, decrypt_file

if TYPE_CHECKING:
    _Upload = UploadedFile[bytes]
else:
    _Upload = UploadedFile


class SealedUpload(_Upload):
    """A file that was sent, encrypted in memory.

    Args:
        stored: The encrypted pieces.
        seal: Their seal.
        opener: Key and place, for `chunks`.
        given: Name, kind and length as the browser said; nothing of it is trusted.
    """

    def __init__(
        self, stored: list[bytes], seal: bytes, opener: tuple[Any, RecordPlace], given: dict[str, Any]
    ) -> None:
        super().__init__(file=BytesIO(), **given)
        self._stored, self._seal, self._opener = stored, seal, opener

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:  # noqa: ARG002 -- Django's form
        """The file, piece by piece."""
        key, place = self._opener
        return decrypt_file(key, self._stored, seal=self._seal, place=place)

    def multiple_chunks(self, chunk_size: int | None = None) -> bool:  # noqa: ARG002 -- Django's form
        """Always read it by `chunks`."""
        return True

    def close(self) -> None:
        """Let go of it at the end of the request: requests lie in circles of references for long after it."""
        super().close()
        self._stored = []


class SealingUploadHandler(FileUploadHandler):
    """Encrypts what comes, and stops what is larger than one message may be."""

    chunk_size = CHUNK_BYTES

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._total = 0
        self._stored: list[bytes] = []
        self._complete: list[SealedUpload] = []
        self.is_cut_off = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's form
        """Begin a file under a key of its own."""
        super().new_file(*args, **kwargs)
        self._key = new_key()
        self._place = RecordPlace(table="upload", column="body", case=uuid4(), record=uuid4(), epoch=1)
        self._encryptor = FileEncryptor(self._key, self._place)
        self._stored = []

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002 -- Django's form
        """Take a piece."""
        self._total += len(raw_data)
        configuration = in_use()
        if self._total > configuration.longest_file * configuration.most_files:
            # The connection is closed: whoever sends so much is not waiting for a page.
            self._stop(connection_reset=True)
        if not room.take(len(raw_data), self._let_go):
            # The rest is read and let go: then the page says that not all arrived, and the text is still there.
            self._stop(connection_reset=False)
        self._stored.append(self._encryptor.update(raw_data))
        return None

    def file_complete(self, file_size: int) -> _Upload | None:
        """The file, for the form."""
        rest, seal = self._encryptor.finish()
        given = {"name": self.file_name, "content_type": self.content_type, "size": file_size, "charset": self.charset}
        stored, self._stored = [*self._stored, rest], []
        upload = SealedUpload(stored, seal, (self._key, self._place), given)
        self._complete.append(upload)
        return upload

    def _stop(self, *, connection_reset: bool) -> NoReturn:
        self.is_cut_off = True
        self._let_go()
        room.give_back()
        raise StopUpload(connection_reset=connection_reset)

    def _let_go(self) -> None:
        self._stored = []
        for upload in self._complete:
            upload.close()


def is_cut_off(request: HttpRequest) -> bool:
    """Whether something was sent with a form that is not there, because it was too much: nothing of it is kept.

    Args:
        request: The request; its form has been read.
    """
    return any(getattr(handler, "is_cut_off", False) for handler in request.upload_handlers)
