"""Files as a STREAM of chunks: read piece by piece, refused if a piece is missing, doubled, moved or added.

    file  = head (66: version, purpose, salt, commitment) | chunk | chunk | ... | last chunk
    chunk = AES-256-GCM of 64 KiB; nonce = zeros (7) | number of the chunk (4) | 1 if it is the last (1)
    seal  = an envelope with the length of the file, kept beside it

The plaintext is padded with zeros to its size class, so neither the file nor its seal shows the length. The key of the
chunks is made from the data key and a fresh salt (envelope.py), so the nonces of two files never meet.

Source: Hoang, Reyhanitabar, Rogaway and Vizár (2015), "Online Authenticated-Encryption and its Nonce-Reuse
Misuse-Resistance" (STREAM). Why so: docs/decisions/0035.
"""

from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from safeconduct.values.secret import Secret
from safeconduct.vault.binding import Purpose, RecordPlace, associated, number
from safeconduct.vault.envelope import HEAD_BYTES, cipher_of, decrypt, encrypt, new_head
from safeconduct.vault.errors import CannotOpenError
from safeconduct.vault.padding import padded_file_length

CHUNK_BYTES = 64 * 1024
_TAG_BYTES = 16
_SEALED_CHUNK_BYTES = CHUNK_BYTES + _TAG_BYTES
_COUNTER_BYTES = 4


def stored_length(length: int) -> int:
    """How many bytes a file of this length takes when encrypted."""
    padded = padded_file_length(length)
    return HEAD_BYTES + padded + _TAG_BYTES * _chunks(padded)


def _chunks(padded: int) -> int:
    return -(-padded // CHUNK_BYTES)


def _nonce(counter: int, *, last: bool) -> bytes:
    return bytes(7) + counter.to_bytes(_COUNTER_BYTES, "big") + bytes((last,))


class FileEncryptor:
    """One file on its way into the store: nothing of it is written in clear, and its length need not be known before.

    Args:
        data_key: The record's data key.
        place: Where the file will stand.
    """

    def __init__(self, data_key: Secret[bytes], place: RecordPlace) -> None:
        self._data_key = data_key
        self._place = place
        self._cipher, self._ready = new_head(data_key, purpose=Purpose.FILE)
        self._associated = associated(Purpose.FILE, place)
        self._waiting = bytearray()
        self._counter = 0
        self._length = 0
        self._finished = False

    def update(self, piece: bytes) -> bytes:
        """The next piece of the file, of any length; returns what is ready to be written, perhaps nothing."""
        if self._finished:
            raise ValueError("this file is finished")
        self._length += len(piece)
        return self._take(piece)

    def finish(self) -> tuple[bytes, bytes]:
        """The end of the file.

        Returns:
            The last bytes to be written, and the seal to be kept beside the file.
        """
        if self._finished:
            raise ValueError("this file is finished")
        ready = bytearray()
        missing = padded_file_length(self._length) - self._length
        while missing:
            zeros = min(missing, CHUNK_BYTES)
            ready += self._take(bytes(zeros))
            missing -= zeros
        self._finished = True
        ready += self._close(bytes(self._waiting), last=True)
        self._waiting.clear()
        length = number(self._length)
        return bytes(ready), encrypt(self._data_key, length, purpose=Purpose.FILE_SEAL, binding=self._place)

    def _take(self, piece: bytes) -> bytes:
        self._waiting += piece
        ready = bytearray(self._ready)
        self._ready = b""
        # A full chunk waits until more comes: only then is it known not to be the last.
        while len(self._waiting) > CHUNK_BYTES:
            ready += self._close(bytes(self._waiting[:CHUNK_BYTES]), last=False)
            del self._waiting[:CHUNK_BYTES]
        return bytes(ready)

    def _close(self, chunk: bytes, *, last: bool) -> bytes:
        closed = self._cipher.encrypt(_nonce(self._counter, last=last), chunk, self._associated)
        self._counter += 1
        return closed


def decrypt_file(
    data_key: Secret[bytes], stored: Iterable[bytes], *, seal: bytes, place: RecordPlace
) -> Iterator[bytes]:
    """A file, piece by piece, each checked before it is given out.

    Args:
        data_key: The record's data key.
        stored: The encrypted file in pieces of any length.
        seal: What was kept beside it.
        place: Where it stands, with the epoch in which it was written.
    Yields:
        The file without its padding, at most 64 KiB at a time. If the end is missing, the error comes after the last
        good piece: who shows a file in parts must be ready to take it back.
    Raises:
        CannotOpenError: If anything at all does not fit.
    """
    left = int.from_bytes(decrypt(data_key, seal, purpose=Purpose.FILE_SEAL, binding=place), "big")
    padded = padded_file_length(left)
    pieces = _cut(stored, sizes=_sizes(padded))
    cipher = cipher_of(data_key, next(pieces), purpose=Purpose.FILE)
    aad = associated(Purpose.FILE, place)
    for counter, closed in enumerate(pieces):
        chunk = _open(cipher, closed, nonce=_nonce(counter, last=counter + 1 == _chunks(padded)), aad=aad)
        if chunk[left:].strip(b"\0"):
            raise CannotOpenError
        if left:
            yield chunk[:left]
        left = max(0, left - len(chunk))


def _open(cipher: AESGCM, closed: bytes, *, nonce: bytes, aad: bytes) -> bytes:
    try:
        return cipher.decrypt(nonce, closed, aad)
    except InvalidTag:
        raise CannotOpenError from None


def _sizes(padded: int) -> Iterator[int]:
    """Lengths of the head and of each encrypted chunk of a file padded to this length."""
    yield HEAD_BYTES
    for start in range(0, padded, CHUNK_BYTES):
        yield min(CHUNK_BYTES, padded - start) + _TAG_BYTES


def _cut(stored: Iterable[bytes], *, sizes: Iterator[int]) -> Iterator[bytes]:
    """The stored bytes in parts of these sizes.

    Raises:
        CannotOpenError: If bytes are missing or left over.
    """
    source = iter(stored)
    waiting = bytearray()
    for size in sizes:
        while len(waiting) < size:
            piece = next(source, None)
            if piece is None:
                raise CannotOpenError
            waiting += piece
        yield bytes(waiting[:size])
        del waiting[:size]
    if waiting or any(source):
        raise CannotOpenError
