"""Somebody who can write to the store changes, moves, cuts or ages what lies in it."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from Crypto.Cipher import AES
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.values.secret import Secret
from safeconduct.vault.binding import Purpose, associated
from safeconduct.vault.cases import CaseKey, Domain, grant, grant_to_contact, open_contact_grant, open_grant
from safeconduct.vault.contacts import close_slot, open_slot
from safeconduct.vault.custodians import PairSeal, close_for_custodians, open_first, open_second
from safeconduct.vault.envelope import decrypt, open_head
from safeconduct.vault.errors import CannotOpenError, CostError
from safeconduct.vault.files import FileEncryptor, decrypt_file
from safeconduct.vault.members import (
    RecoveryCode,
    close_password_slot,
    close_recovery_slot,
    open_password_slot,
    open_recovery_slot,
)
from safeconduct.vault.passwords import PasswordRecord, check_password, set_password
from safeconduct.vault.records import decrypt_text, encrypt_text, new_data_key, open_data_key
from safeconduct.vault.sessions import keep_in_session, session_keys, take_from_session
from safeconduct.vault.site import SiteKeys, decrypt_field, encrypt_field
from safeconduct.vault.stretching import Cost, Stretching
from tests.vault import second
from tests.vault.builders import (
    ANNA,
    CASE,
    CONTACT,
    OTHER_CASE,
    RECORD,
    TEST_COST,
    a_key,
    a_place,
    a_private_key,
    an_id,
    three_custodians,
)
from tests.vault.store import MESSAGE, SITE, codename_keys

pytestmark = pytest.mark.security


@dataclass(frozen=True)
class Stored:
    """Something stored, and the one right way to open it."""

    blob: bytes
    opens: Callable[[bytes], object]


def a_pair(sealed=None):
    pair = close_for_custodians(a_private_key(1), member=ANNA, custodians=three_custodians())[0]
    return pair if sealed is None else PairSeal(member=ANNA, first=pair.first, second=pair.second, sealed=sealed)


def stored_kinds():
    """One of each kind, with everything right but what the test changes."""
    thread = CaseKey(case=CASE, domain=Domain.THREAD, epoch=1, key=a_key())
    one, contact = a_private_key(1), a_private_key(9)
    code, keys, session = RecoveryCode(Secret(7)), codename_keys(), session_keys(a_key(5))
    half_opened = open_first(a_pair(), private=a_private_key(2))
    encryptor = FileEncryptor(a_key(), a_place())
    file, seal = encryptor.finish()
    right = {"case": CASE, "domain": Domain.THREAD, "epoch": 1, "holder": ANNA, "private": one}
    to_contact = {"case": CASE, "epoch": 1, "contact": CONTACT, "private": contact}
    field = {"table": "member", "column": "name", "row": ANNA}
    return {
        "content": Stored(
            encrypt_text(a_key(), b"text", a_place()), lambda blob: decrypt_text(a_key(), blob, a_place())
        ),
        "data key": Stored(new_data_key(thread, MESSAGE)[1], lambda blob: open_data_key(thread, blob, MESSAGE)),
        "grant": Stored(grant(thread, holder=ANNA, public=one.public), lambda blob: open_grant(blob, **right)),
        "contact grant": Stored(
            grant_to_contact(thread, contact=CONTACT, public=contact.public),
            lambda blob: open_contact_grant(blob, **to_contact),
        ),
        "contact slot": Stored(
            close_slot(contact, keys=keys, contact=CONTACT, slot=0).wrapped,
            lambda blob: open_slot(blob, keys=keys, contact=CONTACT, slot=0),
        ),
        "password slot": Stored(
            close_password_slot(one, key=a_key(), member=ANNA),
            lambda blob: open_password_slot(blob, key=a_key(), member=ANNA),
        ),
        "recovery slot": Stored(
            close_recovery_slot(one, code=code, member=ANNA),
            lambda blob: open_recovery_slot(blob, code=code, member=ANNA),
        ),
        "custodians, outer": Stored(a_pair().sealed, lambda blob: open_first(a_pair(blob), private=a_private_key(2))),
        "custodians, inner": Stored(half_opened, lambda blob: open_second(blob, a_pair(), private=a_private_key(3))),
        "field": Stored(encrypt_field(SITE, b"name", **field), lambda blob: decrypt_field(SITE, blob, **field)),
        "session": Stored(
            keep_in_session(one.seed, keys=session, owner=ANNA),
            lambda blob: take_from_session(blob, keys=session, owner=ANNA),
        ),
        "file": Stored(file, lambda blob: list(decrypt_file(a_key(), [blob], seal=seal, place=a_place()))),
        "file seal": Stored(seal, lambda blob: list(decrypt_file(a_key(), [file], seal=blob, place=a_place()))),
    }


KINDS = stored_kinds()
each_kind = pytest.mark.parametrize("kind", KINDS)


@each_kind
def test_untouched_everything_opens(kind):
    # Without this, a test below could pass because its opener never opens anything.
    assert KINDS[kind].opens(KINDS[kind].blob) is not None


@each_kind
@given(data=st.data())
def test_any_flipped_bit_is_refused(kind, data):
    blob = KINDS[kind].blob
    bit = data.draw(st.integers(0, len(blob) * 8 - 1))
    flipped = bytearray(blob)
    flipped[bit // 8] ^= 1 << bit % 8
    with pytest.raises(CannotOpenError):
        KINDS[kind].opens(bytes(flipped))


@each_kind
@given(data=st.data())
def test_anything_cut_off_or_added_is_refused(kind, data):
    blob = KINDS[kind].blob
    kept = data.draw(st.integers(0, len(blob) - 1))
    added = data.draw(st.binary(min_size=1, max_size=20))
    for changed in (blob[:kept], blob[kept + 1 :], blob + added, added + blob):
        with pytest.raises(CannotOpenError):
            KINDS[kind].opens(changed)


@each_kind
@pytest.mark.parametrize("other", KINDS)
def test_one_kind_is_never_taken_for_another(kind, other):
    if kind != other:
        with pytest.raises(CannotOpenError):
            KINDS[kind].opens(KINDS[other].blob)
        # Even with the header of the right kind in front.
        with pytest.raises(CannotOpenError):
            KINDS[kind].opens(KINDS[kind].blob[:2] + KINDS[other].blob[2:])
    else:
        assert KINDS[kind].opens(KINDS[other].blob) is not None


@each_kind
@pytest.mark.parametrize("version", [0, 2, 3, 127, 255])
def test_an_unknown_version_is_refused(kind, version):
    with pytest.raises(CannotOpenError):
        KINDS[kind].opens(bytes((version,)) + KINDS[kind].blob[1:])


PLACES = st.fixed_dictionaries(
    {
        "table": st.sampled_from(["message", "note", "messag", "messagebody"]),
        "column": st.sampled_from(["body", "ebody", "name", ""]),
        "case": st.sampled_from([CASE, OTHER_CASE, RECORD]),
        "record": st.sampled_from([RECORD, CASE, an_id(3)]),
        "epoch": st.integers(0, 3),
    }
)


@given(PLACES, PLACES)
def test_a_content_moved_to_another_table_column_case_record_or_epoch_is_refused(written, read):
    stored = encrypt_text(a_key(), b"text", a_place(**written))
    if written == read:
        assert decrypt_text(a_key(), stored, a_place(**read)) == b"text"
    else:
        with pytest.raises(CannotOpenError):
            decrypt_text(a_key(), stored, a_place(**read))


GRANTS = st.fixed_dictionaries(
    {
        "case": st.sampled_from([CASE, OTHER_CASE]),
        "domain": st.sampled_from(Domain),
        "epoch": st.integers(1, 3),
        "holder": st.sampled_from([ANNA, CONTACT]),
    }
)


@given(GRANTS, GRANTS)
def test_a_grant_moved_to_another_case_domain_epoch_or_holder_is_refused(sealed, read):
    key = CaseKey(case=sealed["case"], domain=sealed["domain"], epoch=sealed["epoch"], key=a_key())
    blob = grant(key, holder=sealed["holder"], public=a_private_key(1).public)
    if sealed == read:
        assert open_grant(blob, **read, private=a_private_key(1)).key.reveal() == a_key().reveal()
    else:
        with pytest.raises(CannotOpenError):
            open_grant(blob, **read, private=a_private_key(1))


#   memory in KiB  passes  lanes   against a floor of 19 MiB, two passes, one lane
LOWERED = [
    (19 * 1024 - 1, 2,      1),
    (19 * 1024,     1,      1),
    (19 * 1024,     2,      2),
    (8,             16,     1),
    (1024 * 1024,   1,      1),
]  # fmt: skip


@pytest.mark.parametrize(("memory_kib", "passes", "lanes"), LOWERED)
def test_a_cost_lowered_in_the_store_is_refused(memory_kib, passes, lanes):
    floor = Cost(memory_kib=19 * 1024, passes=2)
    record, _ = set_password(Secret("password"), cost=floor, floor=floor)
    stored = bytearray(record.to_bytes())
    stored[4:16] = b"".join(value.to_bytes(4, "big") for value in (memory_kib, passes, lanes))
    with pytest.raises(CostError):
        check_password(PasswordRecord.from_bytes(bytes(stored)), Secret("password"), floor=floor)


#   memory in KiB  passes  lanes
PLANTED = [
    (2**32 - 1,    1,          1),
    (1024**2 + 1,  1,          1),
    (8,            2**32 - 1,  1),
    (2**24,        1,          2**20),
]  # fmt: skip


@pytest.mark.parametrize(("memory_kib", "passes", "lanes"), PLANTED)
def test_a_cost_planted_to_exhaust_the_machine_is_refused_before_any_work(memory_kib, passes, lanes):
    stored = bytearray(Stretching.new(TEST_COST).to_bytes())
    stored[2:14] = b"".join(value.to_bytes(4, "big") for value in (memory_kib, passes, lanes))
    with pytest.raises(CostError):
        Stretching.from_bytes(bytes(stored))


# --- An envelope for two keys -----------------------------------------------------------------------------------------


def times(one, two):
    """Product in the field of GCM, bits in GCM's order."""
    product = 0
    for bit in range(127, -1, -1):
        if two >> bit & 1:
            product ^= one
        one = one >> 1 ^ (0xE1 << 120 if one & 1 else 0)
    return product


def inverse(element):
    result = power = element
    for _ in range(126):
        power = times(power, power)
        result = times(result, power)
    return times(result, result)


def blocks(data):
    return [int.from_bytes(data[start : start + 16].ljust(16, b"\0"), "big") for start in range(0, len(data), 16)]


def for_two_keys(one, two, aad):
    """A ciphertext of one block and a tag that bare AES-GCM accepts under both keys."""
    lengths = len(aad) * 8 << 64 | 128
    unknown = []
    for key in (one, two):
        cipher = AES.new(key, AES.MODE_ECB)
        hash_key = int.from_bytes(cipher.encrypt(bytes(16)), "big")
        mask = int.from_bytes(cipher.encrypt(bytes(15) + b"\x01"), "big")
        total = 0
        for block in blocks(aad):
            total = times(total ^ block, hash_key)
        square = times(hash_key, hash_key)
        # tag = (total * H + block * H) * H + lengths * H + mask, and only the block is free
        unknown.append((times(total, square) ^ times(lengths, hash_key) ^ mask, square))
    (rest_one, square_one), (rest_two, square_two) = unknown
    block = times(rest_one ^ rest_two, inverse(square_one ^ square_two))
    return block.to_bytes(16, "big") + (rest_one ^ times(block, square_one)).to_bytes(16, "big")


def test_no_envelope_opens_under_two_keys():
    one, two, salt = a_key(1), a_key(2), bytes(range(32))
    aad = associated(Purpose.CONTACT_SLOT, a_place())
    own = [second.head(key.reveal(), second.CONTACT_SLOT, salt) for key in (one, two)]
    forged = for_two_keys(own[0][0], own[1][0], aad)
    for key in (one, two):
        # Bare AES-GCM takes it under either key: the attack works where nothing commits to the key.
        cipher, _ = open_head(key, purpose=Purpose.CONTACT_SLOT, salt=salt)
        assert len(cipher.decrypt(bytes(12), forged, aad)) == 16
    accepted = []
    for _, begins in own:
        for key in (one, two):
            try:
                decrypt(key, begins + forged, purpose=Purpose.CONTACT_SLOT, binding=a_place())
            except CannotOpenError:
                continue
            accepted.append((begins[:34], key))
    # Each of the two beginnings commits to its own key, and there is none for both.
    assert len(accepted) == 2
    assert own[0][1] != own[1][1]


def test_the_site_keys_of_another_site_open_no_field():
    stored = encrypt_field(SITE, b"name", table="member", column="name", row=ANNA)
    with pytest.raises(CannotOpenError):
        decrypt_field(SiteKeys.of(a_key(3)), stored, table="member", column="name", row=ANNA)
