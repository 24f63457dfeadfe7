"""The system's trail: kind, day and pseudonyms. It names members only to who has the site's key."""

from datetime import datetime
from enum import Enum
from uuid import UUID

from safeconduct.desk.members.models import SystemTrail
from safeconduct.desk.project.configuration import in_use
from safeconduct.vault.site import tag


class Happened(Enum):
    """What the trail knows."""

    INVITED = "invited"
    LINK_TAKEN_BACK = "link-taken-back"
    JOINED = "joined"
    RESET = "reset"
    LOCKED = "locked"
    PASSWORD_CHANGED = "password-changed"
    CODE_PRINTED = "code-printed"
    RECOVERED_BY_CODE = "recovered-by-code"
    PRINTED_CODE_GUESSED_WITH = "printed-code-guessed-with"
    CUSTODIANS_ASKED = "custodians-asked"
    CUSTODIAN_HELPED = "custodian-helped"
    RECOVERED_BY_CUSTODIANS = "recovered-by-custodians"
    CUSTODIANS_NAMED = "custodians-named"
    CUSTODIANS_TRUSTED = "custodians-trusted"
    CHANNEL_OPENED = "channel-opened"
    CHANNEL_MEMBERS = "channel-members"
    SECURITY_KEY_ADDED = "security-key-added"
    SECURITY_KEY_REMOVED = "security-key-removed"
    SECURITY_KEY_USED = "security-key-used"
    SECURITY_KEY_COPIED = "security-key-copied"  # Its counter went back: there may be two of it.
    WITHDRAWN = "withdrawn"
    SHREDDED = "shredded"


def note(happened: Happened, *, by: UUID | None, about: UUID | None, now: datetime) -> None:
    """Write a line. Shared by all members to see; sealed with the site's key, so that none can be forged without it.

    Args:
        happened: What.
        by: Who did it; None for whoever runs the server, or somebody not signed in.
        about: To whom or what.
        now: The moment, in UTC; the day is kept.
    """
    row = SystemTrail(day=now.date(), kind=happened.value, by=pseudonym(by), about=pseudonym(about))
    row.seal = seal_of(row)
    row.save(force_insert=True)


def pseudonym(member: UUID | None) -> str:
    """What stands for a member in the trail: the same each time, and no way back without the site's key."""
    return "" if member is None else tag(in_use().keys.log, "member", member.bytes).hex()


def seal_of(row: SystemTrail) -> str:
    """What a line must carry."""
    parts = (row.pk.bytes, row.day.isoformat().encode(), row.kind.encode(), row.by.encode(), row.about.encode())
    return tag(in_use().keys.log, "line", *parts).hex()
