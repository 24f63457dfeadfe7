"""Vectors that others published: the library and the second implementation both give them."""

import hashlib
import json
from pathlib import Path

import pytest
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from safeconduct.values.secret import Secret
from safeconduct.vault.binding import Purpose
from safeconduct.vault.envelope import derive
from safeconduct.vault.sealing import PrivateKey, unseal
from tests.vault import second

VECTORS = Path(__file__).parents[1] / "vectors"
AEADS = {1: hpke.AEAD.AES_128_GCM, 2: hpke.AEAD.AES_256_GCM, 3: hpke.AEAD.CHACHA20_POLY1305}


def vectors_of(name):
    return json.loads((VECTORS / name).read_text(encoding="utf-8"))["vectors"]


class Anywhere:
    """A place that the second implementation knows too."""

    def parts(self):
        return (b"anywhere",)


@pytest.mark.security
@pytest.mark.parametrize("vector", vectors_of("hpke_rfc9180.json"), ids=lambda vector: f"aead-{vector['aead']}")
def test_hpke_opens_what_rfc_9180_sealed(vector):
    given = {name: bytes.fromhex(value) for name, value in vector.items() if name != "aead"}
    private = X25519PrivateKey.from_private_bytes(given["private"])
    assert private.public_key().public_bytes_raw() == given["public"]
    suite = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, AEADS[vector["aead"]])
    # The vectors have associated data, which the public interface of the library leaves to `info`.
    opened = openssl.hpke._decrypt_with_aad(
        suite, given["encapsulated"] + given["ciphertext"], private, given["info"], given["associated"]
    )
    assert opened == given["plaintext"]


@pytest.mark.security
@pytest.mark.parametrize("vector", vectors_of("hpke_rfc9180.json"), ids=lambda vector: f"aead-{vector['aead']}")
def test_the_second_implementation_of_hpke_gives_the_keys_of_rfc_9180(vector):
    shared = second.dhkem_shared(bytes.fromhex(vector["private"]), bytes.fromhex(vector["encapsulated"]))
    assert shared.hex() == vector["shared"]
    key_bytes = len(vector["key"]) // 2
    schedule = second.key_schedule(
        shared, bytes.fromhex(vector["info"]), kem=0x20, aead=vector["aead"], key_bytes=key_bytes
    )
    assert tuple(part.hex() for part in schedule) == (vector["key"], vector["nonce"])


@pytest.mark.security
@pytest.mark.parametrize("vector", vectors_of("xwing.json"), ids=lambda vector: vector["seed"][:8])
def test_the_second_implementation_gives_the_published_secrets_of_x_wing(vector):
    seed, randomness = bytes.fromhex(vector["seed"]), bytes.fromhex(vector["randomness"])
    shared, encapsulated = second.encapsulate(second.public_bytes(seed), randomness)
    assert shared.hex() == vector["shared"]
    assert second.decapsulate(seed, encapsulated).hex() == vector["shared"]


@pytest.mark.security
@pytest.mark.parametrize("vector", vectors_of("xwing.json"), ids=lambda vector: vector["seed"][:8])
def test_our_private_key_opens_what_was_sealed_with_a_published_secret_of_x_wing(vector):
    seed, randomness = bytes.fromhex(vector["seed"]), bytes.fromhex(vector["randomness"])
    private = PrivateKey(Secret(seed))
    assert private.public.raw == second.public_bytes(seed)
    sealed = second.sealed(
        private.public.raw, b"a key", purpose=second.GRANT, place=(b"anywhere",), randomness=randomness
    )
    assert unseal(private, sealed, purpose=Purpose.GRANT, binding=Anywhere()).reveal() == b"a key"


RFC_5869_1 = {
    "material": "0b" * 22,
    "salt": "000102030405060708090a0b0c",
    "info": "f0f1f2f3f4f5f6f7f8f9",
    "output": "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
}
RFC_5869_2 = {
    "material": bytes(range(0x50)).hex(),
    "salt": bytes(range(0x60, 0xB0)).hex(),
    "info": bytes(range(0xB0, 0x100)).hex(),
    "output": (
        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
        "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"
    ),
}


@pytest.mark.security
@pytest.mark.parametrize("vector", [RFC_5869_1, RFC_5869_2], ids=["case 1", "case 2"])
def test_the_second_hkdf_gives_the_output_of_rfc_5869(vector):
    given = {name: bytes.fromhex(value) for name, value in vector.items()}
    made = second.hkdf(given["material"], info=given["info"], salt=given["salt"], length=len(given["output"]))
    assert made == given["output"]


@pytest.mark.security
def test_our_hkdf_gives_the_output_of_rfc_5869():
    # Case 1 has key material of 22 bytes, which we refuse: case 2 is the one that speaks about us.
    given = {name: bytes.fromhex(value) for name, value in RFC_5869_2.items()}
    made = derive(Secret(given["material"]), info=given["info"], salt=given["salt"], length=len(given["output"]))
    assert made.reveal() == given["output"]


@pytest.mark.security
def test_argon2id_gives_the_tag_of_rfc_9106():
    # RFC 9106, 5.3: with associated data and a secret, which we do not use, so the library is asked directly.
    derivation = Argon2id(
        salt=b"\x02" * 16, length=32, iterations=3, lanes=4, memory_cost=32, ad=b"\x04" * 12, secret=b"\x03" * 8
    )
    expected = "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"
    assert derivation.derive(b"\x01" * 32).hex() == expected


@pytest.mark.security
def test_both_libraries_give_the_same_argon2id():
    made = hash_secret_raw(b"password", b"somesalt12345678", 2, 64, 1, 64, Type.ID)
    derivation = Argon2id(salt=b"somesalt12345678", length=64, iterations=2, lanes=1, memory_cost=64)
    assert derivation.derive(b"password") == made


@pytest.mark.security
def test_the_second_implementation_knows_nothing_of_the_first():
    source = Path(second.__file__).read_text(encoding="utf-8")
    imported = {line.split()[1].split(".")[0] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert imported == {"Crypto", "argon2", "hashlib", "hmac"}
    assert hashlib.sha3_256(b"").hexdigest().startswith("a7ffc6f8bf1ed766")
