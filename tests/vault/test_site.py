"""The secret of a site has four children; none leads to another."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.values.secret import Secret
from safeconduct.vault.errors import CannotOpenError
from safeconduct.vault.site import SiteKeys, decrypt_field, encrypt_field, new_site_key, tag
from tests.vault.builders import ANNA, BORIS, a_key

SITE = SiteKeys.of(a_key())
CHILDREN = ["pepper", "field", "rate", "log"]


@pytest.mark.parametrize(("one", "two"), list(combinations(CHILDREN, 2)))
def test_two_children_differ(one, two):
    assert getattr(SITE, one).reveal() != getattr(SITE, two).reveal()


def test_new_site_keys_are_32_bytes_and_differ():
    made = {new_site_key().reveal() for _ in range(10)}
    assert len(made) == 10
    assert {len(key) for key in made} == {32}


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_secret_of_another_length_is_refused(length):
    with pytest.raises(ValueError, match="32 bytes"):
        SiteKeys.of(Secret(bytes(length)))


@given(st.binary(max_size=100))
def test_a_field_comes_back(value):
    stored = encrypt_field(SITE, value, table="member", column="name", row=ANNA)
    assert decrypt_field(SITE, stored, table="member", column="name", row=ANNA) == value
    assert len(stored) == 1024 + 82


#   what               site                         place
WRONG = [
    ("another site",   SiteKeys.of(a_key(2)),       {}),
    ("another table",  SITE,                        {"table": "custodian"}),
    ("another column", SITE,                        {"column": "totp"}),
    ("another row",    SITE,                        {"row": BORIS}),
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize(("what", "site", "changed"), WRONG, ids=[what for what, *_ in WRONG])
def test_a_field_opens_in_its_own_place_only(what, site, changed):
    stored = encrypt_field(SITE, b"value", table="member", column="name", row=ANNA)
    with pytest.raises(CannotOpenError):
        decrypt_field(site, stored, **{"table": "member", "column": "name", "row": ANNA, **changed})


def test_a_tag_is_the_same_for_the_same():
    assert tag(SITE.rate, "login", b"anna") == tag(SITE.rate, "login", b"anna")


#   what                key         kind     parts
OTHER_TAGS = [
    ("another key",     SITE.log,   "login", (b"anna", b"x")),
    ("another kind",    SITE.rate,  "intake", (b"anna", b"x")),
    ("another part",    SITE.rate,  "login", (b"boris", b"x")),
    ("parts run together", SITE.rate, "login", (b"annax",)),
    ("a letter moved",  SITE.rate,  "login", (b"ann", b"ax")),
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize(("what", "key", "kind", "parts"), OTHER_TAGS, ids=[what for what, *_ in OTHER_TAGS])
def test_a_tag_differs_for_anything_else(what, key, kind, parts):
    assert tag(key, kind, *parts) != tag(SITE.rate, "login", b"anna", b"x")


@pytest.mark.security
def test_the_children_show_nothing():
    assert repr(SITE) == "SiteKeys(pepper=<secret>, field=<secret>, rate=<secret>, log=<secret>)"
