"""A codename finds and opens its slot; the other slot looks the same and opens for nobody."""

import math
from collections import Counter

import pytest

from safeconduct.values.secret import Secret
from safeconduct.vault.codename import Codename
from safeconduct.vault.contacts import (
    SLOT_BYTES,
    ContactKeys,
    close_slot,
    contact_keys,
    empty_slot,
    new_slots,
    open_slot,
)
from safeconduct.vault.errors import CannotOpenError, CostError
from safeconduct.vault.site import SiteKeys
from safeconduct.vault.stretching import Cost, Stretching
from safeconduct.vault.wording import Language
from tests.vault.builders import BORIS, CONTACT, TEST_COST, TEST_STRETCHING, a_codename, a_key, a_private_key

SITE = SiteKeys.of(a_key(1))
pytestmark = pytest.mark.security


def keys_of(codename=None, *, site=SITE, using=TEST_STRETCHING):
    return contact_keys(codename or a_codename(), site=site, using=using, floor=TEST_COST)


def test_a_codename_finds_and_opens_the_first_slot():
    slots = new_slots(a_private_key(), keys=keys_of(), contact=CONTACT)
    found = [place for place, slot in enumerate(slots) if slot.lookup == keys_of().lookup]
    assert found == [0]
    opened = open_slot(slots[0].wrapped, keys=keys_of(), contact=CONTACT, slot=0)
    assert opened.public == a_private_key().public


def test_every_form_of_a_codename_gives_the_same_keys():
    typed = [a_codename().digits(), *(a_codename().words(language) for language in Language)]
    made = [keys_of(Codename.read(form)) for form in typed]
    assert len({keys.lookup for keys in made}) == 1
    assert len({keys.key.reveal() for keys in made}) == 1


def test_the_second_slot_may_be_used_with_a_codename_of_its_own():
    other = keys_of(a_codename(42))
    slot = close_slot(a_private_key(2), keys=other, contact=CONTACT, slot=1)
    assert open_slot(slot.wrapped, keys=other, contact=CONTACT, slot=1).public == a_private_key(2).public


def test_both_slots_have_one_size_and_begin_alike_used_or_not():
    used = new_slots(a_private_key(), keys=keys_of(), contact=CONTACT)
    both = (used[0], close_slot(a_private_key(2), keys=keys_of(a_codename(2)), contact=CONTACT, slot=1))
    for slot in (*used, *both, empty_slot()):
        assert (len(slot.lookup), len(slot.wrapped)) == (32, SLOT_BYTES)
        assert slot.wrapped[:2] == used[0].wrapped[:2]


def test_the_bytes_of_a_used_slot_are_as_even_as_those_of_an_empty_one():
    def chi_square(slots):
        counted = Counter(byte for slot in slots for byte in slot.wrapped[2:])
        expected = counted.total() / 256
        return sum((counted[byte] - expected) ** 2 / expected for byte in range(256))

    keys = keys_of()
    used = [close_slot(a_private_key(), keys=keys, contact=CONTACT, slot=0) for _ in range(300)]
    unused = [empty_slot() for _ in range(300)]
    # 255 degrees of freedom: mean 255, deviation 22.6. Twelve deviations: true noise passes, any structure fails.
    for slots in (used, unused):
        assert abs(chi_square(slots) - 255) < 12 * math.sqrt(2 * 255)


def test_two_empty_slots_differ():
    one, two = empty_slot(), empty_slot()
    assert one.lookup != two.lookup
    assert one.wrapped != two.wrapped


def test_an_empty_slot_opens_for_nobody():
    with pytest.raises(CannotOpenError):
        open_slot(empty_slot().wrapped, keys=keys_of(), contact=CONTACT, slot=1)


#   what                 codename      contact  slot
WRONG = [
    ("another codename", a_codename(1), CONTACT, 0),
    ("another contact",  a_codename(),  BORIS,   0),
    ("the other slot",   a_codename(),  CONTACT, 1),
]  # fmt: skip


@pytest.mark.parametrize(("what", "codename", "contact", "slot"), WRONG, ids=[what for what, *_ in WRONG])
def test_a_slot_does_not_open(what, codename, contact, slot):
    wrapped = close_slot(a_private_key(), keys=keys_of(), contact=CONTACT, slot=0).wrapped
    with pytest.raises(CannotOpenError):
        open_slot(wrapped, keys=keys_of(codename), contact=contact, slot=slot)


def test_a_lookup_id_depends_on_the_secret_of_the_site_and_on_its_salt():
    other_site = keys_of(site=SiteKeys.of(a_key(2)))
    other_salt = keys_of(using=Stretching(salt=b"another salt 16b", cost=TEST_COST))
    assert len({keys_of().lookup, other_site.lookup, other_salt.lookup}) == 3


def test_a_lookup_id_does_not_open_the_slot():
    slot = close_slot(a_private_key(), keys=keys_of(), contact=CONTACT, slot=0)
    forged = ContactKeys(lookup=slot.lookup, key=Secret(slot.lookup))
    with pytest.raises(CannotOpenError):
        open_slot(slot.wrapped, keys=forged, contact=CONTACT, slot=0)


def test_a_cost_below_the_floor_is_refused():
    with pytest.raises(CostError):
        contact_keys(a_codename(), site=SITE, using=TEST_STRETCHING)
    with pytest.raises(CostError):
        contact_keys(a_codename(), site=SITE, using=TEST_STRETCHING, floor=Cost(memory_kib=16, passes=1))


def test_with_the_real_cost_a_codename_opens_its_slot():
    using = Stretching.new(Cost(memory_kib=19 * 1024, passes=2))
    codename = Codename.new()
    keys = contact_keys(codename, site=SITE, using=using)
    slot, _ = new_slots(a_private_key(), keys=keys, contact=CONTACT)
    typed = contact_keys(Codename.read(codename.words(Language.RUSSIAN)), site=SITE, using=using)
    assert typed.lookup == slot.lookup
    assert open_slot(slot.wrapped, keys=typed, contact=CONTACT, slot=0).public == a_private_key().public
