"""Different places give different associated data, whatever the names in them are."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.vault.binding import (
    FieldPlace,
    KeyPlace,
    OwnerPlace,
    Purpose,
    RecordPlace,
    associated,
    header,
    joined,
)

NAMES = st.text(max_size=8)
IDS = st.integers(0, 3).map(lambda number: UUID(int=number))
EPOCHS = st.integers(0, 300)
PLACES = st.one_of(
    st.builds(RecordPlace, table=NAMES, column=NAMES, case=IDS, record=IDS, epoch=EPOCHS),
    st.builds(KeyPlace, case=IDS, domain=NAMES, epoch=EPOCHS, table=NAMES, holder=IDS),
    st.builds(OwnerPlace, owner=IDS, others=st.lists(IDS, max_size=2).map(tuple), slot=st.integers(0, 1)),
    st.builds(FieldPlace, table=NAMES, column=NAMES, row=IDS),
)


@given(st.lists(st.binary(max_size=6), max_size=4), st.lists(st.binary(max_size=6), max_size=4))
def test_different_parts_are_joined_differently(one, two):
    assert (joined(*one) == joined(*two)) == (one == two)


def test_a_letter_that_moves_from_one_name_to_the_next_is_seen():
    assert joined(b"messag", b"ebody") != joined(b"message", b"body")


@given(PLACES, PLACES, st.sampled_from(Purpose), st.sampled_from(Purpose))
def test_associated_data_are_the_same_only_for_the_same_purpose_and_place(one, two, for_one, for_two):
    same = for_one is for_two and one.parts() == two.parts()
    assert (associated(for_one, one) == associated(for_two, two)) == same


@given(PLACES, PLACES)
def test_two_places_of_one_kind_have_the_same_parts_only_if_they_are_one(one, two):
    if type(one) is type(two):
        assert (one.parts() == two.parts()) == (one == two)


def test_every_purpose_has_a_number_of_its_own_in_one_byte():
    assert len({purpose.value for purpose in Purpose}) == len(Purpose)
    assert all(header(purpose) == bytes((1, purpose.value)) for purpose in Purpose)


def test_a_record_place_says_version_table_column_case_record_and_epoch():
    place = RecordPlace(table="message", column="body", case=UUID(int=1), record=UUID(int=2), epoch=3)
    data = associated(Purpose.CONTENT, place)
    assert data == joined(
        b"safeconduct vault", b"\x01\x01", b"message", b"body", UUID(int=1).bytes, UUID(int=2).bytes, bytes(7) + b"\x03"
    )


@pytest.mark.parametrize("epoch", [-1, 2**64])
def test_an_epoch_that_is_none_is_refused(epoch):
    with pytest.raises(OverflowError):
        RecordPlace(table="t", column="c", case=UUID(int=1), record=UUID(int=2), epoch=epoch).parts()
