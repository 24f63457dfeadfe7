"""The constructions of the vault a second time, written out from their sources on other libraries.

Nothing here imports the vault or its library: `pycryptodome` gives AES-GCM, HKDF, ML-KEM and X25519, `argon2-cffi`
gives Argon2id, and everything between them stands in this file to be read beside docs/decisions/0030 to 0035.
"""

import hashlib
import hmac

from argon2.low_level import Type, hash_secret_raw
from Crypto.Cipher import AES
from Crypto.Hash import SHA256
from Crypto.Protocol.DH import import_x25519_private_key, import_x25519_public_key, key_agreement
from Crypto.Protocol.KDF import HKDF
from Crypto.PublicKey import MLKEM

VERSION = b"\x01"
CONTENT, FILE, FILE_SEAL, DATA_KEY, GRANT = b"\x01", b"\x02", b"\x03", b"\x04", b"\x05"
CONTACT_SLOT, PASSWORD_SLOT, RECOVERY_SLOT = b"\x07", b"\x08", b"\x09"
CUSTODIAN_OUTER, CUSTODIAN_INNER = b"\x0a", b"\x0b"
HANDED_OVER, RING, BLOCK = b"\x10", b"\x11", b"\x14"


def joined(*parts):
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def eight(value):
    return value.to_bytes(8, "big")


def associated(purpose, *place):
    return joined(b"safeconduct vault", VERSION + purpose, *place)


def hkdf(key, *, info, salt=b"", length=32):
    return HKDF(key, length, salt, SHA256, 1, info)


def gcm(key, nonce, plaintext, aad):
    cipher = AES.new(key, AES.MODE_GCM, nonce=nonce)
    cipher.update(aad)
    ciphertext, tag = cipher.encrypt_and_digest(plaintext)
    return ciphertext + tag


def head(key, purpose, salt):
    """The envelope's own key, and what the envelope begins with."""
    derived = hkdf(key, info=joined(b"safeconduct envelope", VERSION + purpose), salt=salt, length=64)
    return derived[:32], VERSION + purpose + salt + derived[32:]


def envelope(key, plaintext, *, purpose, place, salt):
    own, begins = head(key, purpose, salt)
    return begins + gcm(own, bytes(12), plaintext, associated(purpose, *place))


def padded_text(text):
    size = next(size for size in (1024, 4096, 16384, 65536, 262144, 1048576) if size >= len(text) + 4)
    return (len(text).to_bytes(4, "big") + text).ljust(size, b"\0")


def argon2id(secret, *, salt, memory_kib, passes, lanes):
    return hash_secret_raw(secret, salt, passes, memory_kib, lanes, 64, Type.ID)


def file(key, plaintext, *, padded, place, salt):
    """A file as a STREAM: nonce = seven zero bytes, the number of the chunk, 1 for the last."""
    own, stored = head(key, FILE, salt)
    plaintext = plaintext.ljust(padded, b"\0")
    chunks = [plaintext[start : start + 65536] for start in range(0, padded, 65536)]
    for counter, chunk in enumerate(chunks):
        nonce = bytes(7) + counter.to_bytes(4, "big") + (b"\x01" if counter == len(chunks) - 1 else b"\0")
        stored += gcm(own, nonce, chunk, associated(FILE, *place))
    return stored


# --- Sealing: X-Wing, then HPKE ---------------------------------------------------------------------------------------


def expand(seed):
    """X-Wing's private keys from its seed (draft-connolly-cfrg-xwing-kem, 5.2)."""
    expanded = hashlib.shake_256(seed).digest(96)
    post_quantum = MLKEM.construct(param_set=MLKEM.ML_KEM_768, seed=expanded[:64])
    return post_quantum, import_x25519_private_key(expanded[64:])


def public_bytes(seed):
    post_quantum, classical = expand(seed)
    return post_quantum.ek + classical.public_key().export_key(format="raw")


def exchange(private, public):
    return key_agreement(static_priv=private, static_pub=public, kdf=lambda shared: shared)


def combine(post_quantum, classical, classical_ciphertext, classical_public):
    """X-Wing's combiner (5.3): SHA3-256 over both secrets, X25519's ciphertext and public key, and the label."""
    label = rb"\.//^" + b"\\"
    return hashlib.sha3_256(post_quantum + classical + classical_ciphertext + classical_public + label).digest()


def encapsulate(public, randomness):
    """X-Wing with chosen randomness (5.4.1): 32 bytes for ML-KEM, 32 for X25519."""
    post_quantum = MLKEM.construct(param_set=MLKEM.ML_KEM_768, ek=public[:1184])
    shared_post_quantum, ciphertext_post_quantum = post_quantum._encaps(randomness[:32])
    ephemeral = import_x25519_private_key(randomness[32:])
    ciphertext_classical = ephemeral.public_key().export_key(format="raw")
    shared_classical = exchange(ephemeral, import_x25519_public_key(public[1184:]))
    shared = combine(shared_post_quantum, shared_classical, ciphertext_classical, public[1184:])
    return shared, ciphertext_post_quantum + ciphertext_classical


def decapsulate(seed, encapsulated):
    post_quantum, classical = expand(seed)
    shared_classical = exchange(classical, import_x25519_public_key(encapsulated[1088:]))
    public = classical.public_key().export_key(format="raw")
    return combine(post_quantum._decaps(encapsulated[:1088]), shared_classical, encapsulated[1088:], public)


def _extract(suite, salt, label, material):
    return hmac.new(salt or bytes(32), b"HPKE-v1" + suite + label + material, hashlib.sha256).digest()


def _expand(suite, key, label, info, length):
    labelled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    output, block, counter = b"", b"", 1
    while len(output) < length:
        block = hmac.new(key, block + labelled + bytes((counter,)), hashlib.sha256).digest()
        output, counter = output + block, counter + 1
    return output[:length]


def key_schedule(shared, info, *, kem, aead, key_bytes):
    """RFC 9180, 5.1, base mode, HKDF-SHA-256: the key and the first nonce."""
    suite = b"HPKE" + kem.to_bytes(2, "big") + (1).to_bytes(2, "big") + aead.to_bytes(2, "big")
    context = b"\0" + _extract(suite, b"", b"psk_id_hash", b"") + _extract(suite, b"", b"info_hash", info)
    secret = _extract(suite, shared, b"secret", b"")
    key = _expand(suite, secret, b"key", context, key_bytes)
    return key, _expand(suite, secret, b"base_nonce", context, 12)


def dhkem_shared(private, encapsulated):
    """RFC 9180, 4.1: DHKEM(X25519, HKDF-SHA256), the receiver's side."""
    key = import_x25519_private_key(private)
    shared = exchange(key, import_x25519_public_key(encapsulated))
    suite = b"KEM" + (0x20).to_bytes(2, "big")
    context = encapsulated + key.public_key().export_key(format="raw")
    return _expand(suite, _extract(suite, b"", b"eae_prk", shared), b"shared_secret", context, 32)


def sealed(public, plaintext, *, purpose, place, randomness):
    shared, encapsulated = encapsulate(public, randomness)
    key, nonce = key_schedule(shared, associated(purpose, *place), kem=0x647A, aead=2, key_bytes=32)
    return VERSION + purpose + encapsulated + gcm(key, nonce, plaintext, b"")


def unsealed(seed, stored, *, purpose, place):
    shared = decapsulate(seed, stored[2:1122])
    key, nonce = key_schedule(shared, associated(purpose, *place), kem=0x647A, aead=2, key_bytes=32)
    cipher = AES.new(key, AES.MODE_GCM, nonce=nonce)
    return cipher.decrypt_and_verify(stored[1122:-16], stored[-16:])
