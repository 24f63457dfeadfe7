"""Sealing to a person: whoever has the public key can close, only the private key opens.

HPKE (RFC 9180) in base mode with the KEM MLKEM768-X25519, which is X-Wing: ML-KEM-768 and X25519 together, so that what
is copied today stays closed even if one of the two is broken later. KDF HKDF-SHA-256, cipher AES-256-GCM.

    sealed = version (1) | purpose (1) | encapsulated key (1120) | ciphertext and tag (length + 16)
    info   = the associated data of the envelope (binding.py)

A private key is X-Wing's seed of 32 bytes; SHAKE-256 expands it to the seed of ML-KEM (64) and the key of X25519 (32).

Source: RFC 9180, draft-ietf-hpke-pq, draft-connolly-cfrg-xwing-kem. Why so: docs/decisions/0031.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHAKE256, XOFHash

from safeconduct.values.secret import Secret
from safeconduct.vault.binding import Binding, Purpose, associated, header
from safeconduct.vault.errors import CannotOpenError, KeyFormatError

SEED_BYTES = 32
PUBLIC_BYTES = 1216
_MLKEM_PUBLIC_BYTES = 1184
_MLKEM_SEED_BYTES = 64
_EXPANDED_BYTES = 96
_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The half of a key pair that everybody may know.

    Args:
        raw: The ML-KEM-768 key (1184 bytes) and the X25519 key (32 bytes).
    Raises:
        KeyFormatError: If the bytes are no such key, or one that everybody could open.
    """

    raw: bytes
    handle: hpke.MLKEM768X25519PublicKey = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.raw) != PUBLIC_BYTES:
            raise KeyFormatError
        try:
            post_quantum = MLKEM768PublicKey.from_public_bytes(self.raw[:_MLKEM_PUBLIC_BYTES])
            classical = X25519PublicKey.from_public_bytes(self.raw[_MLKEM_PUBLIC_BYTES:])
            # A point of low order gives the same shared secret to everybody; the exchange itself refuses it.
            X25519PrivateKey.generate().exchange(classical)
        except ValueError:
            raise KeyFormatError from None
        object.__setattr__(self, "handle", hpke.MLKEM768X25519PublicKey(post_quantum, classical))

    def fingerprint(self) -> str:
        """Thirty-two hexadecimal digits in groups of four, for two people to compare by telephone."""
        digest = hashlib.sha256(b"safeconduct public key" + self.raw).hexdigest()[:32]
        return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


class PrivateKey:
    """The half of a key pair that only its holder has.

    Args:
        seed: Thirty-two even random bytes.
    """

    __slots__ = ("_handle", "_public", "_seed")

    def __init__(self, seed: Secret[bytes]) -> None:
        if len(seed.reveal()) != SEED_BYTES:
            raise ValueError("the seed of a private key is 32 bytes")
        expand = XOFHash(SHAKE256(_EXPANDED_BYTES))
        expand.update(seed.reveal())
        post_quantum = MLKEM768PrivateKey.from_seed_bytes(expand.squeeze(_MLKEM_SEED_BYTES))
        classical = X25519PrivateKey.from_private_bytes(expand.squeeze(_EXPANDED_BYTES - _MLKEM_SEED_BYTES))
        self._seed = seed
        self._handle = hpke.MLKEM768X25519PrivateKey(post_quantum, classical)
        self._public = post_quantum.public_key().public_bytes_raw() + classical.public_key().public_bytes_raw()

    @classmethod
    def new(cls) -> "PrivateKey":
        """A fresh private key."""
        return cls(Secret(secrets.token_bytes(SEED_BYTES)))

    @property
    def seed(self) -> Secret[bytes]:
        """What is kept in the slots."""
        return self._seed

    @property
    def public(self) -> PublicKey:
        """The public half."""
        return PublicKey(self._public)

    def __repr__(self) -> str:
        return "<private key>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a private key is not pickled or copied")

    def open(self, ciphertext: bytes, *, info: bytes) -> Secret[bytes]:
        """What was sealed to the public half with the same info; `unseal` is the way to call it.

        Raises:
            CannotOpenError: If it was sealed to another key, with another info, or changed.
        """
        try:
            return Secret(_SUITE.decrypt(ciphertext, self._handle, info))
        except InvalidTag:
            raise CannotOpenError from None


def seal(public: PublicKey, secret: Secret[bytes], *, purpose: Purpose, binding: Binding) -> bytes:
    """A secret closed for one person, bound to its purpose and place.

    Args:
        public: Whom it is for.
        secret: What is closed, usually a key.
        purpose: What it is for.
        binding: Where it will stand.
    """
    return header(purpose) + _SUITE.encrypt(secret.reveal(), public.handle, associated(purpose, binding))


def unseal(private: PrivateKey, sealed: bytes, *, purpose: Purpose, binding: Binding) -> Secret[bytes]:
    """What was closed for the holder of this private key.

    Raises:
        CannotOpenError: If anything at all does not fit.
    """
    if sealed[:2] != header(purpose):
        raise CannotOpenError
    return private.open(sealed[2:], info=associated(purpose, binding))
