"""Texts under data keys, data keys under the case key of their domain and epoch."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.vault.cases import CaseKey, Domain
from safeconduct.vault.errors import CannotOpenError, TooLargeError
from safeconduct.vault.padding import LONGEST_TEXT
from safeconduct.vault.records import RecordId, decrypt_text, encrypt_text, new_data_key, open_data_key, rewrap
from tests.vault.builders import CASE, OTHER_CASE, RECORD, a_key, a_place, an_id

RECORD_ID = RecordId(table="message", record=RECORD)
TEXTS = st.one_of(st.sampled_from([b"", b"\0", b"text\0\0", b"\xff\xff"]), st.binary(max_size=300))


@given(TEXTS)
def test_a_text_comes_back(text):
    assert decrypt_text(a_key(), encrypt_text(a_key(), text, a_place()), a_place()) == text


def test_texts_of_one_size_class_are_stored_in_the_same_size():
    made = {len(encrypt_text(a_key(), bytes(length), a_place())) for length in (0, 1, 500, 1020)}
    assert len(made) == 1


def test_a_text_that_fits_no_class_is_refused():
    with pytest.raises(TooLargeError, match=str(LONGEST_TEXT)):
        encrypt_text(a_key(), bytes(LONGEST_TEXT + 1), a_place())


def test_a_data_key_opens_under_its_case_key():
    case_key = CaseKey.new(CASE, Domain.THREAD)
    data_key, wrapped = new_data_key(case_key, RECORD_ID)
    assert open_data_key(case_key, wrapped, RECORD_ID).reveal() == data_key.reveal()


def case_key(**changed):
    return CaseKey(**{"case": CASE, "domain": Domain.THREAD, "epoch": 1, "key": a_key(), **changed})


#   what                 case key                               record
WRONG = [
    ("another case",     case_key(case=OTHER_CASE),             RECORD_ID),
    ("the other domain", case_key(domain=Domain.INTERNAL),      RECORD_ID),
    ("another epoch",    case_key(epoch=2),                     RECORD_ID),
    ("another key",      case_key(key=a_key(8)),                RECORD_ID),
    ("another table",    case_key(),                            RecordId(table="note", record=RECORD)),
    ("another record",   case_key(),                            RecordId(table="message", record=an_id(5))),
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize(("what", "key", "record"), WRONG, ids=[what for what, *_ in WRONG])
def test_a_wrapped_data_key_opens_in_its_own_place_only(what, key, record):
    _, wrapped = new_data_key(case_key(), RECORD_ID)
    with pytest.raises(CannotOpenError):
        open_data_key(key, wrapped, record)


def test_a_rewrapped_data_key_opens_the_old_content_in_the_new_epoch():
    old = CaseKey.new(CASE, Domain.THREAD)
    data_key, wrapped = new_data_key(old, RECORD_ID)
    written = encrypt_text(data_key, b"text", a_place(epoch=1))
    new = old.next()
    again = rewrap(wrapped, RECORD_ID, old=old, new=new)
    assert decrypt_text(open_data_key(new, again, RECORD_ID), written, a_place(epoch=1)) == b"text"


#   what                 new key
NOT_NEXT = [
    ("another case",     case_key(case=OTHER_CASE, epoch=2)),
    ("the other domain", case_key(domain=Domain.INTERNAL, epoch=2)),
    ("the same epoch",   case_key(epoch=1)),
    ("a later epoch",    case_key(epoch=3)),
    ("an earlier epoch", case_key(epoch=0)),
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize(("what", "new"), NOT_NEXT, ids=[what for what, _ in NOT_NEXT])
def test_a_data_key_never_leaves_its_domain_and_goes_one_epoch_on(what, new):
    _, wrapped = new_data_key(case_key(), RECORD_ID)
    with pytest.raises(ValueError, match="from one epoch to the next"):
        rewrap(wrapped, RECORD_ID, old=case_key(), new=new)
