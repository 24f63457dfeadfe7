"""Size classes, so that the size of what is stored says little about it.

A text is padded to 1, 4, 16 or 64 KiB, and a longer one (a form about a hundred people) to 256 KiB or 1 MiB. A file is
padded by Padmé, at most 12 % more, and at least to 256 KiB. What remains visible is the class.

Source: Nikitin, Barman, Lueks, Underwood, Hubaux and Ford (2019), "Reducing Metadata Leakage from Encrypted Files and
Communication with PURBs" (Padmé).
"""

from safeconduct.vault.errors import CannotOpenError, TooLargeError

_LENGTH_BYTES = 4
TEXT_CLASSES = tuple(kib * 1024 for kib in (1, 4, 16, 64, 256, 1024))
LONGEST_TEXT = TEXT_CLASSES[-1] - _LENGTH_BYTES
SMALLEST_FILE = 256 * 1024


def pad_text(text: bytes) -> bytes:
    """The text with its length in front and zeros behind, exactly as long as its size class.

    Args:
        text: At most LONGEST_TEXT bytes.
    Raises:
        TooLargeError: If it is longer.
    """
    needed = _LENGTH_BYTES + len(text)
    fitting = [size for size in TEXT_CLASSES if size >= needed]
    if not fitting:
        raise TooLargeError(LONGEST_TEXT)
    return (len(text).to_bytes(_LENGTH_BYTES, "big") + text).ljust(fitting[0], b"\0")


def unpad_text(padded: bytes) -> bytes:
    """What was padded.

    Raises:
        CannotOpenError: If this was never padded by `pad_text`.
    """
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    text = padded[_LENGTH_BYTES : _LENGTH_BYTES + length]
    if len(text) > LONGEST_TEXT or pad_text(text) != padded:
        raise CannotOpenError
    return text


def padded_file_length(length: int) -> int:
    """How long a file of this length becomes.

    Args:
        length: Bytes of the file, >= 0.
    Returns:
        At least SMALLEST_FILE and at least the length; above that the next number whose binary digits end in as many
        zeros as Padmé asks.
    """
    if length <= SMALLEST_FILE:
        return SMALLEST_FILE
    exponent = length.bit_length() - 1
    zeros = exponent - exponent.bit_length()
    mask = (1 << zeros) - 1
    return (length + mask) & ~mask
