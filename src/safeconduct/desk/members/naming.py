"""Names of members: what they sign in with is a lookup, what they are called stands under the site's key for fields."""

import unicodedata
from uuid import UUID

from safeconduct.desk.members.models import Member
from safeconduct.desk.project.configuration import in_use
from safeconduct.vault.site import decrypt_field, encrypt_field, tag

_TABLE, _NAME = "member", "name"


def lookup_of(login: str) -> str:
    """The lookup of what somebody signs in with; case and the way a letter is composed do not matter."""
    plain = unicodedata.normalize("NFKC", login).casefold().strip()
    return tag(in_use().keys.pepper, "member login", plain.encode()).hex()


def named(member: UUID, name: str) -> bytes:
    """A member's name as the table keeps it."""
    return encrypt_field(in_use().keys, name.encode(), table=_TABLE, column=_NAME, row=member)


def name_of(row: Member) -> str:
    """A member's name."""
    if not row.name:
        return ""
    return decrypt_field(in_use().keys, row.name, table=_TABLE, column=_NAME, row=row.pk).decode()
