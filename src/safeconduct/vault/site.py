"""The site's own secret and its four children. It stands outside the database, and outside the backups of data."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from uuid import UUID

from safeconduct.values.secret import Secret
from safeconduct.vault.binding import FieldPlace, Purpose, joined
from safeconduct.vault.envelope import KEY_BYTES, decrypt, derive, encrypt
from safeconduct.vault.padding import pad_text, unpad_text

SITE_KEY_BYTES = 32


def new_site_key() -> Secret[bytes]:
    """A fresh secret for a site: 32 bytes, to be kept in a file of its own (0400) or a service credential."""
    return Secret(secrets.token_bytes(SITE_KEY_BYTES))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SiteKeys:
    """The four children of the site's secret. Nobody who has one can find another, or the secret itself.

    Args:
        pepper: Makes lookup ids of codenames.
        field: Encrypts fields of no case: second-factor secrets, addresses for notices, names of members.
        rate: Makes the keys of the limiter, so that it stores nothing that was sent.
        log: Makes pseudonyms for the system's trail.
    """

    pepper: Secret[bytes]
    field: Secret[bytes]
    rate: Secret[bytes]
    log: Secret[bytes]

    @classmethod
    def of(cls, site_key: Secret[bytes]) -> "SiteKeys":
        """The children of a site's secret of exactly 32 bytes."""
        if len(site_key.reveal()) != SITE_KEY_BYTES:
            raise ValueError("the secret of a site is 32 bytes")
        return cls(
            pepper=_child(site_key, "pepper"),
            field=_child(site_key, "field"),
            rate=_child(site_key, "rate"),
            log=_child(site_key, "log"),
        )


def _child(site_key: Secret[bytes], name: str) -> Secret[bytes]:
    return derive(site_key, info=b"safeconduct site " + name.encode(), length=KEY_BYTES)


def tag(key: Secret[bytes], kind: str, *parts: bytes) -> bytes:
    """Thirty-two bytes that stand for the parts: the same for the same, and telling nothing without the key.

    Args:
        key: The child for the use: `rate` for the limiter, `log` for pseudonyms, `pepper` for lookup ids.
        kind: What kind of thing is meant; the same parts of another kind give another tag.
        parts: The parts, each with its own length.
    """
    return hmac.new(key.reveal(), joined(b"safeconduct tag", kind.encode(), *parts), hashlib.sha256).digest()


def encrypt_field(site: SiteKeys, value: bytes, *, table: str, column: str, row: UUID) -> bytes:
    """A field of no case, padded to a size class and bound to its row.

    Raises:
        TooLargeError: If it does not fit the largest size class.
    """
    place = FieldPlace(table=table, column=column, row=row)
    return encrypt(site.field, pad_text(value), purpose=Purpose.FIELD, binding=place)


def decrypt_field(site: SiteKeys, envelope: bytes, *, table: str, column: str, row: UUID) -> bytes:
    """What `encrypt_field` closed.

    Raises:
        CannotOpenError: If anything at all does not fit.
    """
    place = FieldPlace(table=table, column=column, row=row)
    return unpad_text(decrypt(site.field, envelope, purpose=Purpose.FIELD, binding=place))
