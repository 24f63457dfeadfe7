"""A security key in software: what a browser and a key send together, right or wrong in one way."""

import hashlib
import json
import secrets
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field, replace

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from fido2 import cbor
from fido2.cose import ES256, EdDSA

ORIGIN = "http://localhost"
HOST = "localhost"
TOUCHED, VERIFIED, HOLDS_KEY = 0x01, 0x04, 0x40


def coded(raw):
    return urlsafe_b64encode(raw).decode().rstrip("=")


def decoded(text):
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class AKey:
    """A key with one pair. What a test changes is what an attacker would."""

    origin: str = ORIGIN
    counter: int = 1
    pair: object = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: secrets.token_bytes(64))
    flags: int = TOUCHED
    kind: str = ""
    site: str = ""
    challenge: str = ""
    cross_origin: bool = False
    algorithm: int | None = None

    def changed(self, **values):
        return replace(self, **values)

    def made(self, options):
        """The answer of a browser to `to_make`."""
        asked = json.loads(options)
        data = self._data(asked["rp"]["id"], HOLDS_KEY) + bytes(16) + struct.pack(">H", len(self.id)) + self.id
        attested = {"fmt": "none", "attStmt": {}, "authData": data + cbor.encode(self._public())}
        response = {"attestationObject": coded(cbor.encode(attested))}
        return self._answer(response, self._client(asked, "webauthn.create"))

    def signed(self, options):
        """The answer of a browser to `to_sign`."""
        asked = json.loads(options)
        data, client = self._data(asked["rpId"]), self._client(asked, "webauthn.get")
        message = data + hashlib.sha256(client).digest()
        response = {"authenticatorData": coded(data), "signature": coded(self._signature(message))}
        return self._answer(response, client)

    def _data(self, site, more=0):
        name = hashlib.sha256((self.site or site).encode()).digest()
        return name + struct.pack(">BI", self.flags | more, self.counter)

    def _client(self, asked, kind):
        told = {"type": self.kind or kind, "challenge": self.challenge or asked["challenge"], "origin": self.origin}
        return json.dumps({**told, "crossOrigin": self.cross_origin}).encode()

    def _public(self):
        is_curve = isinstance(self.pair, ec.EllipticCurvePrivateKey)
        told = dict((ES256 if is_curve else EdDSA).from_cryptography_key(self.pair.public_key()))
        return told if self.algorithm is None else {**told, 3: self.algorithm}

    def _signature(self, message):
        if isinstance(self.pair, ed25519.Ed25519PrivateKey):
            return self.pair.sign(message)
        return self.pair.sign(message, ec.ECDSA(hashes.SHA256()))

    def _answer(self, response, client):
        told = {**response, "clientDataJSON": coded(client)}
        return json.dumps({"id": coded(self.id), "rawId": coded(self.id), "type": "public-key", "response": told})
