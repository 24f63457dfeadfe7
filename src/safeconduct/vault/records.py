"""A record's data key, and texts under it. A withdrawal wraps the small keys anew and leaves the contents alone."""

from dataclasses import dataclass
from uuid import UUID

from safeconduct.values.secret import Secret
from safeconduct.vault.binding import Purpose, RecordPlace
from safeconduct.vault.cases import CaseKey
from safeconduct.vault.envelope import decrypt, encrypt, new_key, unwrap, wrap
from safeconduct.vault.padding import pad_text, unpad_text


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordId:
    """Which record a data key is for.

    Args:
        table: Name of the table.
        record: The record.
    """

    table: str
    record: UUID


def new_data_key(case_key: CaseKey, record: RecordId) -> tuple[Secret[bytes], bytes]:
    """A fresh data key, and the same wrapped under the case key of its domain and epoch."""
    data_key = new_key()
    return data_key, _wrap(case_key, data_key, record)


def open_data_key(case_key: CaseKey, wrapped: bytes, record: RecordId) -> Secret[bytes]:
    """The data key of a record.

    Raises:
        CannotOpenError: If it was wrapped for another record, case, domain or epoch, or changed.
    """
    place = case_key.place(record.record, table=record.table)
    return unwrap(case_key.key, wrapped, purpose=Purpose.DATA_KEY, binding=place)


def rewrap(wrapped: bytes, record: RecordId, *, old: CaseKey, new: CaseKey) -> bytes:
    """The data key of a record under the case key of the next epoch.

    Args:
        wrapped: The data key as it was wrapped.
        record: The record.
        old: The case key of the epoch that ends.
        new: The case key of the epoch that begins.
    Raises:
        CannotOpenError: If it does not open under the old key.
        ValueError: If the two keys are not one domain of one case in two epochs that follow one another.
    """
    if (old.case, old.domain, old.epoch + 1) != (new.case, new.domain, new.epoch):
        raise ValueError("data keys are wrapped anew only within one domain, from one epoch to the next")
    return _wrap(new, open_data_key(old, wrapped, record), record)


def _wrap(case_key: CaseKey, data_key: Secret[bytes], record: RecordId) -> bytes:
    place = case_key.place(record.record, table=record.table)
    return wrap(case_key.key, data_key, purpose=Purpose.DATA_KEY, binding=place)


def encrypt_text(data_key: Secret[bytes], text: bytes, place: RecordPlace) -> bytes:
    """A text of a record, padded to its size class and bound to its place.

    Args:
        data_key: The record's data key.
        text: At most `padding.LONGEST_TEXT` bytes.
        place: Where it will stand, with the epoch in which it is written.
    Raises:
        TooLargeError: If it is longer.
    """
    return encrypt(data_key, pad_text(text), purpose=Purpose.CONTENT, binding=place)


def decrypt_text(data_key: Secret[bytes], envelope: bytes, place: RecordPlace) -> bytes:
    """What `encrypt_text` closed.

    Args:
        data_key: The record's data key.
        envelope: What is stored.
        place: Where it stands, with the epoch in which it was written (not the epoch of its data key's wrap).
    Raises:
        CannotOpenError: If anything at all does not fit.
    """
    return unpad_text(decrypt(data_key, envelope, purpose=Purpose.CONTENT, binding=place))
