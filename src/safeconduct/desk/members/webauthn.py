"""What a security key signs, and whether it is right: the one place that knows the protocol's library.

Pure: nothing is stored or counted here. Source: Web Authentication, level 2 (W3C), sections 7.1 and 7.2.
"""

import json
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from fido2.cose import ES256, CoseKey, EdDSA
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorAttachment,
    CollectedClientData,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialParameters,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

LABEL = "desk"
"""What a browser shows beside the site's address; it should not tell what the desk is for."""
LONGEST_ANSWER = 8 * 1024
"""Signs of what a browser sends, at most; a real one has some 1,200."""
LONGEST_CREDENTIAL_BYTES = 255
TIMEOUT_MS = 110_000
"""Shorter than the two minutes of a challenge."""
_KINDS = PublicKeyCredentialType.PUBLIC_KEY
_ALGORITHMS: tuple[type[CoseKey], ...] = (ES256, EdDSA)
_PREFERRED = UserVerificationRequirement.PREFERRED
# What the library raises for bytes that are no such thing, found by tests that send thousands of those.
_MALFORMED = (
    ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, RecursionError, TypeError,
    ValueError, struct.error,
)  # fmt: skip


class NotThisKeyError(Exception):
    """What was sent does not prove what it should. It says no more: nobody who tries is told what was wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """The site, as keys know it. A key that was made for one site says nothing to another.

    Args:
        name: The host without its port.
        origins: Where a page must come from: exactly these.
    """

    name: str
    origins: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What a key proved.

    Args:
        credential: The public key and its id, as `Made.credential` gave it.
        counter: How often the key says that it signed; 0 if it does not count.
    """

    credential: bytes
    counter: int


def party_of(host: str) -> Party | None:
    """The site under the name by which a browser reached it.

    Args:
        host: Host and port as the browser sent them; the framework has checked that the site is configured for them.
    Returns:
        The site; None for an address of numbers, under which no browser lets keys be used.
    """
    name = urlsplit(f"//{host}").hostname or ""
    if not name or _is_number(name):
        return None
    # A proxy may end TLS, so the scheme that arrives here is no help. In clear only where browsers let keys be used.
    in_clear = name == "localhost" or name.endswith((".localhost", ".onion"))
    schemes = ("https", "http") if in_clear else ("https",)
    return Party(name=name, origins=frozenset(f"{scheme}://{host.lower()}" for scheme in schemes))


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def id_of(credential: bytes) -> bytes:
    """The id by which a key knows its public key."""
    return AttestedCredentialData(credential).credential_id


def to_make(party: Party, *, challenge: bytes, handle: bytes, known: Iterable[bytes]) -> str:
    """What a browser is asked for, so that a key makes a pair for this site.

    Args:
        party: The site.
        challenge: Random, used once.
        handle: What stands for the member; it leads back to nobody without the site's key.
        known: Public keys of the member so far: a key that holds one of them is not taken again.
    Returns:
        JSON, with bytes in base64url.
    """
    # A key of its own, that is plugged in or held to the device: what a telephone or computer keeps would show the
    # name of the site in its settings, and many send it to their maker.
    options, _ = _server(party).register_begin(
        PublicKeyCredentialUserEntity(name=LABEL, id=handle, display_name=LABEL),
        credentials=[AttestedCredentialData(one) for one in known],
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=_PREFERRED,
        authenticator_attachment=AuthenticatorAttachment.CROSS_PLATFORM,
        challenge=challenge,
    )
    return _asked(dict(options))


def made(party: Party, *, challenge: bytes, answer: str) -> Signed:
    """The public key that a key made.

    Args:
        party: The site.
        challenge: That of `to_make`.
        answer: What the browser sent, JSON.
    Raises:
        NotThisKeyError: If anything at all does not fit.
    """
    try:
        sent = RegistrationResponse.from_dict(_read(answer))
        data = _server(party).register_complete(_state(challenge), sent)
        _must_be_of_a_page_of_ours(sent.response.client_data)
        told = data.credential_data
        if told is None or not _is_ours(told):
            raise NotThisKeyError
        # Without the number of its model: nobody needs to know which keys an organisation has.
        kept = AttestedCredentialData.create(Aaguid.NONE, told.credential_id, told.public_key)
    except _MALFORMED:
        raise NotThisKeyError from None
    return Signed(credential=bytes(kept), counter=data.counter)


def _is_ours(told: AttestedCredentialData) -> bool:
    is_short = 0 < len(told.credential_id) <= LONGEST_CREDENTIAL_BYTES
    return is_short and told.public_key.get(3) in {one.ALGORITHM for one in _ALGORITHMS}


def to_sign(party: Party, *, challenge: bytes, ids: Iterable[bytes]) -> str:
    """What a browser is asked for, so that a key signs.

    Args:
        party: The site.
        challenge: Random, used once.
        ids: By which a key may know the public key.
    Returns:
        JSON, with bytes in base64url.
    """
    options, _ = _server(party).authenticate_begin(
        [PublicKeyCredentialDescriptor(type=_KINDS, id=one) for one in ids],
        user_verification=_PREFERRED,
        challenge=challenge,
    )
    return _asked(dict(options))


def signed(party: Party, *, challenge: bytes, known: Iterable[bytes], answer: str) -> Signed:
    """Which public key the signature is of. The counter is for the caller to compare.

    Args:
        party: The site.
        challenge: That of `to_sign`.
        known: Public keys of the member.
        answer: What the browser sent, JSON.
    Raises:
        NotThisKeyError: If anything at all does not fit.
    """
    keys = [AttestedCredentialData(one) for one in known]
    try:
        sent = AuthenticationResponse.from_dict(_read(answer))
        found = _server(party).authenticate_complete(_state(challenge), keys, sent)
        _must_be_of_a_page_of_ours(sent.response.client_data)
        counter = sent.response.authenticator_data.counter
    except _MALFORMED:
        raise NotThisKeyError from None
    return Signed(credential=bytes(found), counter=counter)


def may_follow(counter: int, *, before: int) -> bool:
    """Whether a counter may come after another: it must have grown, unless the key does not count at all.

    Args:
        counter: What the key says now.
        before: What it said last.
    """
    return counter > before or counter == before == 0


def _server(party: Party) -> Fido2Server:
    entity = PublicKeyCredentialRpEntity(name=LABEL, id=party.name)
    server = Fido2Server(entity, AttestationConveyancePreference.NONE, verify_origin=party.origins.__contains__)
    server.allowed_algorithms = [PublicKeyCredentialParameters(type=_KINDS, alg=one.ALGORITHM) for one in _ALGORITHMS]
    return server


def _asked(options: dict[str, Any]) -> str:
    return json.dumps({**options["publicKey"], "timeout": TIMEOUT_MS})


def _state(challenge: bytes) -> dict[str, Any]:
    return {"challenge": websafe_encode(challenge), "user_verification": _PREFERRED}


def _must_be_of_a_page_of_ours(told: CollectedClientData) -> None:
    """A page of ours that stands inside somebody else's is none."""
    if told.cross_origin:
        raise NotThisKeyError


def _read(answer: str) -> dict[str, Any]:
    told = json.loads(answer) if len(answer) <= LONGEST_ANSWER else None
    if not isinstance(told, dict):
        raise NotThisKeyError
    return told
