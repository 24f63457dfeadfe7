"""Age files under a passphrase: situations, exports and backups that other programs can open too.

The format and its key derivation (scrypt) are those of age; the library that reads it is part of the base install, so
this module stands apart from the rest of the vault and does not need its cryptography library.
"""

import pyrage

from safeconduct.values.secret import Secret
from safeconduct.vault.errors import CannotOpenError


def seal_age_file(content: bytes, passphrase: Secret[str]) -> bytes:
    """The content as an age file.

    Args:
        content: Any bytes.
        passphrase: Not empty; how good it must be is the caller's to say.
    """
    sealed: bytes = pyrage.passphrase.encrypt(content, passphrase.reveal())
    return sealed


def open_age_file(sealed: bytes, passphrase: Secret[str]) -> bytes:
    """The content of an age file.

    Args:
        sealed: The file, binary or in letters (armoured).
        passphrase: What was typed.
    Raises:
        CannotOpenError: If the passphrase is another, the file was changed, or it is sealed to keys and no passphrase.
    """
    try:
        content: bytes = pyrage.passphrase.decrypt(sealed, passphrase.reveal())
    except (pyrage.DecryptError, ValueError):
        # Raised out here, so that no traceback carries the library's own message.
        content = b""
        opened = False
    else:
        opened = True
    if not opened:
        raise CannotOpenError
    return content
