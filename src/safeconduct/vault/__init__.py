"""Keys, envelopes and codenames: the only place that knows cryptography.

Who opens what, and how it is written down, is in docs/explanation/keys.md; the choices are in docs/decisions/0030 and
after. The vault reads no clock and no disk; the system's random source is all it asks for. What is for one person is
*sealed* to a public key, a key under another key is *wrapped*, a content is *encrypted*. Each is bound to its purpose
and its place, and whatever does not open says so with one error, `CannotOpenError`.

    site        new_site_key, SiteKeys, tag, encrypt_field, decrypt_field
    stretching  Cost, MEMBER_COST, CONTACT_COST, site_floor, Stretching
    passwords   set_password, check_password, PasswordRecord
    members     PrivateKey, PublicKey, RecoveryCode,
                close_password_slot, open_password_slot, close_recovery_slot, open_recovery_slot
    custodians  Custodian, PairSeal, close_for_custodians, open_first, open_second
    contacts    Codename, Language, contact_keys, ContactKeys, ContactSlot, new_slots, close_slot, empty_slot, open_slot
    cases       Domain, CaseKey, grant, open_grant, grant_to_contact, open_contact_grant, renew, Renewal
    records     RecordId, RecordPlace, new_data_key, open_data_key, rewrap, encrypt_text, decrypt_text
    files       FileEncryptor, decrypt_file, stored_length
    sessions    new_session_id, session_keys, SessionKeys, keep_in_session, take_from_session
    errors      VaultError: CannotOpenError, CodeError, CostError, ForbiddenError, KeyFormatError, TooLargeError
"""

from safeconduct.vault.binding import RecordPlace
from safeconduct.vault.cases import (
    CaseKey,
    Domain,
    Renewal,
    grant,
    grant_to_contact,
    open_contact_grant,
    open_grant,
    renew,
)
from safeconduct.vault.codename import Codename
from safeconduct.vault.contacts import (
    ContactKeys,
    ContactSlot,
    close_slot,
    contact_keys,
    empty_slot,
    new_slots,
    open_slot,
)
from safeconduct.vault.custodians import Custodian, PairSeal, close_for_custodians, open_first, open_second
from safeconduct.vault.errors import (
    CannotOpenError,
    CodeError,
    CostError,
    ForbiddenError,
    KeyFormatError,
    TooLargeError,
    VaultError,
)
from safeconduct.vault.files import FileEncryptor, decrypt_file, stored_length
from safeconduct.vault.members import (
    RecoveryCode,
    close_password_slot,
    close_recovery_slot,
    open_password_slot,
    open_recovery_slot,
)
from safeconduct.vault.passwords import PasswordRecord, check_password, set_password
from safeconduct.vault.records import (
    RecordId,
    decrypt_text,
    encrypt_text,
    new_data_key,
    open_data_key,
    rewrap,
)
from safeconduct.vault.sealing import PrivateKey, PublicKey
from safeconduct.vault.sessions import (
    SessionKeys,
    keep_in_session,
    new_session_id,
    session_keys,
    take_from_session,
)
from safeconduct.vault.site import SiteKeys, decrypt_field, encrypt_field, new_site_key, tag
from safeconduct.vault.stretching import CONTACT_COST, MEMBER_COST, Cost, Stretching, site_floor
from safeconduct.vault.wording import Language

__all__ = [
    "CONTACT_COST",
    "MEMBER_COST",
    "CannotOpenError",
    "CaseKey",
    "CodeError",
    "Codename",
    "ContactKeys",
    "ContactSlot",
    "Cost",
    "CostError",
    "Custodian",
    "Domain",
    "FileEncryptor",
    "ForbiddenError",
    "KeyFormatError",
    "Language",
    "PairSeal",
    "PasswordRecord",
    "PrivateKey",
    "PublicKey",
    "RecordId",
    "RecordPlace",
    "RecoveryCode",
    "Renewal",
    "SessionKeys",
    "SiteKeys",
    "Stretching",
    "TooLargeError",
    "VaultError",
    "check_password",
    "close_for_custodians",
    "close_password_slot",
    "close_recovery_slot",
    "close_slot",
    "contact_keys",
    "decrypt_field",
    "decrypt_file",
    "decrypt_text",
    "empty_slot",
    "encrypt_field",
    "encrypt_text",
    "grant",
    "grant_to_contact",
    "keep_in_session",
    "new_data_key",
    "new_session_id",
    "new_site_key",
    "new_slots",
    "open_contact_grant",
    "open_data_key",
    "open_first",
    "open_grant",
    "open_password_slot",
    "open_recovery_slot",
    "open_second",
    "open_slot",
    "renew",
    "rewrap",
    "session_keys",
    "set_password",
    "site_floor",
    "stored_length",
    "tag",
    "take_from_session",
]
