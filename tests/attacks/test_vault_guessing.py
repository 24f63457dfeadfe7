"""Somebody guesses: codes, passwords, whether a code exists, what a message is about."""

import pytest
from cryptography.hazmat.primitives.kdf import argon2
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.values.secret import Secret
from safeconduct.vault.codename import Codename
from safeconduct.vault.contacts import close_slot, contact_keys, empty_slot
from safeconduct.vault.errors import CannotOpenError, CodeError, CostError
from safeconduct.vault.files import FileEncryptor
from safeconduct.vault.members import RecoveryCode
from safeconduct.vault.passwords import check_password, set_password
from safeconduct.vault.records import encrypt_text
from safeconduct.vault.site import SiteKeys
from safeconduct.vault.stretching import CONTACT_COST, MEMBER_COST, Cost, site_floor
from safeconduct.vault.wording import Language
from tests.vault.builders import CONTACT, TEST_COST, TEST_STRETCHING, a_codename, a_key, a_place, a_private_key
from tests.vault.store import SITE, codename_keys

pytestmark = pytest.mark.security


@pytest.fixture
def runs(monkeypatch):
    """The derivations that were made, each with its settings."""
    counted, real = [], argon2.Argon2id

    def counting(**settings):
        counted.append({name: settings[name] for name in ("memory_cost", "iterations", "lanes", "length")})
        return real(**settings)

    monkeypatch.setattr(argon2, "Argon2id", counting)
    return counted


WRONG_CODES = [
    "0000 0000 0000 0000 0000 0000 97",
    "1234",
    "abacus",
    " ".join(["abacus"] * 8 + ["zucchini"]),
    a_codename().words(Language.RUSSIAN).reveal().rsplit(" ", 1)[0] + " ящик",
    "",
    "x" * 10_000,
]


@pytest.mark.parametrize("typed", WRONG_CODES, ids=range(len(WRONG_CODES)))
def test_a_code_typed_wrongly_costs_no_derivation(typed, runs):
    with pytest.raises(CodeError):
        contact_keys(Codename.read(Secret(typed)), site=SITE, using=TEST_STRETCHING, floor=TEST_COST)
    assert runs == []


def test_a_known_and_an_unknown_code_cost_the_same(runs):
    known = contact_keys(a_codename(), site=SITE, using=TEST_STRETCHING, floor=TEST_COST)
    unknown = contact_keys(a_codename(42), site=SITE, using=TEST_STRETCHING, floor=TEST_COST)
    assert len(runs) == 2
    assert runs[0] == runs[1]
    assert len(known.lookup) == len(unknown.lookup)


def test_a_wrong_password_and_an_unknown_member_cost_the_same_and_say_the_same(runs):
    record, _ = set_password(Secret("password"), cost=TEST_COST, floor=TEST_COST)
    runs.clear()
    said = []
    for stored in (record, None):
        with pytest.raises(CannotOpenError) as refused:
            check_password(stored, Secret("another"), cost=TEST_COST, floor=TEST_COST)
        said.append((type(refused.value), str(refused.value), refused.value.args, refused.value.code))
    assert said[0] == said[1]
    assert len(runs) == 2
    assert runs[0] == runs[1]


def test_the_store_alone_does_not_tell_whether_a_code_exists():
    stored = codename_keys().lookup
    without_site = [SiteKeys.of(a_key(fill)) for fill in range(20)]
    guesses = {
        contact_keys(a_codename(), site=site, using=TEST_STRETCHING, floor=TEST_COST).lookup for site in without_site
    }
    assert stored not in guesses
    assert len(guesses) == 20


@pytest.mark.parametrize("floor", [MEMBER_COST, CONTACT_COST], ids=["member", "contact"])
def test_no_site_can_make_guessing_cheaper_than_was_decided(floor):
    cheaper = [
        Cost(memory_kib=floor.memory_kib - 1, passes=floor.passes),
        Cost(memory_kib=floor.memory_kib, passes=floor.passes - 1),
        Cost(memory_kib=floor.memory_kib, passes=floor.passes, lanes=2),
        TEST_COST,
    ]
    for cost in cheaper:
        with pytest.raises(CostError):
            site_floor(cost, least=floor)


def test_there_are_as_many_codes_as_were_promised(monkeypatch):
    import secrets

    drawn_below = []
    monkeypatch.setattr(secrets, "randbelow", lambda below: drawn_below.append(below) or 0)
    Codename.new()
    RecoveryCode.new()
    assert drawn_below[0] > 2**79.7
    assert drawn_below[1] > 2**128


def test_whether_a_second_code_was_ever_set_cannot_be_seen():
    private = a_private_key()
    used = close_slot(private, keys=codename_keys(), contact=CONTACT, slot=1)
    unused = empty_slot()
    assert (len(used.lookup), len(used.wrapped)) == (len(unused.lookup), len(unused.wrapped))
    assert used.wrapped[:2] == unused.wrapped[:2]
    # Beyond the two bytes in clear nothing is the same in two used slots either.
    again = close_slot(private, keys=codename_keys(), contact=CONTACT, slot=1)
    same = sum(one == two for one, two in zip(used.wrapped[2:], again.wrapped[2:], strict=True))
    assert same < 10


@given(st.integers(0, 1020), st.integers(0, 1020))
def test_one_paragraph_is_stored_in_the_size_of_two(one, two):
    sizes = {len(encrypt_text(a_key(), b"x" * length, a_place())) for length in (one, two)}
    assert len(sizes) == 1


@pytest.mark.parametrize("length", [0, 40_000, 150_000, 262_144])
def test_a_photograph_of_a_passport_is_stored_in_the_size_of_a_line(length):
    encryptor = FileEncryptor(a_key(), a_place())
    stored = encryptor.update(bytes(length)) + encryptor.finish()[0]
    assert len(stored) == 66 + 4 * (64 * 1024 + 16)


@given(st.binary(min_size=32, max_size=32))
def test_the_same_words_are_never_stored_alike(text):
    assert encrypt_text(a_key(), text, a_place()) != encrypt_text(a_key(), text, a_place())
