"""Encryption under a key: one construction for everything that is not sealed to a person.

    envelope = version (1) | purpose (1) | salt (32) | commitment (32) | AES-256-GCM ciphertext and tag (length + 16)
    HKDF-SHA-256(key, salt, info) -> 32 bytes for AES, 32 bytes of commitment

Every envelope has its own AES key, made from a fresh random salt, so the nonce may be zero and no count of messages has
to be kept. AES-GCM alone can be made to open under two different keys; the commitment rules that out, which matters
where a key comes from a password or a code.

Source: RFC 5869 (HKDF), NIST SP 800-38D (GCM). Why so: docs/decisions/0030.
"""

import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from safeconduct.values.secret import Secret
from safeconduct.vault.binding import Binding, Purpose, associated, header, joined
from safeconduct.vault.errors import CannotOpenError

KEY_BYTES = 32
_SALT_BYTES = 32
_COMMITMENT_BYTES = 32
_TAG_BYTES = 16
_NONCE = bytes(12)  # Zero is safe: the key of each envelope is used once.
HEAD_BYTES = 2 + _SALT_BYTES + _COMMITMENT_BYTES
OVERHEAD_BYTES = HEAD_BYTES + _TAG_BYTES


def new_key() -> Secret[bytes]:
    """A fresh key of 32 random bytes."""
    return Secret(secrets.token_bytes(KEY_BYTES))


def derive(key: Secret[bytes], *, info: bytes, salt: bytes | None = None, length: int = KEY_BYTES) -> Secret[bytes]:
    """A key for one use made from another key (HKDF-SHA-256).

    Args:
        key: Key material of full strength, at least 32 bytes; never a password.
        info: What the new key is for.
        salt: Random bytes, or None where the key material is already even.
        length: Bytes wanted.
    """
    if len(key.reveal()) < KEY_BYTES:
        raise ValueError("a key is at least 32 bytes")
    return Secret(HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(key.reveal()))


def open_head(key: Secret[bytes], *, purpose: Purpose, salt: bytes) -> tuple[AESGCM, bytes]:
    """The cipher of one envelope and the commitment to its key.

    Args:
        key: The key the envelope is under.
        purpose: What the envelope is for.
        salt: Salt of the envelope.
    Returns:
        The cipher with the envelope's own key, and the 32 bytes that must stand in the envelope.
    """
    info = joined(b"safeconduct envelope", header(purpose))
    derived = derive(key, info=info, salt=salt, length=KEY_BYTES + _COMMITMENT_BYTES)
    return AESGCM(derived.reveal()[:KEY_BYTES]), derived.reveal()[KEY_BYTES:]


def new_head(key: Secret[bytes], *, purpose: Purpose) -> tuple[AESGCM, bytes]:
    """The cipher of a new envelope and the bytes it begins with."""
    salt = secrets.token_bytes(_SALT_BYTES)
    cipher, commitment = open_head(key, purpose=purpose, salt=salt)
    return cipher, header(purpose) + salt + commitment


def cipher_of(key: Secret[bytes], head: bytes, *, purpose: Purpose) -> AESGCM:
    """The cipher of an envelope that begins with these bytes.

    Raises:
        CannotOpenError: If the version or the purpose is another, if bytes are missing, or if the key is not the one.
    """
    if len(head) != HEAD_BYTES or head[:2] != header(purpose):
        raise CannotOpenError
    cipher, commitment = open_head(key, purpose=purpose, salt=head[2 : 2 + _SALT_BYTES])
    if not hmac.compare_digest(commitment, head[2 + _SALT_BYTES :]):
        raise CannotOpenError
    return cipher


def encrypt(key: Secret[bytes], plaintext: bytes, *, purpose: Purpose, binding: Binding) -> bytes:
    """An envelope under a key, bound to its purpose and place.

    Args:
        key: Key of 32 bytes.
        plaintext: What is put in; its length can be seen, so pad it first where the length tells something.
        purpose: What the envelope is for.
        binding: Where it will stand.
    """
    cipher, head = new_head(key, purpose=purpose)
    return head + cipher.encrypt(_NONCE, plaintext, associated(purpose, binding))


def decrypt(key: Secret[bytes], envelope: bytes, *, purpose: Purpose, binding: Binding) -> bytes:
    """What an envelope holds.

    Raises:
        CannotOpenError: If anything at all does not fit: key, version, purpose, place, a bit, the length.
    """
    cipher = cipher_of(key, envelope[:HEAD_BYTES], purpose=purpose)
    try:
        return cipher.decrypt(_NONCE, envelope[HEAD_BYTES:], associated(purpose, binding))
    except InvalidTag:
        raise CannotOpenError from None


def wrap(key: Secret[bytes], inner: Secret[bytes], *, purpose: Purpose, binding: Binding) -> bytes:
    """A key in an envelope under another key."""
    return encrypt(key, inner.reveal(), purpose=purpose, binding=binding)


def unwrap(key: Secret[bytes], envelope: bytes, *, purpose: Purpose, binding: Binding) -> Secret[bytes]:
    """The key in an envelope.

    Raises:
        CannotOpenError: As for `decrypt`.
    """
    return Secret(decrypt(key, envelope, purpose=purpose, binding=binding))
