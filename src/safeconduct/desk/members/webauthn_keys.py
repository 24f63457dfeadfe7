"""The security keys of a member, as the keyring keeps them: one field, of the same size for everybody.

A thief of the stores sees neither whether a member has a key nor how many: somebody without one has the field as well,
and every sign-in writes it anew, whatever it was made with.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from safeconduct.desk.keyring.models import MemberKeys
from safeconduct.desk.members.webauthn import Party, Signed, id_of
from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.vault.site import decrypt_field, encrypt_field, tag

MOST = 5
LONGEST_NAME = 30
_TABLE, _COLUMN = "memberkeys", "security_keys"
# More than the smallest size class, so that every member's field is of the second; and what just fits into that.
_LEAST_BYTES, _MOST_BYTES = 2_000, 4 * 1024 - 4
_DECOY_BYTES = 64
"""As long as the ids of the keys that are sold most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityKey:
    """A security key of a member.

    Args:
        id: Ours, for forms.
        name: What the member calls it, 1 to LONGEST_NAME signs.
        site: The host it was registered at; it works nowhere else.
        credential: Its public key and the id by which it knows it.
        counter: How often it said that it signed.
        since: The day on which it was registered, in UTC.
    """

    id: UUID
    name: str
    site: str
    credential: bytes
    counter: int
    since: date


def new_one(signed: Signed, *, name: str, party: Party, since: date) -> SecurityKey:
    """A key that was just made.

    Args:
        signed: What it proved.
        name: What the member calls it.
        party: The site.
        since: The day, in UTC.
    """
    return SecurityKey(
        id=uuid4(), name=name, site=party.name, credential=signed.credential, counter=signed.counter, since=since
    )


def counted(key: SecurityKey, counter: int) -> SecurityKey:
    """The key after it signed."""
    return replace(key, counter=counter)


def closed(keys: tuple[SecurityKey, ...], *, member: UUID) -> bytes:
    """A member's keys as the table keeps them.

    Raises:
        RefusedError: TOO_MANY, for more than five, or more than fits into the size that every member's field has.
    """
    told = json.dumps([_told(one) for one in keys], ensure_ascii=False, separators=(",", ":")).encode()
    if len(keys) > MOST or len(told) > _MOST_BYTES:
        raise RefusedError(Reason.TOO_MANY)
    return encrypt_field(in_use().keys, told.ljust(_LEAST_BYTES), table=_TABLE, column=_COLUMN, row=member)


def opened(row: MemberKeys) -> tuple[SecurityKey, ...]:
    """A member's keys. None, where the row is older than this column and nobody signed in since."""
    if not row.security_keys:
        return ()
    field = decrypt_field(in_use().keys, row.security_keys, table=_TABLE, column=_COLUMN, row=row.member)
    return tuple(_read(one) for one in json.loads(field))


def written(row: MemberKeys, keys: tuple[SecurityKey, ...]) -> bool:
    """Write a member's keys, unless somebody else did since the row was read.

    Args:
        row: As it was read.
        keys: What takes the place of the keys that were there.
    Returns:
        Whether they were written.
    """
    rows = MemberKeys.objects.filter(pk=row.pk, security_keys=row.security_keys)
    return bool(rows.update(security_keys=closed(keys, member=row.member)))


def at(party: Party, keys: tuple[SecurityKey, ...]) -> tuple[SecurityKey, ...]:
    """The keys that work at a site."""
    return tuple(one for one in keys if one.site == party.name)


def ids_to_ask_for(keys: tuple[SecurityKey, ...], *, party: Party, member: UUID) -> tuple[bytes, ...]:
    """Ids of keys, always five: those of the member, and invented ones that are the same at every visit.

    Who has the password alone learns from them neither whether there is a key nor how many.

    Args:
        keys: The keys that work at this site.
        party: The site.
        member: Whose they are.
    """
    secret = in_use().keys.rate
    invented = (
        b"".join(tag(secret, "no key", member.bytes, party.name.encode(), bytes((number, half))) for half in range(2))
        for number in range(MOST - len(keys))
    )
    found = (*(id_of(one.credential) for one in keys), *(one[:_DECOY_BYTES] for one in invented))
    return tuple(sorted(found, key=lambda one: tag(secret, "order of keys", member.bytes, one)))


def handle_of(member: UUID) -> bytes:
    """What stands for a member towards their keys: it leads back to nobody without the site's key."""
    return tag(in_use().keys.log, "handle of keys", member.bytes)


def _told(key: SecurityKey) -> list[object]:
    since = key.since.isoformat()
    return [str(key.id), key.name, key.site, b64encode(key.credential).decode(), key.counter, since]


def _read(told: list[str]) -> SecurityKey:
    number, name, site, credential, counter, since = told
    return SecurityKey(
        id=UUID(number),
        name=name,
        site=site,
        credential=b64decode(credential),
        counter=int(counter),
        since=date.fromisoformat(since),
    )
